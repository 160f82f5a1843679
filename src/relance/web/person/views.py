"""A person: read their page, change what is known of them, keep a note."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relance.method.candidates.actions import IdentityTaken
from relance.method.candidates.models import Candidate
from relance.method.candidates.queries import identities
from relance.method.outreach.actions import TooLateToUndo
from relance.method.outreach.entering import change_person
from relance.method.outreach.merging import merged_into
from relance.method.outreach.queries import outreaches_with
from relance.method.outreach.several import star_each, take_back_fact
from relance.web.desk import DeskRequest
from relance.web.person.forms import LONGEST_NOTE, PersonForm, facts_of
from relance.web.person.page import page, person_asked
from relance.web.today.page import setting_of


@require_safe
def person(request: DeskRequest, pk: int) -> HttpResponse:
    """The person's page; one who was made one with another is found there."""
    try:
        return page(request, person_asked(request, pk))
    except Http404:
        kept = merged_into(request.member, pk)
        if kept is None:
            raise
        return redirect("person", pk=kept)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Change what is known of the person, or show again what was typed with what is wrong."""
    candidate = person_asked(request, pk)
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        candidate=candidate,
        known=identities(candidate),
        region=candidate.region,
        today=setting_of(request).today,
    )
    if request.method != "POST":
        return _form(request, candidate, form)
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
        form.add_error(None, _taken(error.candidate))
        return _form(request, candidate, form, status=409)
    messages.success(request, _("Kept."))
    return redirect("person", pk=pk)


@require_POST
def note(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep the note alone."""
    candidate = person_asked(request, pk)
    typed = request.POST.get("note", "").replace("\r\n", "\n").strip()
    if len(typed) > LONGEST_NOTE:
        says = _("This note is too long: %(most)s characters at most.") % {"most": LONGEST_NOTE}
        return page(request, candidate, note=typed, problem=says, status=422)
    change_person(
        candidate=candidate,
        facts=facts_of(candidate, identities(candidate)),
        note=typed,
        mark=candidate.mark,
        member=request.member,
        now=request.now,
    )
    messages.success(request, _("Note kept."))
    return redirect("person", pk=pk)


@require_POST
def must_answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Give or take the star of the person's open outreach."""
    candidate = person_asked(request, pk)
    standing = [outreach for outreach in outreaches_with(request.member, candidate.pk) if outreach.is_open]
    stars = {outreach.pk: not outreach.must_answer for outreach in standing}
    star_each(outreaches=standing, stars=stars, now=request.now)
    return redirect("person", pk=pk)


@require_POST
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    """Take back a fact recorded a moment ago: it is retracted, nothing is deleted."""
    candidate = person_asked(request, pk)
    typed = request.POST.get("fait", "")
    fact = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0
    try:
        take_back_fact(member=request.member, candidate=candidate, event_pk=fact, now=request.now)
    except TooLateToUndo:
        messages.warning(request, _("Too late to undo: half an hour has passed."))
    else:
        messages.success(request, _("Undone."))
    return redirect("person", pk=pk)


def _form(request: DeskRequest, candidate: Candidate, form: PersonForm, *, status: int = 200) -> HttpResponse:
    context = {"here": "people", "candidate": candidate, "form": form}
    return render(request, "person/edit.html", context, status=status)


def _taken(other: Candidate) -> str:
    link = format_html('<a href="{}">{}</a>', reverse("person", args=[other.pk]), other.name)
    return format_html(_("One of these addresses is that of {} already: one address is one person."), link)
