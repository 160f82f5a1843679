"""The variables templates may hold: codes, and the names people type for them."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

from relance.method.writing.words import Language


@dataclass(frozen=True, slots=True)
class KnownVariable:
    """One variable: its code and, per language, its names (the first is the one to show)."""

    code: str
    names: Mapping[Language, tuple[str, ...]]

    def name(self, language: Language) -> str:
        return self.names[language][0]


def _read() -> Mapping[str, KnownVariable]:
    source = files(__package__).joinpath("variables.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            code: KnownVariable(code, MappingProxyType({lang: tuple(names[lang.value]) for lang in Language}))
            for code, names in tomllib.loads(source).items()
        }
    )


def _key(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold().replace("’", "'").replace("_", " "))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).split())


VARIABLES: Mapping[str, KnownVariable] = _read()
_CODES = {
    _key(name): code
    for code, variable in VARIABLES.items()
    for names in ((code,), *variable.names.values())
    for name in names
}


def code_of(name: str) -> str | None:
    """The code a typed name stands for (in any language, or the code itself); None if unknown."""
    return _CODES.get(_key(name))
