"""A courteous no: prefilled, read, sent by the recruiter's own gesture; the application is then over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from relance.cadence.words import Channel
from relance.method.candidates.queries import known_channels
from relance.method.candidates.trail import saw
from relance.method.delivery.outbox import NoAddress
from relance.method.delivery.queries import sends_from
from relance.method.outreach import permits
from relance.method.outreach.applications import may_be_refused
from relance.method.outreach.models import Outreach
from relance.method.outreach.queries import conversation
from relance.method.writing.drafts import Composition, compose
from relance.method.writing.words import Purpose
from relance.web.applications.views import application_asked
from relance.web.desk import DeskRequest
from relance.web.phrases.states import next_step, refusal, state
from relance.web.today.checks import blocked_says, checks
from relance.web.today.forms import typed_in
from relance.web.today.page import setting_of
from relance.web.today.pane import Typed, values_for
from relance.web.today.sending import send, told
from relance.web.today.talk import conversation as said

BY = (Channel.EMAIL, Channel.LINKEDIN)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the refusal ready to be read, or ask leave for it and let it leave."""
    outreach = application_asked(request, pk)
    if request.method != "POST":
        return _page(request, outreach, Typed())
    typed = typed_in(request.POST)
    composition = _composition(request, outreach, typed)
    if composition is None or composition.blocked:
        says = blocked_says(composition.findings if composition else ())
        return _page(request, outreach, typed, problem=says, status=422)
    try:
        granted = permits.permit(
            outreach=outreach,
            member=request.member,
            channel=composition.channel,
            text=composition.text.strip(),
            subject=composition.subject,
            template=f"{permits.REFUSAL}{composition.source}",
            now=request.now,
        )
    except permits.Refused as error:
        says = refusal(error.refusal.code, error.refusal.frees_at, setting_of(request))
        return _page(request, outreach, typed, problem=says, status=409)
    except (permits.NotNow, permits.Quiet):
        outreach.refresh_from_db()
        return _page(request, outreach, typed, problem=next_step(outreach, setting_of(request)), status=409)
    if "envoyer" in request.POST and granted.channel == Channel.EMAIL:
        try:
            outgoing = send(request, granted)
        except NoAddress:
            says = _("No mail address is known: add it on their page.")
            return _page(request, outreach, typed, problem=says, status=409)
        if outgoing is not None:
            request.session["undo"] = {"outgoing": outgoing.pk, "outreach": outreach.pk}
            words = {"name": outreach.candidate.name, "says": told(outgoing, request)}
            messages.success(request, _("%(name)s: the refusal %(says)s") % words, extra_tags="undo")
            return redirect("applications")
    return redirect("today_person", pk=pk)


@require_POST
def compose_text(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the refusal again for another channel or template, or with its checks made anew."""
    return _page(request, application_asked(request, pk), typed_in(request.POST))


def _channels(outreach: Outreach) -> list[Channel]:
    """Mail or LinkedIn: the channel they applied on first, then what is known."""
    known = [channel for channel in known_channels(outreach.candidate) if channel in BY]
    first = Channel(outreach.channel) if outreach.channel in BY else None
    if first is not None and first in known:
        known.remove(first)
        known.insert(0, first)
    return known


def _composition(request: DeskRequest, outreach: Outreach, typed: Typed) -> Composition | None:
    channels = _channels(outreach)
    channel = typed.channel if typed.channel in channels else next(iter(channels), None)
    if channel is None:
        return None
    past = conversation(request.member, outreach.candidate_id)
    return compose(
        member=request.member,
        outreach=outreach,
        candidate=outreach.candidate,
        past=past,
        channel=channel,
        values=values_for(request.member, outreach, past, setting_of(request)),
        template_pk=typed.template,
        text=typed.text,
        subject=typed.subject,
        purpose=Purpose.REFUSAL,
    )


def _page(
    request: DeskRequest, outreach: Outreach, typed: Typed, *, problem: str = "", status: int = 200
) -> HttpResponse:
    setting, candidate = setting_of(request), outreach.candidate
    saw(member=request.member, candidate=candidate, now=request.now)
    allowed = may_be_refused(outreach) and not outreach.held
    composition = _composition(request, outreach, typed) if allowed else None
    past = conversation(request.member, candidate.pk)
    held = refusal(outreach.held, outreach.frees_at, setting) if outreach.held else ""
    context: dict[str, Any] = {
        "here": "people",
        "outreach": outreach,
        "candidate": candidate,
        "composition": composition,
        "channels": _channels(outreach),
        "checks": checks(composition.findings, setting) if composition else [],
        "mailbox": sends_from(request.member)
        if composition and composition.channel is Channel.EMAIL
        else None,
        "talk": said(past, request.member, candidate.first_name or candidate.name, setting),
        "stands": held or (state(outreach) if allowed else next_step(outreach, setting)),
        "problem": problem,
    }
    return render(request, "applications/refusal.html", context, status=status)
