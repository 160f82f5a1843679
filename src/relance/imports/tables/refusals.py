"""The rows of a table that were refused or not wholly understood, as they are shown and sent back."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from relance.imports.area import Area
from relance.imports.tables.reasons import REFUSED, RowProblem


class Remark(NamedTuple):
    """What is said of one row; `place` is the column (-1: the row as a whole), `cells` the row as it was."""

    sheet: int
    number: int
    problem: RowProblem
    place: int
    cell: str
    cells: list[str]

    @property
    def refused(self) -> bool:
        return self.problem in REFUSED


_ORDER = f"problem NOT IN ({', '.join(f'{chr(39)}{each}{chr(39)}' for each in sorted(REFUSED))})"


def remarks(area: Area, *, most: int) -> list[Remark]:
    """The first remarks, refused rows before the others, each in the order of the table."""
    rows = area.database.execute(
        "SELECT sheet, number, problem, place, cell, cells FROM table_problems"  # noqa: S608 - our own codes
        f" ORDER BY {_ORDER}, sheet, number, place LIMIT ?",
        (most,),
    )
    return [_remark(row) for row in rows]


def all_remarks(area: Area) -> Iterator[Remark]:
    """Every remark that was kept, in the order of the table."""
    rows = area.database.execute(
        "SELECT sheet, number, problem, place, cell, cells FROM table_problems ORDER BY sheet, number, place, problem"
    )
    for row in rows:
        yield _remark(row)


def _remark(row: tuple[Any, ...]) -> Remark:
    return Remark(row[0], row[1], RowProblem(row[2]), row[3], row[4], json.loads(row[5]))
