"""Is a query bounded? Read from its SQL, with the values left out, as Django writes it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model, UniqueConstraint

MOST = 2_001
"""Nobody reads more on a page; the list of people counts where they stand up to two thousand."""
IN_HAND = {
    ("candidates_identity", "candidate_id"): "how one person is reached: some addresses each",
    ("outreach_outreach", "candidate_id"): "a decision needs every outreach of its person",
    ("outreach_event", "candidate_id"): "a decision needs every fact of its person",
    ("outreach_event", "of_id"): "the retractions of facts in hand, one each",
    ("outreach_permit", "candidate_id"): "one open permit each",
}
"""Read whole for the people in hand, who come from a bounded query themselves."""


@contextmanager
def listened_to() -> Iterator[list[str]]:
    """The SQL of every statement meanwhile, without its values."""
    heard: list[str] = []

    def hear(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        yield heard


def tables() -> dict[str, type[Model]]:
    return {
        model._meta.db_table: model for model in apps.get_models() if model.__module__.startswith("relance.")
    }


def unbounded(sql: str) -> bool:
    """Whether a SELECT on our tables may return any number of rows, or some of them in any order."""
    flat = " ".join(sql.split())
    outer = _outer(flat)
    source = re.search(r' FROM "(\w+)"', outer)
    if not flat.startswith("SELECT") or source is None or source[1] not in tables():
        return False
    limit = re.search(r" LIMIT (\d+)", outer)
    few = limit is not None and int(limit[1]) <= MOST
    return not (
        (few and " ORDER BY " in outer)
        or (few and re.match(r"SELECT (%s|1) AS ", flat))
        or _one_row_of_numbers(flat, outer)
        or _by_key(source[1], _conditions(flat))
    )


def _outer(sql: str) -> str:
    """The statement with what stands in parentheses taken out."""
    kept, depth = [], 0
    for character in sql:
        depth -= character == ")"
        if depth == 0:
            kept.append(character)
        depth += character == "("
    return "".join(kept)


def _one_row_of_numbers(flat: str, outer: str) -> bool:
    picked = outer.removeprefix("SELECT ").split(" FROM ")[0]
    numbers = re.fullmatch(r"((COUNT|MAX|MIN|SUM|COALESCE)\(\)( AS \"\w+\")?(, )?)+", picked)
    return numbers is not None and " GROUP BY " not in outer


def _conditions(sql: str) -> list[str]:
    """The conditions that all hold, as Django writes them: `a AND b` or `(a AND b)`."""
    at = _outer_find(sql, " WHERE ")
    if at < 0:
        return []
    where = sql[at + len(" WHERE ") :]
    ends = [
        end
        for word in (" ORDER BY ", " GROUP BY ", " LIMIT ", " FOR ")
        if (end := _outer_find(where, word)) > 0
    ]
    where = where[: min(ends, default=len(where))].strip()
    if where.startswith("(") and _outer(where) == "()":
        where = where[1:-1]
    parts, rest = [], where
    while (at := _outer_find(rest, " AND ")) >= 0:
        parts.append(rest[:at])
        rest = rest[at + len(" AND ") :]
    return [*parts, rest]


def _outer_find(sql: str, word: str) -> int:
    depth = 0
    for at, character in enumerate(sql):
        depth += (character == "(") - (character == ")")
        if depth == 0 and sql.startswith(word, at):
            return at
    return -1


def _by_key(table: str, conditions: list[str]) -> bool:
    fixed: set[str] = set()
    listed: set[str] = set()
    for condition in conditions:
        held = re.fullmatch(
            r'"(\w+)"\."(\w+)" (?:= (%s|-?\d+)|IN \((?:%s|-?\d+)(?:, (?:%s|-?\d+))*\))', condition
        )
        if held and held[1] == table:
            (fixed if held[3] else listed).add(held[2])
    options = tables()[table]._meta
    columns = {field.name: str(field.column) for field in options.fields}
    keys = [{str(field.column)} for field in options.fields if field.unique]
    keys += [
        {columns[name] for name in constraint.fields}
        for constraint in options.constraints
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None
    ]
    if any(key <= fixed for key in keys) or options.pk.column in listed:
        return True
    return any((table, column) in IN_HAND for column in fixed | listed)
