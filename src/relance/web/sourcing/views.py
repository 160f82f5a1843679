"""Opening a session, taking it up again, changing and closing it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relance.method.outreach.models import Outreach, SourcingSession
from relance.method.outreach.positions import open_positions
from relance.method.outreach.sessions import (
    access_approach,
    access_session,
    approached_as_of,
    change_session,
    end_session,
    latest_sessions,
    open_session,
    session_going_on,
    still_to_write,
)
from relance.method.outreach.several import star_each
from relance.web.desk import DeskRequest
from relance.web.sourcing.forms import SessionForm
from relance.web.sourcing.lines import lines_in
from relance.web.sourcing.page import about, page, title_of
from relance.web.sourcing.recap import recap_of
from relance.web.today.page import setting_of


def session_asked(request: DeskRequest, pk: int) -> SourcingSession:
    """The member's own session of the address; a 404 else."""
    try:
        return access_session(request.member, pk)
    except SourcingSession.DoesNotExist as error:
        raise Http404 from error


def approach_asked(request: DeskRequest, pk: int) -> Outreach:
    """The outreach of the address, if the member opened it in a session; a 404 else."""
    try:
        return access_approach(request.member, pk)
    except Outreach.DoesNotExist as error:
        raise Http404 from error


@require_safe
def sourcing(request: DeskRequest) -> HttpResponse:
    """The session that is going on, or the page on which one is opened."""
    going_on = session_going_on(request.member)
    if going_on is not None and "nouvelle" not in request.GET:
        return redirect("sourcing_session", pk=going_on.pk)
    asked = request.GET.get("poste", "")
    form = SessionForm(positions=open_positions(request.member), asked=asked)
    return _begin(request, form, going_on)


@require_POST
def begin(request: DeskRequest) -> HttpResponse:
    """Open a session, or show again what was chosen with what is wrong."""
    form = SessionForm(request.POST, positions=open_positions(request.member))
    if not form.is_valid():
        return _begin(request, form, session_going_on(request.member), status=422)
    opened = open_session(member=request.member, now=request.now, **form.values())
    return redirect("sourcing_session", pk=opened.pk)


def _begin(
    request: DeskRequest, form: SessionForm, going_on: SourcingSession | None, *, status: int = 200
) -> HttpResponse:
    setting = setting_of(request)
    past = [
        {"session": row, "title": title_of(row, setting), "about": about(row, setting)}
        for row in latest_sessions(request.member)
        if going_on is None or row.pk != going_on.pk
    ]
    context = {"here": "sourcing", "form": form, "past": past, "going_on": going_on, "changes": None}
    return render(request, "sourcing/begin.html", context, status=status)


@require_safe
def session(request: DeskRequest, pk: int) -> HttpResponse:
    """One session: whoever it approached, and adding to it while it is open."""
    return page(request, session_asked(request, pk))


@require_safe
def person(request: DeskRequest, pk: int) -> HttpResponse:
    """The session, open at one of its people."""
    outreach = approach_asked(request, pk)
    assert outreach.session is not None
    return page(request, outreach.session, opened=outreach.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Change the position, the way or the text of a session, for whoever comes next."""
    changed = session_asked(request, pk)
    data = request.POST if request.method == "POST" else None
    form = SessionForm(data, positions=open_positions(request.member), session=changed)
    if request.method == "POST" and form.is_valid():
        change_session(session=changed, now=request.now, **form.values())
        messages.success(request, _("Kept."))
        return redirect("sourcing_session", pk=pk)
    context = {"here": "sourcing", "form": form, "past": [], "going_on": None, "changes": changed}
    status = 422 if request.method == "POST" else 200
    return render(request, "sourcing/begin.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask for the stars, then end the session."""
    closing = session_asked(request, pk)
    people = approached_as_of(closing, now=request.now)
    if request.method != "POST":
        setting = setting_of(request)
        context = {
            "here": "sourcing",
            "session": closing,
            "people": people,
            "to_write": [row for row in people if still_to_write(row)],
            "left": lines_in(closing.left),
            "title": title_of(closing, setting),
            "about": about(closing, setting),
            "recap": recap_of(request.member, people, setting),
        }
        return render(request, "sourcing/closing.html", context)
    starred = set(request.POST.getlist("etoile"))
    star_each(outreaches=people, stars={row.pk: str(row.pk) in starred for row in people}, now=request.now)
    if "poursuivre" in request.POST:
        messages.success(request, _("Stars kept."))
        return redirect("sourcing_session", pk=pk)
    end_session(session=closing, now=request.now)
    count = sum(str(row.pk) in starred for row in people)
    says = ngettext(
        "The session is closed. An answer is wanted absolutely from %(count)s person.",
        "The session is closed. An answer is wanted absolutely from %(count)s people.",
        count,
    ) % {"count": count}
    messages.success(request, says if count else _("The session is closed."))
    return redirect("sourcing_session", pk=pk)
