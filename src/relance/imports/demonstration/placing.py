"""Moments of the story as instants: counted in working days, so that a Monday looks like any other day."""

from datetime import date, datetime

from relance.cadence.calendar import Calendar
from relance.imports.demonstration.story import LAST_MINUTE, Happening, Moment
from relance.method.outreach.facts import Entry

SOURCE = "demonstration"


def leaning_day(now: datetime, calendar: Calendar) -> int:
    """The last working day whose day 0 of the story is over at `now`."""
    day = calendar.day(now)
    while not calendar.is_working(day) or calendar.instant(day, LAST_MINUTE) > now:
        day -= 1
    return day


def day_of(moment: Moment, leaning_on: int, calendar: Calendar) -> int:
    """The working day, that many away."""
    if moment.days >= 0:
        return calendar.working_day_after(leaning_on, moment.days)
    day, left = leaning_on, -moment.days
    while left:
        day -= 1
        left -= calendar.is_working(day)
    return day


def instant(moment: Moment, leaning_on: int, calendar: Calendar) -> datetime:
    """The instant of a moment, in UTC."""
    return calendar.instant(day_of(moment, leaning_on, calendar), moment.minute)


def entry_of(happening: Happening, leaning_on: int, calendar: Calendar) -> Entry:
    """The fact as it enters the desk. Its source keeps it out of what was done today."""

    def on(moment: Moment | None) -> date | None:
        return date.fromordinal(day_of(moment, leaning_on, calendar)) if moment else None

    return Entry(
        kind=happening.kind,
        at=instant(happening.at, leaning_on, calendar),
        channel=happening.channel,
        note=happening.note,
        voicemail=happening.voicemail,
        hard=happening.hard,
        tone=happening.tone,
        what=happening.what,
        resume_on=on(happening.resume_on),
        returns_on=on(happening.returns_on),
        until=instant(happening.until, leaning_on, calendar) if happening.until else None,
        subject=happening.subject,
        text=happening.text,
        source=SOURCE,
    )
