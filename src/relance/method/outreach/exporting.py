"""Whoever a sieve lets through, in batches, for a file; each is traced as exported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from relance.accounts.models import Membership
from relance.accounts.roles import Permission, require
from relance.method.candidates.models import Act, Candidate, Identity
from relance.method.candidates.trail import trace
from relance.method.outreach.lists import FILTERS, Sieve, Standing, approached_by, never_approached
from relance.method.outreach.models import Outreach

A_BATCH = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """One person, the outreach that stands with them if any, and every way to reach them."""

    candidate: Candidate
    outreach: Outreach | None
    identities: list[Identity]


def exported(member: Membership, sieve: Sieve, *, now: datetime) -> Iterator[Exported]:
    """Everybody the sieve lets through, those approached first. Raises NotAllowed before anything is read."""
    require(member, Permission.EXPORT)
    return _exported(member, sieve, now)


def _exported(member: Membership, sieve: Sieve, now: datetime) -> Iterator[Exported]:
    for batch in _approached(member, sieve):
        yield from _told(member, [(row.candidate, row) for row in batch], now)
    if sieve.standing in {None, Standing.NOTHING_YET}:
        for others in _others(member, sieve):
            yield from _told(member, [(candidate, None) for candidate in others], now)


def _approached(member: Membership, sieve: Sieve) -> Iterator[list[Outreach]]:
    if sieve.standing is Standing.NOTHING_YET:
        return
    rows = approached_by(member, sieve).select_related("candidate", "recruiter__user").order_by("pk")
    if sieve.standing is not None:
        rows = rows.filter(FILTERS[sieve.standing])
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:A_BATCH]):
        yield batch
        last = batch[-1].pk


def _others(member: Membership, sieve: Sieve) -> Iterator[list[Candidate]]:
    rows = never_approached(member, sieve).order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:A_BATCH]):
        yield batch
        last = batch[-1].pk


def _told(
    member: Membership, pairs: list[tuple[Candidate, Outreach | None]], now: datetime
) -> Iterator[Exported]:
    keys = [candidate.pk for candidate, _outreach in pairs]
    known: dict[int, list[Identity]] = {}
    for identity in Identity.objects.filter(candidate__in=keys).order_by("pk"):
        known.setdefault(identity.candidate_id, []).append(identity)
    trace(member=member, candidates=[candidate for candidate, _outreach in pairs], act=Act.EXPORTED, now=now)
    for candidate, outreach in pairs:
        yield Exported(candidate, outreach, known.get(candidate.pk, []))
