"""Reads of the round: which invitations are to be looked up, what was said today, the week's count."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.accounts.written_out import stored
from relance.cadence.cadences import PENDING
from relance.cadence.words import Action, Code, Kind, Situation
from relance.mail.incoming import LinkedIn
from relance.method.answers.models import Received, Sorting
from relance.method.invitations.models import Look
from relance.method.outreach.decisions import redecide_changed
from relance.method.outreach.models import LISTED, Event, Outreach

FRESH = timedelta(hours=48)
"""A younger invitation is not asked about yet."""
SOON = timedelta(days=2)
A_DAY = timedelta(days=1)
LATE_FOR = timedelta(days=90)
"""How long after its end an invitation that was not accepted may still be said to be."""
SHOWN = 60
COUNTED = 2_000
NAMED = 100
REDECIDED_BY_A_PAGE = 900
# Written out: every page of the day asks it.
_FIRST = f"""
SELECT
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM "answers_received" AS "mail"
        WHERE "mail"."organisation_id" = %s AND "mail"."sorting" = 'to_sort' AND "mail"."mailbox_id" IN (
            SELECT "id" FROM "delivery_mailbox" WHERE "organisation_id" = %s AND "member_id" = %s)
        LIMIT {NAMED}
    ) AS "to_sort"),
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM "outreach_outreach" AS "tried"
        WHERE "tried"."organisation_id" = %s AND "tried"."code" = 'invitation_pending'
          AND ("tried"."due_at" IS NULL OR "tried"."due_at" IS NOT NULL)
          AND "tried"."recruiter_id" = %s AND "tried"."opened_at" <= %s AND "tried"."is_open"
          AND NOT EXISTS (SELECT 1 FROM "invitations_look" AS "seen"
                          WHERE "seen"."outreach_id" = "tried"."id" AND "seen"."on" = %s)
        LIMIT {NAMED}
    ) AS "to_look_up"),
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM "outreach_outreach" AS "applied"
        WHERE "applied"."organisation_id" = %s AND "applied"."code" = 'first_action'
          AND ("applied"."due_at" IS NULL OR "applied"."due_at" IS NOT NULL)
          AND "applied"."recruiter_id" = %s AND "applied"."in_queue" AND NOT "applied"."must_answer"
        LIMIT {NAMED}
    ) AS "to_choose")
"""  # noqa: S608 - our own number


@dataclass(frozen=True, slots=True)
class First:
    """What comes before the day's queue, each counted up to a hundred."""

    answers: int
    """Mails to sort."""
    invitations: int
    """Pending ones that the day's round still asks about."""
    applications: int
    """Due, and neither chosen nor turned down."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One invitation of the round: when it was sent, its note, and what was said of it today, if anything."""

    outreach: Outreach
    sent_at: datetime
    note: str
    has_note: bool
    look: Look | None
    told: Received | None
    """The mail in which LinkedIn says that it was accepted, still to be sorted."""

    def ends_at(self) -> datetime:
        """When it counts as ignored."""
        return self.sent_at + PENDING


@dataclass(frozen=True, slots=True)
class Round:
    """The recruiter's invitations on one day. Those past 14 days wait too: one may still be accepted."""

    announced: list[Turn]
    to_look_up: list[Turn]
    soon: list[Turn]
    past: list[Turn]
    ages: list[timedelta]
    """Of all that are pending, young ones included (counted up to 2,000)."""
    more: int
    """To be looked up, and not shown for want of room."""

    def turns(self) -> list[Turn]:
        return [*self.announced, *self.to_look_up, *self.soon, *self.past]


def what_comes_first(member: Membership, *, now: datetime, on: date) -> First:
    """What is to be sorted and looked up before the queue of the day `on`: one bounded query."""
    firm, own = member.organisation_id, member.pk
    day = connection.ops.adapt_datefield_value(on)
    values = [firm, firm, own, firm, own, stored(now - FRESH), day, firm, own]
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, values)
        return First(*map(int, cursor.fetchone()))


def invitations_of(member: Membership) -> QuerySet[Outreach]:
    """The recruiter's outreaches that an invitation opened."""
    rows = within(Outreach.objects.select_related("candidate"), member)
    return rows.filter(LISTED, recruiter=member, situation=Situation.LINKEDIN_INVITATION)


def access_turn(member: Membership, pk: int) -> Outreach:
    """An outreach of the recruiter's that an invitation opened. Raises Outreach.DoesNotExist."""
    return invitations_of(member).get(pk=pk)


def unanswered(member: Membership, *, now: datetime) -> QuerySet[Outreach]:
    """Invitations sent 48 h ago or more that nobody said accepted or withdrawn.

    Open ones, and those that ended as ignored in the last 90 days: an acceptance, however late, counts.
    """
    settled = Event.objects.filter(
        outreach=OuterRef("pk"),
        kind__in=[Kind.INVITATION_ACCEPTED, Kind.INVITATION_WITHDRAWN],
        retractions=None,
    )
    standing = Q(is_open=True, action__in=[Action.WAIT, Action.CONTACT]) | Q(
        code=Code.INVITATION_IGNORED, ended_at__gte=now - LATE_FOR
    )
    rows = invitations_of(member).filter(standing, opened_at__lte=now - FRESH)
    return rows.exclude(code=Code.WENT_QUIET).filter(~Exists(settled.order_by()))


def todays_round(member: Membership, *, now: datetime, on: date) -> Round:
    """The recruiter's round of the day `on`; eight queries whatever their number.

    What is past its `changes_at` is decided anew first.
    """
    redecide_changed(now=now, member=member, limit=REDECIDED_BY_A_PAGE)
    looks = {look.outreach_id: look for look in looks_of(member, on)}
    waiting = unanswered(member, now=now).exclude(pk__in=looks)
    pending = list(waiting.filter(code=Code.INVITATION_PENDING).order_by("-opened_at", "pk")[: SHOWN + 1])
    ended = list(waiting.exclude(code=Code.INVITATION_PENDING).order_by("-opened_at", "pk")[:SHOWN])
    said = [look.outreach for look in looks.values()]
    told = _told(member, [*pending, *ended, *said], now)
    notes = _invitations(member, [*pending[:SHOWN], *ended, *said])
    turns = [_turn(row, notes, looks, told) for row in [*pending[:SHOWN], *ended, *said]]
    turns.sort(key=lambda turn: (now - turn.sent_at, turn.outreach.pk))
    parted: dict[str, list[Turn]] = {"announced": [], "plain": [], "soon": [], "past": []}
    for turn in turns:
        parted[_part(turn, now)].append(turn)
    ages = invitations_of(member).filter(code=Code.INVITATION_PENDING, is_open=True)
    return Round(
        parted["announced"], parted["plain"], parted["soon"], parted["past"],
        ages=[now - at for at in ages.order_by("opened_at", "pk").values_list("opened_at", flat=True)[:COUNTED]],
        more=max(0, len(pending) - SHOWN),
    )  # fmt: skip


def _part(turn: Turn, now: datetime) -> str:
    if turn.told is not None:
        return "announced"
    if turn.ends_at() <= now:
        return "past"
    return "soon" if turn.ends_at() - now <= SOON else "plain"


def looks_of(member: Membership, on: date) -> list[Look]:
    """What the recruiter said on one day's round."""
    rows = within(Look.objects.select_related("outreach__candidate"), member)
    return list(rows.filter(member=member, on=on).order_by("pk")[:COUNTED])


def access_look(member: Membership, outreach_pk: int, on: date) -> Look:
    """What the recruiter said of an invitation on one day. Raises Look.DoesNotExist."""
    rows = within(Look.objects.select_related("outreach__candidate"), member)
    return rows.get(member=member, outreach_id=outreach_pk, on=on)


def _turn(
    outreach: Outreach, notes: dict[int, Event], looks: dict[int, Look], told: dict[int, Received]
) -> Turn:
    sent = notes.get(outreach.pk)
    return Turn(
        outreach,
        sent.at if sent else outreach.opened_at,
        sent.text if sent and sent.note else "",
        bool(sent and sent.note),
        looks.get(outreach.pk),
        told.get(outreach.candidate_id),
    )


def _invitations(member: Membership, outreaches: Iterable[Outreach]) -> dict[int, Event]:
    """The invitation of each of those outreaches."""
    rows = within(Event.objects.all(), member).filter(
        outreach__in=[row.pk for row in outreaches], kind=Kind.INVITATION_SENT, retractions=None
    )
    return {event.outreach_id: event for event in rows.order_by("-at", "-pk")[:COUNTED]}


def _told(member: Membership, outreaches: Iterable[Outreach], now: datetime) -> dict[int, Received]:
    """The mails of LinkedIn that say one of those was accepted, by candidate: to sort, or sorted of late."""
    rows = within(Received.objects.defer("raw"), member).filter(
        mailbox__member=member,
        linkedin=LinkedIn.INVITATION_ACCEPTED,
        candidate__in=[row.candidate_id for row in outreaches],
    )
    fresh = rows.filter(Q(sorting=Sorting.TO_SORT) | Q(sorted_at__gte=now - A_DAY))
    return {received.candidate_id: received for received in fresh.order_by("sent_at", "pk")[:COUNTED]}


def sent_each_day(member: Membership, *, monday: datetime, until: datetime) -> Counter[date]:
    """How many invitations the recruiter sent since `monday` (their own midnight), by their own day."""
    rows = within(Event.objects.all(), member).filter(
        Q(recorded_by=member) | Q(recorded_by=None, outreach__recruiter=member),
        recorded_at__gte=monday, at__gte=monday, at__lt=until, kind=Kind.INVITATION_SENT, retractions=None,
    )  # fmt: skip
    found = rows.order_by("at", "pk").values_list("at", flat=True)[:COUNTED]
    return Counter(at.astimezone(monday.tzinfo).date() for at in found)
