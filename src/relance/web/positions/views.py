"""The list of positions; one opened, read, changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from relance.method.outreach.approached import listed
from relance.method.outreach.models import Position
from relance.method.outreach.positions import change_position, open_position
from relance.web.desk import DeskRequest
from relance.web.phrases.positions import days_left, pay, why_closed
from relance.web.positions.forms import PositionForm
from relance.web.positions.page import page, position_asked
from relance.web.today.page import setting_of


@require_safe
def positions(request: DeskRequest) -> HttpResponse:
    """Those that are open, or those that are closed."""
    closed = request.GET.get("etat") == "fermes"
    setting = setting_of(request)
    rows = [
        {
            "of": row,
            "pay": " ".join(part for part in (pay(row.position), row.position.pay_words) if part),
            "by": (str(row.position.owner.user).split() or [""])[0],
            "left": days_left(row.position.closing_on, setting.today) if row.position.closing_on else "",
            "why": why_closed(row.position.why_closed) if closed else "",
            "is_back": row.position.closed_at is not None and not closed,
        }
        for row in listed(request.member, closed=closed, on=setting.today)
    ]
    context = {"here": "people", "rows": rows, "closed": closed, "setting": setting}
    return render(request, "positions/positions.html", context)


@require_safe
def position(request: DeskRequest, pk: int) -> HttpResponse:
    """One position: its facts, its angles, its people."""
    return page(request, position_asked(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: DeskRequest) -> HttpResponse:
    """Open a position, or show again what was typed with what is wrong."""
    form = PositionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _form(request, form, None)
    if not form.is_valid():
        return _form(request, form, None, status=422)
    opened = open_position(member=request.member, facts=form.facts(), now=request.now)
    messages.success(request, _("%(title)s is open.") % {"title": opened.title})
    return redirect("position", pk=opened.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Change what a position is, or show again what was typed with what is wrong."""
    changed = position_asked(request, pk)
    form = PositionForm(request.POST if request.method == "POST" else None, position=changed)
    if request.method != "POST":
        return _form(request, form, changed)
    if not form.is_valid():
        return _form(request, form, changed, status=422)
    change_position(position=changed, facts=form.facts())
    messages.success(request, _("Kept."))
    return redirect("position", pk=pk)


def _form(
    request: DeskRequest, form: PositionForm, changed: Position | None, *, status: int = 200
) -> HttpResponse:
    context = {"here": "people", "form": form, "position": changed}
    return render(request, "positions/edit.html", context, status=status)
