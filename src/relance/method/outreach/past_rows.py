"""One past brought in, decided and written as rows of plain values: no database is asked, whoever does it.

What only the database knows (keys, the people, who records) is added when the rows are stored (`batches`).
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from relance.cadence.guard import Marks
from relance.cadence.history import Event as Fact
from relance.cadence.history import Outreach as History
from relance.cadence.words import Channel, Situation
from relance.method.outreach.decided import DECISION_FIELDS, Decided, decided, settle

OUTREACH = ("situation", "must_answer", "opened_at", *DECISION_FIELDS)
EVENT = ("at", "kind", "channel", "note", "hard", "returns_on", "tone", "subject", "text", "key", "until")

THE_MEMBER = 0
"""Stands for the one recruiter of a past brought in."""


class Worded(NamedTuple):
    """A fact as the engine reads it, with its words; `key` names it in its source, so that it enters once."""

    fact: Fact
    subject: str = ""
    text: str = ""
    key: str | None = None


class Attempt(NamedTuple):
    """One outreach of a past brought in, with its facts."""

    situation: Situation
    facts: Sequence[Worded]


class Person(NamedTuple):
    """Whose past it is, as far as decisions need it."""

    must_answer: bool
    channels: tuple[Channel, ...]
    timezone: str
    region: str
    marks: Marks


class OutreachRow(NamedTuple):
    """One outreach as it is stored: the values of OUTREACH, and those of EVENT for each of its facts."""

    is_open: bool
    values: tuple[Any, ...]
    events: list[tuple[Any, ...]]


class Pen(NamedTuple):
    """How the database takes what is dated and what is true or false."""

    instant: Callable[[datetime | None], Any]
    day: Callable[[date | None], Any]
    truth: Callable[[bool], Any]


def pen(*, as_text: bool) -> Pen:
    """SQLite takes dates as text, which Django's own way takes five times as long to write, and numbers for truths."""
    return Pen(_instant_as_text, _day_as_text, int) if as_text else Pen(_as_it_is, _as_it_is, _as_it_is)


def _instant_as_text(at: datetime | None) -> str | None:
    if at is None:
        return None
    return str(at if at.tzinfo is UTC else at.astimezone(UTC))[: -len("+00:00")]


def _day_as_text(on: date | None) -> str | None:
    return None if on is None else str(on)


def _as_it_is(value: Any) -> Any:
    return value


def rows_of(attempts: Sequence[Attempt], person: Person, write: Pen, now: datetime) -> list[OutreachRow]:
    """The outreaches of one person's past, oldest first, each with its decision at `now`."""
    own = [_decided(place, attempt, attempts, person, now) for place, attempt in enumerate(attempts)]
    settle(
        own,
        marks=person.marks,
        permit=None,
        overridden=lambda ask: False,  # all they have is the member's own
        now=now,
    )
    return [
        OutreachRow(each.is_open, _outreach(each, write), [_event(fact, write) for fact in attempt.facts])
        for attempt, each in zip(attempts, own, strict=True)
    ]


def _decided(
    place: int, attempt: Attempt, attempts: Sequence[Attempt], person: Person, now: datetime
) -> Decided:
    history = History(
        attempt.situation, tuple([worded.fact for worded in attempt.facts]), person.must_answer, person.channels,
        None, now, person.timezone, person.region,
    )  # fmt: skip
    elsewhere = [worded.fact for other in attempts if other is not attempt for worded in other.facts]
    opened_at = min([fact.at for fact in history.events])
    return decided(place, THE_MEMBER, opened_at, history, elsewhere, now)


def _outreach(each: Decided, write: Pen) -> tuple[Any, ...]:
    history = each.history
    return (
        str(history.situation), write.truth(history.must_answer), write.instant(each.opened_at),
        *each.prepared(write.instant, write.truth),
    )  # fmt: skip


def _event(worded: Worded, write: Pen) -> tuple[Any, ...]:
    fact, subject, text, key = worded
    return (
        write.instant(fact.at), str(fact.kind), str(fact.channel or ""), write.truth(fact.note),
        write.truth(fact.hard), write.day(fact.returns_on), str(fact.tone or ""), subject[:300], text, key,
        write.instant(fact.until),
    )  # fmt: skip
