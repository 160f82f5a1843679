"""More hands for the part of a large import that only thinks: processes beside this one, which touch nothing stored.

What they are asked is a pure function of an order (a file to read, an instant), so that whoever does it answers the
same. This process works along: it does what comes next while it would wait, and all of it where no other process can
be started or those there were have died.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Generic, TypeVar

from relance.imports.collecting import collecting_seldom

LARGE = 3_000
"""People from whom on more hands save more than their start takes (about a third of a second each)."""

AHEAD = 2
"""Orders given to each, so that none waits for the next; it also bounds what lies done and not yet taken."""

Kept = TypeVar("Kept")
Order = TypeVar("Order")
Answer = TypeVar("Answer")


class Hands:
    """Who works on an import: this process, and those of `pool` if there is one."""

    def __init__(self, pool: ProcessPoolExecutor | None = None, count: int = 0) -> None:
        self._pool = pool
        self._ahead = AHEAD * count

    def each(
        self, work: Callable[[Order], Answer], jobs: Iterator[tuple[Kept, Order]]
    ) -> Iterator[tuple[Kept, Answer]]:
        """Yield the answer to each order, in their order, with what was kept beside it here."""
        begun: deque[_Job[Kept, Order, Answer]] = deque()
        while True:
            while sum(not each.is_done for each in begun) < self._ahead and len(begun) <= 2 * self._ahead:
                if (job := next(jobs, None)) is None:
                    break
                begun.append(_Job(work, *job, self._handed_over(work, job[1])))
            idle = not begun or (not begun[0].is_done and len(begun) <= 2 * self._ahead)
            if idle and (job := next(jobs, None)) is not None:
                begun.append(_Job(work, *job))
            elif begun:
                first = begun.popleft()
                yield first.kept, first.answer()
            else:
                return

    def _handed_over(self, work: Callable[[Order], Answer], order: Order) -> "Future[Answer] | None":
        if self._pool is not None:
            try:
                return self._pool.submit(work, order)
            except (OSError, RuntimeError):  # no process can be started, or those there were have died
                self._pool = None
        return None


class _Job(Generic[Kept, Order, Answer]):
    """One order, and what does it: a process, or without a future this one, at once."""

    def __init__(
        self,
        work: Callable[[Order], Answer],
        kept: Kept,
        order: Order,
        future: "Future[Answer] | None" = None,
    ) -> None:
        self.kept = kept
        self._work = work
        self._order = order
        self._future = future
        self._own = [] if future is not None else [work(order)]

    @property
    def is_done(self) -> bool:
        return self._future is None or self._future.done()

    def answer(self) -> Answer:
        if self._own:
            return self._own[0]
        assert self._future is not None
        try:
            return self._future.result()
        except BrokenProcessPool:
            return self._work(self._order)


@contextmanager
def hands_for(people: int, *, most: int) -> Iterator[Hands]:
    """The hands that are worth their start for so many people: at most `most` processes beside this one."""
    count = most if people >= LARGE else 0
    pool = _started(count) if count > 0 else None
    try:
        yield Hands(pool, count if pool else 0)
    finally:
        if pool is not None:
            pool.shutdown(cancel_futures=True)


def _started(count: int) -> ProcessPoolExecutor | None:
    try:
        # Spawned on every system: a fork would copy the connections and locks of the threads of this process.
        return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)
    except (OSError, ImportError, NotImplementedError):  # a system without semaphores, or none left
        return None


def _begin() -> None:
    """What each process does first: it ends with the one that started it, however that one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal; the one that works along answers it
    Thread(target=_end_with_parent, daemon=True).start()
    collecting_seldom().__enter__()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
