"""Probable duplicates of a person, and why each may be the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relance.method.candidates.duplicates import Likeness, probable_duplicates
from relance.method.candidates.models import Candidate, Identity


@dataclass(frozen=True, slots=True)
class Alike:
    """Another person who may be this one, and what makes one think so."""

    other: Candidate
    because: str


def duplicates_of(candidate: Candidate, known: Iterable[Identity]) -> list[Alike]:
    """Who may be the same person, the surest first."""
    found = probable_duplicates(
        candidate.organisation_id,
        name=candidate.name,
        company=candidate.company,
        identities=[(identity.kind, identity.value) for identity in known],
        candidate=candidate,
    )
    return [Alike(one.candidate, because(one.likeness)) for one in found]


def because(likeness: Likeness) -> str:
    """Why two may be one, in words."""
    return {
        Likeness.MAIL: _("same mail address in another writing"),
        Likeness.NAME_AND_COMPANY: _("same name, same company"),
        Likeness.NAME: _("same name"),
    }[likeness]
