"""Which file is which: told by its header, whatever it is called."""

import re
import unicodedata
from enum import StrEnum


class FileKind(StrEnum):
    """The files of the export that are read."""

    CONNECTIONS = "connections"
    MESSAGES = "messages"
    INVITATIONS = "invitations"
    PROFILE = "profile"
    EMAIL_ADDRESSES = "email_addresses"
    AD_TARGETING = "ad_targeting"
    CONTACTS = "contacts"


_REQUIRED: tuple[tuple[FileKind, frozenset[str]], ...] = (
    (FileKind.CONNECTIONS, frozenset({"first name", "last name", "connected on"})),
    (FileKind.INVITATIONS, frozenset({"from", "to", "sent at", "direction"})),
    (FileKind.MESSAGES, frozenset({"from", "to", "date", "content"})),
    (FileKind.PROFILE, frozenset({"first name", "last name", "headline", "summary", "industry"})),
    (FileKind.EMAIL_ADDRESSES, frozenset({"email address", "confirmed", "primary"})),
    (FileKind.AD_TARGETING, frozenset({"interfacelocale"})),
    (FileKind.CONTACTS, frozenset({"fullname", "emails"})),
)

_TRANSLATED = {
    "prenom": "first name",
    "nom": "last name",
    "nom de famille": "last name",
    "adresse e-mail": "email address",
    "e-mail": "email address",
    "entreprise": "company",
    "poste": "position",
    "date de connexion": "connected on",
}
"""What people and spreadsheets make of the headers; LinkedIn itself writes them in English."""

_ASSISTANTS = frozenset(
    {"guidemessages", "coachmessages", "learningcoachmessages", "learningroleplaymessages"}
)
_EXPECTED = frozenset({"connections", "messages", "invitations"})


def columns(cells: list[str]) -> dict[str, int]:
    """Return the place of each column by its English lower-case name."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        bare = " ".join(cell.replace("\ufeff", "").split()).casefold()
        plain = unicodedata.normalize("NFKD", bare)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
        found.setdefault(_TRANSLATED.get(plain, bare), place)
    return found


def recognised(cells: list[str]) -> FileKind | None:
    """Return the kind of file whose header this record is, None when it is no header."""
    names = columns(cells).keys()
    return next((kind for kind, required in _REQUIRED if required <= names), None)


def is_assistant_log(name: str) -> bool:
    """Whether a file holds talks with LinkedIn's own assistants, under the messages header."""
    return _bare(name) in _ASSISTANTS


def is_expected(name: str) -> bool:
    """Whether a file with this name should have been recognised."""
    return _bare(name) in _EXPECTED


def _bare(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.rsplit(".", 1)[0].lower())
