"""What goes with a person who changes hands, whichever room it belongs to."""

from collections.abc import Iterable, Sequence

from django.db.models import ForeignKey, Model

from relance.accounts.models import Membership
from relance.method.candidates.models import Candidate


class GoesAlong:
    """A table of a room below, whose rows about a person are for whoever follows them."""

    @classmethod
    def pass_on(cls, candidate_ids: Sequence[int], *, giver: Membership, taker: Membership) -> None:
        """Make the taker's what was the giver's of those people, whose locks the caller holds."""
        raise NotImplementedError


def relations() -> Iterable[tuple[type[Model], str]]:
    """Every table and column that points at a candidate, whichever room it belongs to."""
    for relation in Candidate._meta.get_fields(include_hidden=True):
        model = getattr(relation, "related_model", None)
        if relation.auto_created and isinstance(model, type):
            field = relation.remote_field
            if isinstance(field, ForeignKey):
                yield model, field.name


def pass_along(candidate_ids: Sequence[int], *, giver: Membership, taker: Membership) -> None:
    """Have everything that goes along with those people go from one recruiter to the other."""
    for model in dict.fromkeys(model for model, _column in relations()):
        if issubclass(model, GoesAlong):
            model.pass_on(candidate_ids, giver=giver, taker=taker)
