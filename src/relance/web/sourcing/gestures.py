"""The gestures on one person of a session: write, copy and open, say that it was sent, star."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relance.cadence.words import Channel, Kind
from relance.method.delivery.outbox import NoAddress
from relance.method.delivery.queries import outgoing_of
from relance.method.outreach import permits
from relance.method.outreach.actions import record, star
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach, Permit
from relance.method.outreach.newcomers import say_hook
from relance.method.outreach.queries import access_permit
from relance.method.outreach.sessions import permits_of, still_to_write
from relance.web.desk import DeskRequest
from relance.web.phrases.states import refusal, state
from relance.web.sourcing.page import following, page
from relance.web.sourcing.views import approach_asked
from relance.web.sourcing.writing import Panel, panel_of, typed_in
from relance.web.today.checks import blocked_says
from relance.web.today.page import setting_of
from relance.web.today.sending import send, told


def _panel(request: DeskRequest, outreach: Outreach) -> Panel:
    if "accroche" in request.POST:
        say_hook(outreach=outreach, hook=request.POST["accroche"])
    return panel_of(
        request.member, outreach, setting_of(request), permit=None, leaving=None, typed=typed_in(request.POST)
    )


def _again(request: DeskRequest, outreach: Outreach, problem: str, status: int) -> HttpResponse:
    assert outreach.session is not None
    return page(
        request,
        outreach.session,
        opened=outreach.pk,
        typed=typed_in(request.POST),
        problem=problem,
        status=status,
    )


@require_POST
def compose_text(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep the hook, and show the text with it and its checks made anew."""
    outreach = approach_asked(request, pk)
    _panel(request, outreach)
    return _again(request, outreach, "", 200)


@require_POST
def take_permit(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask leave for what stands in the panel, then show how it leaves; a mail may leave by itself."""
    outreach = approach_asked(request, pk)
    panel = _panel(request, outreach)
    composition = panel.composition
    if composition is None:
        return redirect("sourcing_person", pk=pk)
    if composition.blocked or (panel.writes and not composition.text.strip()):
        return _again(request, outreach, blocked_says(composition.findings), 422)
    try:
        granted = permits.permit(
            outreach=outreach,
            member=request.member,
            channel=composition.channel,
            text=composition.text.strip() if panel.writes else "",
            subject=composition.subject if composition.has_subject else "",
            now=request.now,
        )
    except permits.Refused as error:
        says = refusal(error.refusal.code, error.refusal.frees_at, setting_of(request))
        return _again(request, outreach, says, 409)
    except permits.Quiet as error:
        says = _("The firm writes to nobody %(until)s. Answers and applications can leave.") % {
            "until": setting_of(request).until_day(error.until_on)}  # fmt: skip
        return _again(request, outreach, says, 409)
    except permits.NotNow as error:
        return _again(request, outreach, state(error.outreach), 409)
    if "envoyer" in request.POST and granted.channel == Channel.EMAIL:
        return _send(request, outreach, granted)
    return redirect("sourcing_person", pk=pk)


def _send(request: DeskRequest, outreach: Outreach, granted: Permit) -> HttpResponse:
    try:
        outgoing = send(request, granted)
    except NoAddress:
        return _again(request, outreach, _("No mail address is known: add it on their page."), 409)
    if outgoing is None:
        return redirect("sourcing_person", pk=outreach.pk)
    back = reverse("sourcing_person", args=[outreach.pk])
    request.session["undo"] = {"outgoing": outgoing.pk, "outreach": outreach.pk, "back": back}
    says = _("%(name)s: %(says)s") % {"name": outreach.candidate.name, "says": told(outgoing, request)}
    messages.success(request, says, extra_tags="undo")
    return _onwards(outreach)


@require_POST
def end_permit(request: DeskRequest, pk: int) -> HttpResponse:
    """Answer "was it sent?"."""
    try:
        permit = access_permit(request.member, pk)
    except Permit.DoesNotExist as error:
        raise Http404 from error
    outreach = approach_asked(request, permit.outreach_id)
    if outgoing_of(permit) is not None:  # it leaves by itself: nobody has to say so
        return redirect("sourcing_person", pk=outreach.pk)
    try:
        if request.POST.get("issue") != "envoye":
            permits.release(permit=permit, now=request.now)
            messages.info(request, _("Nothing was sent to %(name)s.") % {"name": permit.candidate.name})
            return redirect("sourcing_person", pk=outreach.pk)
        events = permits.confirm(
            permit=permit,
            member=request.member,
            now=request.now,
            sent_at=permits.when_it_left(permit, request.now),
        )
    except permits.PermitEnded:
        return redirect("sourcing_person", pk=outreach.pk)
    return _done(request, outreach, events)


@require_POST
def already_sent(request: DeskRequest, pk: int) -> HttpResponse:
    """Note that it was sent outside, with the text that stands there if nothing in it is left to write."""
    outreach = approach_asked(request, pk)
    panel = _panel(request, outreach)
    taken = permits_of([outreach], request.member).get(outreach.pk)
    if taken is not None or panel.composition is None or not still_to_write(outreach):
        return redirect("sourcing_person", pk=pk)
    composition = panel.composition
    finished = panel.writes and not composition.blocked
    invites = panel.invites
    entry = Entry(
        Kind.INVITATION_SENT if invites else Kind.MESSAGE_SENT,
        at=request.now,
        channel=composition.channel,
        note=invites and panel.writes,
        subject=composition.subject if composition.has_subject and finished else "",
        text=composition.text.strip() if finished else "",
    )
    events = record(outreach=outreach, entries=[entry], now=request.now, member=request.member)
    return _done(request, outreach, events)


def _done(request: DeskRequest, outreach: Outreach, events: Sequence[Event]) -> HttpResponse:
    back = reverse("sourcing_person", args=[outreach.pk])
    request.session["undo"] = {
        "events": [event.pk for event in events],
        "outreach": outreach.pk,
        "back": back,
    }
    says = _("%(name)s: %(says)s") % {"name": outreach.candidate.name, "says": _("sent")}
    messages.success(request, says, extra_tags="undo" if events else "")
    return _onwards(outreach)


def _onwards(outreach: Outreach) -> HttpResponse:
    """To the next person who is to be written to, or back to the list."""
    assert outreach.session is not None
    then = following(outreach.session, after=outreach.pk)
    if then is not None:
        return redirect("sourcing_person", pk=then.pk)
    return redirect("sourcing_session", pk=outreach.session.pk)


@require_POST
def must_answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Give or take the star."""
    outreach = approach_asked(request, pk)
    star(outreach=outreach, must_answer=not outreach.must_answer, now=request.now)
    opened = request.POST.get("ouverte", "")
    if opened.isascii() and opened.isdigit() and len(opened) < 19:
        return redirect("sourcing_person", pk=int(opened))
    return redirect("sourcing_session", pk=outreach.session_id)
