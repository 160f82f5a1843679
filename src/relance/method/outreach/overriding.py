"""A manager lifts the colleague rule for one recruiter and one person, in writing."""

from datetime import datetime

from django.db import transaction

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.accounts.roles import Permission, require
from relance.method.candidates.models import Act, Candidate
from relance.method.candidates.trail import trace
from relance.method.outreach.actions import lock
from relance.method.outreach.decisions import redecide
from relance.method.outreach.models import Override

SHORTEST_REASON = 20
SHOWN = 20


class ReasonTooShort(Exception):
    """The reason has fewer than twenty characters."""


@transaction.atomic
def override_colleague(
    *, candidate: Candidate, recruiter: Membership, manager: Membership, reason: str, now: datetime
) -> Override:
    """Let a recruiter write to somebody a colleague follows. Raises NotAllowed, ReasonTooShort.

    It lifts no other rule: not an objection, a cap, a rest or an off-limits company.
    """
    require(manager, Permission.OVERRIDE_COLLEAGUE)
    written = " ".join(reason.split())
    if len(written) < SHORTEST_REASON:
        raise ReasonTooShort
    candidate = lock(candidate.pk)
    override = Override.objects.create(
        organisation_id=manager.organisation_id,
        candidate=candidate,
        recruiter=recruiter,
        manager=manager,
        reason=written[:500],
        given_at=now,
    )
    trace(member=manager, candidates=[candidate], act=Act.OVERRODE, now=now)
    redecide([candidate], now=now)
    return override


def overrides_of(member: Membership, candidate: Candidate) -> list[Override]:
    """The leaves given for a person, newest first."""
    rows = within(Override.objects.select_related("manager__user", "recruiter__user"), member)
    return list(rows.filter(candidate=candidate).order_by("-given_at", "-pk")[:SHOWN])
