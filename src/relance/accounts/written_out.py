"""Rows and changes by statements that are written out (docs/decisions/statements-written-out.md)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def rows_of(model: type[Row], statement: str, values: Sequence[str | int]) -> list[Row]:
    """The answer of a statement as objects of `model`; each column is named as its field's.

    What `Manager.raw` gives, without working out at every call what each column becomes: that cost more than
    the answer. Columns that are left out are deferred.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        read = _reading(model, connection.vendor, tuple(column[0] for column in cursor.description))
        return [read(row) for row in cursor.fetchall()]


def row_of(model: type[Row], pk: int) -> Row:
    """The row with that key. Raises the model's DoesNotExist."""
    table = connection.ops.quote_name(model._meta.db_table)
    found = rows_of(model, f'SELECT * FROM {table} WHERE "id" = %s', (pk,))  # noqa: S608 - our own name
    if not found:
        raise model.DoesNotExist  # type: ignore[attr-defined]
    return found[0]


def change(model: type[models.Model], values: Mapping[str, Any], where: str, given: Sequence[Any]) -> int:
    """Give the rows that meet a condition new values, by the names of their fields; returns how many rows.

    The condition is written out, with `%s` for each of `given` (instants: as the database stores them).
    """
    fields: list[Any] = [model._meta.get_field(name) for name in values]
    sets = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    written = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(fields, values.values(), strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {sets} WHERE {where}", [*written, *given])  # noqa: S608 - our own names
        return int(cursor.rowcount)


def stored(moment: datetime) -> Any:
    """An instant as the database keeps it, for the condition of a statement."""
    return connection.ops.adapt_datetimefield_value(moment)


@lru_cache(maxsize=64)
def _reading(model: type[Row], _vendor: str, columns: tuple[str, ...]) -> Callable[[tuple[Any, ...]], Row]:
    """How one row with those columns becomes an object."""
    at = {column: place for place, column in enumerate(columns)}
    fields = [field for field in model._meta.concrete_fields if field.column in at]
    if len(fields) != len(columns):
        raise ValueError(f"not columns of {model.__name__}: {', '.join(columns)}")
    places = [at[field.column] for field in fields]
    names = [field.attname for field in fields]
    conversions = []
    for place, field in enumerate(fields):
        as_read = field.get_col(model._meta.db_table)
        steps = [*connection.ops.get_db_converters(as_read), *as_read.get_db_converters(connection)]
        conversions += [(place, step, as_read) for step in steps]

    def read(row: tuple[Any, ...]) -> Row:
        values = [row[place] for place in places]
        for place, step, as_read in conversions:
            values[place] = step(values[place], as_read, connection)
        return model.from_db(connection.alias, names, values)

    return read
