"""The mailboxes of a member: connected by a message really sent and read back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relance.imports.mailbox.actions import give_mailbox
from relance.mail.domains import mx_of
from relance.mail.providers import BY_DOMAIN, Provider, guess
from relance.mail.sending import Login, Unreachable
from relance.method.delivery import connecting
from relance.method.delivery.connecting import Asked, Connected, Step, Trial, access_mailbox, asked_of
from relance.method.delivery.logins import imap_of, login_of, smtp_of
from relance.method.delivery.models import Mailbox
from relance.method.delivery.queries import mailboxes_of, waiting_in
from relance.web.desk import DeskRequest
from relance.web.mailboxes.forms import MailboxForm, PaceForm
from relance.web.mailboxes.phrases import domain_lines, fault_says, trial_lines
from relance.web.settings.frame import section
from relance.web.today.page import setting_of


@require_safe
def mailboxes(request: DeskRequest) -> HttpResponse:
    """The connected mailboxes, how they do, and their pace."""
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
def connect_one(request: DeskRequest) -> HttpResponse:
    """Try a mailbox out and keep it if it works; else say what is wrong. All that was typed stays but the password."""
    user = request.member.user
    form = MailboxForm(
        request.POST if request.method == "POST" else None, name=user.name, address=user.email or ""
    )
    if request.method != "POST":
        return _connecting(request, form)
    if not form.is_valid():
        return _connecting(request, form, status=422)
    typed = form.cleaned_data
    provider = guess(typed["adresse"], mx_of)
    asked = Asked(
        address=typed["adresse"],
        sender_name=typed["nom"],
        imap=form.reads_at(provider),
        smtp=form.sends_at(provider),
        login=Login(typed["identifiant"] or typed["adresse"], typed["mot_de_passe"]),
    )
    trial = _try(asked)
    if not trial.works:
        return _connecting(
            request, _filled(form, asked), trial=trial, asked=asked, provider=provider, status=422
        )
    try:
        connecting.connect(member=request.member, asked=asked, trial=trial, now=request.now)
    except Connected:
        form.add_error("adresse", _("This address is connected already at this desk."))
        return _connecting(request, form, status=409)
    messages.success(request, _("%(address)s is connected.") % {"address": asked.address})
    return redirect("mailboxes")


@require_POST
def try_again(request: DeskRequest, pk: int) -> HttpResponse:
    """Try a connected mailbox out again."""
    mailbox = _mailbox(request, pk)
    try:
        trial = _try(asked_of(mailbox, login_of(mailbox, now=request.now)))
    except Unreachable as error:
        trial = Trial((Step("enter", error.fault, error.words),))
    connecting.keep_trial(mailbox=mailbox, trial=trial, now=request.now)
    return _page(request, tried=(mailbox.pk, trial))


@require_POST
def password(request: DeskRequest, pk: int) -> HttpResponse:
    """Try another password out, and keep it if it works."""
    mailbox = _mailbox(request, pk)
    secret = request.POST.get("mot_de_passe", "")[:400]
    if not secret:
        return redirect("mailboxes")
    trial = _try(asked_of(mailbox, Login(mailbox.username, secret)))
    connecting.keep_trial(mailbox=mailbox, trial=trial, now=request.now, secret=secret)
    if trial.works:
        messages.success(request, _("Password kept."))
        return redirect("mailboxes")
    return _page(request, tried=(mailbox.pk, trial), status=422)


@require_POST
def pace(request: DeskRequest, pk: int) -> HttpResponse:
    """Change the name, the cap of a day and the spacing."""
    mailbox = _mailbox(request, pk)
    form = PaceForm(request.POST, pk=mailbox.pk)
    if not form.is_valid():
        return _page(request, pace_form=(mailbox.pk, form), status=422)
    typed = form.cleaned_data
    connecting.change_pace(
        mailbox=mailbox, daily_cap=typed["par_jour"], spacing=typed["ecart"], sender_name=typed["nom"]
    )
    messages.success(request, _("Kept."))
    return redirect("mailboxes")


@require_POST
def read_past(request: DeskRequest, pk: int) -> HttpResponse:
    """Have the last 60 days of a mailbox read; whom to keep is chosen on the page of welcome."""
    give_mailbox(member=request.member, mailbox=_mailbox(request, pk), now=request.now)
    return redirect("welcome")


@require_POST
def unplug(request: DeskRequest, pk: int) -> HttpResponse:
    """Disconnect a mailbox: its password is forgotten, what was still to leave is taken back."""
    mailbox = _mailbox(request, pk)
    count = connecting.disconnect(mailbox=mailbox, now=request.now)
    says = _("%(address)s is disconnected, its password forgotten.") % {"address": mailbox.address}
    if count:
        went = ngettext("%(count)s message did not leave.", "%(count)s messages did not leave.", count)
        says = f"{says} {went % {'count': count}}"
    messages.success(request, says)
    return redirect("mailboxes")


def _try(asked: Asked) -> Trial:
    return connecting.try_out(
        asked,
        subject=_("Trial of your mailbox by Relance"),
        text=_(
            "This message was sent by Relance to check that your mailbox sends and receives. You can delete it."
        ),
        clock=timezone.now,
    )


def _mailbox(request: DeskRequest, pk: int) -> Mailbox:
    try:
        return access_mailbox(request.member, pk)
    except Mailbox.DoesNotExist as error:
        raise Http404 from error


def _filled(form: MailboxForm, asked: Asked) -> MailboxForm:
    """The form with the servers that were tried: they can be seen and changed."""
    typed = {name: str(form.data.get(name, "")) for name in form.fields}
    typed |= {
        "imap": asked.imap.host, "imap_port": str(asked.imap.port), "imap_securite": asked.imap.security.value,
        "smtp": asked.smtp.host, "smtp_port": str(asked.smtp.port), "smtp_securite": asked.smtp.security.value,
    }  # fmt: skip
    return MailboxForm(typed)


def _connecting(
    request: DeskRequest,
    form: MailboxForm,
    *,
    trial: Trial | None = None,
    asked: Asked | None = None,
    provider: Provider | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = trial_lines(trial, asked.imap, asked.smtp, provider) if trial and asked else []
    context = {"form": form, "lines": lines, "unfolded": trial is not None or bool(form.errors)}
    response = section(request, "mailboxes", "mailboxes/connect.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(
    request: DeskRequest,
    *,
    tried: tuple[int, Trial] | None = None,
    pace_form: tuple[int, PaceForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    boxes = [
        _box(
            request,
            mailbox,
            trial=tried[1] if tried and tried[0] == mailbox.pk else None,
            form=pace_form[1] if pace_form and pace_form[0] == mailbox.pk else None,
        )
        for mailbox in mailboxes_of(request.member)
    ]
    return section(request, "mailboxes", "mailboxes/mailboxes.html", {"boxes": boxes}, status=status)


def _box(
    request: DeskRequest, mailbox: Mailbox, *, trial: Trial | None, form: PaceForm | None
) -> dict[str, Any]:
    setting = setting_of(request)
    host, port = mailbox.imap_host, mailbox.imap_port
    fault = fault_says(mailbox.fault, host, port, mailbox.fault_words) if mailbox.fault else ""
    provider = BY_DOMAIN.get(mailbox.address.rpartition("@")[2])
    return {
        "mailbox": mailbox,
        "fault": fault,
        "since": setting.at(mailbox.fault_at) if mailbox.fault_at else "",
        "read": setting.at(mailbox.read_at) if mailbox.read_at else "",
        "tried": setting.at(mailbox.tried_at) if mailbox.tried_at else "",
        "waiting": waiting_in(mailbox),
        "lines": trial_lines(trial, imap_of(mailbox), smtp_of(mailbox), provider) if trial else [],
        "domain": domain_lines(mailbox),
        "pace": form
        or PaceForm(
            pk=mailbox.pk,
            initial={"nom": mailbox.sender_name, "par_jour": mailbox.daily_cap, "ecart": mailbox.spacing},
        ),
    }
