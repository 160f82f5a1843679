"""How far a reading is, in units that can be counted."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    READING = "reading"
    JOINING = "joining"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """A state of the reading.

    `bytes_read` of `bytes_total` are uncompressed bytes of the recognised files, `rows` the rows
    read from them, `steps_done` of `steps_total` the steps of the joining that follows (their
    lengths differ: they are steps, not shares of time).
    """

    stage: Stage
    bytes_read: int = 0
    bytes_total: int = 0
    rows: int = 0
    steps_done: int = 0
    steps_total: int = 0


class Cancelled(Exception):
    """The reading was asked to stop; the area is to be wiped by who opened it."""


Listener = Callable[[Progress], None]
Asked = Callable[[], bool]


def unheard(_: Progress) -> None:
    """Listen to nothing."""


def never() -> bool:
    """Never ask to stop."""
    return False
