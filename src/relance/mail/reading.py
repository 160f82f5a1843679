"""A mailbox over IMAP: its folders, what came since, what was filed. Nothing in it is changed but what we append."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from imap_tools import BaseMailBox, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from relance.mail.sending import Fault, Login, Security, Server, Unreachable, is_this_machine

TIMEOUT = 60.0
LARGEST = 400_000
"""Octets read of one message: the text and the headers, and of an attachment only its beginning."""
BATCH = 20
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a server does not say when it took a message in."""
SENT_NAMES = (
    "sent", "sent items", "sent mail", "sent messages", "inbox.sent", "inbox/sent", "envoyés", "éléments envoyés",
    "messages envoyés", "[gmail]/messages envoyés", "[gmail]/sent mail", "[google mail]/sent mail", "outbox",
    "objets envoyés", "gesendet", "enviados", "inviati", "posta inviata",
)  # fmt: skip
ARCHIVE_NAMES = ("archive", "archives", "inbox.archive", "inbox.archives", "inbox/archive", "inbox/archives")
_UID = re.compile(rb"\bUID (\d+)")
_INTERNALDATE = re.compile(rb'INTERNALDATE "([^"]+)"')


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message: its uid, when the server took it in (UTC), and its octets up to `LARGEST`."""

    uid: int
    taken_in_at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """A folder as it stands: uids are valid while `uidvalidity` is; the next message gets `uidnext` or more."""

    name: str
    uidvalidity: int
    uidnext: int


class Reader:
    """An open, signed-in mailbox."""

    def __init__(self, box: BaseMailBox) -> None:
        self._box = box

    @property
    def _imap(self) -> imaplib.IMAP4:
        client: imaplib.IMAP4 = self._box.client
        return client

    def sent_folder(self) -> str:
        """Where what leaves is filed: by its special use (RFC 6154), else by its usual names; empty for none."""
        return self._folder(("\\sent",), SENT_NAMES)

    def archive_folder(self) -> str:
        """Where what came is put away (or all of it is), found in the same way; empty for none."""
        return self._folder(("\\all", "\\archive"), ARCHIVE_NAMES)

    def _folder(self, uses: tuple[str, ...], names: tuple[str, ...]) -> str:
        with _said():
            folders = list(self._box.folder.list())
        for use in uses:
            for folder in folders:
                if any(flag.lower() == use for flag in folder.flags):
                    return str(folder.name)
        named = {str(folder.name).casefold(): str(folder.name) for folder in folders}
        return next((named[name] for name in names if name in named), "")

    def open(self, name: str) -> Place:
        """Open a folder to read, and say how it stands."""
        with _said():
            told = self._box.folder.status(name, ["UIDVALIDITY", "UIDNEXT"])
            self._box.folder.set(name, readonly=True)
        return Place(name, int(told.get("UIDVALIDITY", 0)), int(told.get("UIDNEXT", 1)))

    def uids_after(self, uid: int) -> list[int]:
        """The uids of the open folder above one, in order."""
        found = self._search(f"UID {uid + 1}:*")
        return [each for each in found if each > uid]  # "n:*" always holds the last one (RFC 3501, 6.4.8)

    def uids_since(self, day: date) -> list[int]:
        """The uids of what the open folder took in on that day or later."""
        months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
        return self._search(f"SINCE {day.day}-{months[day.month - 1]}-{day.year}")

    def has(self, message_id: str) -> bool:
        """Whether the open folder holds the message with that id."""
        quoted = message_id.replace("\\", "").replace('"', "")
        return bool(self._search(f'HEADER Message-ID "{quoted}"'))

    def _search(self, criteria: str) -> list[int]:
        with _said():
            status, data = self._imap.uid("SEARCH", criteria)
        if status != "OK":
            raise Unreachable(Fault.OTHER, _words(data))
        return sorted(int(each) for line in data if isinstance(line, bytes) for each in line.split())

    def fetch(self, uids: list[int]) -> Iterator[Fetched]:
        """Those messages of the open folder, a few at a time; one that is gone meanwhile is left out."""
        for start in range(0, len(uids), BATCH):
            chosen = ",".join(str(uid) for uid in uids[start : start + BATCH])
            with _said():
                status, data = self._imap.uid("FETCH", chosen, f"(UID INTERNALDATE BODY.PEEK[]<0.{LARGEST}>)")
            if status != "OK":
                raise Unreachable(Fault.OTHER, _words(data))
            yield from sorted(_fetched(data), key=lambda one: one.uid)

    def append(self, name: str, raw: bytes, at: datetime) -> None:
        """File a message in a folder, as read."""
        with _said():
            self._box.append(raw, name, dt=at, flag_set=["\\Seen"])

    def can_wait(self) -> bool:
        """Whether the server says by itself when something comes (IDLE, RFC 2177): asked once signed in."""
        with _said():
            _status, told = self._imap.capability()
        return b"IDLE" in bytes(told[0] or b"").upper().split()

    def wait(self, seconds: float) -> bool:
        """Wait in the open folder for something new; False when nothing came. Only where it can."""
        with _said():
            return bool(self._box.idle.wait(timeout=seconds))


def _fetched(data: list[object]) -> Iterator[Fetched]:
    """The parts of a FETCH answer: what describes a message may stand before its octets or after them."""
    for index, part in enumerate(data):
        if not isinstance(part, tuple):
            continue
        after = data[index + 1] if index + 1 < len(data) else b""
        said = bytes(part[0]) + (after if isinstance(after, bytes) else b"")
        uid = _UID.search(said)
        if uid:
            yield Fetched(int(uid.group(1)), _instant(said), bytes(part[1]))


def _instant(said: bytes) -> datetime:
    found = _INTERNALDATE.search(said)
    if found is None:
        return LONG_AGO
    try:
        return parsedate_to_datetime(found.group(1).decode("ascii").replace("-", " ", 2))
    except ValueError:
        return LONG_AGO


def _words(data: object) -> str:
    return str(data)[:300]


@contextmanager
def _said() -> Iterator[None]:
    """What goes wrong on the wire, as one kind of exception."""
    try:
        yield
    except (ImapToolsError, imaplib.IMAP4.error) as error:
        raise Unreachable(Fault.OTHER, str(error)) from error
    except (OSError, EOFError) as error:
        raise Unreachable(Fault.SILENT, type(error).__name__) from error


@contextmanager
def reader(server: Server, login: Login, *, timeout: float = TIMEOUT) -> Iterator[Reader]:
    """Open, encrypt, sign in; sign out at the end. Raises Unreachable, also from what is read."""
    box = _connect(server, timeout)
    try:
        _sign_in(box, login)
        yield Reader(box)
    finally:
        try:
            box.logout()
        except (ImapToolsError, imaplib.IMAP4.error, OSError):
            pass  # it hung up first


def _connect(server: Server, timeout: float) -> BaseMailBox:
    context = ssl.create_default_context()
    try:
        if server.security is Security.TLS:
            return MailBox(server.host, server.port, timeout=timeout, ssl_context=context)
        if server.security is Security.STARTTLS:
            return MailBoxStartTls(server.host, server.port, timeout=timeout, ssl_context=context)
        if not is_this_machine(server.host):
            raise Unreachable(Fault.IN_CLEAR)
        return MailBoxUnencrypted(server.host, server.port, timeout=timeout)
    except ssl.SSLError as error:
        raise Unreachable(Fault.ENCRYPTION, str(error)) from error
    except TimeoutError as error:
        raise Unreachable(Fault.SILENT) from error
    except (imaplib.IMAP4.error, socket.gaierror, OSError) as error:
        raise Unreachable(Fault.NO_SERVER, type(error).__name__) from error


def _sign_in(box: BaseMailBox, login: Login) -> None:
    try:
        if login.is_token:
            box.xoauth2(login.username, login.secret, initial_folder=None)
        else:
            box.login(login.username, login.secret, initial_folder=None)
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        raise Unreachable(Fault.SIGN_IN, str(error)) from error
    except (ImapToolsError, OSError) as error:
        raise Unreachable(Fault.OTHER, str(error)) from error
