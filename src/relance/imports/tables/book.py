"""What was given, opened by what it holds: the sheets of a workbook, or a delimited text as one sheet."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from relance.imports.linkedin.archive import MAX_BYTES, opened
from relance.imports.linkedin.reasons import BadArchive, BadArchiveCode
from relance.imports.tables.decoding import wide
from relance.imports.tables.delimited import Delimited, Missed, Row
from relance.imports.tables.reasons import BadTable, BadTableCode
from relance.imports.tables.workbook import open_workbook

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PAGE = (b"<html", b"<!doctype", b"<table", b"<?xml")
MAX_SHEETS = 20
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OSError, RuntimeError,
)  # fmt: skip
"""What the library raises at a zip whose places lead nowhere."""

_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0b\x0c")
_OTHERS = ("xl/workbook.bin", "content.xml", "Index/Document.iwa", "Index.zip")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `french` where the way it was written says that its reader counts days first.

    `hidden` tells which rows its workbook hides, and `hidden_sheets` how many sheets; a text hides nothing.
    """

    name: str
    french: bool
    rows: Callable[[Missed], Iterator[Row]]
    hidden: Callable[[], frozenset[int]] = frozenset
    hidden_sheets: int = 0


Book = Sequence[Sheet]


@contextmanager
def open_book(path: Path) -> Iterator[Book]:
    """Open a CSV, an XLSX or a zip of CSVs, whatever it is called. Raises BadTable."""
    with ExitStack() as stack:
        stream = stack.enter_context(path.open("rb"))
        head = stream.read(4096)
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        if not head.strip():
            raise BadTable(BadTableCode.EMPTY)
        if size > MAX_BYTES:
            raise BadTable(BadTableCode.TOO_LARGE, limit=MAX_BYTES // 1_000_000)
        if head.startswith(OLD):
            raise BadTable(_old(stream))
        if head.startswith(ZIP):
            yield stack.enter_context(_zipped(path))
            return
        if is_page(head):
            raise BadTable(BadTableCode.PAGE)
        if is_binary(head):
            raise BadTable(BadTableCode.NOT_A_TABLE)
        yield [_of_text("", stream)]


def is_page(head: bytes) -> bool:
    """Whether a file is a web page or XML, which many tools export under the name .xls."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower().startswith(PAGE)


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text at all."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or wide(head):
        return False
    return head.startswith(b"%PDF") or sum(each in _CONTROLS for each in head) > 2 + 0.02 * len(head)


def _of_text(name: str, stream: BinaryIO) -> Sheet:
    text = Delimited(stream)
    return Sheet(name, text.delimiter == ";" or text.encoding == "cp1252", text.rows)


def _old(stream: BinaryIO) -> BadTableCode:
    """Excel's former format, or a workbook under a password, which wears the same coat."""
    found = "EncryptedPackage".encode("utf-16-le") in stream.read(MAX_BYTES)
    return BadTableCode.ENCRYPTED if found else BadTableCode.OLD_EXCEL


def names_in_zip(path: Path) -> list[str]:
    """The names a zip holds; empty when it cannot be opened."""
    try:
        with zipfile.ZipFile(path) as opened_zip:
            return opened_zip.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


def is_workbook(names: Sequence[str]) -> bool:
    """Whether a zip of those names is a workbook of any kind, one of ours or one to be refused."""
    return any(name in names for name in ("xl/workbook.xml", *_OTHERS))


@contextmanager
def _zipped(path: Path) -> Iterator[Book]:
    names = names_in_zip(path)
    if "xl/workbook.xml" in names:
        with open_workbook(path) as sheets:
            yield [Sheet(each.name, False, each.rows, each.hidden, each.hidden_sheets) for each in sheets]
        return
    if is_workbook(names):
        raise BadTable(BadTableCode.OTHER_SHEET)
    try:
        with opened(path) as archive, ExitStack() as stack:
            found = []
            for member in archive.members[:MAX_SHEETS]:
                stream = cast(BinaryIO, stack.enter_context(member.opened_by()))
                found.append(_of_text(member.name, stream))
            yield found
    except BadArchive as error:
        raise BadTable(_AS_TABLE.get(error.code, BadTableCode.DAMAGED)) from error
    except BROKEN_ZIP as error:
        raise BadTable(BadTableCode.DAMAGED) from error


_AS_TABLE = {
    BadArchiveCode.EMPTY: BadTableCode.NOT_A_TABLE,
    BadArchiveCode.TOO_LARGE: BadTableCode.TOO_LARGE,
    BadArchiveCode.SUSPICIOUS_RATIO: BadTableCode.TOO_LARGE,
    BadArchiveCode.TOO_MANY_MEMBERS: BadTableCode.TOO_LARGE,
    BadArchiveCode.ENCRYPTED: BadTableCode.ENCRYPTED,
}
