"""A rate in words and as a drawing: never without its interval, and none below thirty."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from relance.cadence.rates import ENOUGH, Rate

AXES = (0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A rate as a page shows it; `percent` is empty where there are too few, and nothing is drawn then.

    `x1`, `x2` and `x` are where its interval begins, ends and has its middle on the axis.
    """

    percent: str
    span: str
    between: str
    likely: str
    count: str
    few: str
    wanted: int
    x1: str = ""
    x2: str = ""
    x: str = ""


def shown(found: Rate, *, axis: float = 1.0) -> Shown:
    """A rate for a page, on an axis that ends at that share."""
    few = _("%(count)s of %(enough)s") % {"count": found.of, "enough": ENOUGH}
    if found.rate is None or found.low is None or found.high is None:
        return Shown("", "", "", "", "", few, found.wanted)
    ends = {"low": round(found.low * 100), "high": round(found.high * 100)}
    return Shown(
        percent=_("%(share)s%%") % {"share": round(found.rate * 100)},
        span=_("%(low)s–%(high)s%%") % ends,
        between=_("Likely true rate: between %(low)s and %(high)s%%.") % ends,
        likely=_("likely: %(low)s to %(high)s") % ends,
        count=_("%(count)s of %(all)s") % {"count": found.successes, "all": found.of},
        few=few,
        wanted=0,
        x1=_place(found.low, axis),
        x2=_place(found.high, axis),
        x=_place(found.rate, axis),
    )


def axis_of(*rates: Rate) -> float:
    """Where an axis ends that holds all those intervals, in fifths."""
    highest = max((found.high or 0.0 for found in rates), default=0.0)
    return next(axis for axis in AXES if highest <= axis)


def _place(share: float, axis: float) -> str:
    return f"{100 * share / axis:.2f}%"
