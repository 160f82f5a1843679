"""The syntax of templates: `{variable}`, `{variable|fallback}`, `[slot to write]`, and no logic.

- A variable holds neither braces nor a line break; what follows its first `|` is its fallback.
  A fallback may itself be a slot, `{source|[where you found them]}`: without a value there is
  something to write.
- A slot holds no bracket and is opaque: no variable is looked for inside it.
- Whatever matches neither is text, stray braces and brackets included. Nothing here raises, and
  every function is linear in the length of its text.

A filled text is plain text again, and a value may hold brackets of its own (« Zoé [she/her] »).
So values are inserted as they are, and whoever reads a filled text passes them again as
`literal`: where such a value stands in the text, its characters are no syntax. A value without
a letter or a digit is never taken as literal: a person called "]" must not hide every slot.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from relance.method.writing.variables import code_of

_MARK = re.compile(r"\{(?P<variable>[^{}\n]*)\}|\[(?P<slot>[^\[\]]*)\]")
_SYNTAX = frozenset("{}[]")


@dataclass(frozen=True, slots=True)
class Text:
    source: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.source)


@dataclass(frozen=True, slots=True)
class Variable(Text):
    name: str
    """As typed, trimmed."""
    code: str | None
    """None for a name nobody knows."""
    fallback: str | None


@dataclass(frozen=True, slots=True)
class Slot(Text):
    hint: str
    """What is to be written there, as the template says it."""


Piece = Text | Variable | Slot


def parse(text: str, literal: Iterable[str] = ()) -> tuple[Piece, ...]:
    """The pieces of a text in order; their sources joined are the text, `start` and `end` its offsets."""
    masked = _masked(text, literal)
    pieces: list[Piece] = []
    at = 0
    for mark in _MARK.finditer(masked):
        start, end = mark.span()
        if start > at:
            pieces.append(Text(text[at:start], at))
        pieces.append(_piece(text[start:end], start))
        at = end
    if at < len(text):
        pieces.append(Text(text[at:], at))
    return tuple(pieces)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its known variables replaced by `values` (keyed by code).

    A missing or blank value gives the fallback; without one the variable stays as it is, for
    the check to see. Slots and unknown variables stay.
    """
    return "".join(_filled(piece, values) for piece in parse(text))


def slots(text: str, literal: Iterable[str] = ()) -> tuple[Slot, ...]:
    return tuple(piece for piece in parse(text, literal) if isinstance(piece, Slot))


def variables(text: str, literal: Iterable[str] = ()) -> tuple[Variable, ...]:
    return tuple(piece for piece in parse(text, literal) if isinstance(piece, Variable))


def without_marks(text: str, literal: Iterable[str] = ()) -> str:
    """The text without its slots and variables: what would be sent if they were taken out."""
    return "".join(piece.source for piece in parse(text, literal) if type(piece) is Text)


def _piece(source: str, start: int) -> Piece:
    inside = source[1:-1]
    if source[0] == "[":
        return Slot(source, start, inside.strip())
    name, bar, fallback = inside.partition("|")
    return Variable(source, start, name.strip(), code_of(name), fallback if bar else None)


def _filled(piece: Piece, values: Mapping[str, str]) -> str:
    if not isinstance(piece, Variable) or piece.code is None:
        return piece.source
    value = values.get(piece.code, "")
    if value.strip():
        return value
    return piece.source if piece.fallback is None else piece.fallback


def _masked(text: str, literal: Iterable[str]) -> str:
    """The text, of the same length, with the values that hold syntax blotted out."""
    holding = {value for value in literal if _SYNTAX.intersection(value) and any(map(str.isalnum, value))}
    for value in sorted(holding, key=lambda value: (-len(value), value)):
        text = text.replace(value, "\0" * len(value))
    return text
