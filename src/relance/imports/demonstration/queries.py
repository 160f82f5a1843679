"""Reads of the demonstration."""

from django.db.models import QuerySet

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.method.candidates.models import Candidate


def invented(member: Membership) -> QuerySet[Candidate]:
    """The invented people at the member's desk."""
    return within(Candidate.objects.filter(is_demonstration=True), member)


def has_demonstration(member: Membership) -> bool:
    """Whether invented people stand at the member's desk."""
    return invented(member).exists()
