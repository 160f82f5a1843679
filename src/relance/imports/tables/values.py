"""Cells as values: dates in every writing, addresses, names, yes and no."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from relance.imports.mailbox.letters import in_one_form as mail_form
from relance.imports.mailbox.names import in_order

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan janv janvier january", "feb fev fevr fevrier february", "mar mars march", "apr avr avril april",
            "may mai", "jun juin june", "jul juil juillet july", "aug aou aout august",
            "sep sept septembre september", "oct octobre october", "nov novembre november", "dec decembre december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_CLOCK = (
    r"(?:[T\s,]+(?:a |at |à )?(\d{1,2})[:hH](\d{2})?(?::(\d{2}))?(?:\.\d+)?"
    r"\s*([AaPp])?\.?[Mm]?\.?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_CLOCK}$")
_SLASHED = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}}){_CLOCK}$")
_DAY_NAMED = re.compile(
    rf"(\d{{1,2}})(?:er|st|nd|rd|th)?[\s./-]+([^\W\d_]+)\.?,?[\s./-]+(\d{{4}}|\d{{2}}){_CLOCK}$"
)
_MONTH_NAMED = re.compile(rf"([^\W\d_]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_CLOCK}$")
_WEEKDAY = re.compile(
    r"^(?:le\s+)?(?:(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-zé]*\.?,?\s+)?", re.I
)
_NUMBER = re.compile(r"\d{5}(?:[.,]\d+)?$|\d{10}$|\d{13}$")
EARLIEST, LATEST = 1990, 2100
_MAIL_PARTS = re.compile(r"[;,|\s<>]+|mailto:")
_PHONE_PARTS = re.compile(r"[;|\n]+| / | ou | or |,(?=\s*[+0(])")
YES = frozenset({"oui", "vrai", "true", "yes", "1", "x", "o", "y", "ok", "✓", "✔"})


class When(NamedTuple):
    """A date of a cell; `exact` is false when it had no time, and `at` is then noon UTC (METHOD)."""

    at: datetime
    exact: bool


_ACCENTS = re.compile("[\u0300-\u036f]")
_NOT_A_WORD = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Words without accents, case or punctuation, one space between them."""
    if text.isascii():
        return _NOT_A_WORD.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return _NOT_A_WORD.sub(" ", _ACCENTS.sub("", plain)).strip()


def day_proved(values: Iterable[str]) -> bool | None:
    """Whether a column's dates have their day first: a first number above 12 proves it, a second one the contrary."""
    first = second = 0
    for value in values:
        found = _SLASHED.match(_dayless(_bare(value)))
        if found:
            first += int(found[1]) > 12
            second += int(found[2]) > 12
    return None if first == second == 0 else first >= second


@lru_cache(maxsize=8_192)
def when(value: str, day_first: bool, zone: tzinfo) -> When | None:
    """The date a cell holds, None when it holds none. A time without a zone is the desk's own."""
    text = _bare(value)
    if not text or len(text) > 60:
        return None
    try:
        return _number(text) or _written(text, day_first, zone) or _written(_dayless(text), day_first, zone)
    except (ValueError, OverflowError):
        return None


def _bare(value: str) -> str:
    return " ".join(value.replace("\u00a0", " ").replace("\u202f", " ").split())


def _dayless(text: str) -> str:
    """Without the name of the day before it: `mar.` is Tuesday too, and is looked at only when it is no month."""
    return _WEEKDAY.sub("", text, count=1)


def _number(text: str) -> When | None:
    """Seconds or milliseconds since 1970, or the number by which Excel counts days."""
    if not _NUMBER.match(text):
        return None
    if len(text) in {10, 13} and text.isdigit():
        at = datetime.fromtimestamp(int(text[:10]), UTC)
        return When(at, True) if EARLIEST <= at.year <= LATEST else None
    days = float(text.replace(",", "."))
    if not 32_874 <= days <= 73_050:  # 1990 to 2100
        return None
    return When(datetime(1899, 12, 30, 12, tzinfo=UTC) + timedelta(days=int(days)), False)


def _written(text: str, day_first: bool, zone: tzinfo) -> When | None:
    if found := _ISO.match(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _SLASHED.match(text):
        year, (day, month) = int(found[3]), (int(found[1]), int(found[2]))
        if month > 12 or (not day_first and day <= 12):
            day, month = month, day
    elif found := _DAY_NAMED.match(text):
        year, month, day = int(found[3]), _month(found[2]), int(found[1])
    elif found := _MONTH_NAMED.match(text):
        year, month, day = int(found[3]), _month(found[1]), int(found[2])
    else:
        return None
    year += (2000 if year < 70 else 1900) if year < 100 else 0
    on = date(year, month, day)
    if not EARLIEST <= on.year <= LATEST:
        return None
    hour, minute, second, half, offset = found.groups()[-5:]
    if hour is None:
        return When(datetime(on.year, on.month, on.day, 12, tzinfo=UTC), False)
    hours = int(hour) % 12 + (12 if half in {"p", "P"} else 0) if half else int(hour)
    at = datetime(
        on.year, on.month, on.day, hours, int(minute or 0), int(second or 0), tzinfo=_zone(offset, zone)
    )
    return When(at.astimezone(UTC), True)


def _zone(offset: str | None, zone: tzinfo) -> tzinfo:
    if offset is None:
        return zone
    if offset[0] in "+-":
        return datetime.strptime(offset.replace(":", ""), "%z").tzinfo or UTC
    return UTC


def _month(name: str) -> int:
    return _MONTHS.get(folded(name), 0)


def mails(value: str) -> tuple[list[str], list[str]]:
    """The mail addresses of a cell in their one form, and what in it looks like one and is none."""
    good: list[str] = []
    bad: list[str] = []
    for part in _MAIL_PARTS.split(value[:2_000]):
        if "@" in part:
            address = mail_form(part.strip(".\"'()[]"))
            (good if address else bad).append(address or part[:120])
    if not good and not bad and value.strip() and folded(value) not in _NONE:
        bad.append(value[:120])
    return good, bad


def phones(value: str) -> list[str]:
    """The phone numbers of a cell as they are written."""
    parts = [part.strip() for part in _PHONE_PARTS.split(value[:600])]
    return [part for part in parts if 8 <= sum(each.isdigit() for each in part) <= 17]


_NONE = frozenset(
    {"", "n a", "na", "nc", "non", "aucun", "aucune", "none", "null", "inconnu", "unknown", "nan", "0"}
)


def is_nothing(value: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, `N/A`, `NC`."""
    return len(value) < 12 and folded(value) in _NONE


def yes(value: str) -> bool:
    """Whether a cell says yes: Oui, VRAI, true, 1, x."""
    return (folded(value) or value.strip()) in YES


def full_name(whole: str, first: str, last: str) -> tuple[str, str, str]:
    """The full, first and last name: in order, a civility and capitals taken off."""
    first, last = _cased(_civil(first)), _cased(_civil(last))
    if (first or last) and (not whole or (first and last)):
        return f"{first} {last}".strip()[:200], first[:100], last[:100]
    name = in_order(_civil(whole))[:200]
    return name, first[:100] or name.split(" ")[0][:100], last[:100]


_CIVIL = re.compile(
    r"^\s*(?:m\.|mr\.?|mrs\.?|ms\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle|dr\.?|me\.)\s+(?=\S)", re.I
)


def _civil(name: str) -> str:
    return _CIVIL.sub("", " ".join(name.replace("\x00", "").split()))


def _cased(name: str) -> str:
    """`BRANDT-FICTIF` as `Brandt-Fictif`; whoever wrote small letters meant them."""
    return name.title() if len(name) > 2 and name.isupper() else name
