"""Reads of outreaches: one of them, the queue, what was said, what is to be asked about."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.meter import Meter, meter
from relance.cadence.priority import SHELTERED_TOO, SHELTERED_UP_TO
from relance.cadence.words import Channel, Code, Kind
from relance.method.candidates.models import Candidate
from relance.method.outreach.decisions import OUTBOUND, decisions_of, redecide_changed
from relance.method.outreach.histories import pasts
from relance.method.outreach.models import Event, HandOver, Outreach, Permit

COUNTED = 500
BELOW_THE_CUT = 12
CONVERSATION = 200
ENDED = 50
REDECIDED_BY_A_PAGE = 900


def access_outreach(member: Membership, pk: int) -> Outreach:
    """The outreach, if the member's organisation holds it. Raises Outreach.DoesNotExist."""
    rows = within(Outreach.objects.select_related("candidate", "recruiter__user"), member)
    return rows.get(pk=pk)


def access_permit(member: Membership, pk: int) -> Permit:
    """The member's own permit. Raises Permit.DoesNotExist."""
    rows = within(Permit.objects.select_related("candidate", "outreach"), member)
    return rows.get(pk=pk, recruiter=member)


def in_queue(member: Membership) -> QuerySet[Outreach]:
    """What the recruiter may do today, in the method's order (METHOD, Priority)."""
    return (
        within(Outreach.objects.all(), member)
        .filter(recruiter=member, in_queue=True)
        .order_by("rank", "due_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class Queue:
    """The day: what is above the capacity's cut, what is folded below it, and how much there is."""

    above: list[Outreach]
    below: list[Outreach]
    counts: dict[Channel, int]
    total: int
    more_than_counted: bool
    done_today: int
    answered_today: int
    capacity: int

    @property
    def left_today(self) -> int:
        return max(0, self.capacity - self.done_today)


def todays_queue(
    member: Membership,
    *,
    now: datetime,
    day_began_at: datetime,
    channel: Channel | None = None,
    away: bool = False,
) -> Queue:
    """The recruiter's queue at `now`; what is past its `changes_at` is decided anew first.

    `day_began_at` is the recruiter's own midnight. Answers owed and starred applications stand above
    the cut whatever the capacity (METHOD, Priority), also on a day on which the recruiter is `away`.
    """
    redecide_changed(now=now, member=member, limit=REDECIDED_BY_A_PAGE)
    done = done_since(member, day_began_at)
    capacity = 0 if away else member.capacity
    left = max(0, capacity - len(done))
    rows = in_queue(member).select_related("candidate")
    if channel is not None:
        rows = rows.filter(channel=channel)
    sheltered = [
        *rows.filter(rank__lte=SHELTERED_UP_TO)[:COUNTED],
        *rows.filter(rank=SHELTERED_TOO)[:COUNTED],
    ]
    others = list(rows.filter(rank__gt=SHELTERED_UP_TO).exclude(rank=SHELTERED_TOO)[: left + BELOW_THE_CUT])
    above = sorted([*sheltered, *others[:left]], key=lambda row: (row.rank, row.due_at or now, row.pk))
    channels = list(in_queue(member).values_list("channel", flat=True)[: COUNTED + 1])
    counts = Counter(Channel(code) for code in channels[:COUNTED] if code)
    return Queue(
        above=above,
        below=others[left:],
        counts=dict(counts),
        total=min(len(channels), COUNTED),
        more_than_counted=len(channels) > COUNTED,
        done_today=len(done),
        answered_today=answered_among(member, done),
        capacity=capacity,
    )


def done_since(member: Membership, moment: datetime) -> list[int]:
    """The candidates the member recorded a contact with since `moment` (each once)."""
    rows = (
        within(Event.objects.all(), member)
        .filter(
            recorded_by=member,
            recorded_at__gte=moment,
            at__gte=moment,
            kind__in=OUTBOUND,
            source="",
            retractions=None,
        )
        .order_by("recorded_at", "pk")
        .values_list("candidate_id", flat=True)[:COUNTED]
    )
    return list(dict.fromkeys(rows))


def answered_among(member: Membership, candidate_ids: list[int]) -> int:
    """How many of those candidates answer at present stands recorded: their outreach says so."""
    if not candidate_ids:
        return 0
    return (
        within(Outreach.objects.all(), member)
        .filter(candidate__in=candidate_ids, code__in=["answered", "your_turn"])
        .values("candidate")
        .distinct()
        .count()
    )


def due_between(member: Membership, start: datetime, end: datetime) -> int:
    """How many of the recruiter's waits end in that time, counted up to 500."""
    rows = within(Outreach.objects.all(), member).filter(
        recruiter=member, action="wait", code__in=["too_early", "away", "snoozed"], changes_at__gte=start,
        changes_at__lt=end,
    )  # fmt: skip
    return rows.order_by()[:COUNTED].count()


def ended_between(member: Membership, start: datetime, end: datetime) -> list[Outreach]:
    """What went cold or unanswered with nobody's gesture in that time: the recruiter's, latest first."""
    rows = within(Outreach.objects.select_related("candidate"), member).filter(
        recruiter=member, code__in=[Code.GONE_COLD, Code.NO_ANSWER, Code.INVITATION_IGNORED],
        ended_at__gte=start, ended_at__lt=end,
    )  # fmt: skip
    return list(rows.order_by("-ended_at", "-pk")[:ENDED])


def to_ask_about(member: Membership) -> list[Permit]:
    """The member's permits that no "was it sent?" has ended yet, oldest first."""
    rows = within(Permit.objects.select_related("candidate", "outreach"), member)
    return list(rows.filter(recruiter=member, ended_at=None).order_by("taken_at", "pk")[:50])


def conversation(member: Membership, candidate_id: int) -> list[Event]:
    """What passed between the organisation and a candidate, oldest first, retracted facts left out.

    The last 200 facts: a longer past is read on the person's own page.
    """
    rows = (
        within(Event.objects.select_related("recorded_by__user"), member)
        .filter(candidate=candidate_id, retractions=None)
        .exclude(kind=Kind.RETRACTED)
        .order_by("-at", "-pk")[:CONVERSATION]
    )
    return list(reversed(rows))


def outreaches_with(member: Membership, candidate_id: int) -> list[Outreach]:
    """The candidate's outreaches, newest first."""
    rows = within(Outreach.objects.select_related("recruiter__user", "candidate"), member)
    return list(rows.filter(candidate=candidate_id).order_by("-is_open", "-opened_at", "-pk")[:50])


@dataclass(frozen=True, slots=True)
class Standing:
    """The outreach that stands with a person, as decided at one instant, and how far it has come."""

    outreach: Outreach
    meter: Meter


def standing_with(candidate: Candidate, *, now: datetime) -> Standing | None:
    """The open outreach with a candidate, else the latest; None when nobody ever approached them.

    The decision is taken at `now` from the events, and not stored: reading a page changes nothing.
    """
    past = pasts([candidate])[0]
    decided = decisions_of(past, now=now)
    if not decided:
        return None
    outreach = max(decided, key=lambda one: (one.is_open, one.opened_at, one.pk))
    return Standing(outreach, meter(past.of(outreach), elsewhere=past.elsewhere(outreach)))


def has_people(member: Membership) -> bool:
    """Whether the recruiter has or had any outreach at all: a new desk is welcomed instead."""
    given = within(HandOver.objects.all(), member).filter(giver=member, given=True)
    return within(Outreach.objects.all(), member).filter(recruiter=member).exists() or given.exists()


def recent_purposes(member: Membership) -> list[str]:
    """What the recruiter's latest gestures were about, each once, newest first."""
    rows = within(Event.objects.all(), member).filter(recorded_by=member).order_by("-recorded_at", "-pk")
    latest = rows.values_list("outreach__purpose", flat=True)[:80]
    return [purpose for purpose in dict.fromkeys(latest) if purpose][:8]
