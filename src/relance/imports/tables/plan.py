"""How one table is to be read: which sheet, where its header stands, what each column holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from relance.imports.tables.fields import SEVERAL, Field
from relance.imports.tables.guessing import Guess, is_usable


class DayOrder(StrEnum):
    """Which number of `03/04/2026` is the day."""

    BY_COLUMN = "by_column"
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class BadPlan(ValueError):
    """The columns chosen name nobody or reach nobody, or two of them are the same single thing."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`day_first` is what an unproved column is taken for when the order is decided by column.

    `beside` are other sheets of the same tool that are read with it, each as it was guessed.
    `leaves_hidden`: rows that the workbook hides are not read. It is said of one table, and not remembered.
    """

    sheet: int
    header: int
    columns: tuple[Field, ...]
    order: DayOrder = DayOrder.BY_COLUMN
    day_first: bool = True
    format: str = ""
    leaves_hidden: bool = False
    beside: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "sheet": self.sheet, "header": self.header, "columns": [str(each) for each in self.columns],
            "order": str(self.order), "day_first": self.day_first, "format": self.format,
            "leaves_hidden": self.leaves_hidden, "beside": list(self.beside),
        }  # fmt: skip


def plan_from(told: dict[str, object]) -> Plan:
    """A plan as it was stored. Raises BadPlan for what is none."""
    try:
        columns, beside = told["columns"], told.get("beside", [])
        assert isinstance(columns, list)
        assert isinstance(beside, list)
        return Plan(
            int(str(told["sheet"])), int(str(told["header"])), tuple(Field(each) for each in columns),
            DayOrder(str(told["order"])), bool(told["day_first"]), str(told.get("format", "")),
            bool(told.get("leaves_hidden")), tuple(int(each) for each in beside),
        )  # fmt: skip
    except (KeyError, ValueError, AssertionError) as error:
        raise BadPlan from error


def guessed(sheet: int, guess: Guess) -> Plan:
    """What a sheet would be read as without a word from anybody."""
    return Plan(sheet, guess.header, tuple(guess.fields), DayOrder.BY_COLUMN, guess.day_first, guess.format)


def changed(plan: Plan, columns: Sequence[Field], order: DayOrder, *, leaves_hidden: bool = False) -> Plan:
    """The plan with the columns that were chosen. Raises BadPlan."""
    single = [each for each in columns if each not in SEVERAL]
    if not is_usable(columns) or len(single) != len(set(single)):
        raise BadPlan
    return replace(plan, columns=tuple(columns), order=order, leaves_hidden=leaves_hidden)
