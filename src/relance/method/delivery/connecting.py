"""Connecting a mailbox: a message really sent to oneself, read back, and what that teaches."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from relance.accounts import vault
from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.mail.addresses import BadAddress
from relance.mail.compose import Letter, compose
from relance.mail.domains import Records, records_of
from relance.mail.oauth import Tokens
from relance.mail.reading import Reader, reader
from relance.mail.sending import Fault, Login, Server, Told, Unreachable, carrier
from relance.mail.threads import new_message_id, new_token, plus_address
from relance.method.delivery.logins import imap_of, locked, smtp_of
from relance.method.delivery.models import Leaving, Mailbox, Outgoing, Problem, SignIn
from relance.method.delivery.outbox import TooLate, cancel

COMES_BACK_WITHIN = 25.0
"""Seconds: longer than a provider takes, shorter than a page may."""
LOOKS_EVERY = 0.7


class Connected(Exception):
    """That address is connected already at this desk."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: an address, its servers, how to sign in."""

    address: str
    sender_name: str
    imap: Server
    smtp: Server
    login: Login
    sign_in: SignIn = SignIn.PASSWORD


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried: `fault` is None where it went well; `words` are the server's own."""

    code: str
    fault: Fault | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What the trial found, step by step. `seconds` is how long the message took to come back."""

    steps: tuple[Step, ...]
    files_sent: bool | None = None
    takes_plus: bool | None = None
    seconds: float | None = None
    records: Records | None = None

    @property
    def works(self) -> bool:
        return all(step.fault is None for step in self.steps)


def try_out(
    asked: Asked,
    *,
    subject: str,
    text: str,
    clock: Callable[[], datetime],
    within_seconds: float = COMES_BACK_WITHIN,
) -> Trial:
    """Sign in on both sides, send a message to oneself, and read it back. Changes nothing of ours. Raises nothing.

    It goes to the address with a token first, and to the bare one where that does not come back: so it is
    known whether answers can bear a token.
    """
    run = _Run(asked, subject, text, clock, within_seconds)
    try:
        with reader(asked.imap, asked.login) as box:
            run.steps.append(Step("enter"))
            return run.through(box)
    except Unreachable as fault:
        return run.failed("return" if run.steps else "enter", fault.fault, fault.words)


class _Run:
    """One trial on its way."""

    def __init__(
        self, asked: Asked, subject: str, text: str, clock: Callable[[], datetime], within_seconds: float
    ) -> None:
        self.asked, self.subject, self.text, self.clock = asked, subject, text, clock
        self.within = within_seconds
        self.steps: list[Step] = []

    def failed(self, code: str, fault: Fault, words: str = "") -> Trial:
        return Trial((*self.steps, Step(code, fault, words)))

    def through(self, box: Reader) -> Trial:
        sent_name = box.sent_folder()
        began = self.clock()
        with_token = plus_address(self.asked.address, new_token())
        message_id, takes_plus = "", False
        for to, patience in ((with_token, self.within / 3), (self.asked.address, self.within)):
            message_id = new_message_id(self.asked.address)
            problem = self._send(message_id, to)
            if problem is not None and to == self.asked.address:
                return Trial((*self.steps, problem))
            if problem is None and self._came_back(box, message_id, patience):
                takes_plus = to == with_token
                break
        else:
            return self.failed("return", Fault.SILENT)
        seconds = (self.clock() - began).total_seconds()
        self.steps += [Step("send"), Step("return")]
        domain = self.asked.address.rpartition("@")[2]
        return Trial(
            tuple(self.steps),
            self._filed(box, sent_name, message_id),
            takes_plus,
            seconds,
            records_of(domain),
        )

    def _send(self, message_id: str, to: str) -> Step | None:
        asked = self.asked
        try:
            raw = _letter(asked, message_id, to, self.subject, self.text, self.clock())
            with carrier(asked.smtp, asked.login) as open_carrier:
                outcome = open_carrier.send(asked.address, to, raw)
        except Unreachable as fault:
            return Step("send", fault.fault, fault.words)
        except BadAddress:
            return Step("send", Fault.OTHER)
        return None if outcome.told is Told.SENT else Step("send", Fault.OTHER, outcome.words)

    def _came_back(self, box: Reader, message_id: str, patience: float) -> bool:
        for _look in range(max(1, round(patience / LOOKS_EVERY))):
            box.open("INBOX")
            if box.has(message_id):
                return True
            time.sleep(LOOKS_EVERY)
        return False

    def _filed(self, box: Reader, sent_name: str, message_id: str) -> bool | None:
        if not sent_name:
            return None
        box.open(sent_name)
        return box.has(message_id)


def _letter(asked: Asked, message_id: str, to: str, subject: str, text: str, at: datetime) -> bytes:
    return compose(
        Letter(
            sender_name=asked.sender_name, sender=asked.address, to_name=asked.sender_name, to=to, subject=subject,
            text=text, message_id=message_id, sent_at=at,
        )
    )  # fmt: skip


def connect(
    *, member: Membership, asked: Asked, trial: Trial, now: datetime, tokens: Tokens | None = None
) -> Mailbox:
    """Keep a mailbox that was tried out; its secret is locked in the vault. Raises Connected."""
    held = locked(tokens) if tokens else {"secret": vault.lock(asked.login.secret)}
    try:
        with transaction.atomic():
            return Mailbox.objects.create(
                organisation_id=member.organisation_id,
                member=member,
                address=asked.address,
                sender_name=asked.sender_name,
                sign_in=asked.sign_in,
                username=asked.login.username,
                smtp_host=asked.smtp.host,
                smtp_port=asked.smtp.port,
                smtp_security=asked.smtp.security,
                imap_host=asked.imap.host,
                imap_port=asked.imap.port,
                imap_security=asked.imap.security,
                files_sent=trial.files_sent,
                takes_plus=trial.takes_plus,
                records=asdict(trial.records) if trial.records else {},
                tried_at=now,
                connected_at=now,
                **held,
            )
    except IntegrityError as error:
        raise Connected from error


def access_mailbox(member: Membership, pk: int) -> Mailbox:
    """A connected mailbox of the member's own. Raises Mailbox.DoesNotExist."""
    rows = within(Mailbox.objects.select_related("organisation"), member)
    return rows.get(pk=pk, member=member, disconnected_at=None)


def asked_of(mailbox: Mailbox, login: Login) -> Asked:
    """What a connected mailbox is tried out with."""
    return Asked(
        mailbox.address,
        mailbox.sender_name,
        imap_of(mailbox),
        smtp_of(mailbox),
        login,
        SignIn(mailbox.sign_in),
    )


def keep_trial(
    *, mailbox: Mailbox, trial: Trial, now: datetime, secret: str = "", tokens: Tokens | None = None
) -> None:
    """Keep what a trial of a connected mailbox found, and the password or leave it was tried with if that is another.

    Where it works, the mailbox is read and sends again at once.
    """
    values: dict[str, object] = {"tried_at": now}
    if trial.works:
        values |= {
            "files_sent": trial.files_sent, "takes_plus": trial.takes_plus, "fault": "", "fault_words": "",
            "fault_at": None, "next_read_at": None, "next_send_at": None,
            "records": asdict(trial.records) if trial.records else {},
        }  # fmt: skip
        if secret:
            values["secret"] = vault.lock(secret)
        if tokens:
            values |= locked(tokens)
    elif not secret and not tokens:
        last = trial.steps[-1]
        values |= {"fault": last.fault or Fault.OTHER, "fault_words": last.words[:300], "fault_at": now}
    Mailbox.objects.filter(pk=mailbox.pk).update(**values)


def change_pace(*, mailbox: Mailbox, daily_cap: int, spacing: int, sender_name: str) -> None:
    """Say how many leave a day, how many seconds apart, and under which name."""
    mailbox.daily_cap, mailbox.spacing, mailbox.sender_name = daily_cap, spacing, sender_name[:120]
    mailbox.save(update_fields=["daily_cap", "spacing", "sender_name"])


def disconnect(*, mailbox: Mailbox, now: datetime) -> int:
    """Forget the secret, and take back what was still to leave. Returns how many messages that was."""
    Mailbox.objects.filter(pk=mailbox.pk).update(
        secret="", access="", access_until=None, disconnected_at=now, next_read_at=None
    )
    count = 0
    for outgoing in Outgoing.objects.filter(mailbox=mailbox, state=Leaving.READY).order_by("pk")[:1000]:
        try:
            cancel(outgoing=outgoing, now=now)
        except TooLate:
            continue
        Outgoing.objects.filter(pk=outgoing.pk).update(problem=Problem.DISCONNECTED)
        count += 1
    return count
