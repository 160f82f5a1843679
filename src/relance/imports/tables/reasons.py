"""Why a table is refused, and what is said of a row or a cell: codes with values, never sentences."""

from collections.abc import Mapping
from enum import StrEnum


class BadTableCode(StrEnum):
    """Why a file is refused whole."""

    EMPTY = "table_empty"
    OLD_EXCEL = "table_old_excel"
    ENCRYPTED = "table_encrypted"
    OTHER_SHEET = "table_other_sheet"
    PAGE = "table_page"
    NOT_A_TABLE = "table_not_a_table"
    DAMAGED = "table_damaged"
    TOO_LARGE = "table_too_large"
    NOBODY = "table_nobody"


class BadTable(Exception):
    """The table cannot be used; nothing was stored. `values` complete the code (`limit`)."""

    def __init__(self, code: BadTableCode, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, str | int] = values


class RowProblem(StrEnum):
    """What is said of a row: it was refused, or a cell of it was not understood."""

    UNCLOSED_QUOTE = "unclosed_quote"
    TOO_LONG = "too_long"
    NO_NAME = "no_name"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    BAD_EVENT = "bad_event"
    BAD_DATE = "bad_date"
    FUTURE_DATE = "future_date"
    MORE_CELLS = "more_cells"
    SHARED_PHONE = "shared_phone"
    UNDATED_STATUS = "undated_status"
    UNTOLD_CALL = "untold_call"
    PART_ADDRESS = "part_address"


REFUSED = frozenset({
    RowProblem.UNCLOSED_QUOTE, RowProblem.TOO_LONG, RowProblem.NO_NAME, RowProblem.NO_ADDRESS,
    RowProblem.BAD_ADDRESS, RowProblem.BAD_EVENT,
})  # fmt: skip
"""Of these rows nothing is used; of the others all that was understood."""
