"""The cadences: delays, lateness and caps of each situation (METHOD, The five situations)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from relance.cadence.calendar import Calendar
from relance.cadence.instants import days, hours
from relance.cadence.windows import after_working_hours
from relance.cadence.words import Situation


class Unit(Enum):
    HOURS = "h"
    WORKING_HOURS = "wh"
    WORKING_DAYS = "wd"


@dataclass(frozen=True, slots=True)
class Delay:
    """A number of hours, working hours or working days."""

    number: int
    unit: Unit

    def after(self, at: datetime, calendar: Calendar) -> datetime:
        """The instant, in UTC, that lies this delay after another one given in UTC."""
        if self.unit is Unit.WORKING_DAYS:
            return calendar.after_working_days(at, self.number)
        if self.unit is Unit.WORKING_HOURS:
            return after_working_hours(at, self.number, calendar)
        return at + hours(self.number)


def h(number: int) -> Delay:
    return Delay(number, Unit.HOURS)


def wh(number: int) -> Delay:
    return Delay(number, Unit.WORKING_HOURS)


def wd(number: int) -> Delay:
    return Delay(number, Unit.WORKING_DAYS)


AT_ONCE = h(0)
LATE_BY_DEFAULT = wd(2)


@dataclass(frozen=True, slots=True)
class Step:
    """When a step is due after the last move, and late after it was due."""

    due: Delay
    late: Delay = LATE_BY_DEFAULT


@dataclass(frozen=True, slots=True)
class Cadence:
    """The steps of a situation, by number (an absent step cannot come), its count and its cap."""

    steps: Mapping[int, Step]
    follow_ups: int
    cap: int
    rest: Delay
    """How long the candidate is left alone after any message or call (rule 10)."""
    cold_after: timedelta
    optional_unless_starred: bool

    def planned(self, override: int | None, *, with_note: bool) -> int:
        """How many follow-ups the outreach may have: at least 1, never above the cap (rule 5)."""
        if self.cap == 0:
            return 0
        if override is not None:
            return min(max(override, 1), self.cap)
        return self.follow_ups - 1 if with_note else self.follow_ups


CADENCES: Mapping[Situation, Cadence] = {
    Situation.LINKEDIN_INVITATION: Cadence(
        {1: Step(AT_ONCE, late=h(48)), 2: Step(h(48)), 3: Step(wd(5))}, 3, 3, h(48), days(60), True
    ),
    Situation.FIRST_MESSAGE: Cadence(
        {1: Step(h(48), late=wd(3)), 2: Step(wd(4)), 3: Step(wd(7))}, 2, 3, h(48), days(30), True
    ),
    Situation.CV_DATABASE: Cadence(
        {0: Step(AT_ONCE), 1: Step(h(24)), 2: Step(wd(2)), 3: Step(wd(4))}, 2, 3, h(24), days(30), False
    ),
    Situation.APPLICATION: Cadence(
        {0: Step(AT_ONCE, late=wh(4)), 1: Step(wh(4), late=wh(5)), 2: Step(wd(1)), 3: Step(wd(2))},
        2,
        3,
        wh(4),
        days(30),
        True,
    ),
    Situation.KEEP_IN_TOUCH: Cadence({1: Step(wd(3)), 2: Step(wd(7))}, 1, 2, h(48), days(30), False),
    Situation.CONVERSATION: Cadence({}, 0, 0, h(48), days(30), False),
}
WENT_QUIET: Mapping[int, Step] = {1: Step(wd(3)), 2: Step(wd(7))}
REST_WHEN_QUIET = h(48)
"""`went_quiet` rests 48 h whatever the situation (rule 3)."""
REST_OF_INMAIL = hours(72)
ON_THE_DAY_ASKED = Step(AT_ONCE)

BURST = hours(2)
DOUBLE = hours(24)
PENDING = days(14)
YOUR_TURN_ENDS = days(30)
LATE_YOUR_TURN = wd(1)
LATE_BROUGHT_IN = wd(2)
LAST_WORD = wd(10)
AWAY_AFTER_RETURN = 1
AWAY_WITHOUT_DATE = wd(5)
ATTEMPTS_PER_SPAN = 3
SPAN_OF_ATTEMPTS = hours(48)
