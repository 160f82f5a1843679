"""Reads of hand-overs: who follows a person, what is asked of whom, what may be taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.accounts.roles import Permission, may
from relance.cadence.decision import Refusal
from relance.cadence.foreseen import Foreseen, foresee
from relance.cadence.meter import Meter, meter
from relance.method.candidates.models import Candidate
from relance.method.outreach.decisions import decisions_of
from relance.method.outreach.guarding import refusal_to
from relance.method.outreach.histories import pasts
from relance.method.outreach.models import HandOver, Outreach, WhyHandedOver

SHOWN = 50
COVERED = 500


def access_hand_over(member: Membership, pk: int) -> HandOver:
    """A request the member has a part in, or may settle for others. Raises HandOver.DoesNotExist."""
    rows = within(HandOver.objects.select_related("candidate", "giver__user", "taker__user"), member)
    if not may(member, Permission.HAND_OVER_FOR_OTHERS):
        rows = rows.filter(Q(giver=member) | Q(taker=member))
    return rows.get(pk=pk)


@dataclass(frozen=True, slots=True)
class Followed:
    """Who follows a person, where that stands at one instant, and what it comes to on silence.

    `refusal` is what the guard would tell the member who asks, were they to write now.
    """

    follower: Membership
    outreach: Outreach
    meter: Meter
    foreseen: Foreseen
    refusal: Refusal | None


def followed(member: Membership, candidate: Candidate, *, now: datetime) -> Followed | None:
    """The outreach that stands with a person, whoever's it is; None when nobody ever approached them."""
    past = pasts([candidate])[0]
    decided = decisions_of(past, now=now)
    if not decided:
        return None
    outreach = max(decided, key=lambda one: (one.is_open, one.opened_at, one.pk))
    history, elsewhere = past.of(outreach), past.elsewhere(outreach)
    return Followed(
        follower=Membership.objects.select_related("user").get(pk=outreach.recruiter_id),
        outreach=outreach,
        meter=meter(history, elsewhere=elsewhere),
        foreseen=foresee(history, now=now, elsewhere=elsewhere),
        refusal=refusal_to(past, outreach, member=member, now=now),
    )


def hand_overs_of(member: Membership, candidate: Candidate) -> list[HandOver]:
    """The person's hand-overs and requests, newest first."""
    rows = within(HandOver.objects.select_related("candidate", "giver__user", "taker__user"), member)
    return list(rows.filter(candidate=candidate).order_by("-asked_at", "-pk")[:SHOWN])


def asked_of(member: Membership) -> list[HandOver]:
    """What colleagues ask of the member and wait for, oldest first."""
    rows = within(HandOver.objects.select_related("candidate", "taker__user"), member)
    return list(rows.filter(giver=member, ended_at=None).order_by("asked_at", "pk")[:SHOWN])


def covers_of(member: Membership) -> list[HandOver]:
    """Whom colleagues follow for the member, and who did not come back yet."""
    rows = within(HandOver.objects.select_related("giver__user", "taker__user"), member)
    covered = rows.filter(giver=member, why=WhyHandedOver.COVER, given=True, returned_at=None)
    return list(covered.order_by("candidate_id", "pk")[:COVERED])
