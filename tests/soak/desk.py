"""A desk whose outbox is full, its mailbox on real servers, and people who answer, written to or not."""

import random
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from queue import Empty, SimpleQueue
from typing import Any

from relance.cadence.words import Channel
from relance.mail.reading import reader
from relance.method.delivery.models import Mailbox
from relance.method.delivery.outbox import UNDO_FOR, queue
from relance.method.outreach.permits import permit
from tests.mail_servers import PASSWORD, Box, Kept, Post, header
from tests.people import written_to
from tests.soak.clock import BEGINS, Clock

BURST = 20
SLOW_IN, SLOW = 4, 0.1
"""One message in so many is answered late, by so many seconds of ours: it has left, and the worker does not know."""
ONE_IN = 8
"""The provider files one message in so many among those sent: what was cut short is sure of some alone."""


def fill(member: Any, port: int, box: Box, messages: int, over: timedelta) -> Mailbox:
    """Queue as many messages, due in bursts within that time of the soak's clock."""
    from relance.accounts import vault

    with reader(box.server, box.login) as inside:
        inside._box.folder.create("Sent")

    mailbox = Mailbox.objects.create(
        organisation=member.organisation, member=member, address="maud@ormel.example",
        sender_name="Maud Keravel", username="maud", secret=vault.lock(PASSWORD),
        smtp_host="127.0.0.1", smtp_port=port, smtp_security="none",
        imap_host="127.0.0.1", imap_port=box.port, imap_security="none",
        connected_at=BEGINS, takes_plus=True, files_sent=True, spacing=0, daily_cap=30_000,
    )  # fmt: skip
    for number in range(messages):
        now = BEGINS - UNDO_FOR + over * (number // BURST * BURST / messages)
        name = f"Personne {number}"
        outreach = written_to(member, now, name)
        taken = permit(
            outreach=outreach, member=member, channel=Channel.EMAIL, text=f"Un point nouveau, {name} ?",
            subject="Lead back-end", now=now,
        )  # fmt: skip
        queue(permit=taken, mailbox=mailbox, now=now, at_once=True)
    return mailbox


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that was somewhere at an instant of the soak's clock: there for whoever looked from then on."""

    message_id: str
    address: str
    at: datetime


@dataclass
class World:
    """What lies outside the desk: the provider, which takes and files, and the people, who answer."""

    out: Post
    box: Box
    clock: Clock
    taken: list[Arrival] = field(default_factory=list)
    answers: list[Arrival] = field(default_factory=list)
    filed: list[str] = field(default_factory=list)
    strike: Callable[[], None] = lambda: None
    """What happens at the instant at which the server has a message and did not say so yet."""
    _to_file: SimpleQueue[Kept] = field(default_factory=SimpleQueue)

    def take(self, kept: Kept) -> None:
        self.taken.append(Arrival(header(kept.raw, "Message-ID"), kept.recipients[0], self.clock()))
        self.strike()
        if len(self.taken) % ONE_IN == 0:
            self._to_file.put(kept)
        if len(self.taken) % SLOW_IN == 0:
            time.sleep(SLOW)

    def struck_by(self, nursery: subprocess.Popen[bytes], share: float) -> None:
        """From now on a worker is killed at that share of the messages that are taken."""

        def strike() -> None:
            if random.random() < share and nursery.stdin is not None:
                nursery.stdin.write(b"!")

        self.strike = strike

    def answer(self, addresses: Sequence[str]) -> None:
        """These people answer, one after another, in their thread where they have read of us."""
        with reader(self.box.server, self.box.login) as inside:
            for address in addresses:
                self._answer(inside, address)

    def _answer(self, inside: Any, address: str) -> None:
        ours = next((one.message_id for one in list(self.taken) if one.address == address), "")
        message_id = f"<answer-{len(self.answers)}@exemple.example>"
        inside.append("INBOX", _letter(address, message_id, ours, self.clock()), self.clock())
        self.answers.append(Arrival(message_id, address, self.clock()))

    def live(self, addresses: Sequence[str], every: float, stopped: threading.Event) -> None:
        """Answer at that pace (in seconds of ours), and file what the provider files, until told to stop."""
        waiting: Iterator[str] = iter(addresses)
        due = time.monotonic()
        with reader(self.box.server, self.box.login) as inside:
            while not stopped.is_set() or not self._to_file.empty():
                self._file(inside)
                address = next(waiting, None) if time.monotonic() >= due else None
                if address is not None:
                    due = time.monotonic() + every
                    self._answer(inside, address)

    def _file(self, inside: Any) -> None:
        try:
            kept = self._to_file.get(timeout=0.02)
        except Empty:
            return
        inside.append("Sent", kept.raw, self.clock())
        self.filed.append(header(kept.raw, "Message-ID"))


def _letter(address: str, message_id: str, in_reply_to: str, now: datetime) -> bytes:
    message = EmailMessage()
    message["From"] = address
    message["To"] = "maud@ormel.example"
    message["Subject"] = "Re: Lead back-end"
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    if in_reply_to:
        message["In-Reply-To"] = message["References"] = in_reply_to
    message.set_content("Bonjour Maud, merci, parlons-en jeudi si vous voulez.\n")
    return message.as_bytes()
