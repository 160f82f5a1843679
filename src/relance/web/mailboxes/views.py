"""The mailboxes of a member: connected by a message really sent and read back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relance.imports.mailbox.actions import give_mailbox
from relance.mail.domains import mx_of
from relance.mail.providers import guess
from relance.mail.sending import Login, Unreachable
from relance.method.delivery import connecting
from relance.method.delivery.connecting import Asked, Connected, Step, Trial, asked_of
from relance.method.delivery.logins import login_of
from relance.web.desk import DeskRequest
from relance.web.mailboxes.forms import MailboxForm, PaceForm
from relance.web.mailboxes.pages import connecting_page, mailbox_or_404, mailboxes_page, try_out


@require_safe
def mailboxes(request: DeskRequest) -> HttpResponse:
    """The connected mailboxes, how they do, and their pace."""
    return mailboxes_page(request)


@require_http_methods(["GET", "HEAD", "POST"])
def connect_one(request: DeskRequest) -> HttpResponse:
    """Try a mailbox out and keep it if it works; else say what is wrong. All that was typed stays but the password."""
    user = request.member.user
    form = MailboxForm(
        request.POST if request.method == "POST" else None, name=user.name, address=user.email or ""
    )
    if request.method != "POST":
        return connecting_page(request, form)
    if not form.is_valid():
        return connecting_page(request, form, status=422)
    typed = form.cleaned_data
    provider = guess(typed["adresse"], mx_of)
    asked = Asked(
        address=typed["adresse"],
        sender_name=typed["nom"],
        imap=form.reads_at(provider),
        smtp=form.sends_at(provider),
        login=Login(typed["identifiant"] or typed["adresse"], typed["mot_de_passe"]),
    )
    trial = try_out(asked)
    if not trial.works:
        return connecting_page(
            request, _filled(form, asked), trial=trial, asked=asked, provider=provider, status=422
        )
    try:
        connecting.connect(member=request.member, asked=asked, trial=trial, now=request.now)
    except Connected:
        form.add_error("adresse", _("This address is connected already at this desk."))
        return connecting_page(request, form, status=409)
    messages.success(request, _("%(address)s is connected.") % {"address": asked.address})
    return redirect("mailboxes")


@require_POST
def try_again(request: DeskRequest, pk: int) -> HttpResponse:
    """Try a connected mailbox out again."""
    mailbox = mailbox_or_404(request, pk)
    try:
        trial = try_out(asked_of(mailbox, login_of(mailbox, now=request.now)))
    except Unreachable as error:
        trial = Trial((Step("enter", error.fault, error.words),))
    connecting.keep_trial(mailbox=mailbox, trial=trial, now=request.now)
    return mailboxes_page(request, tried=(mailbox.pk, trial))


@require_POST
def password(request: DeskRequest, pk: int) -> HttpResponse:
    """Try another password out, and keep it if it works."""
    mailbox = mailbox_or_404(request, pk)
    secret = request.POST.get("mot_de_passe", "")[:400]
    if not secret:
        return redirect("mailboxes")
    trial = try_out(asked_of(mailbox, Login(mailbox.username, secret)))
    connecting.keep_trial(mailbox=mailbox, trial=trial, now=request.now, secret=secret)
    if trial.works:
        messages.success(request, _("Password kept."))
        return redirect("mailboxes")
    return mailboxes_page(request, tried=(mailbox.pk, trial), status=422)


@require_POST
def pace(request: DeskRequest, pk: int) -> HttpResponse:
    """Change the name, the cap of a day and the spacing."""
    mailbox = mailbox_or_404(request, pk)
    form = PaceForm(request.POST, pk=mailbox.pk)
    if not form.is_valid():
        return mailboxes_page(request, pace_form=(mailbox.pk, form), status=422)
    typed = form.cleaned_data
    connecting.change_pace(
        mailbox=mailbox, daily_cap=typed["par_jour"], spacing=typed["ecart"], sender_name=typed["nom"]
    )
    messages.success(request, _("Kept."))
    return redirect("mailboxes")


@require_POST
def read_past(request: DeskRequest, pk: int) -> HttpResponse:
    """Have the last 60 days of a mailbox read; whom to keep is chosen on the page of welcome."""
    give_mailbox(member=request.member, mailbox=mailbox_or_404(request, pk), now=request.now)
    return redirect("welcome")


@require_POST
def unplug(request: DeskRequest, pk: int) -> HttpResponse:
    """Disconnect a mailbox: its password is forgotten, what was still to leave is taken back."""
    mailbox = mailbox_or_404(request, pk)
    count = connecting.disconnect(mailbox=mailbox, now=request.now)
    says = _("%(address)s is disconnected, its password forgotten.") % {"address": mailbox.address}
    if count:
        went = ngettext("%(count)s message did not leave.", "%(count)s messages did not leave.", count)
        says = f"{says} {went % {'count': count}}"
    messages.success(request, says)
    return redirect("mailboxes")


def _filled(form: MailboxForm, asked: Asked) -> MailboxForm:
    """The form with the servers that were tried: they can be seen and changed."""
    typed = {name: str(form.data.get(name, "")) for name in form.fields}
    typed |= {
        "imap": asked.imap.host, "imap_port": str(asked.imap.port), "imap_securite": asked.imap.security.value,
        "smtp": asked.smtp.host, "smtp_port": str(asked.smtp.port), "smtp_securite": asked.smtp.security.value,
    }  # fmt: skip
    return MailboxForm(typed)
