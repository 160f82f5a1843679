"""The one order of a history, whatever the order its events arrived in (METHOD, rule 3; JSON)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from operator import itemgetter

from relance.cadence.history import Event
from relance.cadence.instants import in_utc
from relance.cadence.words import Kind, Tone

NOES = frozenset({Tone.NOT_THIS_ONE, Tone.NOT_LOOKING, Tone.NEGATIVE})

Dated = tuple[datetime, int, Event]

NO_COMES_LAST = 6
RANK_AT_ONE_INSTANT: Mapping[Kind, int] = {
    Kind.REASON: 0,
    Kind.INVITATION_SENT: 0,
    Kind.INVITATION_ACCEPTED: 1,
    Kind.INVITATION_WITHDRAWN: 1,
    Kind.MESSAGE_SENT: 2,
    Kind.CALL_UNANSWERED: 2,
    Kind.AUTO_REPLY: 3,
    Kind.BOUNCE: 3,
    Kind.OPT_OUT: 3,
    Kind.SNOOZED: 3,
    Kind.CLOSED: 3,
    Kind.RETRACTED: 3,
    Kind.CALL_ANSWERED: 4,
    Kind.APPLICATION_RECEIVED: 5,
    Kind.REPLY: 5,
    Kind.INMAIL_DECLINED: NO_COMES_LAST,
    Kind.HANDLED: 7,
}


def is_no(event: Event) -> bool:
    """A reply that says no, or a declined InMail (METHOD, rule 3)."""
    return event.kind == Kind.INMAIL_DECLINED or (event.kind == Kind.REPLY and event.tone in NOES)


def retracted_ids(events: Iterable[Event]) -> frozenset[str]:
    """The ids of the events that never were, a retraction that was itself retracted left aside.

    A retraction is judged after every later one, so that taking it back restores what it took away.
    """
    retractions = [event for event in events if event.kind == Kind.RETRACTED and event.of]
    gone: set[str] = set()
    for event in sorted(retractions, key=lambda each: (in_utc(each.at), each.id, each.of), reverse=True):
        if not event.id or event.id not in gone:
            gone.add(event.of)
    return frozenset(gone)


def in_order(events: Sequence[Event], gone: frozenset[str]) -> list[Dated]:
    """The events that stand, oldest first, each with its instant in UTC.

    At one instant: what was sent, then a call, then a message, then a no (METHOD, rule 3).
    """
    dated = [
        (in_utc(event.at), RANK_AT_ONE_INSTANT[event.kind] if event.tone is None else _rank(event), event)
        for event in events
        if not (gone and event.id in gone and event.id)
    ]
    dated.sort(key=itemgetter(0, 1))
    if _has_twins(dated):
        dated.sort(key=_every_field)
    return dated


def _rank(event: Event) -> int:
    rank = RANK_AT_ONE_INSTANT[event.kind]
    return NO_COMES_LAST if rank == RANK_AT_ONE_INSTANT[Kind.REPLY] and event.tone in NOES else rank


def _has_twins(dated: list[Dated]) -> bool:
    previous: Dated | None = None
    for each in dated:
        if previous is not None and previous[0] == each[0] and previous[1] == each[1]:
            return True
        previous = each
    return False


def _every_field(dated: Dated) -> tuple[object, ...]:
    at, rank, event = dated
    until = datetime.min.replace(tzinfo=UTC) if event.until is None else in_utc(event.until)
    return (
        at,
        rank,
        event.kind,
        event.channel or "",
        event.note,
        event.voicemail,
        event.tone or "",
        event.resume_on or date.min,
        event.returns_on or date.min,
        event.hard,
        until,
        event.what or "",
        event.of,
        event.id,
    )
