"""A position's facts, as words."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import translation
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.method.outreach.models import Position, WhyClosed
from relance.method.outreach.positions import A_YEARS


def pay(position: Position) -> str:
    """The range, without the words that go with it; empty where nothing is said."""
    low, high = position.pay_low, position.pay_high
    if low is None and high is None:
        return ""
    if low is None:
        return _("up to %(high)s") % {"high": amount(high or 0)}
    if high is None or high == low:
        return amount(low)
    if low >= A_YEARS and high >= A_YEARS:
        return _("€%(low)sk to €%(high)sk") % {"low": _thousands(low), "high": _thousands(high)}
    return _("€%(low)s to €%(high)s") % {"low": localize(low), "high": localize(high)}


def scale(position: Position, around: tuple[int, int] | None) -> dict[str, str]:
    """Where the pay stands among that of the open positions, as a drawing; empty where there is nothing to compare."""
    low = position.pay_low if position.pay_low is not None else position.pay_high
    high = position.pay_high if position.pay_high is not None else position.pay_low
    if around is None or low is None or high is None:
        return {}
    length = around[1] - around[0]
    return {
        "x1": f"{100 * (low - around[0]) / length:.2f}%",
        "x2": f"{100 * (high - around[0]) / length:.2f}%",
        "low": amount(around[0]),
        "high": amount(around[1]),
    }


def amount(sum_of_money: int) -> str:
    """A sum in euros, in thousands where it is a year's."""
    if sum_of_money >= A_YEARS:
        return _("€%(count)sk") % {"count": _thousands(sum_of_money)}
    return _("€%(count)s") % {"count": localize(sum_of_money)}


def _thousands(sum_of_money: int) -> str:
    return str(localize(round(sum_of_money / 1000, 1) if sum_of_money % 1000 else sum_of_money // 1000))


def remote(position: Position) -> str:
    """How much is worked from afar; empty where nothing is said."""
    days = position.remote_days
    if days is None:
        return ""
    if days == 0:
        return _("on the spot")
    if days == 5:
        return _("all the week")
    return ngettext("%(count)s day a week", "%(count)s days a week", days) % {"count": days}


def client(position: Position) -> str:
    """The client as a message may name them: masked, in words that name nobody."""
    if position.client and not position.client_masked:
        return position.client
    return _("one of our clients")


def told_of(positions: Sequence[Position], language: str) -> Mapping[str, str]:
    """The variables of the first of an outreach's positions, by code, in the reader's language."""
    if not positions:
        return {}
    first = positions[0]
    with translation.override(language):
        return {
            "client": client(first),
            "place": first.place,
            "pay": " ".join(part for part in (pay(first), first.pay_words) if part),
            "remote": remote(first),
            "stack": first.stack,
        }


def typed_amount(sum_of_money: int | None) -> str:
    """A sum as one types it."""
    return "" if sum_of_money is None else amount(sum_of_money)


def why_closed(code: str) -> str:
    """Why a position was closed."""
    return {
        WhyClosed.FILLED: _("filled"),
        WhyClosed.DROPPED: _("given up by the client"),
        WhyClosed.PAUSED: _("paused"),
    }[WhyClosed(code)]


def days_left(on: date, today: date) -> str:
    """How far a day is, in words."""
    days = (on - today).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("%(count)s day ago", "%(count)s days ago", -days) % {"count": -days}
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}


def facts(position: Position) -> list[tuple[str, str]]:
    """What is known of a position, as pairs; what is not known is left out."""
    pairs = [
        (_("Remote work"), remote(position)),
        (_("Contract"), position.contract),
        (_("Stack"), position.stack),
        (_("Client"), _("%(name)s, named in no message") % {"name": position.client}
         if position.client and position.client_masked else position.client),
    ]  # fmt: skip
    return [(name, says) for name, says in pairs if says]
