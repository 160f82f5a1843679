"""Which rows of a workbook's sheet are hidden, by hand or by a filter: told, since the library does not tell it."""

import xml.parsers.expat
from typing import Any, BinaryIO

from relance.imports.tables.reasons import BadTable, BadTableCode

MARK = b"hidden="
AT_ONCE = 1 << 16
FILLED_BY = frozenset({"v", "is"})
YES = frozenset({"1", "true", "on"})


def hidden_rows(first: BinaryIO, again: BinaryIO) -> frozenset[int]:
    """The numbers of the hidden rows of a sheet that hold something. Raises BadTable.

    Both streams are the sheet's XML: most sheets hide nothing, and are only looked through for the word.
    """
    return _told(again) if _may_hide(first) else frozenset()


def _may_hide(stream: BinaryIO) -> bool:
    end = b""
    while chunk := stream.read(AT_ONCE):
        if MARK in end + chunk:
            return True
        end = chunk[-len(MARK) :]
    return False


class _Rows:
    def __init__(self) -> None:
        self.number, self.is_hidden = 0, False
        self.found: set[int] = set()

    def began(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            told = attributes.get("r", "")
            self.number = int(told) if told.isascii() and told.isdigit() else self.number + 1
            self.is_hidden = attributes.get("hidden", "").lower() in YES
        elif self.is_hidden and name in FILLED_BY:
            self.found.add(self.number)


def _told(stream: BinaryIO) -> frozenset[int]:
    rows = _Rows()
    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = rows.began
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.ParseFile(stream)
    except xml.parsers.expat.ExpatError as error:
        raise BadTable(BadTableCode.DAMAGED) from error
    return frozenset(rows.found)


def _refuse(*_declaration: Any) -> None:
    """No spreadsheet writes one; a bomb does."""
    raise BadTable(BadTableCode.DAMAGED)
