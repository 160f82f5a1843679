"""A CSV as a stream of records: bounded lines, bounded bytes, whatever saved it."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from operator import methodcaller
from typing import IO

from relance.imports.linkedin.headers import FileKind, columns, recognised
from relance.imports.linkedin.reasons import BadArchive, BadArchiveCode, LeftOut

MAX_LINE = 1_000_000
HEADER_WITHIN = 12
_DELIMITERS = (",", ";", "\t")
_WITHOUT_NUL = methodcaller("replace", "\0", "")
_FALLBACK = "relance-cp1252"

Missed = Callable[[LeftOut, int], None]
"""Told the reason and the line of each record that could not be read."""


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_FALLBACK, _as_cp1252)


class Metered(io.RawIOBase):
    """The bytes really read, told as they go, and refused past the limit whatever was declared."""

    def __init__(self, stream: IO[bytes], limit: int, told: Callable[[int], None]) -> None:
        self._stream = stream
        self._left = limit
        self._told = told

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise BadArchive(BadArchiveCode.TOO_LARGE)
        buffer[: len(data)] = data
        self._told(len(data))
        return len(data)


@dataclass(frozen=True, slots=True)
class Table:
    """A recognised file: its columns by name, and its records with their line numbers."""

    kind: FileKind
    columns: dict[str, int]
    records: Iterator[tuple[int, list[str]]]


def table(stream: io.RawIOBase, missed: Missed) -> Table | None:
    """Find the header within the first records, whatever the delimiter; None when there is none.

    UTF-8 with or without a mark, else cp1252 byte by byte; UTF-16 when marked. NUL bytes before the
    end of the header say that it is no table; further on they are left out of what is read.
    """
    buffered = io.BufferedReader(stream, 1 << 16)
    head = buffered.peek(4096)[:4096]  # peek may give more than was asked for
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = io.TextIOWrapper(
        buffered,
        encoding="utf-16" if wide else "utf-8-sig",
        errors="replace" if wide else _FALLBACK,
        newline="",
    )
    lines = _lines(text, missed)
    first = list(islice(lines, HEADER_WITHIN * 3))
    for delimiter in _DELIMITERS:
        for place, cells in enumerate(islice(_heads(first, delimiter), HEADER_WITHIN)):
            kind = recognised(cells)
            if kind is not None:
                if any("\0" in line for line in first[: place + 1]):
                    return None
                bare = map(_WITHOUT_NUL, chain(first, lines))  # no database takes them
                records = _records(bare, delimiter, place + 1, missed)
                return Table(kind, columns(cells), records)
    return None


def _heads(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _lines(text: io.TextIOWrapper, missed: Missed) -> Iterator[str]:
    """Yield the physical lines; one that is longer than any message could be is not kept in memory."""
    readline = text.readline
    number = 0
    while line := readline(MAX_LINE):
        number += 1
        if len(line) == MAX_LINE and line[-1] not in "\r\n":
            missed(LeftOut.ROW_TOO_LONG, number)
            while (more := readline(MAX_LINE)) and more[-1] not in "\r\n":
                pass
            continue
        yield line


def _records(
    lines: Iterator[str], delimiter: str, skipped: int, missed: Missed
) -> Iterator[tuple[int, list[str]]]:
    """Yield (line of its end, record) after the header; a record that cannot be read is told."""
    csv.field_size_limit(MAX_LINE)
    reader = csv.reader(lines, delimiter=delimiter)
    for _ in range(skipped):
        next(reader, None)
    while True:
        try:
            for record in reader:
                yield reader.line_num, record
            return
        except csv.Error:
            missed(LeftOut.UNREADABLE_ROW, reader.line_num)
