"""The rows of one person, joined: by a mail address, a profile or the source's own number for them.

A phone number joins only under the same name.
"""

import hashlib
from datetime import UTC, datetime

from relance.cadence.words import Channel, Kind
from relance.imports.area import Area
from relance.imports.area_words import Address, Fact, KeyKind, Person
from relance.imports.names import name_key
from relance.imports.tables.reasons import RowProblem
from relance.imports.tables.rows import Read, key_of

_OF_A_PERSON = ("numbers", "table_unclear", "table_opted_out", "table_put_off")
Told = list[tuple[RowProblem, int, str]]


class People:
    """The people of a table as they come, row by row. `joined` counts the rows of somebody there already."""

    def __init__(self, area: Area) -> None:
        self._area = area
        self._database = area.database
        self._last = 0
        self.joined = 0

    def take(self, read: Read) -> Told:
        """Add a row to whom it is about; returns what is to be said of it."""
        told: Told = []
        keys = _keys(read)
        same = name_key(read.name)
        found = self._found(keys)
        phones = []
        for phone in read.phones:
            owner = self._found([("phone", phone)])
            if owner and owner[0] not in found and self._name_of(owner[0]) != same:
                told.append((RowProblem.SHARED_PHONE, -1, phone))
                continue
            found += [each for each in owner if each not in found]
            phones.append(phone)
        if told and not phones and not (read.mails or read.profile):
            return [(RowProblem.SHARED_PHONE, -1, read.phones[0])]
        if found:
            self.joined += 1
            person = found[0]
            for other in found[1:]:
                self._merge(person, other)
            self._complete(person, read)
        else:
            person = self._new(read, same, phones)
        self._database.executemany(
            "INSERT OR IGNORE INTO table_keys VALUES (?,?,?)",
            [(kind, value, person) for kind, value in (*keys, *(("phone", each) for each in phones))],
        )
        self._database.executemany(
            "INSERT OR IGNORE INTO numbers VALUES (?,?)",
            [(person, value) for kind, value in keys if kind == "number"],
        )
        addresses = _addresses(read.mails, phones)
        self._database.executemany(
            "INSERT OR IGNORE INTO addresses (person_id, channel, value, certain) VALUES (?,?,?,1)",
            [(person, each.channel, each.value) for each in addresses],
        )
        self._area.add_facts(
            Fact(
                person, each.at, each.kind, key_of(each), each.order, each.channel, exact=each.exact,
                tone=each.tone,
            )
            for each in read.facts
        )  # fmt: skip
        if read.until:
            self._database.execute(
                "INSERT OR REPLACE INTO table_put_off VALUES (?, ?)", (person, int(read.until.timestamp()))
            )
        for table, holds in (("table_unclear", read.unclear), ("table_opted_out", read.opted_out)):
            if holds:
                self._database.execute(f"INSERT OR IGNORE INTO {table} VALUES (?)", (person,))  # noqa: S608
        return told

    def put_off(self) -> None:
        """Once all rows are read: a next action puts off whom something happened with, at its last fact."""
        rows = self._database.execute(
            "SELECT p.person_id, p.until, max(f.at) FROM table_put_off p JOIN facts f ON f.person_id = p.person_id"
            " GROUP BY p.person_id, p.until ORDER BY p.person_id"
        ).fetchall()
        self._area.add_facts(
            Fact(
                person, datetime.fromtimestamp(last, UTC), Kind.SNOOZED, _put_off_key(until), 9, exact=False,
                until=datetime.fromtimestamp(until, UTC),
            )
            for person, until, last in rows
        )  # fmt: skip

    def _found(self, keys: list[tuple[str, str]]) -> list[int]:
        found: list[int] = []
        for kind, value in keys:
            row = self._database.execute(
                "SELECT person_id FROM table_keys WHERE kind = ? AND value = ?", (kind, value)
            ).fetchone()
            if row and row[0] not in found:
                found.append(row[0])
        return found

    def _name_of(self, person: int) -> str:
        return str(
            self._database.execute("SELECT name_key FROM people WHERE id = ?", (person,)).fetchone()[0]
        )

    def _new(self, read: Read, same: str, phones: list[str]) -> int:
        self._last += 1
        kind, key = _key(read, phones)
        self._area.add_people([
            Person(
                self._last, kind, key, read.name, read.first, read.last, same, read.company[:200],
                read.position[:200], source_url=read.profile_url, location=read.location[:120], note=read.note,
            )
        ])  # fmt: skip
        return self._last

    def _complete(self, person: int, read: Read) -> None:
        """Fill what is blank, and put the notes together."""
        self._database.execute(
            "UPDATE people SET company = CASE company WHEN '' THEN ? ELSE company END,"
            " position = CASE position WHEN '' THEN ? ELSE position END,"
            " location = CASE location WHEN '' THEN ? ELSE location END,"
            " note = CASE WHEN ? = '' OR instr(note, ?) THEN note WHEN note = '' THEN ?"
            " ELSE substr(note || char(10) || ?, 1, 8000) END WHERE id = ?",
            (
                read.company[:200], read.position[:200], read.location[:120], read.note, read.note, read.note,
                read.note, person,
            ),
        )  # fmt: skip
        if read.profile:
            self._database.execute(
                "UPDATE OR IGNORE people SET key_kind = ?, key = ?, source_url = ?"
                " WHERE id = ? AND key_kind NOT IN (?, ?)",
                (
                    read.profile.kind, read.profile.value, read.profile_url, person, KeyKind.LINKEDIN_SLUG,
                    KeyKind.LINKEDIN_MEMBER,
                ),
            )  # fmt: skip

    def _merge(self, person: int, other: int) -> None:
        """Two rows were of one person, as a third says."""
        self._database.execute(
            "UPDATE people SET note = substr(note || char(10) ||"
            " (SELECT note FROM people WHERE id = ?), 1, 8000) WHERE id = ?",
            (other, person),
        )
        for table in ("table_keys", "addresses", "facts", *_OF_A_PERSON):
            moved = f"UPDATE OR IGNORE {table} SET person_id = ? WHERE person_id = ?"  # noqa: S608
            self._database.execute(moved, (person, other))
            self._database.execute(f"DELETE FROM {table} WHERE person_id = ?", (other,))  # noqa: S608
        row = self._database.execute("SELECT key_kind, key FROM people WHERE id = ?", (other,)).fetchone()
        self._database.execute("DELETE FROM people WHERE id = ?", (other,))
        if row[0] in {KeyKind.LINKEDIN_SLUG, KeyKind.LINKEDIN_MEMBER}:
            self._database.execute(
                "UPDATE OR IGNORE people SET key_kind = ?, key = ? WHERE id = ? AND key_kind NOT IN (?, ?)",
                (*row, person, KeyKind.LINKEDIN_SLUG, KeyKind.LINKEDIN_MEMBER),
            )


def _keys(read: Read) -> list[tuple[str, str]]:
    """What by itself tells whom a row is about, the surest first."""
    keys = [("mail", each) for each in read.mails]
    if read.profile:
        keys.append(("profile", f"{read.profile.kind} {read.profile.value}"))
    if read.number:
        keys.append(("number", read.number))
    return keys


def _put_off_key(until: int) -> bytes:
    return hashlib.sha256(f"table until {until}".encode()).digest()[:28]


def _key(read: Read, phones: list[str]) -> tuple[KeyKind, str]:
    if read.profile:
        return read.profile.kind, read.profile.value
    if read.mails:
        return KeyKind.EMAIL, read.mails[0]
    return (KeyKind.PHONE, phones[0]) if phones else (KeyKind.NUMBER, read.number)


def _addresses(mails: list[str], phones: list[str]) -> list[Address]:
    found = [Address(Channel.EMAIL, each) for each in mails]
    for phone in phones:
        found.append(Address(Channel.CALL, phone))
        if not phone.startswith("+33") or phone[3:4] in {"6", "7"}:
            found.append(Address(Channel.SMS, phone))
    return found
