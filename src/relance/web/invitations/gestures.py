"""The three keys of the round: each says one thing of one invitation, and goes on to the next."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from relance.method.invitations import actions
from relance.method.invitations.models import Look, Said
from relance.method.invitations.queries import access_look, access_turn, todays_round
from relance.method.outreach.actions import TooLateToUndo, star
from relance.method.outreach.models import Outreach
from relance.web.desk import DeskRequest
from relance.web.today.page import setting_of

TOLD = {
    Said.ACCEPTED: lambda: _("%(name)s accepted: the message is yours to write."),
    Said.WAITING: lambda: _("%(name)s still waits, until tomorrow."),
    Said.WITHDRAWN: lambda: _("%(name)s: the invitation was withdrawn."),
}


def _turn(request: DeskRequest, pk: int) -> Outreach:
    try:
        return access_turn(request.member, pk)
    except Outreach.DoesNotExist as error:
        raise Http404 from error


def _back(request: DeskRequest, pk: int | str | None = None) -> HttpResponse:
    """The round again, open where the next turn is."""
    address = reverse("invitations")
    return redirect(f"{address}?a={pk}#tour-{pk}" if pk else f"{address}#tour")


def _following(request: DeskRequest) -> str:
    typed = request.POST.get("suivante", "")
    return typed if typed.isascii() and typed.isdigit() else ""


@require_POST
def say(request: DeskRequest, pk: int) -> HttpResponse:
    """Say what LinkedIn shows of one invitation."""
    outreach = _turn(request, pk)
    typed = request.POST.get("dit", "")
    if typed not in Said.values:
        raise Http404
    on = setting_of(request).today
    turns: list[Any] = todays_round(request.member, now=request.now, on=on).announced
    told = next((turn.told for turn in turns if turn.outreach.pk == pk), None)
    said = Said(typed)
    try:
        actions.say(outreach=outreach, said=said, member=request.member, now=request.now, on=on, told=told)
    except TooLateToUndo:
        messages.warning(request, _("Too late to undo: say it on the person's page instead."))
        return _back(request)
    messages.success(request, TOLD[said]() % {"name": outreach.candidate.name})
    return _back(request, _following(request))


@require_POST
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    """Take back what was said of one invitation today."""
    try:
        look = access_look(request.member, pk, setting_of(request).today)
    except Look.DoesNotExist as error:
        raise Http404 from error
    try:
        actions.take_back(look=look, member=request.member, now=request.now)
    except TooLateToUndo:
        messages.warning(request, _("Too late to undo: say it on the person's page instead."))
        return _back(request)
    messages.info(request, _("Undone."))
    return _back(request, pk)


@require_POST
def all_wait(request: DeskRequest) -> HttpResponse:
    """Say of all that is left on the page that it still waits."""
    on = setting_of(request).today
    turns = todays_round(request.member, now=request.now, on=on).turns()
    left = [turn.outreach for turn in turns if turn.look is None]
    count = actions.all_wait(outreaches=left, member=request.member, now=request.now, on=on)
    says = ngettext("%(count)s still waits, until tomorrow.", "%(count)s still wait, until tomorrow.", count)
    messages.success(request, says % {"count": count})
    return _back(request)


@require_POST
def must_answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Give or take the star."""
    outreach = _turn(request, pk)
    star(outreach=outreach, must_answer=not outreach.must_answer, now=request.now)
    return _back(request, pk)
