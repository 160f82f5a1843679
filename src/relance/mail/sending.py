"""One message over SMTP, and what may be believed afterwards.

The one question that matters after a failure is whether the message may have left. So the dialogue is
walked step by step: until the last byte of DATA nothing has left; from then on only the server's
answer tells, and without it the message is `UNSURE` and never sent again by itself.
"""

import base64
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address

from relance.mail.addresses import BadAddress, on_the_wire

TIMEOUT = 30.0


class Security(StrEnum):
    TLS = "tls"
    """Encrypted from the first byte (465, 993)."""
    STARTTLS = "starttls"
    """Encrypted by a command, without which nothing else is said (587, 143)."""
    NONE = "none"
    """In clear: this machine alone."""


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    security: Security


@dataclass(frozen=True, slots=True)
class Login:
    """Who signs in: with a password, or with an access token of OAuth2 (`is_token`)."""

    username: str
    secret: str
    is_token: bool = False

    def __repr__(self) -> str:
        return "Login(…)"  # it ends in no log


class Told(StrEnum):
    SENT = "sent"
    REFUSED = "refused"
    """For good: this recipient, this message."""
    LATER = "later"
    """For now: nothing left, it may be tried again."""
    UNSURE = "unsure"
    """All was said and no answer came: it may have left."""
    BROKEN = "broken"
    """The mailbox itself: sign-in, encryption, address of the server. Nothing left."""


class Fault(StrEnum):
    """What is wrong with a mailbox, for a sentence."""

    SIGN_IN = "sign_in"
    NO_SERVER = "no_server"
    ENCRYPTION = "encryption"
    IN_CLEAR = "in_clear"
    SILENT = "silent"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server said: its code (0 for none), its words, and the fault of a broken mailbox."""

    told: Told
    code: int = 0
    words: str = ""
    fault: Fault | None = None


NO_ADDRESS = Outcome(Told.REFUSED, 553)
"""What a server would say to an address that it cannot hold (RFC 5321, 4.2.3): nothing is said to it."""


class Unreachable(Exception):
    """The mailbox cannot be used now; `fault` says what is wrong, `words` what the server said."""

    def __init__(self, fault: Fault, words: str = "") -> None:
        super().__init__(str(fault))
        self.fault = fault
        self.words = words[:300]


def is_this_machine(host: str) -> bool:
    """Whether a server's name is the machine itself, to which one may speak in clear."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def xoauth2(login: Login) -> str:
    """The initial response of SASL XOAUTH2, as Google and Microsoft read it."""
    said = f"user={login.username}\x01auth=Bearer {login.secret}\x01\x01"
    return base64.b64encode(said.encode()).decode("ascii")


class Carrier:
    """An open, signed-in connection that takes messages one after another."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp

    def send(self, sender: str, recipient: str, raw: bytes) -> Outcome:
        """Send one message, and say what may be believed. Raises nothing."""
        try:
            sender, recipient = on_the_wire(sender), on_the_wire(recipient)
        except BadAddress:
            return NO_ADDRESS
        try:
            before = self._envelope(sender, recipient)
            if before is not None:
                self._forget()
                return before
            code, words = self._smtp.docmd("DATA")
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Told.LATER, words=type(error).__name__)
        if code != 354:
            self._forget()
            return _refused(code, words)
        try:
            self._smtp.send(_dotted(raw))
            code, words = self._smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(Told.UNSURE, words=type(error).__name__)
        if code == -1:
            return Outcome(Told.UNSURE)
        return Outcome(Told.SENT, code, _said(words)) if code == 250 else _refused(code, words)

    def _envelope(self, sender: str, recipient: str) -> Outcome | None:
        code, words = self._smtp.mail(sender)
        if code != 250:
            return _refused(code, words)
        code, words = self._smtp.rcpt(recipient)
        return None if code in {250, 251} else _refused(code, words)

    def _forget(self) -> None:
        try:
            self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            pass  # the next message opens anew


def _dotted(raw: bytes) -> bytes:
    """The message as DATA wants it: lines end in CRLF, a leading dot is doubled, a dot ends it."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    stuffed = lines.replace(b"\r\n.", b"\r\n..")
    if stuffed.startswith(b"."):
        stuffed = b"." + stuffed
    return stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _said(words: bytes) -> str:
    return words.decode("utf-8", "replace")[:300]


def _refused(code: int, words: bytes) -> Outcome:
    """A refusal before or after DATA. An enhanced code of 4.x.x is never for good, whatever stands before it."""
    text = _said(words)
    for_now = 400 <= code < 500 or text.lstrip().startswith("4.") or code < 0
    return Outcome(Told.LATER if for_now else Told.REFUSED, code, text)


@contextmanager
def carrier(server: Server, login: Login, *, timeout: float = TIMEOUT) -> Iterator[Carrier]:
    """Open, encrypt, sign in; hang up at the end. Raises Unreachable."""
    smtp = _connect(server, timeout)
    try:
        _sign_in(smtp, server, login)
        yield Carrier(smtp)
    finally:
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()


def _connect(server: Server, timeout: float) -> smtplib.SMTP:
    if server.security is Security.NONE and not is_this_machine(server.host):
        raise Unreachable(Fault.IN_CLEAR)
    try:
        if server.security is Security.TLS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
        smtp = smtplib.SMTP(server.host, server.port, timeout=timeout)
    except ssl.SSLError as error:
        raise Unreachable(Fault.ENCRYPTION, str(error)) from error
    except TimeoutError as error:
        raise Unreachable(Fault.SILENT) from error
    except (smtplib.SMTPException, socket.gaierror, OSError) as error:
        raise Unreachable(Fault.NO_SERVER, type(error).__name__) from error
    if server.security is Security.STARTTLS:
        try:
            smtp.starttls(context=ssl.create_default_context())
        except (smtplib.SMTPException, OSError) as error:
            smtp.close()
            raise Unreachable(Fault.ENCRYPTION, str(error)) from error
    return smtp


def _sign_in(smtp: smtplib.SMTP, server: Server, login: Login) -> None:
    try:
        smtp.ehlo_or_helo_if_needed()
        if login.is_token:
            code, words = smtp.docmd("AUTH", f"XOAUTH2 {xoauth2(login)}")
            if code == 334:  # the error comes as a challenge, to be answered by an empty line
                code, words = smtp.docmd("")
            if code != 235:
                raise Unreachable(Fault.SIGN_IN, _said(words))
        elif login.username and smtp.has_extn("auth"):
            smtp.login(login.username, login.secret)
        elif login.username and not is_this_machine(server.host):
            raise Unreachable(Fault.SIGN_IN, "AUTH")
    except smtplib.SMTPAuthenticationError as error:
        said = error.smtp_error
        raise Unreachable(Fault.SIGN_IN, said if isinstance(said, str) else _said(said)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unreachable(Fault.OTHER, str(error)) from error
