"""Closing a position: what it ends, and taking that back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Kind
from relance.method.candidates.models import Candidate
from relance.method.outreach.actions import UNDO_FOR, record
from relance.method.outreach.facts import Entry
from relance.method.outreach.last_words import answered_in
from relance.method.outreach.models import About, Event, Outreach, Position, WhyClosed

AT_ONCE = 2_000
"""How many outreaches one position's closing ends, at most; the rest ends when it is closed again."""


class ClosedAlready(Exception):
    """Somebody else closed the position meanwhile."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What closing a position would do: how many outreaches end, how many of them had answered."""

    ends: int
    had_answered: int
    goes_on: int
    """Open outreaches that another open position is attached to."""


def what_ends(member: Membership, position: Position) -> Ends:
    """What closing the position would end, as it stands."""
    standing = _open_about(member, position)
    ending = _ending(standing, position)
    total = standing.count()
    ends = ending.count()
    return Ends(ends, answered_in(ending).count(), total - ends)


def _open_about(member: Membership, position: Position) -> QuerySet[Outreach]:
    return within(Outreach.objects.all(), member).filter(about__position=position, is_open=True)


def _ending(outreaches: QuerySet[Outreach], position: Position) -> QuerySet[Outreach]:
    other = About.objects.filter(outreach=OuterRef("pk"), position__closed_at=None).exclude(position=position)
    return outreaches.exclude(Exists(other))


@transaction.atomic
def close_position(
    *,
    position: Position,
    why: WhyClosed,
    member: Membership,
    now: datetime,
    paused_until: date | None = None,
) -> list[Event]:
    """Close a position and, by a `closed` fact each, the open outreaches that are about nothing else open.

    A pause may be `paused_until` a day, on which the position stands among the open ones again, to be opened
    by hand: what ended stays ended. Returns those facts; nothing is sent to anybody. Raises ClosedAlready.
    """
    hold_firm(position.organisation_id)
    ending = _ending(_open_about(member, position), position)
    pks = list(ending.order_by("candidate_id", "pk").values_list("pk", "candidate_id")[:AT_ONCE])
    people = Candidate.objects.select_for_update().filter(pk__in=[candidate for _pk, candidate in pks])
    held = {candidate.pk for candidate in people.order_by("pk")[:AT_ONCE]}
    rows = Position.objects.filter(pk=position.pk, closed_at=None)
    if not rows.update(closed_at=now, why_closed=why, paused_until=paused_until):
        raise ClosedAlready
    position.refresh_from_db()
    entry = Entry(Kind.CLOSED, at=now, key=_key(position))
    events: list[Event] = []
    outreaches = Outreach.objects.select_related("candidate").filter(
        pk__in=[pk for pk, _ in pks], is_open=True
    )
    for outreach in outreaches.order_by("candidate_id", "pk")[:AT_ONCE]:
        if outreach.candidate_id in held:
            events += record(outreach=outreach, entries=[entry], now=now, member=member)
    return events


def _key(position: Position) -> str:
    """How the facts of one closing are known, to take them back together."""
    closed_at = position.closed_at
    return f"position:{position.pk}:{closed_at.timestamp() if closed_at else 0:.6f}"


def leave_closed(*, position: Position) -> None:
    """A pause has no end any more: the position is not shown again among the open ones."""
    Position.objects.filter(pk=position.pk).update(paused_until=None)


@transaction.atomic
def reopen_position(*, position: Position, member: Membership, now: datetime) -> int:
    """Seek people for it again. What ended with it goes on again for half an hour; later it stays closed.

    Returns how many outreaches go on.
    """
    hold_firm(position.organisation_id)
    taken_back = 0
    if position.closed_at is not None and now - position.closed_at <= UNDO_FOR:
        facts = within(Event.objects.select_related("outreach"), member).filter(
            key=_key(position), kind=Kind.CLOSED, retractions=None, outreach__about__position=position
        )
        for fact in list(facts.order_by("candidate_id", "pk")[:AT_ONCE]):
            entry = Entry(Kind.RETRACTED, at=max(now, fact.at), of=fact.pk)
            record(outreach=fact.outreach, entries=[entry], now=now, member=member)
            taken_back += 1
    Position.objects.filter(pk=position.pk).update(closed_at=None, why_closed="", paused_until=None)
    position.refresh_from_db()
    return taken_back
