"""The dates of the export, read by position: no locale, no `strptime`."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan janv janvier january",
            "feb fev fevr fevrier february",
            "mar mars march",
            "apr avr avril april",
            "may mai",
            "jun juin june",
            "jul juil juillet july",
            "aug aou aout august",
            "sep sept septembre september",
            "oct octobre october",
            "nov novembre november",
            "dec decembre december",
        ),
        start=1,
    )
    for name in names.split()
}
_USUAL = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d", re.ASCII)
_TWELVE_HOURS = re.compile(
    r"^(\d{1,2})/(\d{1,2})/(\d{2}|\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP])\.?M\.?$", re.I
)
_SLASHED = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$")
_NAMED = re.compile(r"^(\d{1,2})(?:er)?[\s-]+([^\W\d_]+)\.?[\s-]+(\d{4}|\d{2})$", re.I)


EARLIEST = datetime(2003, 1, 1, tzinfo=UTC)
"""LinkedIn opened in May 2003."""


def last_instant(now: datetime | None) -> datetime:
    """The last instant a row may bear: a day after the reading, for clocks and zones differ; else the year 2100."""
    return datetime(2100, 12, 31, tzinfo=UTC) if now is None else now.astimezone(UTC) + timedelta(days=1)


def message_instant(text: str) -> datetime | None:
    """Read `2026-03-12 08:10:00 UTC`, `2019-11-06T02:08:20` or `10/3/18, 6:21 AM`, all as UTC.

    None when it is none of them. The zone of the 2018 and invitation times is not written in
    the export: UTC is an assumption.
    """
    try:
        if _USUAL.match(text):
            return datetime.fromisoformat(text[:19]).replace(tzinfo=UTC)
        if text[4:5] == "-" and text[13:14] == ":":
            return datetime(
                int(text[:4]), int(text[5:7]), int(text[8:10]), int(text[11:13]), int(text[14:16]),
                int(text[17:19] or 0), tzinfo=UTC,
            )  # fmt: skip
        return _twelve_hours(text.strip()) or _slashed_instant(text.strip())
    except ValueError:
        return None


def day(text: str) -> tuple[date, datetime | None] | None:
    """Read a `Connected On`: its date and, where it is written (2018), its instant.

    English `12 Mar 2026`, `9/28/18, 6:21 AM` (month first), ISO, and what a French spreadsheet
    makes of them: `12/03/2026` (day first), `01-mars-26`, `12 mars 2023`.
    """
    try:
        stripped = text.strip()
        if len(stripped) == 11 and stripped[2] == " " and stripped[6] == " ":
            month = _MONTHS.get(stripped[3:6].lower())
            if month:
                return date(int(stripped[7:]), month, int(stripped[:2])), None
        exact = message_instant(stripped)
        if exact is not None:
            return exact.date(), exact
        if len(stripped) == 10 and stripped[4] == "-":
            return date.fromisoformat(stripped), None
        return _named(stripped) or _slashed(stripped)
    except ValueError:
        return None


def name_day(name: str) -> date | None:
    """Read the date in an archive's name, month first: `..._04-14-2025.zip`."""
    found = re.search(r"_(\d{2})-(\d{2})-(\d{4})(?!\d)", name)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError:
        return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _twelve_hours(text: str) -> datetime | None:
    found = _TWELVE_HOURS.match(text)
    if found is None:
        return None
    month, number, year, hour, minute, second, half = found.groups()
    if not 1 <= int(hour) <= 12:
        return None
    hours = int(hour) % 12 + (12 if half in "pP" else 0)
    return datetime(_year(year), int(month), int(number), hours, int(minute), int(second or 0), tzinfo=UTC)


def _slashed_instant(text: str) -> datetime | None:
    found = _SLASHED.match(text)
    if found is None or found[4] is None:
        return None
    number, month, year, hour, minute, second = found.groups()
    return datetime(
        _year(year), int(month), int(number), int(hour), int(minute), int(second or 0), tzinfo=UTC
    )


def _slashed(text: str) -> tuple[date, datetime | None] | None:
    found = _SLASHED.match(text)
    return (date(_year(found[3]), int(found[2]), int(found[1])), None) if found else None


def _named(text: str) -> tuple[date, datetime | None] | None:
    found = _NAMED.match(text)
    if found is None:
        return None
    plain = unicodedata.normalize("NFKD", found[2].lower())
    month = _MONTHS.get("".join(letter for letter in plain if not unicodedata.combining(letter)))
    return (date(_year(found[3]), month, int(found[1])), None) if month else None
