"""The temporary area: one scratch file in which what a source says waits for the recruiter's choice.

It knows people, their dated facts in the method's words, and what was left out; it does not know
where they came from. It is disposable: no journal, no synchronisation, wiped once the choice is
made. Every instant is stored as whole seconds since 1970 in UTC, every date as `YYYY-MM-DD`.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from relance.cadence.history import Event
from relance.cadence.words import Channel, Kind, Tone
from relance.imports.area_schema import SCHEMA
from relance.imports.area_words import Address, Fact, KeyKind, Moment, Person, Words, event_of

LINES_KEPT = 100
"""How many line numbers are kept for each reason; the counts are always whole."""

_TAILS = ("", "-journal", "-wal", "-shm")


_PERSON_COLUMNS = (
    "id, key_kind, key, full_name, first_name, last_name, name_key, company, position, connected_on,"
    " they_invited_at, draft_waiting, source_url, location, note"
)
_FACT_COLUMNS = (
    "person_id, at, kind, external_key, sequence, channel, note, exact, subject, text, attachments, label,"
    " hard, returns_on, tone, until"
)

# Read some hundred thousand times: a word found in a table costs a tenth of an enumeration's call.
_KEY_KINDS = {kind.value: kind for kind in KeyKind}
_KINDS = {kind.value: kind for kind in Kind}
_TONES: dict[str | None, Tone | None] = {None: None, **{tone.value: tone for tone in Tone}}
_CHANNELS: dict[str | None, Channel | None] = {None: None, **{channel.value: channel for channel in Channel}}

_OF_LINKEDIN = frozenset({KeyKind.LINKEDIN_SLUG.value, KeyKind.LINKEDIN_MEMBER.value})
_LINKEDIN_ALONE = (Channel.LINKEDIN,)


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _events(rows: Iterable[tuple[Any, ...]]) -> list[Event]:
    """Rows that begin with person, at, kind, channel, note, hard, return, tone, until.

    Each event is named by its place in the history.
    """
    return [
        event_of(
            _instant(row[1]),
            _KINDS[row[2]],
            _CHANNELS[row[3]],
            bool(row[4]),
            place,
            bool(row[5]),
            _day(row[6]),
            _TONES[row[7]],
            None if row[8] is None else _instant(row[8]),
        )
        for place, row in enumerate(rows)
    ]


class Area:
    """One import's scratch file. `database` is open for sources that fill it in sets."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.database.execute("PRAGMA page_size = 16384")
        self.database.execute("PRAGMA journal_mode = OFF")
        self.database.execute("PRAGMA synchronous = OFF")
        self.database.execute("PRAGMA cache_size = -16000")
        self.database.execute("PRAGMA temp_store = FILE")

    @classmethod
    def create(cls, path: Path) -> "Area":
        """Open a new, empty area at `path`; raises FileExistsError when something is there."""
        path.open("xb").close()
        area = cls(path)
        area.database.execute("PRAGMA locking_mode = EXCLUSIVE")
        area.database.executescript(SCHEMA)
        return area

    @classmethod
    def open(cls, path: Path) -> "Area":
        """Open an area that was filled and closed; raises FileNotFoundError when it was wiped.

        Several may read it at once; who fills it holds it alone.
        """
        if not path.is_file():
            raise FileNotFoundError(path)
        return cls(path)

    def close(self) -> None:
        """Close the file and leave it in place."""
        self.database.close()

    def wipe(self) -> None:
        """Close the area and remove its file and whatever SQLite left beside it."""
        self.database.close()
        for tail in _TAILS:
            self.path.with_name(self.path.name + tail).unlink(missing_ok=True)

    def share(self) -> None:
        """Let others read the file from now on, as long as nobody writes to it."""
        self.database.execute("PRAGMA locking_mode = NORMAL")
        self.database.execute(
            "SELECT 1 FROM meta LIMIT 1"
        ).fetchone()  # only a use of the file lets its lock go

    def stop_when(self, asked: Callable[[], bool]) -> None:
        """Interrupt a running statement (sqlite3.OperationalError) once `asked` says so."""
        self.database.set_progress_handler(lambda: int(asked()), 100_000)

    def add_people(self, people: Iterable[Person]) -> None:
        """Add people; one whose key is there already is left as it is."""
        for person in people:
            self.database.execute(
                f"INSERT OR IGNORE INTO people ({_PERSON_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
                (
                    person.id,
                    person.key_kind,
                    person.key,
                    person.full_name,
                    person.first_name,
                    person.last_name,
                    person.name_key,
                    person.company,
                    person.position,
                    person.connected_on.isoformat() if person.connected_on else None,
                    int(person.they_invited_at.timestamp()) if person.they_invited_at else None,
                    person.draft_waiting,
                    person.source_url,
                    person.location,
                    person.note,
                ),
            )
            self.database.executemany(
                "INSERT OR IGNORE INTO addresses (person_id, channel, value, certain) VALUES (?,?,?,?)",
                [(person.id, each.channel, each.value, each.certain) for each in person.addresses],
            )

    def add_facts(self, facts: Iterable[Fact]) -> None:
        """Add facts; one whose external key the person has already is left as it is."""
        self.database.executemany(
            f"INSERT OR IGNORE INTO facts ({_FACT_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
            (
                (
                    fact.person_id,
                    int(fact.at.timestamp()),
                    fact.kind,
                    fact.external_key,
                    fact.order,
                    fact.channel,
                    fact.note,
                    fact.exact,
                    fact.subject,
                    fact.text,
                    fact.attachments,
                    fact.label,
                    fact.hard,
                    fact.returns_on.isoformat() if fact.returns_on else None,
                    fact.tone,
                    int(fact.until.timestamp()) if fact.until else None,
                )
                for fact in facts
            ),
        )

    def leave_out(self, reason: str, file: str, rows: int = 1, lines: Iterable[int] = ()) -> None:
        """Count rows that were not used, and remember the lines of the first ones."""
        self.database.execute(
            "INSERT INTO left_out VALUES (?,?,?) ON CONFLICT DO UPDATE SET rows = rows + excluded.rows",
            (reason, file, rows),
        )
        self.database.executemany(
            "INSERT OR IGNORE INTO left_out_lines SELECT ?, ?, ? WHERE"
            " (SELECT count(*) FROM left_out_lines WHERE reason = ?) < ?",
            [(reason, file, line, reason, LINES_KEPT) for line in lines],
        )

    def left_out(self) -> dict[str, int]:
        """Return how many rows were left out, by reason."""
        rows = self.database.execute("SELECT reason, sum(rows) FROM left_out GROUP BY reason ORDER BY reason")
        return dict(rows)

    def left_out_lines(self) -> list[tuple[str, str, int]]:
        """Return the first left-out lines of each reason, as (reason, file, line)."""
        return list(self.database.execute("SELECT reason, file, line FROM left_out_lines ORDER BY 1, 2, 3"))

    def remember(self, name: str, value: str | int | None) -> None:
        """Keep a value about the whole import: its export date, its owner."""
        self.database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def recall(self, name: str) -> str | int | None:
        """Return what was remembered under this name, None when nothing was."""
        row = self.database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]

    def exported_on(self) -> date | None:
        """Return the date of the export, from which all ages are counted."""
        value = self.recall("exported_on")
        return date.fromisoformat(value) if isinstance(value, str) else None

    def people(self, *, after: int = 0, most: int = 500) -> list[Person]:
        """Return at most `most` people with an id above `after`, in order of id."""
        rows = self.database.execute(
            f"SELECT {_PERSON_COLUMNS} FROM people WHERE id > ? ORDER BY id LIMIT ?",  # noqa: S608
            (after, most),
        ).fetchall()
        addresses: dict[int, list[Address]] = {}
        if rows:
            found = self.database.execute(
                "SELECT person_id, channel, value, certain FROM addresses"
                " WHERE person_id BETWEEN ? AND ? ORDER BY person_id, channel, value",
                (rows[0][0], rows[-1][0]),
            )
            for person_id, channel, value, certain in found:
                addresses.setdefault(person_id, []).append(Address(Channel(channel), value, bool(certain)))
        numbers = self.numbers(after=rows[0][0] - 1, until=rows[-1][0]) if rows else {}
        return [
            _person(row, tuple(addresses.get(row[0], ())), tuple(numbers.get(row[0], ()))) for row in rows
        ]

    def numbers(self, *, after: int, until: int) -> dict[int, list[str]]:
        """What the source calls each of those people it has a number for."""
        found: dict[int, list[str]] = {}
        for person_id, value in self.database.execute(
            "SELECT person_id, value FROM numbers WHERE person_id > ? AND person_id <= ?"
            " ORDER BY person_id, value",
            (after, until),
        ):
            found.setdefault(person_id, []).append(value)
        return found

    def people_count(self) -> int:
        """How many people there are."""
        return int(self.database.execute("SELECT count(*) FROM people").fetchone()[0])

    def last_of(self, *, after: int, most: int) -> int | None:
        """The last id among the `most` people that follow `after`; None when nobody does."""
        found = self.database.execute(
            "SELECT max(id) FROM (SELECT id FROM people WHERE id > ? ORDER BY id LIMIT ?)", (after, most)
        ).fetchone()[0]
        return None if found is None else int(found)

    def channels(self, *, after: int, until: int) -> Iterator[tuple[int, tuple[Channel, ...]]]:
        """Yield each person's id and the channels that what is certain of them opens, mail before LinkedIn."""
        certain: dict[int, set[Channel | None]] = {}
        for person_id, channel in self.database.execute(
            "SELECT person_id, channel FROM addresses WHERE certain AND person_id > ? AND person_id <= ?"
            " ORDER BY person_id, channel",
            (after, until),
        ):
            certain.setdefault(person_id, set()).add(_CHANNELS[channel])
        rows = self.database.execute(
            "SELECT id, key_kind FROM people WHERE id > ? AND id <= ? ORDER BY id", (after, until)
        )
        for person_id, key_kind in rows:
            of_linkedin = key_kind in _OF_LINKEDIN
            found = certain.get(person_id)
            if found is None:
                yield person_id, _LINKEDIN_ALONE if of_linkedin else ()
                continue
            if of_linkedin:
                found.add(Channel.LINKEDIN)
            yield person_id, tuple(channel for channel in Channel if channel in found)

    def histories(self, *, after: int = 0, until: int | None = None) -> Iterator[tuple[int, list[Fact]]]:
        """Yield each person's id and their facts, oldest first; people without a fact are skipped."""
        rows = self.database.execute(
            f"SELECT {_FACT_COLUMNS} FROM facts WHERE person_id > ? AND person_id <= ?"  # noqa: S608
            " ORDER BY person_id, at, sequence",
            (after, until if until is not None else 2**62),
        )
        for person_id, group in groupby(rows, key=itemgetter(0)):
            yield person_id, [_fact(row) for row in group]

    def pasts(self, *, after: int = 0, until: int) -> Iterator[tuple[int, list[Event]]]:
        """Yield each person's id and their facts as the engine reads them, oldest first, without their words."""
        rows = self.database.execute(
            "SELECT person_id, at, kind, channel, note, hard, returns_on, tone, until FROM facts"
            " WHERE person_id > ? AND person_id <= ? ORDER BY person_id, at, sequence",
            (after, until),
        )
        for person_id, group in groupby(rows, key=itemgetter(0)):
            yield person_id, _events(group)

    def worded_pasts(self, *, after: int = 0, until: int) -> Iterator[tuple[int, list[Event], list[Words]]]:
        """Yield each person's id, their facts as the engine reads them, oldest first, and the words of each."""
        rows = self.database.execute(
            "SELECT person_id, at, kind, channel, note, hard, returns_on, tone, until, lower(hex(external_key)),"
            " subject, text FROM facts WHERE person_id > ? AND person_id <= ? ORDER BY person_id, at, sequence",
            (after, until),
        )
        for person_id, group in groupby(rows, key=itemgetter(0)):
            listed = list(group)
            yield person_id, _events(listed), [Words(key, subject, text) for *_, key, subject, text in listed]

    def timelines(self) -> Iterator[tuple[int, list[Moment]]]:
        """Yield each person's id and their facts without texts, oldest first, for counting."""
        rows = self.database.execute(
            "SELECT person_id, at, kind, note FROM facts ORDER BY person_id, at, sequence"
        )
        for person_id, group in groupby(rows, key=itemgetter(0)):
            yield person_id, [Moment(at, kind, bool(note)) for _, at, kind, note in group]


def _person(row: tuple[Any, ...], addresses: tuple[Address, ...], numbers: tuple[str, ...]) -> Person:
    return Person(
        row[0],
        _KEY_KINDS[row[1]],
        *row[2:9],
        _day(row[9]),
        None if row[10] is None else _instant(row[10]),
        bool(row[11]),
        row[12],
        addresses,
        row[13],
        row[14],
        numbers,
    )  # type: ignore[call-arg]  # the columns from `key` to `position`, in their order


def _fact(row: tuple[Any, ...]) -> Fact:
    (
        person_id, at, kind, external_key, order, channel, note, exact, subject, text, attachments, label, hard, back,
        tone, until,
    ) = row  # fmt: skip
    return Fact(
        person_id, _instant(at), _KINDS[kind], external_key, order, _CHANNELS[channel], bool(note), bool(exact),
        subject, text, attachments, label, bool(hard), _day(back), _TONES[tone],
        None if until is None else _instant(until),
    )  # fmt: skip
