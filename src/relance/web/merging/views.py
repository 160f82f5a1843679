"""Comparing two sheets, making them one or saying that they are two, and taking that back."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from relance.method.candidates.duplicates import say_two_people
from relance.method.candidates.models import Candidate, Identity, IdentityKind
from relance.method.candidates.queries import identities
from relance.method.delivery.links import linkedin_profile
from relance.method.outreach.merging import (
    MergeRefused,
    TooLateToUnmerge,
    access_merge,
    merge,
    unmerge,
)
from relance.method.outreach.models import Merge
from relance.method.outreach.queries import conversation, standing_with
from relance.web.desk import DeskRequest
from relance.web.people.rows import marked
from relance.web.person.likeness import duplicates_of
from relance.web.person.numbers import numbers_in
from relance.web.person.page import person_asked
from relance.web.phrases.states import next_step
from relance.web.today.page import setting_of


@dataclass(frozen=True, slots=True)
class Line:
    """One thing known of both, side by side."""

    name: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        return bool(self.one and self.other and self.one != self.other)


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: DeskRequest, pk: int, other: int) -> HttpResponse:
    """Show two sheets side by side; make them one, the first staying, or say that they are two."""
    kept, gone = person_asked(request, pk), person_asked(request, other)
    if kept.pk == gone.pk:
        raise Http404
    if request.method != "POST":
        return _page(request, kept, gone)
    if request.POST.get("geste") == "deux":
        say_two_people(member=request.member, one=kept, other=gone, now=request.now)
        messages.success(request, _("Two people: it will not be asked again."))
        return redirect("person", pk=kept.pk)
    try:
        merge(kept=kept, gone=gone, member=request.member, now=request.now)
    except MergeRefused:
        says = _("Each has a message copied and not confirmed: say first whether they were sent.")
        return _page(request, kept, gone, problem=says, status=409)
    messages.success(request, _("One sheet, with both histories. It can be taken back for thirty days."))
    return redirect("person", pk=kept.pk)


@require_POST
def undo(request: DeskRequest, pk: int) -> HttpResponse:
    """Make them two again."""
    try:
        done = access_merge(request.member, pk)
    except Merge.DoesNotExist as error:
        raise Http404 from error
    try:
        unmerge(done=done, member=request.member, now=request.now)
    except TooLateToUnmerge:
        messages.warning(request, _("Too late: thirty days have passed, or it was taken back already."))
    else:
        messages.success(request, _("Two sheets again, each with its own history."))
    return redirect("person", pk=done.kept_id)


def _page(
    request: DeskRequest, kept: Candidate, gone: Candidate, *, problem: str = "", status: int = 200
) -> HttpResponse:
    alike = next((one for one in duplicates_of(kept, identities(kept)) if one.other.pk == gone.pk), None)
    context: dict[str, Any] = {
        "here": "people",
        "kept": kept,
        "gone": gone,
        "because": alike.because if alike else "",
        "lines": _lines(request, kept, gone),
        "problem": problem,
    }
    return render(request, "merging/compare.html", context, status=status)


def _lines(request: DeskRequest, kept: Candidate, gone: Candidate) -> list[Line]:
    one, other = _known(request, kept), _known(request, gone)
    return [Line(name, one[name], other[name]) for name in one if one[name] or other[name]]


def _known(request: DeskRequest, candidate: Candidate) -> dict[str, str]:
    setting = setting_of(request)
    standing = standing_with(candidate, now=request.now)
    known = identities(candidate)
    facts = len(conversation(request.member, candidate.pk))
    languages = {code: str(name) for code, name in settings.LANGUAGES}
    return {
        _("Name"): candidate.name,
        _("Role"): candidate.role,
        _("Company"): candidate.company,
        _("Place"): candidate.location,
        _("Language"): languages.get(candidate.language, candidate.language),
        _("To reach them"): "\n".join(
            _reach(each) for each in known if each.kind != IdentityKind.SOURCE_NUMBER
        ),
        **dict(numbers_in(known)),
        _("Mark"): marked(candidate),
        _("Next step"): next_step(standing.outreach, setting) if standing else _("Never approached"),
        _("Followed by"): str(standing.outreach.recruiter.user) if standing else "",
        _("About"): standing.outreach.purpose if standing else "",
        _("History"): ngettext("%(count)s event", "%(count)s events", facts) % {"count": facts}
        if facts
        else "",
        _("Note"): candidate.note,
        _("In the notebook"): setting.since_day(candidate.created_at),
    }


def _reach(identity: Identity) -> str:
    if identity.kind in {IdentityKind.LINKEDIN, IdentityKind.LINKEDIN_MEMBER}:
        return linkedin_profile(identity.value)
    return identity.value
