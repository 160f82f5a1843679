"""Entering many candidates at once, as an import does: prepared statements instead of objects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from relance.method.candidates.identities import alike_of, channels_of, company_key, fold
from relance.method.candidates.models import Candidate, Identity


@dataclass(frozen=True, slots=True)
class Newcomer:
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


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values with one prepared statement; the other columns must have a value too."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})",  # noqa: S608
            list(rows),
        )


CANDIDATE = (
    "id", "organisation_id", "name", "first_name", "role", "company", "location", "note", "language", "address",
    "timezone", "region", "channels", "mark", "source", "source_on", "connected_on", "source_role",
    "source_company", "is_demonstration", "search", "company_key", "created_at",
)  # fmt: skip
IDENTITY = ("organisation_id", "candidate_id", "kind", "value", "alike")


def enter_many(
    *, organisation_id: int, timezone: str, region: str, newcomers: Sequence[Newcomer], now: datetime
) -> list[Candidate]:
    """Store new people and return them, in the order given. None of their identities may be known yet."""
    keys = reserve(Candidate, len(newcomers))
    day, instant = connection.ops.adapt_datefield_value, connection.ops.adapt_datetimefield_value
    created = instant(now)
    candidates = []
    rows = []
    for pk, new in zip(keys, newcomers, strict=True):
        channels = ",".join(channels_of(list(new.identities)))
        candidates.append(
            Candidate(
                pk=pk, organisation_id=organisation_id, name=new.name, first_name=new.first_name,
                channels=channels, timezone=timezone, region=region, company_key=company_key(new.company),
            )
        )  # fmt: skip
        search = fold(new.name, new.role, new.company, *(value for _kind, value in new.identities))
        rows.append(
            (
                pk, organisation_id, new.name, new.first_name, new.role, new.company, "", "", new.language, "vous",
                timezone, region, channels, "", new.source, day(new.source_on), day(new.connected_on), new.role,
                new.company, False, search[:900], candidates[-1].company_key, created,
            )
        )  # fmt: skip
    insert(Candidate, CANDIDATE, rows)
    insert(
        Identity,
        IDENTITY,
        (
            (organisation_id, pk, kind, value, alike_of(kind, value))
            for pk, new in zip(keys, newcomers, strict=True)
            for kind, value in new.identities
        ),
    )
    return candidates
