"""The day from which somebody asks to be written to again: "in September", "not before March", "in Q2".

Without a year it is the next such day after the one given. When in doubt, none.
"""

import re
from datetime import date, timedelta
from functools import cache

from relance.mail.incoming import dates

_NUMBERS = {
    "un": 1, "une": 1, "a": 1, "one": 1, "deux": 2, "two": 2, "a couple of": 2, "couple of": 2, "trois": 3, "three": 3,
    "quatre": 4, "four": 4, "cinq": 5, "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8,
    "neuf": 9, "nine": 9, "dix": 10, "ten": 10, "douze": 12, "twelve": 12, "quelques": 3, "a few": 3,
}  # fmt: skip
_AHEAD = re.compile(
    rf"\b(?:dans|d'ici|in|within|another|pas avant|sous) (?:environ |about |au moins |at least |les )?"
    rf"(?P<n>\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r" (?P<unit>jours?|days?|semaines?|weeks?|mois|months?|ans?|years?)\b"
)
_QUARTER = re.compile(
    r"\b(?:q([1-4])|t([1-4])|([1-4])(?:er|e|eme|st|nd|rd|th) (?:trimestre|quarter))\b(?: (?:of )?(20\d\d))?"
)
_NEXT = re.compile(
    r"\b(?:(?:la semaine|le mois|l'annee|le trimestre) prochaine?|next (?:week|month|year|quarter)"
    r"|(?:a|apres) la rentree|(?:apres|fin de) l'ete|after (?:the )?summer|(?:in |after )?the new year"
    r"|l'an prochain|en debut d'annee)\b"
)
_LED = re.compile(
    r"\b(?:a partir du|apres le|pas avant le|des le|le|after|from|on|until|before)"
    r" (?=\d|lun|mar|mer|jeu|ven|mon|tue|wed|thu|fri|the)"
)
_BEFORE_A_MONTH = (
    r"(?:en|d'ici|fin|debut|mi|courant|vers|pas avant|apres|avant|a partir de|pour|des|(?:au )?mois de?"
    r"|in|by|end of|early|late|mid|until|around|after|before|from|not before)"
)


def later_day(plain: str, on: date) -> date | None:
    """The first day named to be written to again; text folded, on one line. None where none is named."""
    ahead = _AHEAD.search(plain)
    if ahead:
        return _after(on, ahead)
    quarter = _QUARTER.search(plain)
    if quarter:
        return _quarter(on, quarter)
    coming = _NEXT.search(plain)
    season = coming is not None and any(word in coming.group(0) for word in ("rentree", "ete", "summer"))
    month = (
        None if season else _month_pattern().search(plain)
    )  # "we ship in late August: in September, rather"
    if month:
        return _month(on, month)
    if coming:
        return _coming(on, coming.group(0))
    led = _LED.search(plain)
    return dates.return_day(f"jusqu'au {plain[led.end() :]}", on) if led else None


@cache
def _month_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(dates.months(), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<lead>{_BEFORE_A_MONTH})[ -]"
        r"(?:le |the |(?:the )?(?:end|beginning|middle) of "
        r"|(?:la )?(?:fin|debut|mi)[ -](?:du mois )?(?:de |d')?|mois (?:de |d'))?"
        rf"(?P<day>\d{{1,2}} )?(?P<month>{names})\b(?: (?P<year>20\d\d))?"
    )


def _after(on: date, found: re.Match[str]) -> date | None:
    number = int(found["n"]) if found["n"].isdigit() else _NUMBERS[found["n"]]
    unit = found["unit"]
    if unit.startswith(("jour", "day")):
        return on + timedelta(days=number)
    if unit.startswith(("sem", "week")):
        return on + timedelta(weeks=number)
    months = number * (12 if unit.startswith(("an", "year")) else 1)
    return _months_on(on, months) if months <= 24 else None


def _months_on(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    for day in (on.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day, on.day))
        except ValueError:
            continue
    return date(year, month + 1, 28)


def _quarter(on: date, found: re.Match[str]) -> date:
    month = 3 * int(found[1] or found[2] or found[3]) - 2
    year = int(found[4]) if found[4] else on.year + (date(on.year, month, 1) <= on)
    return date(year, month, 1)


def _month(on: date, found: re.Match[str]) -> date | None:
    month = dates.months()[found["month"]]
    words = found.group(0)
    late = bool(re.search(r"\b(?:fin|end|late)\b", words))
    middle = bool(re.search(r"\bmi\b|\bmid\b|middle", words))
    day = int(found["day"]) if found["day"] else 25 if late else 15 if middle else 1
    after = bool(re.match(r"(?:apres|after)\b", words)) and not found["day"]
    year = int(found["year"]) if found["year"] else on.year
    try:
        first = date(year, month, day)
    except ValueError:
        return None
    if not found["year"] and first <= on and not (month == on.month and not found["day"]):
        first = first.replace(year=year + 1)
    resumes = _months_on(first.replace(day=1), 1) if after else first
    return resumes if on < resumes <= on + timedelta(days=800) else None


def _coming(on: date, words: str) -> date:
    if "semaine" in words or "week" in words:
        return on + timedelta(days=7 - on.weekday())
    if "mois" in words or "month" in words:
        return _months_on(on.replace(day=1), 1)
    if "trimestre" in words or "quarter" in words:
        return _months_on(date(on.year, on.month - (on.month - 1) % 3, 1), 3)
    if "rentree" in words or "ete" in words or "summer" in words:
        return date(on.year + (on >= date(on.year, 9, 1)), 9, 1)
    return date(on.year + 1, 1, 5)
