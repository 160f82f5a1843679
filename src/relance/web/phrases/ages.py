"""Instants, days and ages as the notebook writes them, in the language of the page."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.utils.translation import get_language, gettext, ngettext, pgettext

NBSP = "\u00a0"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def _language() -> str:
    return (get_language() or "fr")[:2]


def length(span: timedelta) -> str:
    """A length of time as the margin writes it: seconds, minutes, hours up to three days, then days."""
    if span < timedelta(minutes=1):
        return gettext("%(count)s s") % {"count": max(0, int(span.total_seconds()))}
    if span < HOUR:
        return gettext("%(count)s min") % {"count": max(0, int(span.total_seconds() // 60))}
    if span < 3 * DAY:
        return gettext("%(count)s h") % {"count": int(span / HOUR)}
    return pgettext("days, short", "%(count)s d") % {"count": span.days}


def since(moment: datetime, now: datetime) -> str:
    """How long ago `moment` was (or will be: an empty text for what has not begun)."""
    return length(now - moment) if now >= moment else ""


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """A time of day: « 9 h 05 », 9:05."""
    local = moment.astimezone(zone)
    if _language() == "fr":
        minutes = f"{NBSP}{local:%M}" if local.minute else ""
        return f"{local.hour}{NBSP}h{minutes}"
    return format_time(local.time(), "H:mm", locale="en_GB")


def day(value: date | datetime, today: date, zone: ZoneInfo | None = None) -> str:
    """A day in words, near ones by name: today, yesterday, « mar. 31 mars », with its year if another."""
    on = value.astimezone(zone).date() if isinstance(value, datetime) else value
    near = {0: gettext("today"), -1: gettext("yesterday"), 1: gettext("tomorrow")}.get((on - today).days)
    return near or short_day(on, today)


def margin_day(value: date | datetime, today: date, zone: ZoneInfo | None = None) -> str:
    """A day as a narrow margin writes it, this one in few letters."""
    on = value.astimezone(zone).date() if isinstance(value, datetime) else value
    return pgettext("in the margin", "today") if on == today else day(on, today)


def short_day(on: date, today: date) -> str:
    """A day as the margin writes it: « ven. 27 mars »."""
    pattern = "EEE d MMM" if on.year == today.year else "d MMM y"
    return format_date(on, pattern, locale="fr" if _language() == "fr" else "en_GB")


def long_day(on: date) -> str:
    """A day as a title writes it: « jeudi 2 avril »."""
    return format_date(on, "EEEE d MMMM", locale="fr" if _language() == "fr" else "en_GB")


def long_date(on: date) -> str:
    """A day that may be years away: « 3 mars 2026 »."""
    return format_date(on, "d MMMM y", locale="fr" if _language() == "fr" else "en_GB")


def _near_or_date(value: date | datetime, today: date, zone: ZoneInfo | None) -> tuple[str, str]:
    """The name of a near day, or nothing, and the date in words."""
    on = value.astimezone(zone).date() if isinstance(value, datetime) else value
    near = {0: gettext("today"), -1: gettext("yesterday"), 1: gettext("tomorrow")}.get((on - today).days, "")
    pattern = "d MMMM" if on.year == today.year else "d MMMM y"
    words = format_date(on, pattern, locale="fr" if _language() == "fr" else "en_GB")
    if _language() == "fr" and words.startswith("1 "):
        words = "1ᵉʳ" + words[1:]
    return near, words


def on_day(value: date | datetime, today: date, zone: ZoneInfo | None = None) -> str:
    """A day inside a sentence: « hier », « le 27 mars », on 27 March."""
    near, words = _near_or_date(value, today, zone)
    return near or gettext("on %(day)s") % {"day": words}


def until(value: date | datetime, today: date, zone: ZoneInfo | None = None) -> str:
    """« jusqu’à demain », « jusqu’au 27 mars », until 27 March."""
    near, words = _near_or_date(value, today, zone)
    return gettext("until %(near)s") % {"near": near} if near else gettext("until %(date)s") % {"date": words}


def since_day(value: date | datetime, today: date, zone: ZoneInfo | None = None) -> str:
    """« depuis hier », « depuis le 27 mars », since 27 March."""
    near, words = _near_or_date(value, today, zone)
    return gettext("since %(near)s") % {"near": near} if near else gettext("since %(date)s") % {"date": words}


def from_day(value: date | datetime, today: date, zone: ZoneInfo | None = None) -> str:
    """« dès demain », « à partir du 27 mars », from 27 March on."""
    near, words = _near_or_date(value, today, zone)
    return (
        gettext("from %(near)s on") % {"near": near}
        if near
        else gettext("from %(date)s on") % {"date": words}
    )


def ago(moment: datetime, now: datetime) -> str:
    """« il y a 52 h »."""
    return gettext("%(age)s ago") % {"age": length(max(now - moment, timedelta(0)))}


def seen(moment: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """When somebody was last here: « maintenant », « il y a 20 min », « hier », « 27 mars »; empty for never."""
    if moment is None:
        return ""
    if now - moment < timedelta(minutes=6):  # it is written down every five
        return gettext("now")
    today = now.astimezone(zone).date()
    on = moment.astimezone(zone).date()
    return ago(moment, now) if on == today else day(on, today)


def ordinal(number: int) -> str:
    """« 1ʳᵉ », « 2ᵉ » (feminine: a follow-up), 1st, 2nd."""
    if _language() == "fr":
        return f"{number}ʳᵉ" if number == 1 else f"{number}ᵉ"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"


def people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def weekday(on: date) -> str:
    """« lundi »."""
    return format_date(on, "EEEE", locale="fr" if _language() == "fr" else "en_GB")
