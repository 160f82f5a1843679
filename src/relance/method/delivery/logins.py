"""How a mailbox is signed in to: its servers, and its secret taken out of the vault."""

from datetime import datetime

from relance.accounts import vault
from relance.mail.sending import Fault, Login, Security, Server, Unreachable
from relance.method.delivery.models import Mailbox, SignIn


def smtp_of(mailbox: Mailbox) -> Server:
    return Server(mailbox.smtp_host, mailbox.smtp_port, Security(mailbox.smtp_security))


def imap_of(mailbox: Mailbox) -> Server:
    return Server(mailbox.imap_host, mailbox.imap_port, Security(mailbox.imap_security))


def login_of(mailbox: Mailbox, *, now: datetime) -> Login:
    """Who signs in. Raises Unreachable where the secret is not there, or opens with no key any more."""
    try:
        secret = vault.unlock(mailbox.secret)
    except vault.Unreadable as error:
        raise Unreachable(Fault.SIGN_IN, "") from error
    if mailbox.sign_in == SignIn.PASSWORD:
        return Login(mailbox.username, secret)
    raise Unreachable(Fault.SIGN_IN, "")
