"""The day on which somebody away is back, read from their automatic reply. When in doubt, none.

Days without a year are the next ones; a day past, or more than about a year ahead, is none. "Until the
17th included" means the 18th. 07/08 is a day first in every language but English, where it is none.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from relance.mail.incoming import rulebook

_READ_ALONG = 5_000
_FURTHEST = timedelta(days=380)
_NEXT_YEAR = timedelta(days=300)
"""Of a day without a year: further than this and it is last year's notice still being sent."""
_INCLUSIVE = re.compile(
    r"^\W{0,3}(?:inclus|y compris|compris\b|inclusive?ly|inclusive|included|einschl|inkl|incluido|incluso|\(inclus)"
)
_INCLUDING = re.compile(
    r"(?:through|thru|up to and including|einschl\w*|inkl\.?|und mit|tot en met)(?: the| and including| den| zum)*\s*$"
)


_OPENING = re.compile(r"(?:from|between|du|de|le|entre|von|vom|del?|dal)\b[^\d]*$")
"""From one weekday to another without a date: hours of opening."""


@dataclass(frozen=True, slots=True)
class _Found:
    day: date
    end: int
    whole: bool
    """It names more than a weekday or the number of a day."""


@cache
def months() -> dict[str, int]:
    table = rulebook.rules("dates")["months"]
    return {name: number for number, names in enumerate(table.values(), 1) for name in names}


@cache
def _days() -> dict[str, int]:
    table = rulebook.rules("dates")["days"]
    return {name: number for number, names in enumerate(table.values()) for name in names}


def _either(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


@cache
def expressions() -> re.Pattern[str]:
    """Any way to write a day, from the place where it begins."""
    names, days = _either(months()), _either(_days())
    weekday = rf"(?:(?P<weekday>{days})\b\.?,?(?: (?:the|le|den|dem|der|prochain|dia))?\s?)?"
    return re.compile(
        rf"\s*(?:(?:le|the|on|el|il|den|dem|next|du|am|au)\s)?{weekday}(?:"
        rf"(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})\b"
        rf"|(?P<a>\d{{1,2}})\s?[/.-]\s?(?P<b>\d{{1,2}})(?:\s?[/.-]\s?(?P<c>\d{{4}}|\d{{2}}))?(?![\d:h])"
        rf"|(?P<d>\d{{1,2}})(?:er|st|nd|rd|th|eme|e|\.)?,?\s?(?:of |de |d')?(?P<m>{names})\b\.?,?"
        rf"(?:\s?(?:de |del )?(?P<y>\d{{4}}))?"
        rf"|(?P<m2>{names})\b\.?\s(?:the )?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s(?P<y2>\d{{4}}))?"
        rf"|(?P<m3>{names})\s(?P<y3>\d{{4}})"
        rf"|(?P<d4>\d{{1,2}})(?:er|st|nd|rd|th|\.)?(?: (?:du mois|courant|of (?:the|this) month))?"
        rf"(?![\d:/.h%]|\s?(?:h\b|heures?|jours?|days?|weeks?|semaines?|am\b|pm\b|mois|months?|uhr|ans|%))"
        rf")?(?P<end>)"
    )


def return_day(text: str, sent_on: date) -> date | None:
    """The later of the days that a reply says its author is back; `text` folded, on one line."""
    text = text[:_READ_ALONG]
    best: date | None = None
    base = sent_on
    for start, end, language, is_last in _leads(text):
        found = _read(text, end, sent_on, base, language)
        if found is None or (is_last and _OPENING.match(text[start:end]) and not found.whole):
            continue
        base = max(base, found.day)
        day = found.day
        inclusive = _INCLUSIVE.match(text[found.end : found.end + 20]) or _INCLUDING.search(text[start:end])
        if is_last and inclusive:
            day += timedelta(days=1)
        if best is None or day > best:
            best = day
    return best


def _leads(text: str) -> list[tuple[int, int, str, bool]]:
    """Where a day of return is announced: start and end of the words, language, whether it is the last day away."""
    return sorted(
        (found.start(), found.end(), language, is_last)
        for language, is_last, pattern in _lead_patterns()
        for found in pattern.finditer(text)
    )


@cache
def _lead_patterns() -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    return tuple(
        (each["language"], each["is"] == "last", re.compile(rf"\b(?:{'|'.join(each['patterns'])})"))
        for each in rulebook.rules("dates")["lead"]
    )


def _read(text: str, at: int, sent_on: date, base: date, language: str) -> _Found | None:
    found = expressions().match(text, at)
    if found is None or found.end() == at:
        return None
    if found.end() < len(text) and text[found.end()].isalnum() and not found.group("end"):
        tail = text[found.end() - 1 : found.end() + 1]
        if tail.isalnum() and tail[0].isdigit() == tail[1].isdigit():
            return None
    try:
        day = _day(found, sent_on, base, language)
    except ValueError:
        return None
    if day is None or day < sent_on or day > sent_on + _FURTHEST:
        return None
    return _Found(
        day,
        found.end(),
        not (
            found["d4"]
            or (
                found["weekday"]
                and found.lastgroup == "end"
                and not any(found[each] for each in ("iso", "a", "m", "m2", "m3"))
            )
        ),
    )


def _day(found: re.Match[str], sent_on: date, base: date, language: str) -> date | None:
    if found["iso"]:
        return date(*(int(part) for part in found["iso"].split("-")))
    if found["a"]:
        return _numeric(int(found["a"]), int(found["b"]), found["c"], sent_on, language)
    if found["m"] or found["m2"]:
        month = months()[found["m"] or found["m2"]]
        return _with_year(int(found["d"] or found["d2"]), month, found["y"] or found["y2"], sent_on)
    if found["m3"]:
        return date(int(found["y3"]), months()[found["m3"]], 1)
    if found["d4"]:
        return _of_the_month(int(found["d4"]), base)
    if found["weekday"]:
        ahead = (_days()[found["weekday"]] - sent_on.weekday()) % 7 or 7
        return sent_on + timedelta(days=ahead)
    return None


def _numeric(first: int, second: int, year: str | None, sent_on: date, language: str) -> date | None:
    if language == "en" and first <= 12 and second <= 12 and first != second:
        return None
    day, month = (second, first) if second > 12 else (first, second)
    return _with_year(day, month, year, sent_on)


def _with_year(day: int, month: int, year: str | None, sent_on: date) -> date | None:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = date(sent_on.year, month, day) if (month, day) != (2, 29) else date(sent_on.year, 2, 28)
    if this >= sent_on:
        return this if this - sent_on <= _NEXT_YEAR else None
    following = this.replace(year=sent_on.year + 1)
    return following if following - sent_on <= _NEXT_YEAR else None


def _of_the_month(day: int, base: date) -> date | None:
    """The next such day of a month, from the last day that was named."""
    if not 1 <= day <= 31:
        return None
    year, month = base.year, base.month
    for _ in range(3):
        try:
            candidate = date(year, month, day)
        except ValueError:
            candidate = base - timedelta(days=1)
        if candidate >= base:
            return candidate
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return None


_APPLE_END = re.compile(r"enddate\s*=\s*\"?([\d-]{8,13})", re.IGNORECASE)


def of_apple(criteria: str, sent_on: date) -> date | None:
    """The end of an absence as iCloud writes it into a header: a date, or milliseconds since 1970."""
    found = _APPLE_END.search(criteria)
    if found is None:
        return None
    written = found.group(1)
    try:
        if "-" in written:
            day = date.fromisoformat(written[:10])
        elif len(written) == 8:
            day = date(int(written[:4]), int(written[4:6]), int(written[6:]))
        else:
            seconds = int(written) // 1000 if len(written) > 11 else int(written)
            day = date(1970, 1, 1) + timedelta(seconds=seconds)
    except (ValueError, OverflowError):
        return None
    return day if sent_on <= day <= sent_on + _FURTHEST else None
