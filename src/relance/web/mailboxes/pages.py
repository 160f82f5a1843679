"""The pages of mailboxes: the one to connect, the one of those that are connected."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from relance.mail.providers import BY_DOMAIN, Provider
from relance.method.delivery import connecting
from relance.method.delivery.connecting import Asked, Trial, access_mailbox
from relance.method.delivery.logins import client_named, imap_of, smtp_of
from relance.method.delivery.models import Mailbox, SignIn
from relance.method.delivery.queries import mailboxes_of, waiting_in
from relance.web.desk import DeskRequest
from relance.web.mailboxes.forms import MailboxForm, PaceForm
from relance.web.mailboxes.phrases import domain_lines, fault_says, trial_lines
from relance.web.settings.frame import section
from relance.web.today.page import setting_of


def try_out(asked: Asked) -> Trial:
    """Try a mailbox out, with a message in the language of the page."""
    return connecting.try_out(
        asked,
        subject=_("Trial of your mailbox by Relance"),
        text=_(
            "This message was sent by Relance to check that your mailbox sends and receives. You can delete it."
        ),
        clock=timezone.now,
    )


def mailbox_or_404(request: DeskRequest, pk: int) -> Mailbox:
    """A mailbox of the member's own, or the page of what is not there."""
    try:
        return access_mailbox(request.member, pk)
    except Mailbox.DoesNotExist as error:
        raise Http404 from error


def connecting_page(
    request: DeskRequest,
    form: MailboxForm,
    *,
    trial: Trial | None = None,
    asked: Asked | None = None,
    provider: Provider | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page to connect a mailbox, with what a trial found. It ends in no cache."""
    lines = trial_lines(trial, asked.imap, asked.smtp, provider) if trial and asked else []
    context = {
        "form": form,
        "lines": lines,
        "unfolded": trial is not None or bool(form.errors),
        "clients": settings.MAIL_CLIENTS,
    }
    response = section(request, "mailboxes", "mailboxes/connect.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def mailboxes_page(
    request: DeskRequest,
    *,
    tried: tuple[int, Trial] | None = None,
    pace_form: tuple[int, PaceForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The connected mailboxes; one of them with what a trial found, or with a form that was refused."""
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
        "client": client_named(mailbox.sign_in),
        "by_leave": mailbox.sign_in != SignIn.PASSWORD,
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
