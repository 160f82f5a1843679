"""What makes mails one conversation: ids, chains, subjects, and the token in the address that answers come to."""

import re
import secrets
from collections.abc import Iterable

_ID = re.compile(r"<[^<>\s@]{1,200}@[^<>\s]{1,200}>")
_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|rv|sv|tr|fwd?|r[ée]f|antw|wg)\s*(?:\[\d+\]|\(\d+\))?\s*[:\uff1a]\.?\s*)+", re.IGNORECASE
)
_TOKEN = re.compile(r"\+r-([a-z2-7]{16})@", re.IGNORECASE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
TOKEN_LENGTH = 16


def new_message_id(sender: str) -> str:
    """An id nobody else has, in the sender's own domain (RFC 5322, 3.6.4)."""
    domain = sender.rpartition("@")[2].encode("idna").decode("ascii") or "localhost"
    return f"<{secrets.token_hex(16)}@{domain}>"


def new_token() -> str:
    """Eighty bits that stand for one message in the address its answers come to."""
    return "".join(secrets.choice(_LETTERS) for _ in range(TOKEN_LENGTH))


def plus_address(mail: str, token: str) -> str:
    """The address with the token as a detail (RFC 5233): `maud+r-…@ormel.example`."""
    local, _, domain = mail.rpartition("@")
    return f"{local}+r-{token}@{domain}"


def tokens_in(addresses: Iterable[str]) -> list[str]:
    """The tokens in those addresses, in order."""
    return [found.group(1).lower() for each in addresses for found in _TOKEN.finditer(each)]


def ids_in(*fields: str) -> list[str]:
    """The message ids in header fields, in order, each once; prose among them is left out."""
    return list(dict.fromkeys(found for field in fields for found in _ID.findall(field)))


def bare_subject(subject: str) -> str:
    """A subject without what mail programs put before it, folded, to compare threads by."""
    return " ".join(_PREFIX.sub("", subject).split()).casefold()


def replying(subject: str) -> str:
    """The subject of an answer in that thread."""
    bare = _PREFIX.sub("", subject).strip()
    return f"Re: {bare}" if bare else ""
