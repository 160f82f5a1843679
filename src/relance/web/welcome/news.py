"""Whom the news of an import is about, by name: a stored result holds only their keys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relance.accounts.models import Membership
from relance.method.candidates.models import Candidate
from relance.method.candidates.queries import access_candidates

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Named:
    """How many people a line counts, the first of them, and how many are left to count."""

    count: int
    people: list[Candidate]

    @property
    def more(self) -> int:
        return self.count - len(self.people)


@dataclass(frozen=True, slots=True)
class Move:
    person: Candidate
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moves:
    count: int
    lines: list[Move]

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True, slots=True)
class News:
    """What the end of an import says of people known before."""

    known: int
    accepted: Named
    answered: Named
    moved: Moves


def news(member: Membership, result: Mapping[str, Any]) -> News:
    """The news of a stored result; who was erased or merged since is still counted, and no longer named."""
    accepted, answered = _once(result.get("accepted", ())), _once(result.get("answered", ()))
    moved: Sequence[tuple[int, str, str]] = result.get("moved", ())
    asked = {*accepted[:SHOWN], *answered[:SHOWN], *(move[0] for move in moved[:SHOWN])}
    found = access_candidates(member, asked) if asked else {}
    moves = [Move(found[pk], before, after) for pk, before, after in moved[:SHOWN] if pk in found]
    return News(
        result.get("known", 0),
        _named(accepted, found),
        _named(answered, found),
        Moves(len(moved), moves),
    )


def _once(keys: Iterable[int]) -> list[int]:
    """Each person once, whichever rows of the archive told of them."""
    return list(dict.fromkeys(keys))


def _named(keys: list[int], found: Mapping[int, Candidate]) -> Named:
    return Named(len(keys), [found[pk] for pk in keys[:SHOWN] if pk in found])
