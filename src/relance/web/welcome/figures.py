"""The baseline as sentences: every rate with its interval, none under thirty people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.cadence.rates import Rate, rate


@dataclass(frozen=True, slots=True)
class Figure:
    """One rate: its percentage and interval, or how many people are missing for it to speak."""

    says: str
    percent: int | None
    low: int
    high: int
    of: int
    missing: int


def figures(counts: Mapping[str, Any]) -> list[Figure]:
    """Answered the first message, followed up, answered after a follow-up."""
    if not counts.get("written_to"):
        return []
    written, young = counts["written_to"], counts["too_young"]
    return [
        _figure(_("answered your first message"), rate(counts["answered_first"], written - young)),
        _figure(_("were followed up by you"), rate(counts["followed_up"], written)),
        _figure(
            _("answered after a follow-up"),
            rate(counts["answered_after"], counts["followed_up"] - counts["too_young_followed_up"]),
        ),
    ]


def _figure(says: str, found: Rate) -> Figure:
    if found.rate is None or found.low is None or found.high is None:
        return Figure(says, None, 0, 0, found.of, found.wanted)
    return Figure(says, round(found.rate * 100), round(found.low * 100), round(found.high * 100), found.of, 0)


def young(counts: Mapping[str, Any]) -> str:
    """Who was written to too recently to be counted as silent."""
    count = counts.get("too_young", 0)
    if not count:
        return ""
    return ngettext(
        "%(count)s person written to less than 30 days before the archive is not counted as silent.",
        "%(count)s people written to less than 30 days before the archive are not counted as silent.",
        count,
    ) % {"count": count}
