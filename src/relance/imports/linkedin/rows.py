"""The typed rows of the export: a table in, rows out, one at a time, nothing kept."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from relance.imports.linkedin.csv_stream import Missed, Table
from relance.imports.linkedin.dates import day, message_instant
from relance.imports.linkedin.profile_url import ProfileKey, profile_key
from relance.imports.linkedin.reasons import LeftOut
from relance.imports.linkedin.text import readable

MAX_RECIPIENTS = 500
_MESSAGE_FLAGS = frozenset({"yes", "true", "oui", "1"})


class ConnectionRow(NamedTuple):
    """A connection as it is today. `connected_at` is known only in exports of 2018."""

    line: int
    first_name: str
    last_name: str
    url: str
    key: ProfileKey | None
    email: str
    company: str
    position: str
    connected_on: date
    connected_at: datetime | None


class InvitationRow(NamedTuple):
    """An invitation of the last 180 days; the keys are None where the export gives no address."""

    line: int
    outgoing: bool
    sent_at: datetime
    note: str
    inviter: ProfileKey | None
    inviter_name: str
    invitee: ProfileKey | None
    invitee_name: str


class MessageRow(NamedTuple):
    """A message, sent, received or left as a draft.

    `recipients` is None where the export has no addresses for them (until early 2023);
    `outgoing` is None where it has no direction (since 2020). `raw` is the body as written,
    `text` the readable one.
    """

    line: int
    conversation: str
    title: str
    sender: ProfileKey | None
    sender_name: str
    recipients: tuple[ProfileKey | None, ...] | None
    recipient_names: str
    at: datetime
    subject: str
    raw: str
    text: str
    folder: str
    attachments: int
    draft: bool
    outgoing: bool | None


class ContactRow(NamedTuple):
    """An entry of the owner's address book."""

    line: int
    full_name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]


def connections(table: Table, missed: Missed) -> Iterator[ConnectionRow]:
    """Read Connections.csv; a row with only a date is told as `no_identity`."""
    cell = _cells(table)
    first, last, url = cell("first name"), cell("last name"), cell("url")
    email, company, position = cell("email address"), cell("company"), cell("position")
    connected = cell("connected on")
    for line, record in _filled(table, missed):
        first_name, last_name, address = first(record).strip(), last(record).strip(), url(record).strip()
        when = day(connected(record))
        if when is None:
            missed(LeftOut.BAD_DATE, line)
            continue
        key = profile_key(address) if address else None
        if not first_name and not last_name and key is None:
            missed(LeftOut.NO_IDENTITY, line)
            continue
        yield ConnectionRow(
            line, first_name, last_name, address, key, email(record).strip(), company(record).strip(),
            position(record).strip(), *when,
        )  # fmt: skip


def invitations(table: Table, missed: Missed) -> Iterator[InvitationRow]:
    """Read Invitations.csv; the slug-less addresses of December 2023 come out as None."""
    cell = _cells(table)
    sender, receiver, sent, note = cell("from"), cell("to"), cell("sent at"), cell("message")
    direction, inviter, invitee = cell("direction"), cell("inviterprofileurl"), cell("inviteeprofileurl")
    for line, record in _filled(table, missed):
        when = message_instant(sent(record))
        way = direction(record).strip().upper()
        if when is None:
            missed(LeftOut.BAD_DATE, line)
        elif way not in {"OUTGOING", "INCOMING"}:
            missed(LeftOut.BAD_DIRECTION, line)
        else:
            yield InvitationRow(
                line, way == "OUTGOING", when, readable(note(record)), profile_key(inviter(record)),
                sender(record).strip(), profile_key(invitee(record)), receiver(record).strip(),
            )  # fmt: skip


def messages(table: Table, missed: Missed) -> Iterator[MessageRow]:
    """Read messages.csv in any of its headers; drafts and spam are rows too, and say so."""
    cell = _cells(table)
    conversation, title, folder = cell("conversation id"), cell("conversation title"), cell("folder")
    sender_name, sender, receiver = cell("from"), cell("sender profile url"), cell("to")
    recipients, date_of, subject = cell("recipient profile urls"), cell("date"), cell("subject")
    content, attached, direction = cell("content"), cell("attachments"), cell("direction")
    draft, whole_draft = cell("is message draft"), cell("is conversation draft")
    has_recipients = "recipient profile urls" in table.columns
    has_direction = "direction" in table.columns
    for line, record in _filled(table, missed):
        when = message_instant(date_of(record))
        if when is None:
            missed(LeftOut.BAD_DATE, line)
            continue
        outgoing = None
        if has_direction:
            way = direction(record).strip().upper()
            if way not in {"OUTGOING", "INCOMING"}:
                missed(LeftOut.BAD_DIRECTION, line)
                continue
            outgoing = way == "OUTGOING"
        raw, links = content(record), attached(record)
        yield MessageRow(
            line,
            conversation(record).strip(),
            title(record),
            profile_key(sender(record)),
            sender_name(record).strip(),
            _recipients(recipients(record)) if has_recipients else None,
            receiver(record).strip(),
            when,
            subject(record).strip(),
            raw,
            readable(raw),
            folder(record).strip().upper(),
            links.count(",") + 1 if links.strip() else 0,
            _yes(draft(record)) or _yes(whole_draft(record)),
            outgoing,
        )


def contacts(table: Table, missed: Missed) -> Iterator[ContactRow]:
    """Read the address book; entries without a name or an address are passed over in silence."""
    cell = _cells(table)
    name, emails, phones = cell("fullname"), cell("emails"), cell("phonenumbers")
    for line, record in _filled(table, missed):
        row = ContactRow(line, name(record).strip(), _several(emails(record)), _several(phones(record)))
        if row.full_name and (row.emails or row.phones):
            yield row


def first_values(table: Table, missed: Missed, *names: str) -> list[tuple[str, ...]]:
    """Return the named cells of the first hundred records (Profile, Email Addresses, Ad_Targeting)."""
    cell = _cells(table)
    readers = [cell(name) for name in names]
    return [
        tuple(read(record).strip() for read in readers) for _, record in islice(_filled(table, missed), 100)
    ]


def _cells(table: Table) -> Callable[[str], Callable[[list[str]], str]]:
    def reader(name: str) -> Callable[[list[str]], str]:
        place = table.columns.get(name)
        if place is None:
            return lambda record: ""
        return lambda record: record[place] if place < len(record) else ""

    return reader


def _filled(table: Table, missed: Missed) -> Iterator[tuple[int, list[str]]]:
    """Pass over blank lines; tell a record too short to hold its columns (trailing ones may lack)."""
    least = max(2, len(table.columns) // 2)
    for line, record in table.records:
        if len(record) >= least or (len(record) == 1 == len(table.columns)):
            if any(record):
                yield line, record
            else:
                missed(LeftOut.EMPTY_RECORD, line)
        elif any(each.strip() for each in record):
            missed(LeftOut.TOO_FEW_COLUMNS, line)


def _recipients(urls: str) -> tuple[ProfileKey | None, ...]:
    if not urls:
        return ()
    if "," not in urls:
        return (profile_key(urls),)
    return tuple(profile_key(url) for url in urls.split(",", MAX_RECIPIENTS)[:MAX_RECIPIENTS])


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part for each in cell.replace(";", ",").split(",") if (part := each.strip()))


def _yes(cell: str) -> bool:
    return bool(cell) and cell.strip().lower() in _MESSAGE_FLAGS
