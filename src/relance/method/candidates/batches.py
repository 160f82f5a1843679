"""Entering many candidates at once, as an import does: prepared statements instead of objects."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from relance.cadence.words import Channel
from relance.method.candidates.identities import alike_of, channels_of, company_key, fold
from relance.method.candidates.models import Candidate, Identity, IdentityKind

NONE: Mapping[str, str] = MappingProxyType({})
TOGETHER = 50
"""Rows in one statement: each statement has a cost of its own, about a third of what it takes to store a row."""


class Newcomer(NamedTuple):
    """A person an import keeps. Identities are (kind, value) in their one form."""

    name: str
    first_name: str
    role: str
    company: str
    language: str
    identities: tuple[tuple[str, str], ...]
    connected_on: date | None
    source: str
    source_on: date | None
    location: str = ""
    note: str = ""


class Entered(NamedTuple):
    """A newcomer once entered, as far as decisions about them need it."""

    pk: int
    channels: tuple[Channel, ...]
    timezone: str
    region: str
    company_key: str
    mark: str = ""


def reserve(model: type[Model], count: int) -> Sequence[int]:
    """Set `count` primary keys aside, in rising order; the caller holds the transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # the transaction is IMMEDIATE: nobody else is writing
            # Above every key there ever was: that of a person who was merged away may come back.
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
            first = cursor.fetchone()[0] + 1
            return range(first, first + count)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return sorted(row[0] for row in cursor.fetchall())


def insert(
    model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]], blank: Mapping[str, str] = NONE
) -> None:
    """Insert rows of plain values with a prepared statement, many at once; the other columns must have a value too.

    `blank` are the columns that are the same in every row, with what SQL calls that value. On SQLite a
    value of a plain type (no enumeration, no bool) is taken in half the time.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in (*columns, *blank))
    into = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608 - our own names
    marks = f"({', '.join([*['%s'] * len(columns), *blank.values()])})"
    whole = len(rows) - len(rows) % TOGETHER
    together = (chain.from_iterable(rows[start : start + TOGETHER]) for start in range(0, whole, TOGETHER))
    with connection.cursor() as cursor:
        if whole:
            cursor.executemany(into + ", ".join([marks] * TOGETHER), [list(values) for values in together])
        if whole < len(rows):
            cursor.executemany(into + marks, rows[whole:])


def instants() -> Callable[[datetime | None], Any]:
    """What writes an instant as the database takes it.

    On SQLite that is a text, to which Django's own way takes five times as long.
    """
    usual: Callable[[datetime | None], Any] = connection.ops.adapt_datetimefield_value
    if connection.vendor != "sqlite":
        return usual

    def written(at: datetime | None) -> Any:
        if at is None:
            return None
        return str(at)[: -len("+00:00")] if at.tzinfo is UTC else usual(at)

    return written


CANDIDATE = (
    "id", "organisation_id", "name", "first_name", "role", "company", "language", "timezone", "region", "channels",
    "source", "source_on", "connected_on", "source_role", "source_company", "search", "company_key", "created_at",
    "location", "note",
)  # fmt: skip
BLANK_OF_A_CANDIDATE = {
    "address": "'vous'", "mark": "''", "is_demonstration": "FALSE", "cv_source": "''",
}  # fmt: skip
IDENTITY = ("organisation_id", "candidate_id", "kind", "value", "alike")


def enter_many(
    *, organisation_id: int, timezone: str, region: str, newcomers: Sequence[Newcomer], now: datetime
) -> list[Entered]:
    """Store new people and return them, in the order given. None of their identities may be known yet."""
    keys = reserve(Candidate, len(newcomers))
    day = connection.ops.adapt_datefield_value
    created_at = instants()(now)
    entered = [
        Entered(pk, channels_of(new.identities), timezone, region, company_key(new.company))
        for pk, new in zip(keys, newcomers, strict=True)
    ]
    candidates: list[tuple[Any, ...]] = []
    identities: list[tuple[Any, ...]] = []
    for each, new in zip(entered, newcomers, strict=True):
        told = [value for kind, value in new.identities if kind != IdentityKind.SOURCE_NUMBER]
        search = fold(new.name, new.role, new.company, *told)
        candidates.append(
            (
                each.pk, organisation_id, new.name, new.first_name, new.role, new.company, new.language, timezone,
                region, ",".join(each.channels), new.source, day(new.source_on), day(new.connected_on), new.role,
                new.company, search[:900], each.company_key, created_at,
                new.location, new.note,
            )
        )  # fmt: skip
        identities += [
            (organisation_id, each.pk, str(kind), value, alike_of(kind, value))
            for kind, value in new.identities
        ]
    insert(Candidate, CANDIDATE, candidates, BLANK_OF_A_CANDIDATE)
    insert(Identity, IDENTITY, identities)
    return entered
