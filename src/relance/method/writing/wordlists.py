"""The word lists of the checks, read once from `wordlists.toml`."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from relance.method.writing.words import Address, Language

_WORD = re.compile(r"[^\W_]+[+#]*")
_STEM = 5


@dataclass(frozen=True, slots=True)
class WordLists:
    """What is looked for in the texts of one language."""

    reproach: re.Pattern[str]
    pressure: re.Pattern[str]
    notice: tuple[re.Pattern[str], ...]
    """Each must be found for the notice of rights to be there."""
    past_pay: re.Pattern[str]
    sensitive: tuple[tuple[str, re.Pattern[str]], ...]
    """What is not to be said or kept of a person, by family."""
    common: frozenset[str]
    """Stems that bring no information of their own."""


@dataclass(frozen=True, slots=True)
class AddressPatterns:
    quoted: re.Pattern[str]
    by_address: tuple[tuple[Address, re.Pattern[str]], ...]


@cache
def word_lists(language: Language) -> WordLists:
    data = _data()
    return WordLists(
        reproach=_any_of(data["reproach"][language]),
        pressure=_any_of(data["pressure"][language]),
        notice=tuple(_any_of(patterns) for patterns in data["notice"][language].values()),
        past_pay=_any_of(data["past_pay"][language]),
        sensitive=tuple((family, _any_of(given)) for family, given in data["sensitive"][language].items()),
        common=frozenset(stem(word) for word in _WORD.findall(data["common"][language])),
    )


@cache
def address_patterns() -> AddressPatterns:
    data: dict[str, str] = _data()["address"]
    return AddressPatterns(
        quoted=re.compile(data["quoted"]),
        by_address=tuple((address, re.compile(data[address])) for address in Address),
    )


class _Folded(dict[int, str]):
    """What each character is read as, worked out once: every text shown is read several times."""

    def __missing__(self, code: int) -> str:
        self[code] = unicodedata.normalize("NFD", chr(code))[0]
        return self[code]


def fold(text: str) -> str:
    """The text as patterns read it, character for character: no accents, plain apostrophes and spaces."""
    return composed(text).translate(_FOLDED)


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def tokens(text: str) -> list[str]:
    """Its words, folded and in lower case."""
    return _WORD.findall(fold(text).casefold())


def stem(word: str) -> str:
    """Enough of a folded word to know its plural again."""
    return word[:_STEM]


_FOLDED = _Folded(str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " "}))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("wordlists.toml").read_text(encoding="utf-8"))


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
