"""Contact windows, call slots and working hours (METHOD, Windows)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from relance.cadence.calendar import Calendar
from relance.cadence.instants import in_utc
from relance.cadence.words import Channel, Slot


def _minutes(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


WRITTEN = (_minutes(8, 30), _minutes(19))
WINDOWS: Mapping[Channel, tuple[int, int]] = {
    Channel.EMAIL: WRITTEN,
    Channel.LINKEDIN: WRITTEN,
    Channel.INMAIL: WRITTEN,
    Channel.SMS: (_minutes(9), _minutes(19)),
    Channel.CALL: (_minutes(9), _minutes(19, 30)),
}
SLOTS: tuple[tuple[Slot, int, int], ...] = (
    (Slot.MORNING, _minutes(9), _minutes(12)),
    (Slot.LUNCH, _minutes(12), _minutes(14)),
    (Slot.AFTERNOON, _minutes(14), _minutes(17, 30)),
    (Slot.EVENING, _minutes(17, 30), _minutes(19, 30)),
)
EVERY_SLOT = frozenset(Slot)
WORK_BEGINS, WORK_ENDS = _minutes(9), _minutes(18)


def opening(at: datetime, channel: Channel, calendar: Calendar) -> datetime:
    """The first instant from `at` on, `at` included, inside the channel's window; in UTC.

    A closing time is outside (METHOD, Windows).
    """
    at = in_utc(at)
    opens, closes = WINDOWS[channel]
    day = calendar.day(at)
    if calendar.is_working(day):
        opened = calendar.instant(day, opens)
        if at <= opened:
            return opened
        if at < calendar.instant(day, closes):
            return at
    return calendar.instant(calendar.working_day_after(day), opens)


def opening_on(day: int, channel: Channel, calendar: Calendar) -> datetime:
    """The instant, in UTC, at which the channel's window opens on a working day."""
    return calendar.instant(day, WINDOWS[channel][0])


def is_open(at: datetime, channel: Channel, calendar: Calendar) -> bool:
    """Whether an instant is inside the channel's window."""
    return opening(at, channel, calendar) == in_utc(at)


def slot_of(at: datetime, calendar: Calendar) -> Slot | None:
    """The call slot in which an instant falls; None outside working days and calling hours."""
    at = in_utc(at)
    day = calendar.day(at)
    if calendar.is_working(day):
        for slot, opens, closes in SLOTS:
            if calendar.instant(day, opens) <= at < calendar.instant(day, closes):
                return slot
    return None


def slot_opening(at: datetime, calendar: Calendar, among: frozenset[Slot] = EVERY_SLOT) -> datetime:
    """The first opening, at or after an instant, of one of these slots; in UTC."""
    at = in_utc(at)
    day = calendar.day(at)
    if not calendar.is_working(day):
        day = calendar.working_day_after(day)
    while True:
        for slot, opens, _ in SLOTS:
            if slot in among:
                opened = calendar.instant(day, opens)
                if opened >= at:
                    return opened
        day = calendar.working_day_after(day)


def after_working_days(at: datetime, number: int, calendar: Calendar) -> datetime:
    """The same local time on the n-th working day strictly after its date; in UTC."""
    return calendar.after_working_days(in_utc(at), number)


def after_working_hours(at: datetime, number: int, calendar: Calendar) -> datetime:
    """The first instant at which so many working hours (09:00-18:00) have passed; in UTC."""
    at = in_utc(at)
    left = timedelta(hours=number)
    day = calendar.day(at)
    if not calendar.is_working(day):
        day = calendar.working_day_after(day)
    while True:
        begins = max(at, calendar.instant(day, WORK_BEGINS))
        available = calendar.instant(day, WORK_ENDS) - begins
        if left <= available:
            return begins + left
        if available > timedelta(0):
            left -= available
        day = calendar.working_day_after(day)


def working_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much working time (09:00-18:00 on working days) lies between two instants; none if they are turned."""
    start, end = in_utc(start), in_utc(end)
    found = timedelta(0)
    day, last = calendar.day(start), calendar.day(end)
    if not calendar.is_working(day):
        day = calendar.working_day_after(day)
    while day <= last:
        begins = max(start, calendar.instant(day, WORK_BEGINS))
        ends = min(end, calendar.instant(day, WORK_ENDS))
        found += max(ends - begins, timedelta(0))
        day = calendar.working_day_after(day)
    return found
