"""When a step is due, late and cold (METHOD, rules 7 to 10; Windows)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from relance.cadence.cadences import (
    ATTEMPTS_PER_SPAN,
    AWAY_AFTER_RETURN,
    AWAY_WITHOUT_DATE,
    REST_OF_INMAIL,
    SPAN_OF_ATTEMPTS,
    Delay,
    Step,
)
from relance.cadence.calendar import Calendar
from relance.cadence.instants import in_utc
from relance.cadence.order import Dated
from relance.cadence.story import Story
from relance.cadence.windows import opening, opening_on, slot_of, slot_opening
from relance.cadence.words import Channel, Situation, Slot

JUST_AFTER = timedelta(microseconds=1)
SLOTS_OF_A_CV = frozenset({Slot.LUNCH, Slot.EVENING})


@dataclass(frozen=True, slots=True)
class Rested:
    """A due time once what the candidate had before has rested, and what moved it if it did."""

    at: datetime
    colleague_until: datetime | None = None
    inmail_at: datetime | None = None
    inmail_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When a step is due on a channel, and what made it so. Instants are in UTC."""

    at: datetime
    at_without_attempts: datetime
    """The due time from which lateness and the cold count."""
    unrolled_at: datetime
    rested: Rested
    away_until: datetime | None = None
    away: Dated | None = None
    snoozed_until: datetime | None = None


def due(
    story: Story,
    step: int,
    timing: Step,
    channel: Channel,
    calendar: Calendar,
    *,
    moved_at: datetime,
    rest: Delay | None,
    waited_until: datetime | None = None,
) -> Due:
    """When a step is due: last move + delay, no wait or rest broken, then the channel's window.

    `rest` is how long the candidate is left alone after any message or call (None for the double);
    `waited_until` the end of a wait of rule 4.
    """
    at = timing.due.after(moved_at, calendar)
    if waited_until is not None and waited_until > at:
        at = waited_until
    away_until, away = _away(story, channel, calendar)
    snoozed_until = in_utc(story.snoozed.until) if story.snoozed and story.snoozed.until else None
    if away_until is not None and away_until > at:
        at = away_until
    if snoozed_until is not None and snoozed_until > at:
        at = snoozed_until
    rested = _rested(story, channel, calendar, at, rest) if rest is not None else Rested(at)
    at = rested.at
    if channel == Channel.CALL:
        plain = _call_due(story, step, at, calendar, ())
        rolled = _call_due(story, step, at, calendar, story.attempts) if story.attempts else plain
    else:
        plain = rolled = opening(at, channel, calendar)
    return Due(rolled, plain, at, rested, away_until, away, snoozed_until)


def _rested(story: Story, channel: Channel, calendar: Calendar, at: datetime, rest: Delay) -> Rested:
    """Rule 10: how long the candidate is left alone after what they had from anyone."""
    colleague_until = inmail_until = None
    if story.here.had is not None:
        at = max(at, rest.after(story.here.had[0], calendar))
    if story.elsewhere.had is not None:
        until = rest.after(story.elsewhere.had[0], calendar)
        if until > at:
            at = colleague_until = until
    inmail_at = _latest(story.here.inmail_at, story.elsewhere.inmail_at)
    if channel == Channel.INMAIL and inmail_at is not None and inmail_at + REST_OF_INMAIL > at:
        at = inmail_until = inmail_at + REST_OF_INMAIL
    return Rested(at, colleague_until, inmail_at, inmail_until)


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(one, other) if one and other else one or other


def _away(story: Story, channel: Channel, calendar: Calendar) -> tuple[datetime | None, Dated | None]:
    latest: datetime | None = None
    cause: Dated | None = None
    for dated in story.auto_replies:
        at, _, event = dated
        if event.returns_on is not None:
            back = calendar.working_day_after(event.returns_on.toordinal(), AWAY_AFTER_RETURN)
            until = opening_on(back, channel, calendar)
        else:
            until = opening(AWAY_WITHOUT_DATE.after(at, calendar), channel, calendar)
        if latest is None or until > latest:
            latest, cause = until, dated
    return latest, cause


def _call_due(
    story: Story, step: int, at: datetime, calendar: Calendar, attempts: Sequence[datetime]
) -> datetime:
    earliest = at
    fourth_from = (
        attempts[-ATTEMPTS_PER_SPAN] + SPAN_OF_ATTEMPTS if len(attempts) >= ATTEMPTS_PER_SPAN else None
    )
    if story.situation == Situation.CV_DATABASE and step >= 1:
        if attempts:
            earliest = max(earliest, attempts[-1])
        if fourth_from is not None:
            earliest = max(earliest, fourth_from)
        failed = [*story.calls_of_contacts[-1:], *attempts[-1:]]
        tried = slot_of(max(failed), calendar) if failed else None
        return slot_opening(earliest, calendar, frozenset(slot for slot in SLOTS_OF_A_CV if slot != tried))
    rolled = opening(earliest, Channel.CALL, calendar)
    if attempts:
        rolled = max(rolled, slot_opening(attempts[-1] + JUST_AFTER, calendar))
        if fourth_from is not None and rolled < fourth_from:
            rolled = slot_opening(fourth_from, calendar)
    return rolled
