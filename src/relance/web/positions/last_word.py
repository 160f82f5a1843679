"""The last word to somebody who had answered about a position that closed, under the guard."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from relance.cadence.words import Channel, Situation
from relance.method.candidates.models import Candidate
from relance.method.candidates.queries import known_channels
from relance.method.delivery.models import Mailbox
from relance.method.delivery.outbox import NoAddress
from relance.method.delivery.queries import sends_from
from relance.method.outreach import permits
from relance.method.outreach.last_words import is_owed_a_last_word
from relance.method.outreach.models import Event, Outreach, Position
from relance.method.outreach.positions import closed_with
from relance.method.outreach.queries import access_outreach, conversation
from relance.method.writing.drafts import WRITTEN, Composition, compose
from relance.method.writing.moments import Moment
from relance.method.writing.tellings import Offer, offer_in, tell_with_permit
from relance.method.writing.words import Purpose
from relance.web.desk import DeskRequest
from relance.web.phrases.reasons import Setting
from relance.web.phrases.states import refusal, state
from relance.web.today import talk
from relance.web.today.checks import Check, blocked_says, checks
from relance.web.today.forms import typed_in
from relance.web.today.offering import Offered, offered
from relance.web.today.page import setting_of
from relance.web.today.pane import Typed, values_for
from relance.web.today.sending import send, told


@dataclass(frozen=True, slots=True)
class Pane:
    """What the composer shows."""

    outreach: Outreach
    candidate: Candidate
    position: Position
    talk: list[talk.Said]
    channels: list[Channel]
    composition: Composition | None
    checks: list[Check]
    offered: Offered
    mailbox: Mailbox | None
    answering: bool = False


def _outreach(request: DeskRequest, pk: int) -> Outreach:
    try:
        return access_outreach(request.member, pk)
    except Outreach.DoesNotExist as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
def last_word(request: DeskRequest, pk: int) -> HttpResponse:
    """The composer of a last word; posted, leave is asked for what stands in it."""
    outreach = _outreach(request, pk)
    position = closed_with(outreach)
    if position is None or not is_owed_a_last_word(outreach, now=request.now):
        messages.info(request, _("No last word is owed to %(name)s.") % {"name": outreach.candidate.name})
        return redirect("person", pk=outreach.candidate_id)
    typed = typed_in(request.POST)
    pane = _pane(request, outreach, position, typed)
    if request.method != "POST":
        return _page(request, pane)
    composition = pane.composition
    if composition is None or composition.blocked:
        says = blocked_says(composition.findings if composition else ())
        return _page(request, pane, problem=says, status=422)
    setting = setting_of(request)
    try:
        granted = permits.permit(
            outreach=outreach,
            member=request.member,
            channel=composition.channel,
            text=composition.text.strip(),
            subject=composition.subject,
            template=composition.source,
            now=request.now,
            last_word=True,
        )
    except permits.Refused as error:
        says = refusal(error.refusal.code, error.refusal.frees_at, setting)
        return _page(request, pane, problem=says, status=409)
    except permits.Quiet as error:
        says = _("The firm writes to nobody %(until)s. Answers and applications can leave.") % {
            "until": setting.until_day(error.until_on)}  # fmt: skip
        return _page(request, pane, problem=says, status=409)
    except permits.NotNow as error:
        return _page(request, pane, problem=state(error.outreach), status=409)
    tell_with_permit(permit=granted, told=composition.told)
    if "envoyer" in request.POST and granted.channel == Channel.EMAIL:
        try:
            outgoing = send(request, granted)
        except NoAddress:
            says = _("No mail address is known: add it on their page.")
            return _page(request, pane, problem=says, status=409)
        if outgoing is not None:
            request.session["undo"] = {"outgoing": outgoing.pk, "outreach": outreach.pk}
            said = _("%(name)s: %(says)s") % {
                "name": outreach.candidate.name, "says": told(outgoing, request)}  # fmt: skip
            messages.success(request, said, extra_tags="undo")
            return redirect("position", pk=position.pk)
    return redirect("today_person", pk=pk)


@require_POST
def compose_text(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the composer again for another channel or text, or with its checks made anew."""
    outreach = _outreach(request, pk)
    position = closed_with(outreach)
    if position is None:
        raise Http404
    return _page(request, _pane(request, outreach, position, typed_in(request.POST)))


def _pane(request: DeskRequest, outreach: Outreach, position: Position, typed: Typed) -> Pane:
    candidate, setting = outreach.candidate, setting_of(request)
    past = conversation(request.member, candidate.pk)
    channels = [channel for channel in known_channels(candidate) if channel in WRITTEN]
    offer = offer_in(outreach).choosing(typed.told)
    composition = _composed(request, outreach, past, channels, offer, typed, setting)
    by_mail = composition is not None and composition.channel == Channel.EMAIL
    return Pane(
        outreach=outreach,
        candidate=candidate,
        position=position,
        talk=talk.conversation(past, request.member, candidate.first_name or candidate.name, setting),
        channels=channels,
        composition=composition,
        checks=checks(composition.findings, setting) if composition else [],
        offered=offered([], setting),
        mailbox=sends_from(request.member) if by_mail else None,
    )


def _composed(
    request: DeskRequest,
    outreach: Outreach,
    past: list[Event],
    channels: list[Channel],
    offer: Offer,
    typed: Typed,
    setting: Setting,
) -> Composition | None:
    channel = typed.channel or next(iter(channels), None)
    if channel is None:
        return None
    candidate = outreach.candidate
    return compose(
        member=request.member,
        outreach=outreach,
        candidate=candidate,
        past=past,
        channel=channel,
        values=values_for(request.member, outreach, past, setting, offer.positions),
        template_pk=typed.template,
        text=typed.text,
        subject=typed.subject,
        offer=offer,
        moment=Moment(
            situation=Situation(outreach.situation),
            purpose=Purpose.REFUSAL,
            step=0,
            channel=channel,
            language=candidate.language,
            address=candidate.address,
        ),
    )


def _page(request: DeskRequest, pane: Pane, *, problem: str = "", status: int = 200) -> HttpResponse:
    context = {"here": "people", "pane": pane, "problem": problem, "query": "", "after": None}
    return render(request, "positions/last_word.html", context, status=status)
