"""Rows of the export into the scratch file, in batches, as they are read."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice

from relance.cadence.words import Channel
from relance.imports.area_words import KeyKind
from relance.imports.linkedin.csv_stream import Missed
from relance.imports.linkedin.profile_url import ProfileKey
from relance.imports.linkedin.reasons import LeftOut
from relance.imports.linkedin.rows import ConnectionRow, ContactRow, InvitationRow, MessageRow
from relance.imports.linkedin.text import fingerprint, is_advertisement
from relance.imports.names import is_hidden, name_key

BATCH = 1_000
BUCKET = "/bucket/"
Values = tuple[str | int | bytes | None, ...]


def token(key: ProfileKey | None) -> str | None:
    """Return how a profile key is written in the staging tables."""
    if key is None:
        return None
    return key.value if key.kind is KeyKind.LINKEDIN_SLUG else f"/member/{key.value}"


class Staging:
    """Fills the staging tables; `rows` counts what was read, over all files."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.rows = 0

    def _insert(self, into: str, marks: int, rows: Iterable[Values]) -> None:
        statement = f"INSERT OR IGNORE INTO {into} VALUES ({','.join('?' * marks)})"  # noqa: S608
        source = iter(rows)
        while batch := list(islice(source, BATCH)):
            self._database.executemany(statement, batch)

    def take_over(self, schema: str) -> None:
        """Copy what another reading staged of the connections and invitations, of which nothing is here."""
        for name in ("li_connection", "li_invitation"):
            self._database.execute(f"INSERT INTO main.{name} SELECT * FROM {schema}.{name}")  # noqa: S608

    def connections(self, rows: Iterator[ConnectionRow], missed: Missed) -> None:
        self._insert("li_connection", 12, self._connections(rows, missed))

    def _connections(self, rows: Iterator[ConnectionRow], missed: Missed) -> Iterator[Values]:
        for row in rows:
            self.rows += 1
            key = name_key(row.first_name, row.last_name)
            if row.key is None and is_hidden(key):
                missed(LeftOut.HIDDEN_PERSON, row.line)
                continue
            if row.key is None and row.url and "/in" not in row.url:
                missed(LeftOut.NOT_A_PERSON, row.line)
                continue
            full_name = " ".join(f"{row.first_name} {row.last_name}".split())
            at = int(row.connected_at.timestamp()) if row.connected_at else None
            yield (
                self.rows, token(row.key), row.first_name, row.last_name, full_name, key, row.url, row.email,
                row.company, row.position, row.connected_on.isoformat(), at,
            )  # fmt: skip

    def invitations(self, rows: Iterator[InvitationRow], missed: Missed) -> None:
        self._insert("li_invitation", 10, self._invitations(rows, missed))

    def _invitations(self, rows: Iterator[InvitationRow], missed: Missed) -> Iterator[Values]:
        for row in rows:
            self.rows += 1
            peer, peer_name = (
                (row.invitee, row.invitee_name) if row.outgoing else (row.inviter, row.inviter_name)
            )
            owner, owner_name = (
                (row.inviter, row.inviter_name) if row.outgoing else (row.invitee, row.invitee_name)
            )
            key = name_key(peer_name)
            if peer is None and (not key or is_hidden(key)):
                missed(LeftOut.HIDDEN_PERSON, row.line)
                continue
            note = row.note or None
            yield (
                self.rows, row.outgoing, int(row.sent_at.timestamp()), note,
                fingerprint(note) if note else None, token(peer), " ".join(peer_name.split()), key,
                token(owner), name_key(owner_name),
            )  # fmt: skip

    def messages(self, rows: Iterator[MessageRow], missed: Missed) -> None:
        """Keep the messages that were sent; set drafts, spam and advertisements aside."""
        seen: set[str] = set()
        current = ""
        batch: list[Values] = []
        present: list[Values] = []
        for row in rows:
            self.rows += 1
            if self._set_aside(row, missed):
                continue
            conversation = row.conversation or _bucket(row)
            if conversation != current:
                current = conversation
                seen.clear()
            tokens = [token(row.sender), *[token(each) for each in row.recipients or ()]]
            for each in tokens:
                if each is not None and each not in seen:
                    seen.add(each)
                    present.append((conversation, each))
            if len(tokens) > 2:
                self._insert("li_group", 1, [(conversation,)])
            batch.append(self._message(row, conversation, tokens))
            if len(batch) >= BATCH:
                self._insert("li_message", 15, batch)
                self._insert("li_participant", 2, present)
                batch, present = [], []
        self._insert("li_message", 15, batch)
        self._insert("li_participant", 2, present)

    def _set_aside(self, row: MessageRow, missed: Missed) -> bool:
        """Tell and remember a message that is not one: draft, spam, advertisement."""
        if row.draft:
            missed(LeftOut.DRAFT, row.line)
            if row.recipients and len(row.recipients) == 1 and row.recipients[0]:
                self._insert("li_draft", 1, [(token(row.recipients[0]),)])
            return True
        if row.folder == "SPAM":
            missed(LeftOut.SPAM, row.line)
            return True
        if row.sender is None and not row.outgoing and is_advertisement(row.raw, row.title):
            missed(LeftOut.SPONSORED, row.line)
            if row.conversation:
                self._insert("li_sponsored", 1, [(row.conversation,)])
            return True
        return False

    def _message(self, row: MessageRow, conversation: str, tokens: list[str | None]) -> Values:
        """The row to stage; `tokens` are its sender's and its recipients'."""
        addressed = len(tokens) > 1 and tokens[1] is not None
        return (
            self.rows,
            conversation,
            row.outgoing,
            tokens[0],
            row.sender_name,
            name_key(row.sender_name),
            tokens[1] if len(tokens) == 2 else None,
            len(tokens) - 1 if addressed else None,
            row.recipient_names,
            name_key(row.recipient_names),
            int(row.at.timestamp()),
            row.attachments,
            fingerprint(row.text),
            row.subject,
            row.text,
        )

    def contacts(self, rows: Iterator[ContactRow], missed: Missed) -> None:
        def values() -> Iterator[Values]:
            for row in rows:
                self.rows += 1
                key = name_key(row.full_name)
                for email in row.emails:
                    yield key, Channel.EMAIL, email.lower()
                for phone in row.phones:
                    yield key, Channel.SMS, phone

        self._insert("li_contact", 3, values())


def _bucket(row: MessageRow) -> str:
    """Return the conversation of a message that has no id: the people in it, whoever wrote."""
    if row.sender is not None and row.recipients and None not in row.recipients:
        people = {str(token(each)) for each in (row.sender, *row.recipients)}
    else:
        people = {name_key(each) for each in (*row.sender_name.split(", "), *row.recipient_names.split(", "))}
    return BUCKET + ",".join(sorted(people))
