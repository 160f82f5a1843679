"""Real mail servers on this machine: an SMTP server that keeps what it is given, an IMAP server in a process."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from relance.mail.sending import Login, Security, Server
from tests.serving import free_port

PASSWORD = "sesame-7421"


@dataclass
class Kept:
    sender: str
    recipients: list[str]
    raw: bytes


@dataclass
class Post:
    """An SMTP server. What it does with a recipient hangs on the local part: `inconnu`, `plus-tard`, `coupe`."""

    kept: list[Kept] = field(default_factory=list)
    port: int = 0
    on_message: Callable[[Kept], None] | None = None

    @property
    def server(self) -> Server:
        return Server("127.0.0.1", self.port, Security.NONE)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("inconnu"):
            return "550 5.1.1 User unknown"
        if address.startswith("plus-tard"):
            return "451 4.7.1 Greylisted, please try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        raw = content if isinstance(content, bytes) else str(content).encode()
        kept = Kept(envelope.mail_from or "", [str(each) for each in envelope.rcpt_tos], raw)
        if kept.recipients[0].startswith("refuse"):
            return "554 5.7.1 Message rejected as spam"
        self.kept.append(kept)
        if self.on_message:
            self.on_message(kept)
        if kept.recipients[0].startswith("coupe"):
            assert server.transport is not None
            server.transport.close()  # it has the message, and never says so
        return "250 2.0.0 Ok: queued"


@contextmanager
def post() -> Iterator[Post]:
    """An SMTP server until the block ends."""
    handler = Post(port=free_port())
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


@dataclass
class Box:
    """An IMAP server with one empty mailbox."""

    port: int
    user: str

    @property
    def server(self) -> Server:
        return Server("127.0.0.1", self.port, Security.NONE)

    @property
    def login(self) -> Login:
        return Login(self.user, PASSWORD)


@contextmanager
def imap(user: str = "maud") -> Iterator[Box]:
    """An IMAP server in a process of its own until the block ends."""
    port = free_port()
    command = Path(sys.executable).with_name("pymap")
    process = subprocess.Popen(
        [
            str(command), "--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service", "admin",
            "dict", "--demo-user", user, "--demo-password", PASSWORD,
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    try:
        yield Box(port, user)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=10)


def header(raw: bytes, name: str) -> str:
    """One header of a message, unfolded; empty when it is not there."""
    head = raw.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].decode("utf-8", "replace")
    found = re.search(rf"^{name}:[ \t]*(.*(?:\n[ \t].*)*)", head, re.IGNORECASE | re.MULTILINE)
    return " ".join(found.group(1).split()) if found else ""


@contextmanager
def office(user: str = "maud", *, plus: bool = True) -> Iterator[tuple[Post, Box]]:
    """A provider: what is sent to its own address (with a token, if it takes that) comes to its mailbox."""
    from relance.mail.reading import reader

    with post() as out, imap(user) as box:

        def deliver(kept: Kept) -> None:
            local = kept.recipients[0].partition("@")[0]
            if local.partition("+")[0] == user and (plus or "+" not in local):
                with reader(box.server, box.login) as inside:
                    inside.append("INBOX", kept.raw, datetime.now(UTC))

        out.on_message = deliver
        yield out, box
