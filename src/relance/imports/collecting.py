"""Sparing Python's search for cycles while an import makes millions of short-lived values, none of them in a cycle."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 100_000
"""New objects between two searches: seldom enough to cost nothing, often enough to keep memory flat."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Leave what the program is made of out of the searches, and search seldom, until the end."""
    set_apart = gc.get_freeze_count()
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
        if set_apart:  # by the process, as it began: so it is again
            gc.collect()
            gc.freeze()
