"""Reads of outreaches: one of them, the queue, what was said, what is to be asked about."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.accounts.written_out import rows_of
from relance.cadence.meter import Meter, meter
from relance.cadence.words import Channel, Code, Kind, Situation
from relance.method.candidates.models import Candidate
from relance.method.outreach.cut import COUNTED, picked
from relance.method.outreach.day import figures, head_of_queue
from relance.method.outreach.decisions import decisions_of, redecide_changed
from relance.method.outreach.histories import pasts
from relance.method.outreach.models import Event, HandOver, Outreach, Permit

BELOW_THE_CUT = 12
CONVERSATION = 200
LATELY = 50
# Written out: every page of the day asks it, and putting it together costs five times its answer.
_CONVERSATION = f"""
SELECT "fact".* FROM "outreach_event" AS "fact"
WHERE "fact"."organisation_id" = %s AND "fact"."candidate_id" = %s AND "fact"."kind" <> %s
  AND NOT EXISTS (SELECT 1 FROM "outreach_event" AS "mistake" WHERE "mistake"."of_id" = "fact"."id")
ORDER BY "fact"."at" DESC, "fact"."id" DESC LIMIT {CONVERSATION}
"""  # noqa: S608 - our own number
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
    tomorrow: int
    has_asked: bool
    has_requests: bool
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
    day = figures(member, now=now, day_began_at=day_began_at)
    if day.has_changed:
        redecide_changed(now=now, member=member, limit=REDECIDED_BY_A_PAGE)
        day = figures(member, now=now, day_began_at=day_began_at)
    capacity = 0 if away else member.capacity
    left = max(0, capacity - day.done)
    head = head_of_queue(member)
    sheltered, others = picked(in_queue(member), head, channel=channel, others=left + BELOW_THE_CUT)
    shown = _in_hand(member, [*sheltered, *others])
    above = sorted(
        (shown[pk] for pk in [*sheltered, *others[:left]] if pk in shown),
        key=lambda row: (row.rank, row.due_at or now, row.pk),
    )
    counts = Counter(by for _, _, by in head.rows[:COUNTED] if by)
    return Queue(
        above=above,
        below=[shown[pk] for pk in others[left:] if pk in shown],
        counts={Channel(by): count for by, count in counts.items()},
        total=min(len(head.rows), COUNTED),
        more_than_counted=not head.is_all,
        done_today=day.done,
        answered_today=day.answered,
        tomorrow=day.tomorrow,
        has_asked=day.has_asked,
        has_requests=day.has_requests,
        capacity=capacity,
    )


def _in_hand(member: Membership, pks: list[int]) -> dict[int, Outreach]:
    rows = within(Outreach.objects.select_related("candidate"), member)
    return {row.pk: row for row in rows.filter(pk__in=pks)} if pks else {}


def ended_between(member: Membership, start: datetime, end: datetime) -> list[Outreach]:
    """What went cold or unanswered with nobody's gesture in that time: the recruiter's, latest first."""
    rows = within(Outreach.objects.select_related("candidate"), member).filter(
        recruiter=member, code__in=[Code.GONE_COLD, Code.NO_ANSWER, Code.INVITATION_IGNORED],
        ended_at__gte=start, ended_at__lt=end,
    )  # fmt: skip
    return list(rows.order_by("-ended_at", "-pk")[:ENDED])


def to_ask_about(member: Membership) -> list[Permit]:
    """The member's permits that no "was it sent?" has ended yet, oldest first, their people in hand."""
    # There is nearly never one: what hangs on them is asked for apart, and then only.
    rows = within(Permit.objects.all(), member).filter(recruiter=member, ended_at=None)
    asked = list(rows.order_by("taken_at", "pk")[:50])
    about = _in_hand(member, [permit.outreach_id for permit in asked])
    for permit in asked:
        permit.outreach = about[permit.outreach_id]
        permit.candidate = permit.outreach.candidate
    return asked


def conversation(member: Membership, candidate_id: int) -> list[Event]:
    """What passed between the organisation and a candidate, oldest first, retracted facts left out.

    The last 200 facts: a longer past is read on the person's own page.
    """
    about = (member.organisation_id, candidate_id, str(Kind.RETRACTED))
    events = rows_of(Event, _CONVERSATION, about)[::-1]
    recorders = _recorders(member, events)
    for event in events:
        if event.recorded_by_id is not None:
            event.recorded_by = recorders[event.recorded_by_id]
    return events


def sent_to_others(member: Membership, candidate_id: int) -> list[str]:
    """The member's last fifty texts to anybody else, newest first."""
    rows = within(Event.objects.all(), member).filter(recorded_by=member, kind=Kind.MESSAGE_SENT)
    rows = rows.exclude(candidate=candidate_id).exclude(text="").order_by("-recorded_at", "-pk")
    return list(rows.values_list("text", flat=True)[:LATELY])


def _recorders(member: Membership, events: list[Event]) -> dict[int, Membership]:
    """Who recorded those facts: colleagues are asked for only where there are any."""
    others = {event.recorded_by_id for event in events} - {None, member.pk}
    if not others:
        return {member.pk: member}
    rows = within(Membership.objects.select_related("user"), member).filter(pk__in=others)
    return {member.pk: member} | {row.pk: row for row in rows}


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
    decided = [one for one in decisions_of(past, now=now) if not _leans_on_nothing(one)]
    if not decided:
        return None
    outreach = max(decided, key=lambda one: (one.is_open, one.opened_at, one.pk))
    return Standing(outreach, meter(past.of(outreach), elsewhere=past.elsewhere(outreach)))


def _leans_on_nothing(outreach: Outreach) -> bool:
    """A catching up whose reason was taken back: nothing of it stands."""
    return outreach.situation == Situation.KEEP_IN_TOUCH and outreach.code == Code.NO_FIRST_ACTION


def has_people(member: Membership) -> bool:
    """Whether the recruiter has or had any outreach at all: a new desk is welcomed instead."""
    given = within(HandOver.objects.all(), member).filter(giver=member, given=True)
    return within(Outreach.objects.all(), member).filter(recruiter=member).exists() or given.exists()
