"""Connecting a mailbox without its password: leave granted at Google or Microsoft, then the same trial."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relance.mail import oauth
from relance.mail.providers import GOOGLE, MICROSOFT
from relance.mail.sending import Fault, Login, Security, Server, Unreachable
from relance.method.delivery import connecting
from relance.method.delivery.connecting import Asked, Connected, Step, Trial
from relance.method.delivery.logins import client_named, imap_of, smtp_of
from relance.method.delivery.models import SignIn
from relance.web.desk import DeskRequest
from relance.web.mailboxes.forms import LeaveForm
from relance.web.mailboxes.pages import connecting_page, mailbox_or_404, mailboxes_page, try_out

PROVIDERS = {SignIn.GOOGLE: GOOGLE, SignIn.MICROSOFT: MICROSOFT}
REMEMBERED = "mail_leave"
"""The session's word for what was asked, until somebody comes back from there."""


@require_POST
def ask(request: DeskRequest, code: str) -> HttpResponse:
    """Go and ask a provider for leave to read and send for an address."""
    provider = PROVIDERS[SignIn(_client(code).code)]
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return connecting_page(request, form, status=422)
    typed = form.cleaned_data
    return _leave_for(
        request, code,
        {
            "address": typed["adresse"], "name": typed["nom"], "user": typed["identifiant"] or typed["adresse"],
            "imap": asdict(form.reads_at(provider)), "smtp": asdict(form.sends_at(provider)),
        },
    )  # fmt: skip


@require_POST
def ask_anew(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask again for a mailbox that is connected: the leave ended, or was taken back there."""
    mailbox = mailbox_or_404(request, pk)
    return _leave_for(
        request, mailbox.sign_in,
        {
            "address": mailbox.address, "name": mailbox.sender_name, "user": mailbox.username, "mailbox": mailbox.pk,
            "imap": asdict(imap_of(mailbox)), "smtp": asdict(smtp_of(mailbox)),
        },
    )  # fmt: skip


def _leave_for(request: DeskRequest, code: str, about: dict[str, Any]) -> HttpResponse:
    client = _client(code)
    try:
        asked = oauth.question(client, back_to=_back_to(request, code), hint=about["address"])
    except Unreachable as error:
        return _not_granted(request, about, error, code)
    request.session[REMEMBERED] = {"code": code, "asked": asdict(asked), **about}
    return redirect(asked.address)


@require_safe
def come_back(request: DeskRequest, code: str) -> HttpResponse:
    """Back from the provider: the leave is taken, tried out, and kept if it works."""
    client = client_named(code)
    about = request.session.pop(REMEMBERED, None)
    if client is None or about is None or about["code"] != code:
        messages.warning(request, _("That was asked too long ago: connect the mailbox again."))
        return redirect("mailboxes_connect")
    try:
        tokens = oauth.answered(
            client,
            came_back_with=_came_back_with(request),
            asked=oauth.Question(**about["asked"]),
            back_to=_back_to(request, code),
            now=request.now,
        )
    except Unreachable as error:
        return _not_granted(request, about, error, code)
    asked = Asked(
        address=about["address"],
        sender_name=about["name"],
        imap=_server(about["imap"]),
        smtp=_server(about["smtp"]),
        login=Login(about["user"], tokens.access, is_token=True),
        sign_in=SignIn(code),
    )
    trial = try_out(asked)
    if "mailbox" in about:
        return _kept_anew(request, about["mailbox"], trial, tokens)
    return _kept(request, asked, trial, tokens)


def _kept(request: DeskRequest, asked: Asked, trial: Trial, tokens: oauth.Tokens) -> HttpResponse:
    form = LeaveForm(initial={"adresse": asked.address, "nom": asked.sender_name})
    if not trial.works:
        provider = PROVIDERS[asked.sign_in]
        return connecting_page(request, form, trial=trial, asked=asked, provider=provider, status=422)
    try:
        connecting.connect(member=request.member, asked=asked, trial=trial, now=request.now, tokens=tokens)
    except Connected:
        messages.warning(request, _("This address is connected already at this desk."))
        return redirect("mailboxes")
    messages.success(request, _("%(address)s is connected.") % {"address": asked.address})
    return redirect("mailboxes")


def _kept_anew(request: DeskRequest, pk: int, trial: Trial, tokens: oauth.Tokens) -> HttpResponse:
    mailbox = mailbox_or_404(request, pk)
    connecting.keep_trial(mailbox=mailbox, trial=trial, now=request.now, tokens=tokens)
    if not trial.works:
        return mailboxes_page(request, tried=(mailbox.pk, trial), status=422)
    messages.success(request, _("%(address)s is connected.") % {"address": mailbox.address})
    return redirect("mailboxes")


def _not_granted(request: DeskRequest, about: dict[str, Any], error: Unreachable, code: str) -> HttpResponse:
    """What the provider said instead of leave, on the page where one may try again."""
    fault = Fault.SIGN_IN if error.fault is Fault.SIGN_IN else error.fault
    trial = Trial((Step("leave", fault, error.words),))
    if "mailbox" in about:
        return mailboxes_page(request, tried=(about["mailbox"], trial), status=422)
    form = LeaveForm(initial={"adresse": about["address"], "nom": about["name"]})
    asked = Asked(
        about["address"], about["name"], _server(about["imap"]), _server(about["smtp"]), Login("", ""), SignIn(code)
    )  # fmt: skip
    return connecting_page(
        request, form, trial=trial, asked=asked, provider=PROVIDERS[SignIn(code)], status=422
    )


def _client(code: str) -> oauth.Client:
    client = client_named(code)
    if client is None:
        raise Http404
    return client


def _back_to(request: DeskRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("mailboxes_leave_back", args=[code]))


def _came_back_with(request: DeskRequest) -> str:
    return request.build_absolute_uri()


def _server(kept: dict[str, Any]) -> Server:
    return Server(kept["host"], kept["port"], Security(kept["security"]))
