"""The applications that stand, and the star that chooses one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relance.cadence.words import Situation
from relance.method.outreach.actions import star
from relance.method.outreach.applications import applications as standing
from relance.method.outreach.applications import may_be_refused
from relance.method.outreach.models import Outreach
from relance.method.outreach.queries import access_outreach
from relance.web.desk import DeskRequest
from relance.web.phrases.ages import length
from relance.web.phrases.reasons import Setting
from relance.web.phrases.states import lateness, next_step, refusal, since_when, time_left
from relance.web.today.page import setting_of


@dataclass(frozen=True, slots=True)
class Row:
    """One application: its age in the margin, what is left of its time below the name."""

    outreach: Outreach
    when: str
    about: str
    late: str
    under: str
    refusable: bool


@require_safe
def applications(request: DeskRequest) -> HttpResponse:
    """Who applied: to choose from, chosen, and tried."""
    setting = setting_of(request)
    found = standing(request.member, now=request.now)
    chosen = [outreach for outreach in found.untouched if outreach.must_answer]
    others = [outreach for outreach in found.untouched if not outreach.must_answer]
    groups: list[dict[str, Any]] = [
        {"title": title, "says": says, "rows": [_row(outreach, setting) for outreach in rows]}
        for title, says, rows in (
            (_("To reach"), _("Due at once, late after four working hours."), chosen),
            (
                _("To choose"),
                _("Reach them, or turn them down with a word; nothing leaves by itself."),
                others,
            ),
            (_("Tried"), _("Two days at the very most: then the application is over."), found.tried),
        )
        if rows
    ]
    rows = [row for group in groups for row in group["rows"]]
    asked = request.GET.get("a", "")
    at = next((index for index, row in enumerate(rows) if str(row.outreach.pk) == asked), 0)
    context = {
        "here": "people",
        "groups": groups,
        "count": len(rows),
        "more": found.more,
        "current": rows[at].outreach.pk if rows else None,
        "before": rows[at - 1].outreach.pk if at else None,
        "after": rows[at + 1].outreach.pk if at + 1 < len(rows) else None,
    }
    return render(request, "applications/applications.html", context)


def _row(outreach: Outreach, setting: Setting) -> Row:
    candidate = outreach.candidate
    arrived = since_when(outreach) or outreach.opened_at
    under = time_left(outreach, setting) or next_step(outreach, setting)
    if outreach.held:
        under = refusal(outreach.held, outreach.frees_at, setting)
    return Row(
        outreach=outreach,
        when=length(max(setting.now - arrived, timedelta(0))),
        about=", ".join(part for part in (outreach.purpose, candidate.role, candidate.company) if part),
        late=lateness(outreach, setting),
        under=under,
        refusable=may_be_refused(outreach) and not outreach.held,
    )


def application_asked(request: DeskRequest, pk: int) -> Outreach:
    """The application of the address; a 404 where it is none, or not the firm's."""
    try:
        outreach = access_outreach(request.member, pk)
    except Outreach.DoesNotExist as error:
        raise Http404 from error
    if outreach.situation != Situation.APPLICATION:
        raise Http404
    return outreach


@require_POST
def reach(request: DeskRequest, pk: int) -> HttpResponse:
    """Choose somebody: an answer is wanted, and the call or the mail comes next."""
    outreach = application_asked(request, pk)
    star(outreach=outreach, must_answer=True, now=request.now)
    return redirect("today_person", pk=pk)
