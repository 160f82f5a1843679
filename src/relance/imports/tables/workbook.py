"""An XLSX as rows of text: read on the way, its real dates written as ISO, its formulas by their last value."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from relance.imports.tables.decoding import mended
from relance.imports.tables.delimited import MAX_COLUMNS, MAX_LINE, Missed, Row, unmissed
from relance.imports.tables.hidden import hidden_rows
from relance.imports.tables.reasons import BadTable, BadTableCode

MAX_UNPACKED = 256_000_000
MAX_STRINGS = 96_000_000
MAX_RATIO = 200
RATIO_COUNTS_FROM = 4_000_000
MAX_MEMBERS = 2_000
MAX_SHEETS = 20
MAX_ROWS = 1_048_576
BROKEN_PART = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError)


class Page:
    """One visible sheet of a workbook, and how many hidden ones the workbook has."""

    def __init__(self, sheet: Any, hidden_sheets: int) -> None:
        self._sheet = sheet
        self.hidden_sheets = hidden_sheets
        self.name: str = str(sheet.title)

    def rows(self, _missed: Missed = unmissed) -> Iterator[Row]:
        """Yield the rows with their numbers, hidden ones too; `hidden` tells which those are."""
        self._sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
        rows = self._sheet.iter_rows(values_only=True)
        number = 0
        while True:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    values = next(rows, None)
            except Exception as error:  # whatever a broken part makes the library raise
                raise BadTable(BadTableCode.DAMAGED) from error
            number += 1
            if values is None or number > MAX_ROWS:
                return
            yield number, [_text(value) for value in islice(values, MAX_COLUMNS)]

    def hidden(self) -> frozenset[int]:
        """The numbers of the rows that the workbook hides, by hand or by a filter. Raises BadTable."""
        try:
            with self._sheet._get_source() as first, self._sheet._get_source() as again:
                return hidden_rows(first, again)
        except BROKEN_PART as error:
            raise BadTable(BadTableCode.DAMAGED) from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value.startswith("#") and value in _ERRORS else mended(value[:MAX_LINE].strip())
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if isinstance(value, time | timedelta) else str(value)


_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"})


@contextmanager
def open_workbook(path: Path) -> Iterator[list[Page]]:
    """Open a workbook and yield its visible sheets, each with how many are hidden beside them.

    Raises BadTable; a bomb is refused before it is unpacked.
    """
    _check(path)
    stream = path.open("rb")  # by its name the library would judge it
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book: Any = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # whatever a broken part makes the library raise
        stream.close()
        raise BadTable(BadTableCode.DAMAGED) from error
    try:
        shown = [each for each in book.worksheets if each.sheet_state == "visible"]
        beside = len(book.worksheets) - len(shown)
        yield [Page(each, beside) for each in shown[:MAX_SHEETS]]
    finally:
        book.close()
        stream.close()


def _check(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as opened:
            infos = opened.infolist()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise BadTable(BadTableCode.DAMAGED) from error
    if len(infos) > MAX_MEMBERS:
        raise BadTable(BadTableCode.TOO_LARGE, limit=MAX_UNPACKED // 1_000_000)
    total = 0
    for info in infos:
        total += info.file_size
        if info.flag_bits & 0x1:
            raise BadTable(BadTableCode.ENCRYPTED)
        strings = info.filename.lower().endswith("sharedstrings.xml")
        bomb = info.file_size > RATIO_COUNTS_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1)
        if bomb or total > MAX_UNPACKED or (strings and info.file_size > MAX_STRINGS):
            raise BadTable(BadTableCode.TOO_LARGE, limit=MAX_UNPACKED // 1_000_000)
