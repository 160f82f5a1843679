"""Entering many candidates at once, as an import does: prepared statements instead of objects."""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from relance.cadence.words import Channel
from relance.method.candidates.identities import alike_of, channels_of, company_key, fold
from relance.method.candidates.models import Candidate, Identity


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
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            first = cursor.fetchone()[0] + 1
            return range(first, first + count)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return sorted(row[0] for row in cursor.fetchall())


def insert(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of plain values with one prepared statement; the other columns must have a value too."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})",  # noqa: S608
            rows,
        )


def prepared(*values: Any) -> tuple[Any, ...]:
    """A row with its dates, instants and lists as the database takes them."""
    ops = connection.ops
    adapted: dict[type, Callable[[Any], Any]] = {
        datetime: ops.adapt_datetimefield_value,
        date: ops.adapt_datefield_value,
        list: json.dumps,
    }
    return tuple([adapted[type(value)](value) if type(value) in adapted else value for value in values])


CANDIDATE = (
    "id", "organisation_id", "name", "first_name", "role", "company", "location", "note", "language", "address",
    "timezone", "region", "channels", "mark", "source", "source_on", "connected_on", "source_role",
    "source_company", "is_demonstration", "search", "company_key", "created_at",
)  # fmt: skip
IDENTITY = ("organisation_id", "candidate_id", "kind", "value", "alike")


def enter_many(
    *, organisation_id: int, timezone: str, region: str, newcomers: Sequence[Newcomer], now: datetime
) -> list[Entered]:
    """Store new people and return them, in the order given. None of their identities may be known yet."""
    keys = reserve(Candidate, len(newcomers))
    (created_at,) = prepared(now)
    entered = [
        Entered(pk, channels_of(new.identities), timezone, region, company_key(new.company))
        for pk, new in zip(keys, newcomers, strict=True)
    ]
    insert(
        Candidate,
        CANDIDATE,
        [_row(organisation_id, each, new, created_at) for each, new in zip(entered, newcomers, strict=True)],
    )
    insert(
        Identity,
        IDENTITY,
        [
            (organisation_id, each.pk, kind, value, alike_of(kind, value))
            for each, new in zip(entered, newcomers, strict=True)
            for kind, value in new.identities
        ],
    )
    return entered


def _row(organisation_id: int, each: Entered, new: Newcomer, created_at: Any) -> tuple[Any, ...]:
    search = fold(new.name, new.role, new.company, *(value for _kind, value in new.identities))
    return prepared(
        each.pk, organisation_id, new.name, new.first_name, new.role, new.company, "", "", new.language, "vous",
        each.timezone, each.region, ",".join(each.channels), "", new.source, new.source_on, new.connected_on,
        new.role, new.company, False, search[:900], each.company_key, created_at,
    )  # fmt: skip
