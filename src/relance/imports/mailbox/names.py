"""The names of correspondents, as mail headers write them."""

import re
import unicodedata

_EDGES = " \t'\"<>()[],;"
_NOTE = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]")
_PARTS = re.compile(r"[._-]+")


def name_of(shown: str, address: str) -> tuple[str, str]:
    """The full name and the first name: from the name shown, else from the address, else the address itself."""
    name = in_order(_NOTE.sub("", shown.replace("\x00", "")).strip(_EDGES))
    told = _from(address)
    if not name or "@" in name:
        name = told
    elif " " not in name and _plain(told.partition(" ")[0]) == _plain(name):
        name = f"{name} {told.partition(' ')[2]}".strip()
    return name[:200], name.split(" ")[0][:100] if "@" not in name else ""


def is_said(shown: str) -> bool:
    """Whether a header gives a name at all."""
    return bool(shown.strip(_EDGES)) and "@" not in shown


def in_order(name: str) -> str:
    """First name first: "Aubrac, Inès" and "AUBRAC Inès" are as directories write it."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if comma and first and last and "," not in first:
        name = f"{first} {last}"
    words = name.split()
    capitals = 0
    while capitals < len(words) and len(words[capitals]) > 1 and words[capitals].isupper():
        capitals += 1
    if 0 < capitals < len(words):
        words = [*words[capitals:], *words[:capitals]]
    return " ".join(word.title() if len(word) > 2 and word.isupper() else word for word in words)


def _plain(word: str) -> str:
    """Without accents or case, as addresses write names."""
    return "".join(each for each in unicodedata.normalize("NFD", word.casefold()) if each.isalpha())


def _from(address: str) -> str:
    parts = [part for part in _PARTS.split(address.partition("@")[0].partition("+")[0]) if part]
    if len(parts) in {2, 3} and all(part.isalpha() and len(part) > 1 for part in parts):
        return " ".join(part.capitalize() for part in parts)
    return address
