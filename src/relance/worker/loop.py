"""One polite loop: a due row is claimed, done, and the loop sleeps a little longer when nothing is due."""

import logging
import os
import signal
import time
from collections.abc import Callable
from datetime import datetime
from types import FrameType

from django.db import OperationalError, close_old_connections

from relance.method.answers.watching import Watchers
from relance.worker import jobs

log = logging.getLogger("relance.worker")

SHORTEST_REST = 0.5
LONGEST_REST = 5.0

Clock = Callable[[], datetime]


class _Stopping:
    def __init__(self) -> None:
        self.asked = False
        self.parent = os.getppid()

    def ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def now(self) -> bool:
        """Asked to stop, or orphaned: the command that started this process is gone."""
        return self.asked or (os.name == "posix" and os.getppid() != self.parent)


def serve(*, clock: Clock, once: bool = False) -> None:
    """Work until a termination signal comes; what is in hand is finished or left to its lease."""
    stopping = _Stopping()
    signal.signal(signal.SIGTERM, stopping.ask)
    signal.signal(signal.SIGINT, stopping.ask)
    rest = SHORTEST_REST
    watchers = Watchers(clock)
    while not stopping.now():
        done = work_once(clock=clock)
        if not once:
            _look_after(watchers)
        if once and not done:
            return
        rest = SHORTEST_REST if done else min(rest * 1.5, LONGEST_REST)
        if not done:
            time.sleep(rest)
    watchers.stop()


def _look_after(watchers: Watchers) -> None:
    """Wait on the servers of mailboxes that nobody waits on. The desk goes on without, by polling."""
    try:
        watchers.look_after()
    except OperationalError as error:
        log.warning("watching waits: %s", type(error).__name__)
    except Exception:
        log.exception("watching failed")


def work_once(*, clock: Clock) -> int:
    """Do one round of every job and return how many rows were worked on. A failing job stops no other."""
    done = 0
    for job in jobs.ALL:
        close_old_connections()
        try:
            done += job(clock)
        except OperationalError as error:  # the database is busy or away: next round
            log.warning("%s waits: %s", job.__name__, type(error).__name__)
        except Exception:
            log.exception("%s failed", job.__name__)
    return done
