"""The page of a person, its changes, and the fact that was a mistake."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relance.method.candidates.actions import IdentityTaken
from relance.method.candidates.models import Candidate
from relance.method.candidates.queries import access_candidate, identities
from relance.method.outreach.actions import TooLateToUndo
from relance.method.outreach.entering import change_person
from relance.method.outreach.models import Outreach
from relance.method.outreach.queries import access_outreach
from relance.method.outreach.several import star_each, take_back_fact
from relance.web.desk import DeskRequest
from relance.web.people.sieving import page_asked
from relance.web.person.forms import PersonForm
from relance.web.person.page import page_of
from relance.web.today.page import setting_of


def _candidate(request: DeskRequest, pk: int) -> Candidate:
    try:
        return access_candidate(request.member, pk)
    except Candidate.DoesNotExist as error:
        raise Http404 from error


def _number(request: DeskRequest, name: str) -> int:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


@require_GET
def person(request: DeskRequest, pk: int) -> HttpResponse:
    """What passed, newest first, and what comes next."""
    candidate = _candidate(request, pk)
    page = page_of(request.member, candidate, setting_of(request), number=page_asked(request.GET))
    return render(request, "person/person.html", {"here": "people", "page": page, "candidate": candidate})


@require_http_methods(["GET", "POST"])
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what is known of the person, and change it."""
    candidate = _candidate(request, pk)
    known = identities(candidate)
    if request.method == "GET":
        return _form(request, candidate, PersonForm(candidate=candidate, known=known))
    form = PersonForm(request.POST, candidate=candidate, known=known)
    if not form.is_valid():
        return _form(request, candidate, form, status=422)
    try:
        change_person(
            candidate=candidate,
            facts=form.facts(),
            note=form.cleaned_data["note"],
            mark=form.cleaned_data["marque"],
            member=request.member,
            now=request.now,
        )
    except IdentityTaken as error:
        taken = {"name": error.candidate.name}
        form.add_error(None, _("One of these addresses is that of %(name)s, who is known already.") % taken)
        return _form(request, candidate, form, status=409)
    messages.success(request, _("Kept."))
    return redirect("person", pk=pk)


def _form(request: DeskRequest, candidate: Candidate, form: PersonForm, status: int = 200) -> HttpResponse:
    context = {"here": "people", "candidate": candidate, "form": form}
    return render(request, "person/edit.html", context, status=status)


@require_POST
def must_answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Give or take the star of one of the person's outreaches."""
    candidate = _candidate(request, pk)
    try:
        outreach = access_outreach(request.member, _number(request, "approche"))
    except Outreach.DoesNotExist as error:
        raise Http404 from error
    if outreach.candidate_id != candidate.pk:
        raise Http404
    star_each(outreaches=[outreach], stars={outreach.pk: not outreach.must_answer}, now=request.now)
    return redirect("person", pk=pk)


@require_POST
def retract(request: DeskRequest, pk: int) -> HttpResponse:
    """Take back a fact recorded a moment ago: it is retracted, nothing is deleted."""
    candidate = _candidate(request, pk)
    try:
        take_back_fact(
            member=request.member, candidate=candidate, event_pk=_number(request, "fait"), now=request.now
        )
    except TooLateToUndo:
        messages.warning(request, _("Too late to take it back: more than half an hour has passed."))
    else:
        messages.success(request, _("Taken back."))
    return redirect("person", pk=pk)
