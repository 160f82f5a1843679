"""Whoever was known by their number in another tool alone, once that tool says who else of the desk they are."""

from collections.abc import Sequence
from datetime import datetime

from relance.accounts.models import Membership
from relance.imports.area_words import Person
from relance.imports.entering import Pairs
from relance.imports.known import candidates_by_identity
from relance.method.candidates.models import Candidate, Identity, IdentityKind
from relance.method.outreach.merging import MergeRefused, merge


def join_known_by_number(
    people: Sequence[Person], pairs: Pairs, *, member: Membership, now: datetime
) -> None:
    """Make them one with the person whom an address of the same row names.

    Only who has nothing but numbers is moved: of two who can be reached a member judges, an import never.
    Each in its own transaction, to be taken back like any merge.
    """
    firm = member.organisation_id
    numbered = [person for person in people if person.numbers and len(pairs[person.id]) > 1]
    if not numbered:
        return
    known = candidates_by_identity(firm, (pair for person in numbered for pair in pairs[person.id]))
    for person in numbered:
        found = list(dict.fromkeys(known[pair] for pair in pairs[person.id] if pair in known))
        if len(found) > 1:
            _join(firm, found, member, now)


def _join(firm: int, found: list[int], member: Membership, now: datetime) -> None:
    addressed = set(
        Identity.objects.filter(organisation_id=firm, candidate__in=found)
        .exclude(kind=IdentityKind.SOURCE_NUMBER)
        .order_by()
        .values_list("candidate_id", flat=True)
    )
    rows = Candidate.objects.filter(organisation_id=firm, pk__in=found).order_by("pk")
    candidates = {candidate.pk: candidate for candidate in rows[: len(found)]}
    there = [candidates[pk] for pk in found if pk in candidates]
    for gone in there[1:]:
        if gone.pk in addressed:
            continue
        try:
            merge(kept=there[0], gone=gone, member=member, now=now)
        except MergeRefused:  # a message of each is being sent: the next import finds them again
            continue
