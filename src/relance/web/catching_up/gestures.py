"""The two keys of a reason, and the way back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relance.cadence.words import Kind, Occasion
from relance.method.candidates.models import Candidate
from relance.method.catching_up import actions
from relance.method.catching_up.models import Reason
from relance.method.catching_up.past import is_planned
from relance.method.catching_up.queries import access_reason, found_by_itself
from relance.method.outreach.actions import TooLateToUndo, record
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach
from relance.method.outreach.queries import access_outreach
from relance.web.catching_up.forms import PostForm
from relance.web.catching_up.page import page
from relance.web.catching_up.phrases import taken, what_waits
from relance.web.desk import DeskRequest
from relance.web.person.page import page as person_page
from relance.web.person.page import person_asked
from relance.web.today.page import setting_of


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _given(request: DeskRequest, candidate: Candidate) -> Reason:
    """The row that the form names; a 404 where it is another person's, or nobody's."""
    try:
        reason = access_reason(request.member, _number(request.POST.get("raison", "")))
    except Reason.DoesNotExist as error:
        raise Http404 from error
    if reason.candidate_id != candidate.pk:
        raise Http404
    return reason


def _reason(request: DeskRequest, candidate: Candidate) -> Reason:
    """The reason that the form names: a row, or one that the desk finds by itself."""
    if request.POST.get("raison"):
        return _given(request, candidate)
    what = request.POST.get("quoi", "")
    if what not in set(Occasion):
        raise Http404
    found = found_by_itself(
        request.member, candidate, Occasion(what), now=request.now, on=setting_of(request).today
    )
    if found is None:
        raise Http404
    return found


def _back(request: DeskRequest) -> HttpResponse:
    address, key = reverse("catching_up"), request.POST.get("suivante", "")
    plain = key and all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in key)
    return redirect(f"{address}?a={key}#tour-{key}" if plain else address)


@require_POST
def take_up(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a reason up: one catching up is opened, or planned for its day."""
    candidate = person_asked(request, pk)
    reason, setting = _reason(request, candidate), setting_of(request)
    if reason.settled_at is not None:
        messages.warning(request, _("It is settled already."))
        return _back(request)
    try:
        outreach = actions.take_up(reason=reason, member=request.member, now=request.now)
    except actions.NotYet as refused:
        return page(request, problem=what_waits(refused.wait, setting), status=409)
    messages.success(
        request,
        _("%(name)s. %(taken)s.") % {"name": candidate.name, "taken": taken(outreach, setting)},
    )
    return _back(request)


@require_POST
def leave(request: DeskRequest, pk: int) -> HttpResponse:
    """Leave a reason: it is not shown again."""
    candidate = person_asked(request, pk)
    actions.leave(reason=_reason(request, candidate), now=request.now)
    messages.success(request, _("%(name)s: left, nothing is written.") % {"name": candidate.name})
    return _back(request)


@require_POST
def leave_planned(request: DeskRequest, pk: int) -> HttpResponse:
    """Give up a catching up before its day: its outreach is closed."""
    candidate = person_asked(request, pk)
    try:
        outreach = access_outreach(request.member, _number(request.POST.get("approche", "")))
    except Outreach.DoesNotExist as error:
        raise Http404 from error
    if outreach.candidate_id != candidate.pk or outreach.recruiter_id != request.member.pk:
        raise Http404
    if is_planned(outreach):
        entry = Entry(Kind.CLOSED, at=request.now)
        record(outreach=outreach, entries=[entry], now=request.now, member=request.member)
        messages.success(request, _("%(name)s: left, nothing is written.") % {"name": candidate.name})
    else:
        messages.warning(request, _("It is settled already."))
    return _back(request)


@require_POST
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    """Take back what was said of a reason today."""
    reason = _given(request, person_asked(request, pk))
    try:
        actions.take_back(reason=reason, member=request.member, now=request.now)
    except TooLateToUndo:
        messages.warning(request, _("Too late to undo: say it on the person's page instead."))
    else:
        messages.info(request, _("Undone."))
    return _back(request)


@require_POST
def post_published(request: DeskRequest, pk: int) -> HttpResponse:
    """Note a post the person published, and take it up where nothing holds it back."""
    candidate, setting = person_asked(request, pk), setting_of(request)
    form = PostForm(request.POST)
    if not form.is_valid():
        return person_page(request, candidate, post=form, status=422)
    reason = actions.note_post(
        candidate=candidate,
        member=request.member,
        on=setting.today,
        line=form.cleaned_data["mot"],
        link=form.cleaned_data["lien"],
        now=request.now,
    )
    try:
        outreach = actions.take_up(reason=reason, member=request.member, now=request.now)
    except actions.NotYet as refused:
        kept = _("Kept under Catching up. %(why)s") % {"why": what_waits(refused.wait, setting)}
        messages.warning(request, kept)
    else:
        messages.success(request, taken(outreach, setting) + ".")
    return redirect("person", pk=pk)
