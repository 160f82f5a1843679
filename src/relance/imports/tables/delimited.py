"""Delimited text as rows: the delimiter by counting columns, and no row that takes others with it."""

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import BinaryIO

from relance.imports.tables.decoding import encoding_of, errors_of, mended
from relance.imports.tables.reasons import RowProblem

DELIMITERS = (";", ",", "\t", "|")
MAX_LINE = 200_000
MAX_LINES_OF_A_RECORD = 400
MAX_COLUMNS = 256
PATIENCE = 200_000
"""Lines that are taken back in all before a stray quote is no longer looked into."""

_SAMPLE = 120
_SEP = re.compile(r'^"?sep=(.|\\t)"?$', re.I)

Row = tuple[int, list[str]]
Missed = Callable[[RowProblem, int, str], None]
"""Told why, the number and the text of each row that could not be read."""


def unmissed(_problem: RowProblem, _number: int, _text: str) -> None:
    """Hear nothing."""


class Delimited:
    """One delimited text. Rows are numbered as a spreadsheet shows them: a cell of several lines is one row."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._patience = PATIENCE
        self.encoding = encoding_of(stream)
        sample = list(islice(self._text(), _SAMPLE))
        told = _SEP.match(sample[0].rstrip("\r\n")) if sample else None
        self._skipped = 1 if told else 0
        sample = sample[self._skipped :]
        self.delimiter, self.width = _told(told[1], sample) if told else _counted(sample)

    def _text(self) -> Iterator[str]:
        self._stream.seek(0)
        text = io.TextIOWrapper(
            self._stream, encoding=self.encoding, errors=errors_of(self.encoding), newline=""
        )
        try:
            while line := text.readline(MAX_LINE):
                whole = line[-1] in "\r\n"
                yield line
                while not whole and (more := text.readline(MAX_LINE)):  # the rest of an endless line
                    whole = more[-1] in "\r\n"
        finally:
            if not self._stream.closed:  # a reading that was given up closes the file first
                text.detach()

    def rows(self, missed: Missed = unmissed) -> Iterator[Row]:
        """Yield every row, blank ones too, with its number from 1."""
        lines = islice(self._text(), self._skipped, None)
        again: deque[str] = deque()
        number = 0
        while (line := again.popleft() if again else next(lines, None)) is not None:
            number += 1
            bare = line.rstrip("\r\n").replace("\x00", "")
            if len(line) >= MAX_LINE:
                missed(RowProblem.TOO_LONG, number, bare[:200])
            elif '"' not in bare:
                yield number, [mended(cell.strip()) for cell in bare.split(self.delimiter, MAX_COLUMNS)]
            elif not _is_open(bare, self.delimiter):
                yield number, self._cells(bare)
            else:
                cells = self._of_several(bare, lines, again)
                if cells is None:
                    missed(RowProblem.UNCLOSED_QUOTE, number, bare[:MAX_LINE])
                else:
                    yield number, cells

    def _of_several(self, first: str, lines: Iterator[str], again: deque[str]) -> list[str] | None:
        """The cells of a record that goes on; None, and its other lines given back, when its quote is a stray one."""
        taken: list[str] = []
        whole, inside, size = [first], True, len(first)
        while len(taken) < MAX_LINES_OF_A_RECORD and size < MAX_LINE and self._patience > 0:
            line = again.popleft() if again else next(lines, None)
            if line is None:
                break
            taken.append(line)
            bare = line.rstrip("\r\n").replace("\x00", "")
            size += len(bare)
            whole.append(bare)
            inside = _is_open(bare, self.delimiter, inside=inside)
            if not inside:
                cells = self._cells("\n".join(whole))
                if len(cells) == self.width or not self._swallowed(taken):
                    return cells
                break
        self._patience -= len(taken)
        again.extendleft(reversed(taken))
        return None

    def _swallowed(self, taken: list[str]) -> bool:
        """Whether a line taken into a cell looks like a row of its own."""
        return any(
            len(self._cells(line.rstrip("\r\n"))) == self.width for line in taken if self.delimiter in line
        )

    def _cells(self, text: str) -> list[str]:
        return _split(text, self.delimiter)


def _split(text: str, delimiter: str) -> list[str]:
    csv.field_size_limit(MAX_LINE * 2)
    try:
        found = next(csv.reader([text.replace("\r\n", "\n")], delimiter=delimiter), [])
    except csv.Error:  # a bare carriage return within a row
        found = text.replace('"', "").split(delimiter)
    return [mended(cell.strip()) for cell in found[: MAX_COLUMNS + 1]]


def _is_open(text: str, delimiter: str, *, inside: bool = False) -> bool:
    """Whether a quoted cell is still open at the end: a quote opens one only where a cell begins."""
    place, length = 0, len(text)
    while place < length:
        at = text.find('"', place)
        if at < 0:
            return inside
        place = at + 1
        if not inside:
            inside = at == 0 or text[at - 1] == delimiter
        elif text[place : place + 1] == '"':
            place += 1
        else:
            inside = False
    return inside


def _told(sign: str, sample: list[str]) -> tuple[str, int]:
    delimiter = "\t" if sign == "\\t" else sign
    return delimiter, _shape(sample, delimiter)[0]


def _counted(sample: list[str]) -> tuple[str, int]:
    """The delimiter under which most rows have the same number of columns, and the most columns."""
    best, found = (0.0, 0), (",", 1)
    for delimiter in DELIMITERS:
        width, share = _shape(sample, delimiter)
        score = (round(share, 1) if width > 1 else 0.0, width)
        if width > 1 and (score[0] * min(width, 12), width) > best:
            best, found = (score[0] * min(width, 12), width), (delimiter, width)
    return found


def _shape(sample: list[str], delimiter: str) -> tuple[int, float]:
    """The usual number of columns, and the share of the rows that have it."""
    widths: Counter[int] = Counter()
    open_text = ""
    for line in sample:
        bare = line.rstrip("\r\n")
        if not bare.strip() and not open_text:
            continue
        text = f"{open_text}\n{bare}" if open_text else bare
        if '"' in text and _is_open(text, delimiter) and len(text) < 20_000:
            open_text = text
            continue
        open_text = ""
        widths[len(_split(text, delimiter))] += 1
    if not widths:
        return 1, 0.0
    several = {width: count for width, count in widths.items() if width > 1}
    width, count = max((several or widths).items(), key=lambda pair: (pair[1], pair[0]))
    return width, count / sum(widths.values())
