"""The gestures on one person: each calls one action, says what happened, and moves on."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from relance.cadence.decision import Refusal
from relance.cadence.words import Channel, Code, Kind, RefusalCode, Tone
from relance.method.delivery.outbox import NoAddress
from relance.method.outreach import permits
from relance.method.outreach.actions import (
    TooLateToUndo,
    record,
    record_answer,
    rename,
    star,
    undo,
)
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach, Permit
from relance.method.outreach.queries import access_outreach, access_permit
from relance.method.writing.actions import remember_use
from relance.method.writing.tellings import tell_with_permit
from relance.web.desk import DeskRequest
from relance.web.phrases.states import not_postponed, refusal, state
from relance.web.today.checks import blocked_says
from relance.web.today.forms import LONGEST_TEXT, AnswerForm, postponed_until, typed_in
from relance.web.today.page import page, setting_of
from relance.web.today.pane import Pane, Typed, pane_of
from relance.web.today.posting import posted
from relance.web.today.sending import recall, send, told


def _outreach(request: DeskRequest, pk: int) -> Outreach:
    try:
        return access_outreach(request.member, pk)
    except Outreach.DoesNotExist as error:
        raise Http404 from error


def _done(
    request: DeskRequest, outreach: Outreach, says: str, events: Sequence[Event], *, stays: bool = False
) -> HttpResponse:
    """Say it, keep the way back, and go to the next person, or stay where something is due at once."""
    request.session["undo"] = {"events": [event.pk for event in events], "outreach": outreach.pk}
    told = _("%(name)s: %(says)s") % {"name": outreach.candidate.name, "says": says}
    messages.success(request, told, extra_tags="undo" if events else "")
    if stays:
        return redirect("today_person", pk=outreach.pk)
    following = request.POST.get("suivante", "")
    if following.isascii() and following.isdigit():
        return redirect("today_person", pk=int(following))
    return redirect("today")


@posted("today_person")
def take_permit(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask leave for the message in the composer, then show how it leaves."""
    outreach = _outreach(request, pk)
    typed = typed_in(request.POST)
    pane = pane_of(request.member, outreach, setting_of(request), permit=None, typed=typed)
    calls = "appeler" in request.POST
    composition = pane.composition
    barred = None if calls else _barred(request, outreach, pane, typed)
    if barred is not None:
        says, status = barred
        return page(request, pk, typed=typed, problem=says, status=status)
    try:
        granted = permits.permit(
            outreach=outreach,
            member=request.member,
            channel=Channel.CALL if calls or composition is None else composition.channel,
            text="" if calls or composition is None else composition.text.strip(),
            subject="" if calls or composition is None else composition.subject,
            template=composition.source if composition and not calls else "",
            now=request.now,
        )
    except permits.Refused as error:
        return page(request, pk, typed=typed, problem=_refused(request, outreach, error.refusal), status=409)
    except permits.Quiet as error:
        says = _("The firm writes to nobody %(until)s. Answers and applications can leave.") % {
            "until": setting_of(request).until_day(error.until_on)}  # fmt: skip
        return page(request, pk, typed=typed, problem=says, status=409)
    except permits.NotNow as error:
        says = _no_way(error.channel) if isinstance(error, permits.NoWay) else state(error.outreach)
        return page(request, pk, typed=typed, problem=says, status=409)
    if composition is not None and not calls:
        tell_with_permit(permit=granted, told=composition.told)
    if composition is not None and composition.template is not None and not calls:
        remember_use(
            member=request.member, moment=composition.moment, template=composition.template, now=request.now
        )
    if "envoyer" in request.POST and granted.channel == Channel.EMAIL:
        return _send(request, outreach, granted, typed)
    return redirect("today_person", pk=pk)


def _barred(request: DeskRequest, outreach: Outreach, pane: Pane, typed: Typed) -> tuple[str, int] | None:
    """Why leave is not even asked for the message in the composer, and the status that says so."""
    composition = pane.composition
    if not pane.due:  # a colleague was quicker, or it was settled meanwhile
        held = Refusal(RefusalCode(outreach.held), outreach.frees_at) if outreach.held else None
        return (_refused(request, outreach, held) if held else state(outreach)), 409
    if typed.channel is not None and typed.channel not in pane.channels:
        return _no_way(typed.channel), 409
    if pane.inmail_from and composition and composition.channel is Channel.INMAIL:
        return pane.inmail_says, 409
    if composition is None or composition.blocked:
        return blocked_says(composition.findings if composition else ()), 422
    return None


def _no_way(channel: Channel) -> str:
    """Why nothing leaves on a channel that the page no longer offers."""
    if channel is Channel.LINKEDIN:
        return _("LinkedIn does not reach them: your invitation is not accepted. Choose another channel.")
    return _("Nothing reaches them by that channel any more. Choose another one.")


def _send(request: DeskRequest, outreach: Outreach, granted: Permit, typed: Typed) -> HttpResponse:
    """Put the message on its way from the member's mailbox, and go to the next person."""
    try:
        outgoing = send(request, granted)
    except NoAddress:
        says = _("No mail address is known: add it on their page.")
        return page(request, outreach.pk, typed=typed, problem=says, status=409)
    if outgoing is None:
        return redirect("today_person", pk=outreach.pk)
    request.session["undo"] = {"outgoing": outgoing.pk, "outreach": outreach.pk}
    said = _("%(name)s: %(says)s") % {"name": outreach.candidate.name, "says": told(outgoing, request)}
    messages.success(request, said, extra_tags="undo")
    following = request.POST.get("suivante", "")
    return (
        redirect("today_person", pk=int(following))
        if following.isascii() and following.isdigit()
        else redirect("today")
    )


def _refused(request: DeskRequest, outreach: Outreach, told: Refusal) -> str:
    """What the guard says, and where it is told who and what frees the person."""
    says = refusal(told.code, told.frees_at, setting_of(request))
    if told.code not in {RefusalCode.COLLEAGUE, RefusalCode.PERMIT_OPEN}:
        return says
    address = reverse("hand_over", args=[outreach.candidate_id])
    return format_html(
        '{} <a class="link" href="{}" hx-boost="false">{}</a>', says, address, _("Who, and what frees them")
    )


OUTCOMES = {
    "envoye": (Kind.MESSAGE_SENT, False),
    "vocal": (Kind.CALL_UNANSWERED, True),
    "absent": (Kind.CALL_UNANSWERED, False),
    "parle": (Kind.CALL_ANSWERED, False),
}


@posted("today")
def end_permit(request: DeskRequest, pk: int) -> HttpResponse:
    """Answer "was it sent?": yes, what the call came to, or no."""
    try:
        permit = access_permit(request.member, pk)
    except Permit.DoesNotExist as error:
        raise Http404 from error
    if request.POST.get("issue") == "faux" and permit.channel == Channel.CALL:
        return page(request, permit.outreach_id, window="faux")
    outcome = OUTCOMES.get(request.POST.get("issue", ""))
    try:
        if outcome is None:
            permits.release(permit=permit, now=request.now)
            messages.info(request, _("Nothing was sent to %(name)s.") % {"name": permit.candidate.name})
            return redirect("today_person", pk=permit.outreach_id)
        events = permits.confirm(
            permit=permit,
            member=request.member,
            now=request.now,
            sent_at=permits.when_it_left(permit, request.now),
            outcome=outcome[0],
            voicemail=outcome[1],
            said=_said(request) if outcome[0] is Kind.CALL_ANSWERED else "",
        )
    except permits.PermitEnded:
        return redirect("today")
    says = {
        "envoye": _("sent"),
        "vocal": _("voicemail left"),
        "absent": _("no answer"),
        "parle": _("you spoke"),
    }[request.POST["issue"]]
    if permit.template.startswith(permits.REFUSAL):
        says = _("the refusal is sent, the application is closed")
    if permit.outreach.code == Code.DOUBLE_CALL and outcome[0] is Kind.CALL_UNANSWERED:
        says = _("%(says)s: the message that doubles the call is ready") % {"says": says}
        return _done(request, permit.outreach, says, events, stays=True)
    return _done(request, permit.outreach, says, events)


def _said(request: DeskRequest) -> str:
    return request.POST.get("dit", "").replace("\r\n", "\n").strip()[:LONGEST_TEXT]


@posted("today_person")
def answered(request: DeskRequest, pk: int) -> HttpResponse:
    """Record the tone of an answer, or that the person wants no more contact."""
    outreach = _outreach(request, pk)
    form = AnswerForm(request.POST, setting_of(request).today)
    if not form.is_valid():
        says = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return page(request, pk, problem=says, status=422, window="repondu")
    tone = form.cleaned_data["ton"]
    if tone == "opt_out":
        events = record(
            outreach=outreach, entries=[Entry(Kind.OPT_OUT, at=request.now)], now=request.now,
            member=request.member,
        )  # fmt: skip
        return _done(request, outreach, _("will not be contacted any more"), events)
    events = record_answer(
        outreach=outreach,
        tone=Tone(tone),
        now=request.now,
        member=request.member,
        resume_on=form.cleaned_data["reprendre"] if tone == Tone.LATER else None,
        text=form.cleaned_data["texte"],
    )
    return _done(request, outreach, _("answered, no follow-up will leave"), events)


def _fact(request: DeskRequest, pk: int, entry: Entry, says: str) -> HttpResponse:
    outreach = _outreach(request, pk)
    events = record(outreach=outreach, entries=[entry], now=request.now, member=request.member)
    return _done(request, outreach, says, events)


@posted("today_person")
def postpone(request: DeskRequest, pk: int) -> HttpResponse:
    """Put the person off until a preset or a chosen day."""
    setting = setting_of(request)
    kept = not_postponed(_outreach(request, pk))
    if kept:
        return page(request, pk, problem=kept, status=409)
    until = postponed_until(request.POST, setting)
    if until is None:
        says = _("Choose a day to come, within two years.")
        return page(request, pk, problem=says, status=422, window="reporter")
    says = _("postponed %(until)s") % {"until": setting.until_day(until)}
    return _fact(request, pk, Entry(Kind.SNOOZED, at=request.now, until=until), says)


@posted("today_person")
def nothing_to_answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Say that no answer is owed."""
    return _fact(request, pk, Entry(Kind.HANDLED, at=request.now), _("nothing to answer"))


@posted("today_person")
def stop(request: DeskRequest, pk: int) -> HttpResponse:
    """Stop following up."""
    return _fact(request, pk, Entry(Kind.CLOSED, at=request.now), _("stopped, no follow-up will leave"))


@posted("today_person")
def must_answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Give or take the star."""
    outreach = _outreach(request, pk)
    star(outreach=outreach, must_answer=not outreach.must_answer, now=request.now)
    says = _("starred: an answer is wanted") if outreach.must_answer else _("star taken off")
    messages.success(request, _("%(name)s: %(says)s") % {"name": outreach.candidate.name, "says": says})
    return redirect("today_person", pk=pk)


@posted("today_person")
def purpose(request: DeskRequest, pk: int) -> HttpResponse:
    """Say in the recruiter's own words what the outreach is about; a message begun is kept, and says it too."""
    outreach = _outreach(request, pk)
    rename(outreach=outreach, purpose=request.POST.get("sujet", "").strip())
    typed = typed_in(request.POST)
    if typed.text is None and typed.subject is None:
        return redirect("today_person", pk=pk)
    return page(request, pk, typed=replace(typed, filled=True))


@posted("today")
def take_back(request: DeskRequest) -> HttpResponse:
    """Undo the last gesture: its facts are retracted, nothing is deleted."""
    last = request.session.pop("undo", None)
    if not last:
        messages.info(request, _("There is nothing to undo."))
        return redirect("today")
    if last.get("outgoing"):
        recalled = recall(request, last["outgoing"])
        return redirect(last["back"]) if last.get("back") else recalled
    try:
        touched = undo(member=request.member, event_pks=last["events"], now=request.now)
    except TooLateToUndo:
        messages.warning(request, _("Too late to undo: say it on the person's page instead."))
        return redirect("today")
    messages.info(request, _("Undone."))
    if last.get("back"):
        return redirect(last["back"])
    back = last.get("outreach") or touched[0].pk
    return redirect(reverse("today_person", args=[back]))
