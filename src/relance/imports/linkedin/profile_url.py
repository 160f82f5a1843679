"""The address of a profile, reduced to what identifies its owner."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from relance.imports.area_words import KeyKind

_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[a-z0-9-]+\.)*linkedin\.com(?::\d+)?(?=[/?#]|$)", re.I)
_MEMBER = re.compile(r"^AC[A-Za-z]AA[A-Za-z0-9_-]*$")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]")
_PLAIN = re.compile(r"^https://www\.linkedin\.com/in/([a-z0-9-]+)/?$")
_UNESCAPED = re.compile(r"^https://www\.linkedin\.com/in/([^/?#%\s\x00-\x1f\x7f]+)/?$")
_MOBILE = frozenset({"mwlite", "comm"})
_LEADS = frozenset({"lead", "people"})


class ProfileKey(NamedTuple):
    """Who a profile address speaks of: `linkedin_slug` or `linkedin_member`, and its value."""

    kind: KeyKind
    value: str


@lru_cache(maxsize=4_096)
def profile_key(url: str) -> ProfileKey | None:
    """Return the key of a profile address, None when it names nobody.

    A slug is percent-decoded, NFC and lower case; a member id keeps its case and never equals a
    slug. Any LinkedIn host, any scheme or none. Companies, schools and the address without a slug
    (all rows of December 2023) are nobody.
    """
    plain = _PLAIN.match(url)
    if plain is not None:
        return ProfileKey(KeyKind.LINKEDIN_SLUG, plain[1])
    unescaped = _UNESCAPED.match(url)
    if unescaped is not None:
        return _slug(unescaped[1])
    text = url.strip()
    host = _HOST.match(text)
    if host is None:
        return None
    path = re.split(r"[?#]", text[host.end() :], maxsplit=1)[0]
    parts = [part for part in path.split("/") if part]
    if parts and parts[0].lower() in _MOBILE:
        parts = parts[1:]
    if len(parts) < 2:
        return None
    where = parts[0].lower()
    if where == "in":
        return _slug(parts[1])
    if where == "pub":
        return _slug("-".join((parts[1], "".join(reversed(parts[2:5])))).rstrip("-"))
    if len(parts) > 2 and where == "sales" and parts[1].lower() in _LEADS:
        return _opaque(_decoded(parts[2]).split(",", 1)[0])
    if len(parts) > 2 and where == "talent" and parts[1].lower() == "profile":
        return _opaque(_decoded(parts[2]))
    return None


def _decoded(part: str) -> str:
    if "%" not in part:
        return part
    once = unquote(part)
    return unquote(once) if "%25" in part else once


def _slug(part: str) -> ProfileKey | None:
    decoded = _decoded(part).strip()
    if _MEMBER.match(decoded):
        return ProfileKey(KeyKind.LINKEDIN_MEMBER, decoded)
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFC", decoded).lower())
    slug = re.split(r"[/?#]", lowered, maxsplit=1)[0].strip()
    if not slug or _BLANK.search(slug):
        return None
    return ProfileKey(KeyKind.LINKEDIN_SLUG, slug)


def _opaque(part: str) -> ProfileKey | None:
    value = part.strip()
    return ProfileKey(KeyKind.LINKEDIN_MEMBER, value) if value else None
