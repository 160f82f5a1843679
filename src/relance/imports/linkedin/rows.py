"""The typed rows of the export: a table in, rows out, one at a time, nothing kept."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from relance.imports.linkedin.csv_stream import Missed, Table
from relance.imports.linkedin.dates import EARLIEST, day, message_instant
from relance.imports.linkedin.profile_url import ProfileKey, profile_key
from relance.imports.linkedin.reasons import LeftOut
from relance.imports.linkedin.text import readable

MAX_RECIPIENTS = 500
_WAYS = {"OUTGOING": True, "INCOMING": False}
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


def connections(table: Table, missed: Missed, latest: datetime) -> Iterator[ConnectionRow]:
    """Read Connections.csv; a row with only a date is told as `no_identity`."""
    first_day, last_day = EARLIEST.date(), latest.date()
    pick = _picker(
        table, "first name", "last name", "url", "email address", "company", "position", "connected on"
    )
    for line, record in _filled(table, missed):
        first_name, last_name, url, email, company, position, connected = map(str.strip, pick(record))
        when = day(connected)
        if when is None or not first_day <= when[0] <= last_day:
            missed(LeftOut.BAD_DATE, line)
            continue
        key = profile_key(url) if url else None
        if not first_name and not last_name and key is None:
            missed(LeftOut.NO_IDENTITY, line)
            continue
        yield ConnectionRow(line, first_name, last_name, url, key, email, company, position, *when)


def invitations(table: Table, missed: Missed, latest: datetime) -> Iterator[InvitationRow]:
    """Read Invitations.csv; the slug-less addresses of December 2023 come out as None."""
    pick = _picker(
        table, "from", "to", "sent at", "message", "direction", "inviterprofileurl", "inviteeprofileurl"
    )
    for line, record in _filled(table, missed):
        sender, receiver, sent, note, direction, inviter, invitee = pick(record)
        when = message_instant(sent)
        way = direction.strip().upper()
        if when is None or not EARLIEST <= when <= latest:
            missed(LeftOut.BAD_DATE, line)
        elif way not in _WAYS:
            missed(LeftOut.BAD_DIRECTION, line)
        else:
            yield InvitationRow(
                line, _WAYS[way], when, readable(note), profile_key(inviter), sender.strip(),
                profile_key(invitee), receiver.strip(),
            )  # fmt: skip


_MESSAGE_COLUMNS = (
    "conversation id", "conversation title", "from", "sender profile url", "to", "recipient profile urls",
    "date", "subject", "content", "folder", "attachments", "direction", "is message draft",
    "is conversation draft",
)  # fmt: skip


def messages(table: Table, missed: Missed, latest: datetime) -> Iterator[MessageRow]:
    """Read messages.csv in any of its headers; drafts and spam are rows too, and say so."""
    pick = _picker(table, *_MESSAGE_COLUMNS)
    has_recipients = "recipient profile urls" in table.columns
    has_direction = "direction" in table.columns
    for line, record in _filled(table, missed):
        (
            conversation, title, sender_name, sender, receiver, recipients, date, subject, raw, folder, links,
            direction, draft, whole_draft,
        ) = pick(record)  # fmt: skip
        when = message_instant(date)
        way = direction.strip().upper() if has_direction else ""
        if when is None or not EARLIEST <= when <= latest:
            missed(LeftOut.BAD_DATE, line)
            continue
        if has_direction and way not in _WAYS:
            missed(LeftOut.BAD_DIRECTION, line)
            continue
        yield MessageRow(
            line,
            conversation.strip(),
            title,
            profile_key(sender),
            sender_name.strip(),
            _recipients(recipients) if has_recipients else None,
            receiver.strip(),
            when,
            subject.strip(),
            raw,
            readable(raw),
            folder.strip().upper(),
            links.count(",") + 1 if links.strip() else 0,
            _yes(draft) or _yes(whole_draft),
            _WAYS.get(way),
        )


def contacts(table: Table, missed: Missed) -> Iterator[ContactRow]:
    """Read the address book; entries without a name or an address are passed over in silence."""
    pick = _picker(table, "fullname", "emails", "phonenumbers")
    for line, record in _filled(table, missed):
        name, emails, phones = pick(record)
        row = ContactRow(line, name.strip(), _several(emails), _several(phones))
        if row.full_name and (row.emails or row.phones):
            yield row


def first_values(table: Table, missed: Missed, *names: str) -> list[tuple[str, ...]]:
    """Return the named cells of the first hundred records (Profile, Email Addresses, Ad_Targeting)."""
    pick = _picker(table, *names)
    return [tuple(map(str.strip, pick(record))) for _, record in islice(_filled(table, missed), 100)]


def _picker(table: Table, *names: str) -> Callable[[list[str]], tuple[str, ...]]:
    """Return what takes the named cells from a record, empty where it has no such column."""
    width = max(table.columns.values()) + 1
    places = [table.columns.get(name, width) for name in names]
    chosen = itemgetter(*places)

    def pick(record: list[str]) -> tuple[str, ...]:
        if len(record) == width:
            padded = [*record, ""]
        else:
            padded = record[:width] + [""] * (width + 1 - min(len(record), width))
        return chosen(padded) if len(places) > 1 else (padded[places[0]],)

    return pick


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
