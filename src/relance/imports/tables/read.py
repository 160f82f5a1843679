"""From a table to a filled area: every row is staged, read by itself, and joined with those of the same person."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, tzinfo
from itertools import islice
from pathlib import Path

from relance.imports.area import LINES_KEPT, Area
from relance.imports.progress import Asked, Cancelled, Listener, Progress, Stage, never, unheard
from relance.imports.tables.book import Sheet, open_book
from relance.imports.tables.fields import DATES
from relance.imports.tables.formats import numbers_of
from relance.imports.tables.guessing import Guess, guess
from relance.imports.tables.joining import People
from relance.imports.tables.plan import DayOrder, Plan
from relance.imports.tables.reasons import REFUSED, BadTable, BadTableCode, RowProblem
from relance.imports.tables.rows import PhoneForm, Refused, RowReader
from relance.imports.tables.values import day_proved

SOURCE = "table"
LOOKED_AT = 300
AT_ONCE = 1_000
PROBLEMS_KEPT = 20_000
"""Rows with a reason that are kept for the table of refused rows; the counts are always whole."""

SCHEMA = """
CREATE TABLE table_problems (
    sheet INTEGER NOT NULL, number INTEGER NOT NULL, problem TEXT NOT NULL, place INTEGER NOT NULL,
    cell TEXT NOT NULL, cells TEXT NOT NULL, PRIMARY KEY (sheet, number, problem, place)
) WITHOUT ROWID;
CREATE TABLE table_keys (kind TEXT NOT NULL, value TEXT NOT NULL, person_id INTEGER NOT NULL, PRIMARY KEY (kind, value))
    WITHOUT ROWID;
CREATE INDEX table_keys_of ON table_keys (person_id);
CREATE TABLE table_put_off (person_id INTEGER PRIMARY KEY, until INTEGER NOT NULL);
CREATE TABLE table_unclear (person_id INTEGER PRIMARY KEY);
CREATE TABLE table_opted_out (person_id INTEGER PRIMARY KEY);
"""

ROWS = "CREATE TABLE table_rows (number INTEGER PRIMARY KEY, cells TEXT NOT NULL)"


def look(path: Path) -> list[Guess]:
    """Understand every sheet of a table by its first rows. Raises BadTable."""
    with open_book(path) as book:
        found = [_look_at(sheet) for sheet in book]
    if not any(each.sample for each in found):
        raise BadTable(BadTableCode.EMPTY)
    return found


def _look_at(sheet: Sheet) -> Guess:
    found = guess(sheet.name, list(islice(sheet.rows(_unheard), LOOKED_AT)), french=sheet.french)
    found.hidden = sum(number > found.header for number in sheet.hidden()) if found.sample else 0
    found.hidden_sheets = sheet.hidden_sheets
    return found


def _unheard(_problem: RowProblem, _number: int, _text: str) -> None:
    """What cannot be read is told when the whole is."""


def read_table(
    path: Path,
    scratch: Path,
    plan: Plan,
    labels: Sequence[str],
    *,
    zone: tzinfo,
    phone_form: PhoneForm,
    now: datetime,
    heard: Listener = unheard,
    asked_to_stop: Asked = never,
    beside: Sequence[tuple[Plan, Sequence[str]]] = (),
) -> Area:
    """Read a table as `plan` says into a new area at `scratch` and return it open. Raises BadTable, Cancelled.

    `beside` are other sheets of it, with their labels, that speak of the same people.

    No row stops the reading: one that cannot be used is refused with a reason, and stays beside the area.
    """
    area = Area.create(scratch)
    try:
        area.database.executescript(SCHEMA)
        area.remember("source", SOURCE)
        area.remember("exported_on", now.astimezone(zone).date().isoformat())
        reading = _Reading(area, plan, labels, heard, asked_to_stop)
        reading.whole(path, zone, phone_form, now, beside)
    except sqlite3.OperationalError as error:
        area.wipe()
        if str(error) == "interrupted":
            raise Cancelled from error
        raise
    except BaseException:
        area.wipe()
        raise
    return area


class _Reading:
    def __init__(self, area: Area, plan: Plan, labels: Sequence[str], heard: Listener, asked: Asked) -> None:
        self._area, self._plan, self._labels = area, plan, labels
        self._heard, self._asked = heard, asked
        self._rows = self._refused = self._told = self._hidden = 0

    def whole(
        self,
        path: Path,
        zone: tzinfo,
        phone_form: PhoneForm,
        now: datetime,
        beside: Sequence[tuple[Plan, Sequence[str]]],
    ) -> None:
        database = self._area.database
        database.execute("BEGIN")
        people = People(self._area)
        for plan, labels in ((self._plan, self._labels), *beside):
            self._plan, self._labels = plan, labels
            database.execute(ROWS)
            self._sheet(path, people, zone, phone_form, now)
            database.execute("DROP TABLE table_rows")
        people.put_off()
        counts = {
            "rows": self._rows, "refused": self._refused, "joined": people.joined, "hidden": self._hidden,
        }  # fmt: skip
        for name, value in counts.items():
            self._area.remember(name, value)
        database.execute("COMMIT")

    def _sheet(self, path: Path, people: People, zone: tzinfo, phone_form: PhoneForm, now: datetime) -> None:
        with open_book(path) as book:
            if not 0 <= self._plan.sheet < len(book):
                raise BadTable(BadTableCode.DAMAGED)
            self._stage(book[self._plan.sheet])
        columns = self._plan.columns
        reader = RowReader(
            columns, self._labels, self._orders(), zone=zone, phone_form=phone_form, now=now,
            numbers=numbers_of(self._plan.format),
        )  # fmt: skip
        for number, cells in self._staged():
            try:
                read = reader.read(cells)
            except Refused as error:
                self._problem(error.problem, number, error.column, error.cell, cells)
                continue
            except (
                ValueError,
                OverflowError,
                sqlite3.DataError,
            ):  # text that is none, instants out of the calendar
                self._problem(RowProblem.BAD_ADDRESS, number, -1, "", cells)
                continue
            for problem, place, cell in (*people.take(read), *read.problems):
                self._problem(problem, number, place, cell, cells)

    def _stage(self, sheet: Sheet) -> None:
        width = len(self._plan.columns) + 1

        def missed(problem: RowProblem, number: int, text: str) -> None:
            if number > self._plan.header:
                self._rows += 1
                self._problem(problem, number, -1, "", [text[:1_000]])

        hidden = sheet.hidden() if self._plan.leaves_hidden else frozenset()
        self._hidden += sum(number > self._plan.header for number in hidden)
        rows = (
            (number, json.dumps(cells[:width], ensure_ascii=False))
            for number, cells in sheet.rows(missed)
            if number > self._plan.header and any(cells) and number not in hidden
        )
        while batch := list(islice(rows, AT_ONCE)):
            with suppress(UnicodeEncodeError):
                self._area.database.executemany(
                    "INSERT OR IGNORE INTO table_rows VALUES (?, ?)", _clean(batch)
                )
            self._rows += len(batch)
            self._heard(Progress(Stage.READING, rows=self._rows))
            if self._asked():
                raise Cancelled

    def _staged(self) -> Iterator[tuple[int, list[str]]]:
        total = int(self._area.database.execute("SELECT count(*) FROM table_rows").fetchone()[0])
        last = done = 0
        while rows := self._area.database.execute(
            "SELECT number, cells FROM table_rows WHERE number > ? ORDER BY number LIMIT ?", (last, AT_ONCE)
        ).fetchall():
            for number, cells in rows:
                yield number, json.loads(cells)
            last = rows[-1][0]
            done += len(rows)
            self._heard(Progress(Stage.JOINING, rows=done, steps_done=done, steps_total=total))
            if self._asked():
                raise Cancelled

    def _orders(self) -> list[bool]:
        """Whether the day stands first, decided for each column of dates by all that stands in it."""
        if self._plan.order is not DayOrder.BY_COLUMN:
            return [self._plan.order is DayOrder.DAY_FIRST] * len(self._plan.columns)
        orders = [self._plan.day_first] * len(self._plan.columns)
        for place, each in enumerate(self._plan.columns):
            if each in DATES:
                rows = self._area.database.execute(
                    "SELECT json_extract(cells, ?) FROM table_rows", (f"$[{place}]",)
                )
                proved = day_proved(str(row[0]) for row in rows if row[0])
                orders[place] = orders[place] if proved is None else proved
        return orders

    def _problem(self, problem: RowProblem, number: int, place: int, cell: str, cells: list[str]) -> None:
        self._refused += problem in REFUSED
        self._area.leave_out(problem, "", 1, [number] if self._told < LINES_KEPT else ())
        self._told += 1
        if self._told <= PROBLEMS_KEPT:
            self._area.database.execute(
                "INSERT OR IGNORE INTO table_problems VALUES (?,?,?,?,?,?)",
                (self._plan.sheet, number, problem, place, cell, json.dumps(cells)),
            )


def _clean(batch: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Without the half characters that UTF-16 may leave, which no database takes."""
    return [(number, cells.encode("utf-8", "replace").decode()) for number, cells in batch]
