"""What processes tell one another: plain values, without Django."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Round:
    """What all threads go at together. `waves` is how often they do."""

    number: int
    kind: str
    people: tuple[int, ...] = ()
    outreaches: tuple[int, ...] = ()
    identities: tuple[tuple[str, str], ...] = ()
    waves: int = 1


@dataclass(frozen=True, slots=True)
class Firm:
    recruiters: tuple[int, ...]
    rounds: list[Round] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tried:
    """One try and its outcome: `ok`, `refused`, or `crash` for whatever is no refusal of the house."""

    round: int
    wave: int
    thread: int
    member: int
    what: str
    outcome: str
    value: str = ""
