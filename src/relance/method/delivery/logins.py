"""How a mailbox is signed in to: its servers, and its secret taken out of the vault."""

from datetime import datetime

from django.conf import settings

from relance.accounts import vault
from relance.mail import oauth
from relance.mail.sending import Fault, Login, Security, Server, Unreachable
from relance.method.delivery.models import Mailbox, SignIn


def smtp_of(mailbox: Mailbox) -> Server:
    return Server(mailbox.smtp_host, mailbox.smtp_port, Security(mailbox.smtp_security))


def imap_of(mailbox: Mailbox) -> Server:
    return Server(mailbox.imap_host, mailbox.imap_port, Security(mailbox.imap_security))


def login_of(mailbox: Mailbox, *, now: datetime) -> Login:
    """Who signs in. Raises Unreachable where the secret is not there, or opens nothing any more."""
    try:
        secret = vault.unlock(mailbox.secret)
        access = vault.unlock(mailbox.access)
    except vault.Unreadable as error:
        raise Unreachable(Fault.SIGN_IN, "") from error
    if mailbox.sign_in == SignIn.PASSWORD:
        return Login(mailbox.username, secret)
    until = mailbox.access_until
    if not access or until is None or until - oauth.MARGIN <= now:
        access = _renewed(mailbox, secret, now)
    return Login(mailbox.username, access, is_token=True)


def client_named(code: str) -> oauth.Client | None:
    """The firm's own client at a provider, if the settings name one."""
    return next((client for client in settings.MAIL_CLIENTS if client.code == code), None)


def _renewed(mailbox: Mailbox, secret: str, now: datetime) -> str:
    client = client_named(mailbox.sign_in)
    if client is None or not secret:
        raise Unreachable(Fault.SIGN_IN, "")
    tokens = oauth.refreshed(client, secret, now=now)
    # Two processes may renew at once: each leave is good, and the last one stays. One that was granted anew
    # meanwhile, through the page, is not written over.
    rows = Mailbox.objects.filter(pk=mailbox.pk, secret=mailbox.secret)
    rows.update(**locked(tokens))
    return tokens.access


def locked(tokens: oauth.Tokens) -> dict[str, object]:
    """A leave as a mailbox keeps it."""
    return {
        "secret": vault.lock(tokens.refresh), "access": vault.lock(tokens.access), "access_until": tokens.until,
    }  # fmt: skip


def forget_access(mailbox: Mailbox) -> None:
    """The provider refused the present leave: another is asked for the next time."""
    if mailbox.access:
        Mailbox.objects.filter(pk=mailbox.pk, access=mailbox.access).update(access="", access_until=None)
