"""What a file is a source of: LinkedIn's archive, or a table. Judged by what it holds, never by its name."""

from pathlib import Path
from typing import BinaryIO, cast

from relance.imports.linkedin.archive import MAX_BYTES, opened
from relance.imports.linkedin.csv_stream import Metered, table
from relance.imports.linkedin.headers import is_expected
from relance.imports.linkedin.read import SOURCE as LINKEDIN
from relance.imports.linkedin.reasons import BadArchive
from relance.imports.tables.book import (
    BROKEN_ZIP,
    MAX_SHEETS,
    OLD,
    ZIP,
    is_binary,
    is_page,
    is_workbook,
    names_in_zip,
)
from relance.imports.tables.delimited import Delimited
from relance.imports.tables.read import SOURCE as TABLE


def source_of(path: Path) -> str:
    """`linkedin` or `table`; what is neither is left to the archive's reader, which says so."""
    with path.open("rb") as stream:
        head = stream.read(4096)
        if head.startswith(OLD):
            return TABLE
        if head.startswith(ZIP):
            return TABLE if is_workbook(names_in_zip(path)) or _is_zip_of_tables(path) else LINKEDIN
        if is_page(head):
            return TABLE if b"<table" in head.lower() or b"<workbook" in head.lower() else LINKEDIN
        if is_binary(head) or not head.strip() or _is_linkedin(path):
            return LINKEDIN
        return TABLE if _is_table(stream, head) else LINKEDIN


def _is_table(stream: BinaryIO, head: bytes) -> bool:
    return not is_binary(head) and (Delimited(stream).width > 1 or b"@" in head)


def _is_linkedin(path: Path) -> bool:
    try:
        with opened(path) as archive:
            for member in archive.members:
                with member.opened_by() as stream:
                    if (
                        table(Metered(stream, MAX_BYTES, lambda _: None), lambda reason, line: None)
                        is not None
                    ):
                        return True
    except (BadArchive, *BROKEN_ZIP):
        pass
    return False


def _is_zip_of_tables(path: Path) -> bool:
    try:
        with opened(path) as archive:
            if any(is_expected(member.name) for member in archive.members):
                return False
    except (BadArchive, *BROKEN_ZIP):
        return False
    return not _is_linkedin(path) and _holds_a_table(path)


def _holds_a_table(path: Path) -> bool:
    """Whether one of a zip's files is a table, which a stray note is not; a damaged one is left to its reader."""
    try:
        with opened(path) as archive:
            for member in archive.members[:MAX_SHEETS]:
                with member.opened_by() as opened_member:
                    stream = cast(BinaryIO, opened_member)
                    if _is_table(stream, stream.read(4096)):
                        return True
    except (BadArchive, *BROKEN_ZIP):
        return True
    return False
