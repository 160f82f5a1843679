"""Why an archive is refused, and why a row is left out: codes with values, never sentences."""

from collections.abc import Mapping
from enum import StrEnum


class BadArchiveCode(StrEnum):
    """Why a file is refused whole."""

    EMPTY = "empty"
    NOT_AN_ARCHIVE = "not_an_archive"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NESTED = "nested"
    PATH_TRAVERSAL = "path_traversal"
    ABSOLUTE_NAME = "absolute_name"
    SYMLINK = "symlink"
    TOO_MANY_MEMBERS = "too_many_members"
    TOO_LARGE = "too_large"
    SUSPICIOUS_RATIO = "suspicious_ratio"
    UNSUPPORTED_COMPRESSION = "unsupported_compression"
    NOTHING_RECOGNISED = "nothing_recognised"


class BadArchive(Exception):
    """The archive cannot be used; nothing was stored.

    `values` complete the code: `member` (a name from the archive, to be escaped where shown),
    `limit` (bytes, members or ratio), `names` (the files found when none is recognised).
    """

    def __init__(self, code: BadArchiveCode, **values: str | int | tuple[str, ...]) -> None:
        super().__init__(code)
        self.code = code
        self.values: Mapping[str, str | int | tuple[str, ...]] = values


class LeftOut(StrEnum):
    """Why a row, or a file, was not used."""

    UNREADABLE_ROW = "unreadable_row"
    ROW_TOO_LONG = "row_too_long"
    TOO_FEW_COLUMNS = "too_few_columns"
    BAD_DATE = "bad_date"
    BAD_DIRECTION = "bad_direction"
    EMPTY_RECORD = "empty_record"
    NO_IDENTITY = "no_identity"
    HIDDEN_PERSON = "hidden_person"
    NO_RECIPIENT = "no_recipient"
    NOT_A_PERSON = "not_a_person"
    AMBIGUOUS_NAME = "ambiguous_name"
    OWNER_UNKNOWN = "owner_unknown"
    CONNECTIONS_MISSING = "connections_missing"
    GROUP = "group"
    SPONSORED = "sponsored"
    SPAM = "spam"
    DRAFT = "draft"
    DUPLICATE = "duplicate"
    ASSISTANT_LOG = "assistant_log"
    UNKNOWN_HEADER = "unknown_header"
