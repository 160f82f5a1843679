"""More hands for the part of a large import that only thinks: processes beside this one, which touch nothing stored.

What they are asked is a pure function of an order (a file to read, an instant), so that whoever does it answers the
same. This process works along: it does what comes next while it would wait, and all of it where no other process can
be started or those there were have died.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
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
    """Who works on an import: this process, and at most `most` others, started when there is enough to do."""

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._pool: ProcessPoolExecutor | None = None

    def begin(self, work: Callable[[Order], Answer], order: Order) -> "Job[None, Order, Answer] | None":
        """Have one order done by another process while this one goes on; None where there is no other."""
        future = self._handed_over(work, order)
        return None if future is None else Job(work, None, order, future)

    def each(
        self, work: Callable[[Order], Answer], jobs: Iterator[tuple[Kept, Order]], *, people: int
    ) -> Iterator[tuple[Kept, Answer]]:
        """Yield the answer to each order, in their order, with what was kept beside it here.

        `people` is how many the orders are about, all together.
        """
        ahead = AHEAD * self._most if people >= LARGE else 0
        begun: deque[Job[Kept, Order, Answer]] = deque()
        while True:
            while sum(not each.is_done for each in begun) < ahead and len(begun) <= ahead + 1:
                if (job := next(jobs, None)) is None:
                    break
                begun.append(Job(work, *job, self._handed_over(work, job[1])))
            idle = not begun or (not begun[0].is_done and len(begun) <= ahead + 1)
            if idle and (job := next(jobs, None)) is not None:
                begun.append(Job(work, *job))
            elif begun:
                first = begun.popleft()
                yield first.kept, first.answer()
            else:
                return

    def _handed_over(self, work: Callable[[Order], Answer], order: Order) -> "Future[Answer] | None":
        if self._most > 0:
            try:
                self._pool = self._pool or _started(self._most)
                return self._pool.submit(work, order)
            except (OSError, ImportError, NotImplementedError, RuntimeError):
                self._most = 0  # no process can be started here, or those there were have died
        return None

    def rest(self) -> None:
        """Let the other processes end."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _started(count: int) -> ProcessPoolExecutor:
    # Spawned on every system: a fork would copy the connections and locks of the threads of this process.
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)


@contextmanager
def more_hands(most: int) -> Iterator[Hands]:
    """At most `most` processes beside this one, gone at the end."""
    hands = Hands(most)
    try:
        yield hands
    finally:
        hands.rest()


class Job(Generic[Kept, Order, Answer]):
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

    def leave(self) -> None:
        """Want no answer any more; returns when nobody works on it."""
        if self._future is not None and not self._future.cancel():
            wait([self._future])


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
