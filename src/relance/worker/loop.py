"""A polite loop: a due row is claimed, done, and the loop sleeps a little longer when nothing is due.

There are two of them in a worker: imports may take minutes, and mail and due times do not wait for them.
"""

import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from types import FrameType

from django.db import OperationalError, close_old_connections, connections

from relance.method.answers.watching import Watchers
from relance.worker import jobs

log = logging.getLogger("relance.worker")

SHORTEST_REST = 0.5
LONGEST_REST = 5.0
A_LOOK = 0.25
"""Seconds between two looks, while resting, at whether to stop."""
GIVEN_UP_AFTER = 7.0
"""Seconds an import has to come to an end or be given back; `relance start` waits ten for the process."""

Clock = Callable[[], datetime]
Job = Callable[[Clock], int]


class _Stopping:
    def __init__(self) -> None:
        self.asked = False
        self.parent = os.getppid()

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def now(self) -> bool:
        """Asked to stop, or orphaned: the command that started this process is gone."""
        return self.asked or (os.name == "posix" and os.getppid() != self.parent)

    def rest(self, seconds: float) -> None:
        """Sleep, but not past being asked to stop."""
        until = time.monotonic() + seconds
        while not self.now() and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, A_LOOK))


def serve(*, clock: Clock, once: bool = False) -> None:
    """Work until a termination signal comes; what is in hand is finished or left to its lease."""
    stopping = _Stopping()
    signal.signal(signal.SIGTERM, stopping.ask)
    signal.signal(signal.SIGINT, stopping.ask)
    if once:
        while not stopping.now() and work_once(clock=clock):
            pass
        return
    # What was loaded stays: Python's search for cycles need not walk through it again.
    gc.collect()
    gc.freeze()
    imports = threading.Thread(target=_read_imports, args=(clock, stopping), name="imports", daemon=True)
    imports.start()
    watchers = Watchers(clock)
    _go_on(jobs.SHORT, clock=clock, stopping=stopping, besides=lambda: _look_after(watchers))
    watchers.stop()
    imports.join(GIVEN_UP_AFTER)  # past that it is left to its lease, as after a crash


def _read_imports(clock: Clock, stopping: _Stopping) -> None:
    def read_imports(clock: Clock) -> int:
        return jobs.read_imports(clock, stopping=stopping.now)

    try:
        _go_on([read_imports], clock=clock, stopping=stopping)
    finally:
        connections.close_all()


def _go_on(
    some: Sequence[Job], *, clock: Clock, stopping: _Stopping, besides: Callable[[], None] = lambda: None
) -> None:
    """Do those jobs round after round until it is time to stop."""
    rest = SHORTEST_REST
    while not stopping.now():
        done = work_once(clock=clock, some=some)
        besides()
        rest = SHORTEST_REST if done else min(rest * 1.5, LONGEST_REST)
        if not done:
            stopping.rest(rest)


def _look_after(watchers: Watchers) -> None:
    """Wait on the servers of mailboxes that nobody waits on. The desk goes on without, by polling."""
    try:
        watchers.look_after()
    except OperationalError as error:
        log.warning("watching waits: %s", type(error).__name__)
    except Exception:
        log.exception("watching failed")


def work_once(*, clock: Clock, some: Sequence[Job] | None = None) -> int:
    """Do one round of every job, or of `some`; returns how many rows were worked on. A failing job stops no other."""
    done = 0
    for job in jobs.ALL if some is None else some:
        close_old_connections()
        try:
            done += job(clock)
        except OperationalError as error:  # the database is busy or away: next round
            log.warning("%s waits: %s", job.__name__, type(error).__name__)
        except Exception:
            log.exception("%s failed", job.__name__)
    return done
