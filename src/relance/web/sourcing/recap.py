"""The recap of a session: whom it approached, and how the follow-ups fall on the days to come."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.accounts.models import Membership
from relance.cadence.calendar import Calendar
from relance.method.outreach.coming import Coming, Day, approached_since, coming
from relance.method.outreach.models import Outreach
from relance.method.outreach.sessions import still_to_write
from relance.web.desk import local_midnight
from relance.web.phrases.ages import short_day, weekday
from relance.web.phrases.reasons import Setting

WIDTH = 100.0
CAP_AT = 62.5
DAYS = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of the load: what fits, what slips, in hundredths of the drawing."""

    name: str
    on: date
    count: int
    within: str
    out_from: str
    out: str
    over: int


@dataclass(frozen=True, slots=True)
class Recap:
    """The figures of a session, the load of the days to come, and what it comes to in words."""

    approached: int
    starred: int
    to_write: int
    bars: list[Bar]
    cap: str
    capacity: int
    says: list[str]
    label: str
    this_week: int
    a_week: int | None
    """The figure the member wants shown, if any."""


def recap_of(member: Membership, rows: list[Outreach], setting: Setting) -> Recap:
    """The recap as things stand now."""
    load = coming(member, now=setting.now, day_began_at=local_midnight(member, setting.now), days=DAYS + 1)
    shown = load.days[:DAYS]
    most = max([load.capacity / CAP_AT * WIDTH, *(float(day.total) for day in shown)])
    return Recap(
        approached=len(rows),
        starred=sum(row.must_answer for row in rows),
        to_write=sum(still_to_write(row) for row in rows),
        bars=[_bar(day, most, load.capacity, setting) for day in shown],
        cap=f"{load.capacity / most * WIDTH:.1f}",
        capacity=load.capacity,
        says=_says(member, load, setting),
        label=_label(load),
        this_week=_this_week(member, setting),
        a_week=member.approaches_a_week,
    )


def _this_week(member: Membership, setting: Setting) -> int:
    """People approached since Monday; not counted where nobody wants to see it."""
    if member.approaches_a_week is None:
        return 0
    today = local_midnight(member, setting.now)
    return approached_since(member, local_midnight(member, today - timedelta(days=setting.today.weekday())))


def _bar(day: Day, most: float, capacity: int, setting: Setting) -> Bar:
    fits = min(day.total, capacity)
    within = fits / most * WIDTH
    return Bar(
        name=short_day(day.on, setting.today),
        on=day.on,
        count=day.total,
        within=f"{within:.1f}",
        out_from=f"{within + 1:.1f}",
        out=f"{max(0.0, day.slips / most * WIDTH - 1):.1f}",
        over=day.slips,
    )


def _label(load: Coming) -> str:
    return _("Next follow-ups by day, for a capacity of %(capacity)s a day") % {"capacity": load.capacity}


def _says(member: Membership, load: Coming, setting: Setting) -> list[str]:
    """Days left in peace, what goes beyond the capacity and to when it slips, what waits for an acceptance."""
    says = _closed_days(member, load, setting)
    following = [each.on for each in load.days]
    told: list[Day] = [*([load.today] if load.today else []), *load.days]
    for index, day in enumerate(told[: DAYS + (load.today is not None)]):
        if not day.slips or index + 1 >= len(told):
            continue
        words = {
            "day": weekday(day.on).capitalize() if day is not load.today else _("Today"),
            "over": day.slips,
            "then": weekday(told[index + 1].on),
        }
        says.append(
            ngettext(
                "%(day)s goes beyond your capacity by %(over)s: the starred go first, %(over)s moves to %(then)s.",
                "%(day)s goes beyond your capacity by %(over)s: the starred go first, %(over)s move to %(then)s.",
                day.slips,
            )
            % words
        )
        if day.starred_slip:
            says.append(
                ngettext(
                    "%(count)s starred person slips too: more are starred than one day holds.",
                    "%(count)s starred people slip too: more are starred than one day holds.",
                    day.starred_slip,
                )
                % {"count": day.starred_slip}
            )
        break
    else:
        if following and any(day.total for day in load.days):
            says.append(_("Everything fits into your days."))
    if load.waiting:
        says.append(
            ngettext(
                "%(count)s invitation waits: its follow-up falls due once it is accepted.",
                "%(count)s invitations wait: their follow-ups fall due once they are accepted.",
                load.waiting,
            )
            % {"count": load.waiting}
        )
    return says


def _closed_days(member: Membership, load: Coming, setting: Setting) -> list[str]:
    """The weekdays between now and the last day shown on which nobody is followed up."""
    if not load.days:
        return [_("No working day of yours is to come.")]
    calendar = Calendar.of(member.organisation.timezone, member.organisation.region)
    last = load.days[:DAYS][-1].on
    worked = {day.on for day in load.days}
    says: list[str] = []
    day = setting.today + timedelta(days=1)
    while day < last and len(says) < 2:
        if day.weekday() < 5 and day not in worked:
            says.append(_closed(day, is_holiday=not calendar.is_working(day.toordinal())))
        day += timedelta(days=1)
    return says


def _closed(day: date, *, is_holiday: bool) -> str:
    words: dict[str, Any] = {"day": weekday(day).capitalize()}
    return _("%(day)s is a public holiday.") % words if is_holiday else _("%(day)s you are off.") % words
