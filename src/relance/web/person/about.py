"""What an outreach is about, and what is personal of the person: said on their page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relance.method.outreach.models import Position
from relance.method.outreach.positions import (
    TooMany,
    access_position,
    join_position,
    leave_position,
)
from relance.method.outreach.queries import outreaches_with
from relance.method.writing.angles import Full, access_element, add_element, put_element_away
from relance.method.writing.models import Element
from relance.web.desk import DeskRequest
from relance.web.person.elements import ElementForm
from relance.web.person.page import page, person_asked


@require_POST
def positions(request: DeskRequest, pk: int) -> HttpResponse:
    """A position joins the person's open outreach, or leaves it."""
    candidate = person_asked(request, pk)
    standing = next((each for each in outreaches_with(request.member, pk) if each.is_open), None)
    if standing is None:
        messages.info(request, _("No approach is open: enter one, for that position."))
        return redirect("person", pk=pk)
    if "retirer" in request.POST:
        leave_position(outreach=standing, position=_position(request, "retirer"))
        messages.success(request, _("It is not about that position any more."))
    elif request.POST.get("poste"):
        try:
            join_position(outreach=standing, position=_position(request, "poste"))
        except TooMany:
            messages.warning(request, _("This approach is about five positions already."))
        else:
            messages.success(request, _("%(name)s: the position is said.") % {"name": candidate.name})
    return redirect("person", pk=pk)


def _position(request: DeskRequest, name: str) -> Position:
    asked = request.POST.get(name, "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        raise Http404
    try:
        return access_position(request.member, int(asked))
    except Position.DoesNotExist as error:
        raise Http404 from error


@require_POST
def note_element(request: DeskRequest, pk: int) -> HttpResponse:
    """Note something personal of somebody."""
    candidate = person_asked(request, pk)
    form = ElementForm(request.POST)
    if not form.is_valid():
        return page(request, candidate, element=form, status=422)
    try:
        add_element(candidate=candidate, facts=form.facts(), member=request.member, now=request.now)
    except Full:
        messages.warning(request, _("Twenty elements are many: put one away first."))
    else:
        messages.success(request, _("Kept."))
    return redirect(reverse("person", args=[pk]) + "#personnel")


@require_POST
def put_away(request: DeskRequest, pk: int) -> HttpResponse:
    """Offer an element no more."""
    try:
        element = access_element(request.member, pk)
    except Element.DoesNotExist as error:
        raise Http404 from error
    put_element_away(element=element, member=request.member, now=request.now)
    messages.success(request, _("It is offered no more."))
    return redirect(reverse("person", args=[element.candidate_id]) + "#personnel")
