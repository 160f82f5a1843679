"""From an open mailbox to a filled area, a few hundred mails at a time.

What was sent is read before what came: only then is it known who was written to, and under which of
the owner's own addresses. Where the reading stands is written in the area itself.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from relance.cadence.words import Channel
from relance.imports.area import Area
from relance.imports.area_words import Address, Fact, KeyKind, Person
from relance.imports.mailbox.letters import (
    ABOUT_THEM,
    KEY_PREFIX,
    Letter,
    Ours,
    fact_come,
    fact_sent,
    in_one_form,
    letter_of,
    sent_to,
    storable,
    why_not,
)
from relance.imports.mailbox.names import is_said, name_of
from relance.imports.mailbox.reasons import MailLeftOut, NoSentFolder
from relance.imports.names import name_key
from relance.imports.progress import Asked, Cancelled
from relance.mail.reading import Fetched, Place, Reader
from relance.mail.sending import Fault, Unreachable

SOURCE = "mailbox"
DAYS = 60
AT_ONCE = 400
"""Mails read before other work has its turn."""

FOLDERS = ("sent", "inbox", "archive")
"""An answer put away is an answer: what is archived is read too, where the mailbox shows such a folder."""

_SCHEMA = """
CREATE TABLE mail_ids (
    message_id TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL,
    key BLOB NOT NULL,
    at INTEGER NOT NULL,
    subject TEXT NOT NULL,
    from_us INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX mail_ids_of ON mail_ids (person_id);
CREATE TABLE mail_ours (address TEXT PRIMARY KEY) WITHOUT ROWID;
"""
Heard = Callable[[int, int], None]


def begin(scratch: Path, reader: Reader, *, ours: Ours, on: date) -> Area:
    """Make a new area for a mailbox, and note what there is to read. Raises Unreachable, NoSentFolder.

    `on` is the day it is read; what was written in the 60 days before it counts.
    """
    names = {"sent": reader.sent_folder(), "inbox": "INBOX", "archive": reader.archive_folder()}
    if not names["sent"]:
        raise NoSentFolder
    since = on - timedelta(days=DAYS)
    area = Area.create(scratch)
    try:
        area.database.executescript(_SCHEMA)
        area.database.executemany("INSERT INTO mail_ours VALUES (?)", [(each,) for each in ours.addresses])
        for name, value in (
            ("source", SOURCE), ("key_prefix", KEY_PREFIX), ("exported_on", on.isoformat()),
            ("since", since.isoformat()), ("domains", ",".join(sorted(ours.domains))), ("done", 0),
        ):  # fmt: skip
            area.remember(name, value)
        total = 0
        for role in FOLDERS:
            if not names[role]:
                area.remember(f"{role}_whole", 1)
                continue
            place = reader.open(names[role])
            total += len([uid for uid in reader.uids_since(since) if uid < place.uidnext])
            for name, value in (
                ("name", place.name), ("uidvalidity", place.uidvalidity), ("uidnext", place.uidnext), ("last", 0),
            ):  # fmt: skip
                area.remember(f"{role}_{name}", value)
        area.remember("total", total)
    except BaseException:
        area.wipe()
        raise
    return area


def read_on(area: Area, reader: Reader, *, now: datetime, heard: Heard, asked: Asked) -> bool:
    """Read some hundred mails more into the area; True once all are read. Raises Unreachable, Cancelled."""
    left = AT_ONCE
    reading = _Reading(area, now)
    for role in FOLDERS:
        if area.recall(f"{role}_whole"):
            continue
        place = noted(area, role)
        stands = reader.open(place.name)
        if stands.uidvalidity != place.uidvalidity:
            raise Unreachable(Fault.OTHER, "UIDVALIDITY")
        last = _number(area, f"{role}_last")
        uids = [uid for uid in reader.uids_since(reading.since) if last < uid < place.uidnext]
        for fetched in reader.fetch(uids[:left]):
            reading.take(role, fetched)
            area.remember(f"{role}_last", fetched.uid)
            heard(reading.done, _number(area, "total"))
            if asked():
                raise Cancelled
        if len(uids) > left:
            break
        left -= len(uids)
        if role == "sent":
            reading.forget_our_own()
        area.remember(f"{role}_whole", 1)
    area.remember("done", reading.done)
    return all(area.recall(f"{role}_whole") for role in FOLDERS)


def noted(area: Area, role: str) -> Place:
    """A folder as it stood when the reading began."""
    return Place(
        str(area.recall(f"{role}_name")),
        _number(area, f"{role}_uidvalidity"),
        _number(area, f"{role}_uidnext"),
    )


def _number(area: Area, name: str) -> int:
    return int(area.recall(name) or 0)


class _Reading:
    def __init__(self, area: Area, now: datetime) -> None:
        self._area = area
        self._now = now
        self.since = date.fromisoformat(str(area.recall("since")))
        self.done = _number(area, "done")
        self._ours = Ours(
            frozenset(row[0] for row in self._rows("SELECT address FROM mail_ours")),
            frozenset(filter(None, str(area.recall("domains")).split(","))),
        )

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self._area.database.execute(query, values).fetchall()

    def take(self, role: str, fetched: Fetched) -> None:
        """Take one mail, whatever it is: none stops the reading."""
        self.done += 1
        try:
            letter = letter_of(fetched.raw, fetched.taken_in_at, now=self._now)
            if letter.at.date() < self.since:
                why: MailLeftOut | None = MailLeftOut.TOO_OLD
            else:
                why = self._sent(letter) if role == "sent" else self._came(letter)
        except (ValueError, OverflowError):  # text that is none, instants out of the calendar
            why = MailLeftOut.UNREADABLE
        if why is not None and role != "archive":  # on some servers it holds all there is, once more
            self._area.leave_out(why, role)

    def _sent(self, letter: Letter) -> MailLeftOut | None:
        to = sent_to(letter, self._ours)
        if isinstance(to, MailLeftOut):
            return to
        sender = letter.mail.sender
        if sender and not self._ours.holds(sender):  # an alias of the owner's
            self._rows("INSERT OR IGNORE INTO mail_ours VALUES (?)", storable(sender))
            self._ours = Ours(self._ours.addresses | {sender}, self._ours.domains)
        person = self._person(*to)
        self._add(fact_sent(person, letter), letter, from_us=True)
        return None

    def _came(self, letter: Letter) -> MailLeftOut | None:
        why = why_not(letter, self._ours)
        if why is not None:
            return why
        mail = letter.mail
        person = self._by_thread(letter) or self._by_address(letter)
        if person is None and mail.kind == "human":
            person = self._person(mail.sender_name, in_one_form(mail.sender))
        if person is None:
            return MailLeftOut.ABOUT_NOBODY
        fact = fact_come(person, letter)
        if fact is None:
            return MailLeftOut.MACHINE
        self._add(fact, letter, from_us=False)
        if is_said(mail.sender_name):  # they write their own name best
            self._name(person, mail.sender_name, in_one_form(mail.sender))
        return None

    def _by_thread(self, letter: Letter) -> int | None:
        """Whose thread a mail is in, as the live reading looks for it: its ids before its address."""
        for each in [*letter.mail.in_reply_to, *reversed(letter.mail.references)][:40]:
            found = self._rows("SELECT person_id FROM mail_ids WHERE message_id = ?", storable(each)[:255])
            if found:
                return int(found[0][0])
        return None

    def _by_address(self, letter: Letter) -> int | None:
        mail = letter.mail
        known = mail.recipients if mail.kind in ABOUT_THEM else (mail.sender, mail.reply_to)
        for address in known:
            found = self._rows("SELECT id FROM people WHERE key = ?", storable(address))
            if found:
                return int(found[0][0])
        return None

    def _person(self, shown: str, address: str) -> int:
        address = storable(address)
        found = self._rows("SELECT id, full_name FROM people WHERE key = ?", address)
        if found:
            if is_said(shown) and found[0][1] == name_of("", address)[0]:
                self._name(int(found[0][0]), shown, address)
            return int(found[0][0])
        pk = int(self._rows("SELECT coalesce(max(id), 0) + 1 FROM people")[0][0])
        name, first = name_of(storable(shown), address)
        person = Person(
            pk, KeyKind.EMAIL, address, name, first, name_key=name_key(name),
            addresses=(Address(Channel.EMAIL, address),),
        )  # fmt: skip
        self._area.add_people([person])
        return pk

    def _name(self, pk: int, shown: str, address: str) -> None:
        name, first = name_of(storable(shown), address)
        self._rows(
            "UPDATE people SET full_name = ?, first_name = ?, name_key = ? WHERE id = ? AND key = ?",
            name, first, name_key(name), pk, address,
        )  # fmt: skip

    def _add(self, fact: Fact, letter: Letter, *, from_us: bool) -> None:
        self._area.add_facts([fact])
        self._rows(
            "INSERT OR IGNORE INTO mail_ids VALUES (?,?,?,?,?,?)",
            storable(letter.message_id)[:255], fact.person_id, fact.external_key, int(fact.at.timestamp()),
            fact.subject, from_us,
        )  # fmt: skip

    def forget_our_own(self) -> None:
        """Take out the owner's own addresses that were known as such only later."""
        ours = "SELECT id FROM people WHERE key IN (SELECT address FROM mail_ours)"
        for table in ("facts", "addresses", "mail_ids"):
            self._rows(f"DELETE FROM {table} WHERE person_id IN ({ours})")  # noqa: S608
        self._rows("DELETE FROM people WHERE key IN (SELECT address FROM mail_ours)")
