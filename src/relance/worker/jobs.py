"""What there is to do: each job works on some due rows and says how many."""

from collections.abc import Callable
from datetime import datetime

from relance.imports.jobs import advance_one_import, wipe_what_is_over
from relance.method.outreach.decisions import redecide_changed

Clock = Callable[[], datetime]

AT_ONCE = 500


def decide_anew(clock: Clock) -> int:
    """Take anew the decisions that are past their `changes_at`."""
    return redecide_changed(now=clock(), limit=AT_ONCE)


def read_imports(clock: Clock) -> int:
    """Take the oldest import that waits one step on."""
    return advance_one_import(clock=clock)


def wipe_temporary_area(clock: Clock) -> int:
    """Wipe what imports left that nobody came back to."""
    return wipe_what_is_over(now=clock())


ALL: tuple[Callable[[Clock], int], ...] = (read_imports, decide_anew, wipe_temporary_area)
