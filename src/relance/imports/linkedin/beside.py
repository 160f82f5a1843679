"""Reading an archive by two: while its messages are read, another process reads who is connected and invited."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from relance.imports.hands import Hands, Job
from relance.imports.linkedin.archive import Source
from relance.imports.linkedin.headers import FileKind
from relance.imports.linkedin.reasons import LeftOut

READ_BESIDE = frozenset({FileKind.CONNECTIONS, FileKind.INVITATIONS})

WORTH_IT = 2_000_000
"""Bytes that take longer to read than a process takes to start."""

Kinds = Mapping[int, tuple[FileKind, int]]
"""Of the members to be read, by their places in the archive: the kind and the size in bytes."""


class Order(NamedTuple):
    """Which members of an archive are to be read, into which file, and the last instant a row may bear."""

    source: Path
    name: str
    places: tuple[int, ...]
    scratch: Path
    latest: datetime


class Staged(NamedTuple):
    """What came of it: the file holds the rows."""

    rows: int
    bytes_read: int
    kinds: set[FileKind]
    left_out: Counter[tuple[LeftOut, str]]
    lines: dict[tuple[LeftOut, str], list[int]]


class Beside:
    """Members that are being read beside this process."""

    def __init__(self, order: Order, job: Job[None, Order, Staged | None]) -> None:
        self.places = order.places
        self.scratch = order.scratch
        self._job = job

    def answer(self) -> Staged | None:
        return self._job.answer()

    def leave(self) -> None:
        """Remove the file, once nobody works on it."""
        self._job.leave()
        with suppress(OSError):
            self.scratch.unlink(missing_ok=True)


def begun_beside(
    hands: Hands,
    read: Callable[[Order], Staged | None],
    source: Source,
    name: str,
    kinds: Kinds,
    scratch: Path,
    latest: datetime,
) -> Beside | None:
    """Have connections and invitations read by another process, where that is worth it and can be done."""
    places = tuple(place for place, (kind, _size) in kinds.items() if kind in READ_BESIDE)
    aside = sum(kinds[place][1] for place in places)
    rest = sum(size for _kind, size in kinds.values()) - aside
    if not isinstance(source, Path) or min(aside, rest) < WORTH_IT:
        return None
    order = Order(source, name, places, scratch.with_name(f"{scratch.name}.beside"), latest)
    job = hands.begin(read, order)
    return None if job is None else Beside(order, job)
