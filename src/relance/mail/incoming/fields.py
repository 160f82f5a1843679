"""Header fields read one by one, each failing alone: encoded words, addresses, dates."""

import quopri
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from relance.mail.incoming import mime
from relance.mail.incoming.mime import Headers

_WORD = re.compile(r"=\?([\w:.*-]{1,60})\?([bBqQ])\?([^?]{0,2000})\?=")
_BETWEEN = re.compile(r"(\?=)\s+(=\?)")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,128}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}")
ARRIVED = (
    "to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to",
    "resent-to", "x-forwarded-to", "x-rcpt-to", "original-recipient", "apparently-to",
)  # fmt: skip


def decoded(value: str) -> str:
    """A field with its encoded words read (RFC 2047), on one line; never raises."""
    if "=?" not in value:
        return " ".join(value.split())
    value = _BETWEEN.sub(r"\1\2", _BETWEEN.sub(r"\1\2", value))
    out: list[str] = []
    pending, charset, last = b"", "", 0
    for word in _WORD.finditer(value):
        between = value[last : word.start()]
        same = word.group(1).partition("*")[0].lower()
        if between or same != charset:
            out.append(mime.characters(pending, charset) + between)
            pending, charset = b"", same
        pending += _octets(word.group(2), word.group(3))
        last = word.end()
    out.append(mime.characters(pending, charset) + value[last:])
    return " ".join("".join(out).split())


def _octets(encoding: str, text: str) -> bytes:
    if encoding in "bB":
        return mime.from_base64(text.encode("utf-8", "replace"))
    return quopri.decodestring(text.replace("_", " ").encode("utf-8", "replace"), header=True)


def addresses(values: Iterable[str]) -> list[tuple[str, str]]:
    """Names and addresses (lower case) in fields; where a field cannot be read, what looks like an address."""
    found: list[tuple[str, str]] = []
    for value in values:
        short = value[:4_000]
        try:
            read = [(decoded(name), mail.lower()) for name, mail in getaddresses([short]) if "@" in mail]
        except Exception:  # the standard library raises many things on wild input
            read = []
        plain = "" if read else decoded(short)  # some programs encode the whole field
        found += read or [(plain.partition("<")[0].strip(), each.lower()) for each in _ADDRESS.findall(plain)]
    return found


def addresses_in(text: str) -> list[str]:
    """What looks like an address in a text, in lower case, each once."""
    return list(dict.fromkeys(each.lower().strip(".'") for each in _ADDRESS.findall(text[:20_000])))


def sent_at(headers: Headers) -> datetime | None:
    """The Date header, aware."""
    return instant(headers.get("date"))


def received_at(headers: Headers) -> datetime | None:
    """When the last server took it in, by its own line."""
    return instant(headers.get("received").rpartition(";")[2])


def instant(value: str) -> datetime | None:
    """A date of RFC 5322, aware, in UTC where no zone is given; None when it cannot be read."""
    try:
        read = parsedate_to_datetime(value[:100])
        aware = read if read.tzinfo else read.replace(tzinfo=UTC)
        aware.astimezone(UTC)  # near the ends of the calendar this overflows
    except Exception:  # the standard library raises many things on wild input
        return None
    return aware


def arrived_at(headers: Headers) -> tuple[str, ...]:
    """The addresses it came to, each once."""
    values = [value for name in ARRIVED for value in headers.all(name)]
    return tuple(dict.fromkeys(mail for _, mail in addresses(values)))
