"""One mail of a mailbox: whose it is, and the fact it makes. Pure: octets in, values out."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from relance.cadence.words import Channel
from relance.cadence.words import Kind as FactKind
from relance.imports.area_words import Fact
from relance.imports.mailbox.reasons import MailLeftOut
from relance.mail.addresses import BadAddress, on_the_wire
from relance.mail.incoming import Incoming, Kind, classify, rulebook
from relance.mail.incoming.fields import addresses
from relance.mail.incoming.mime import opened

MOST_RECIPIENTS = 3
TEXT_KEPT = 20_000
AHEAD = timedelta(minutes=10)
_ADDRESS = re.compile(r"[^\s@<>\"(),;:\[\]\\\x00-\x1f]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
ABOUT_THEM = frozenset({Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT, Kind.DELAY, Kind.CHALLENGE})


@dataclass(frozen=True, slots=True)
class Ours:
    """The addresses of the owner and the firm, in lower case, and the domains that are the firm's own."""

    addresses: frozenset[str]
    domains: frozenset[str]

    def holds(self, address: str) -> bool:
        local, _, domain = address.rpartition("@")
        return (
            address in self.addresses
            or f"{local.partition('+')[0]}@{domain}" in self.addresses
            or any(domain == each or domain.endswith(f".{each}") for each in self.domains)
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail understood; `to` are the (name, address) pairs of To and Cc, each address once."""

    mail: Incoming
    message_id: str
    at: datetime
    to: tuple[tuple[str, str], ...]


def letter_of(raw: bytes, taken_in_at: datetime, *, now: datetime) -> Letter:
    """Read a mail. It is dated by its own header, which no server may contradict by being earlier."""
    mail = classify(raw)
    end = _HEAD_END.search(raw, 0, 400_000)
    headers = opened(raw[: end.start() if end else 400_000] + b"\n\n").headers
    named: dict[str, str] = {}
    for name, address in addresses([*headers.all("to"), *headers.all("cc")]):
        named.setdefault(in_one_form(address) or address, name)
    # As the live reading names a mail without an id.
    message_id = mail.message_id or f"<{hashlib.sha256(raw).hexdigest()[:40]}@no-id.invalid>"
    at = mail.sent_at
    if at is None or at > taken_in_at + AHEAD:
        at = taken_in_at
    return Letter(mail, message_id, min(at, now), tuple((name, each) for each, name in named.items()))


def sent_to(letter: Letter, ours: Ours) -> tuple[str, str] | MailLeftOut:
    """The one person a sent mail is to, as (name, address); else why it is nobody's."""
    if letter.mail.kind is Kind.AUTO_REPLY:
        return MailLeftOut.MACHINE
    if not letter.to:
        return MailLeftOut.NO_ADDRESS
    if len(letter.to) > MOST_RECIPIENTS:
        return MailLeftOut.SEVERAL
    theirs = [pair for pair in letter.to if not ours.holds(pair[1])]
    people = [pair for pair in theirs if not is_robot(pair[1]) and in_one_form(pair[1])]
    if not people:
        return MailLeftOut.MACHINE if theirs else MailLeftOut.AMONG_US
    return people[0] if len(people) == 1 else MailLeftOut.SEVERAL


def why_not(letter: Letter, ours: Ours) -> MailLeftOut | None:
    """Why a mail that came is of no use; None when it is somebody's."""
    mail = letter.mail
    if mail.kind in ABOUT_THEM:
        return None
    if mail.why == "unreadable":
        return MailLeftOut.UNREADABLE
    if mail.kind is Kind.LIST_OR_NOTIFICATION:
        return MailLeftOut.MACHINE
    if not in_one_form(mail.sender):
        return MailLeftOut.NO_ADDRESS
    if ours.holds(mail.sender):
        return MailLeftOut.AMONG_US
    if mail.kind is Kind.HUMAN and len(letter.to) > MOST_RECIPIENTS:
        return MailLeftOut.SEVERAL
    return None


def in_one_form(address: str) -> str:
    """An address as the desk keeps it; empty for what is none."""
    address = unicodedata.normalize("NFC", address).lower()
    if len(address) > 254 or not _ADDRESS.fullmatch(address):
        return ""
    try:
        on_the_wire(address)
    except BadAddress:
        return ""
    return address


def is_robot(address: str) -> bool:
    """Whether nobody reads what is sent to an address."""
    robots = rulebook.pattern("automatic", "notices", "robots")
    return bool(robots.search(address.partition("@")[0].lower()))


def key_of(message_id: str) -> bytes:
    """The key of a mail's fact: the same that the live reading gives it (`KEY_PREFIX` before its digits)."""
    return hashlib.sha256(message_id.encode()).digest()[:28]


KEY_PREFIX = "mail:"


def fact_sent(person: int, letter: Letter) -> Fact:
    return _fact(person, letter, FactKind.MESSAGE_SENT, words=True)


def fact_come(person: int, letter: Letter) -> Fact | None:
    """The fact that a mail which came is, as METHOD names it; None for what says nothing."""
    mail = letter.mail
    hard = mail.kind is Kind.BOUNCE_HARD or mail.left_company
    if mail.kind is Kind.HUMAN:
        return _fact(person, letter, FactKind.REPLY, words=True)
    if mail.kind in {Kind.UNSUBSCRIBE, Kind.COMPLAINT}:
        return _fact(person, letter, FactKind.OPT_OUT, words=True)
    if mail.kind is Kind.AUTO_REPLY and mail.away and not mail.left_company:
        return _fact(person, letter, FactKind.AUTO_REPLY, words=True, returns_on=mail.return_date)
    if hard or mail.kind in {Kind.BOUNCE_SOFT, Kind.CHALLENGE}:
        return _fact(person, letter, FactKind.BOUNCE, hard=hard)
    return None


def _fact(
    person: int,
    letter: Letter,
    kind: FactKind,
    *,
    words: bool = False,
    hard: bool = False,
    returns_on: date | None = None,
) -> Fact:
    mail = letter.mail
    return Fact(
        person,
        letter.at,
        kind,
        key_of(letter.message_id if kind is FactKind.MESSAGE_SENT else letter.message_id[:255]),
        channel=Channel.EMAIL,
        subject=storable(mail.subject)[:300] if words else "",
        text=storable(mail.reply_text)[:TEXT_KEPT] if words else "",
        hard=hard,
        returns_on=returns_on,
    )


def storable(text: str) -> str:
    """Without what no database takes."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
