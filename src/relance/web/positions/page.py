"""A position's page put together."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.method.measure.position_rates import position_rate
from relance.method.measure.told_counts import Told, told_counts
from relance.method.outreach.approached import A_PAGE, Approached, Part, approached
from relance.method.outreach.closing import what_ends
from relance.method.outreach.last_words import last_words
from relance.method.outreach.models import Position, WhyClosed
from relance.method.outreach.positions import access_position, pay_around
from relance.method.writing.angles import angles_of
from relance.method.writing.models import Angle
from relance.method.writing.syntax import slots
from relance.web.desk import DeskRequest
from relance.web.people.rows import row_of
from relance.web.phrases import positions as words
from relance.web.phrases.ages import long_day
from relance.web.phrases.rates import shown
from relance.web.phrases.reasons import Setting
from relance.web.positions.at_once import said_at_once
from relance.web.positions.forms import AngleForm, PauseForm
from relance.web.today.page import setting_of

CODES = {Part.GOING_ON: "en-cours", Part.YOUR_TURN: "a-vous", Part.ALL: "toutes"}
PARTS = {code: part for part, code in CODES.items()}
WIDTH = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One angle: how often it was told, its words, what answered it."""

    angle: Angle
    told: Told
    unwritten: bool
    form: AngleForm


def position_asked(request: DeskRequest, pk: int) -> Position:
    """The position of the address, if the member's organisation holds it; a 404 else."""
    try:
        return access_position(request.member, pk)
    except Position.DoesNotExist as error:
        raise Http404 from error


def page(
    request: DeskRequest,
    position: Position,
    *,
    form: AngleForm | None = None,
    at: int | None = None,
    problem: str = "",
    pause: PauseForm | None = None,
    why: str = WhyClosed.FILLED,
    status: int = 200,
) -> HttpResponse:
    """Render the position; `form` is an angle that could not be kept, of the angle `at` or a new one; `why` and
    `pause` are how it was to be closed."""
    setting = setting_of(request)
    part = PARTS.get(request.GET.get("qui", ""), Part.ALL if position.closed_at else Part.GOING_ON)
    found = approached(request.member, position, part, page=_page_asked(request), now=request.now)
    open_now = position.closed_at is None
    answered = position_rate(request.member, position, now=request.now)
    lines = _lines(position, form, at)
    context: dict[str, Any] = {
        "here": "people",
        "setting": setting,
        "position": position,
        "pay": words.pay(position),
        "scale": words.scale(position, pay_around(position)),
        "answered": answered,
        "rate": shown(answered.rate),
        "facts": words.facts(position),
        "opened": _opened(position, setting),
        "closing": long_day(position.closing_on) if position.closing_on else "",
        "left": words.days_left(position.closing_on, setting.today) if position.closing_on else "",
        "closed": "" if open_now else _closed(position, setting),
        "lines": lines,
        "said": said_at_once([(line.angle, line.told) for line in lines]) if open_now else [],
        "form": form if form is not None and at is None else AngleForm(),
        "adding": form is not None and at is None,
        "found": found,
        "rows": [row_of(outreach, setting) for outreach in found.outreaches],
        "parts": _parts(found, part),
        "split": _split(found),
        "before": _address(part, found.page - 1) if found.page > 1 else "",
        "after": _address(part, found.page + 1) if found.page < found.pages else "",
        "first": (found.page - 1) * A_PAGE + 1,
        "last": (found.page - 1) * A_PAGE + len(found.outreaches),
        "ends": what_ends(request.member, position) if open_now else None,
        "pause_over": position.paused_until is not None and position.paused_until <= setting.today,
        "pause": pause or PauseForm(),
        "chosen": why,
        "whys": [(why.value, words.why_closed(why)) for why in WhyClosed] if open_now else [],
        "owed": [] if open_now else last_words(request.member, position, now=request.now),
        "problem": problem,
    }
    return render(request, "positions/position.html", context, status=status)


def _page_asked(request: DeskRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _address(part: Part, page: int = 1) -> str:
    return "?" + urlencode({"qui": CODES[part]} | ({"page": page} if page > 1 else {}))


def _opened(position: Position, setting: Setting) -> str:
    day = setting.on(position.opened_at)
    return _("Opened %(day)s by %(who)s.") % {"day": day, "who": position.owner.user}


def _closed(position: Position, setting: Setting) -> str:
    day = setting.on(position.closed_at)
    if position.paused_until is not None:
        until = setting.until_day(position.paused_until)
        return _("Closed %(day)s: paused %(until)s.") % {"day": day, "until": until}
    return _("Closed %(day)s: %(why)s.") % {"day": day, "why": words.why_closed(position.why_closed)}


def _lines(position: Position, form: AngleForm | None, at: int | None) -> list[Line]:
    counts = told_counts(position)
    return [
        Line(
            angle,
            counts.get(angle.pk, Told()),
            bool(slots(angle.text)),
            form
            if form is not None and at == angle.pk
            else AngleForm(initial={"nom": angle.name, "texte": angle.text}, prefix=f"angle-{angle.pk}"),
        )
        for angle in angles_of(position)
    ]


def _parts(found: Approached, shown: Part) -> list[dict[str, Any]]:
    names = {Part.GOING_ON: _("Going on"), Part.YOUR_TURN: _("Your turn"), Part.ALL: _("All")}
    return [
        {"name": names[part], "count": found.counts[part], "on": part is shown, "query": _address(part)}
        for part in Part
    ]


def _split(found: Approached) -> dict[str, Any]:
    """How those approached stand: answered, going on, over without an answer."""
    total = found.counts[Part.ALL]
    parts, x = [], 0.0
    for tone, count, name in (
        ("a", found.interested, _("Want to talk")),
        ("b", found.answered - found.interested, _("Other answers")),
        ("c", found.going_on, _("Without an answer yet")),
        ("e", found.ended, _("Over, without an answer")),
    ):
        width = WIDTH * count / total if total else 0.0
        parts.append({"tone": tone, "count": count, "name": name, "x": f"{x:.1f}", "width": f"{width:.1f}"})
        x += width
    says = ngettext("%(count)s person approached", "%(count)s people approached", total) % {"count": total}
    return {"title": says, "parts": parts, "total": total}
