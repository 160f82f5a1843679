"""A desk, its mailbox on real servers, and a correspondent who answers by real mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import pytest

from relance.mail.reading import reader
from tests.mail_servers import PASSWORD, Box, Post, header, imap, post


@dataclass
class Desk:
    """The mailbox with its servers, and a clock that the test moves."""

    member: Any
    mailbox: Any
    post: Post
    box: Box
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def work(self, *, minutes: float = 0) -> None:
        """Some minutes pass, then the worker does its rounds: the mailbox is read, what is due leaves."""
        from relance.method.answers.jobs import read_what_is_due
        from relance.method.delivery.departures import send_what_is_due
        from relance.method.delivery.models import Mailbox

        self.now += timedelta(minutes=minutes)
        Mailbox.objects.update(next_read_at=None)
        read_what_is_due(clock=self)
        send_what_is_due(clock=self)
        self.mailbox.refresh_from_db()

    def arrives(self, raw: bytes, folder: str = "INBOX") -> None:
        with reader(self.box.server, self.box.login) as inside:
            inside.append(folder, raw, self.now)

    def answer(
        self,
        to: bytes,
        text: str,
        *,
        sender: str = "Inès Aubrac <ines-aubrac@exemple.example>",
        **headers: str,
    ) -> None:
        """An answer as a mail program writes it: to Reply-To, in the thread, with the quote below."""
        message = EmailMessage()
        message["From"] = sender
        message["To"] = header(to, "Reply-To") or header(to, "From")
        message["Subject"] = "Re: " + header(to, "Subject")
        message["Date"] = format_datetime(self.now)
        message["Message-ID"] = f"<answer-{abs(hash((text, self.now, sender)))}@exemple.example>"
        message["In-Reply-To"] = header(to, "Message-ID")
        message["References"] = " ".join([header(to, "References"), header(to, "Message-ID")]).strip()
        for name, value in headers.items():
            del message[name.replace("_", "-")]
            if value:
                message[name.replace("_", "-")] = value
        message.set_content(
            f"{text}\n\nLe mar. 10 mars 2026 à 09:31, Maud Keravel a écrit :\n> Bonjour Inès\n"
        )
        self.arrives(message.as_bytes())


@pytest.fixture
def wire(member: Any, now: datetime) -> Iterator[Desk]:
    from relance.accounts import vault
    from relance.method.delivery.models import Mailbox

    with post() as out, imap() as box:
        mailbox = Mailbox.objects.create(
            organisation=member.organisation, member=member, address="maud@ormel.example",
            sender_name="Maud Keravel", username="maud", secret=vault.lock(PASSWORD),
            smtp_host="127.0.0.1", smtp_port=out.port, smtp_security="none",
            imap_host="127.0.0.1", imap_port=box.port, imap_security="none",
            connected_at=now, takes_plus=True, files_sent=False, spacing=0,
        )  # fmt: skip
        desk = Desk(member, mailbox, out, box, now)
        desk.work()
        yield desk
