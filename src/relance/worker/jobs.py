"""What there is to do: each job works on some due rows and says how many."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from relance.imports.jobs import advance_one_import, wipe_what_is_over
from relance.method.answers.jobs import read_what_is_due
from relance.method.answers.reading_again import read_again
from relance.method.delivery.departures import send_what_is_due
from relance.method.outreach.decisions import redecide_changed
from relance.method.outreach.merging import wipe_old_merges

Clock = Callable[[], datetime]

AT_ONCE = 500
A_DAY = timedelta(days=1)

log = logging.getLogger("relance.worker")


def decide_anew(clock: Clock) -> int:
    """Take anew the decisions that are past their `changes_at`."""
    return redecide_changed(now=clock(), limit=AT_ONCE)


def _never() -> bool:
    return False


def read_imports(clock: Clock, stopping: Callable[[], bool] = _never) -> int:
    """Take the oldest import that waits one step on; one being read is given back when `stopping` says so."""
    return advance_one_import(clock=clock, stopping=stopping)


def read_mailboxes(clock: Clock) -> int:
    """Read what came to the mailboxes whose turn it is."""
    return read_what_is_due(clock=clock)


def send_mail(clock: Clock) -> int:
    """Let the messages leave that are due."""
    return send_what_is_due(clock=clock)


def read_mail_again(clock: Clock) -> int:
    """Read with today's rules what waits to be sorted and was read with others."""
    return read_again(now=clock())


def wipe_temporary_area(clock: Clock) -> int:
    """Wipe what imports left that nobody came back to."""
    return wipe_what_is_over(now=clock())


def forget_who_was_merged(clock: Clock) -> int:
    """Forget what merges kept of those who went, once they can no longer be undone."""
    return wipe_old_merges(now=clock())


class Daily:
    """A job done at the first round and then once a day, its outcome written to the log.

    Each worker counts for itself: such a job may be done twice, and finds nothing then.
    """

    def __init__(self, job: Callable[[Clock], int]) -> None:
        self.job, self.__name__ = job, job.__name__
        self.done_at: datetime | None = None

    def __call__(self, clock: Clock) -> int:
        now = clock()
        if self.done_at is not None and now - self.done_at < A_DAY:
            return 0
        count = self.job(clock)
        self.done_at = now
        log.info("%s: %s", self.__name__, count)
        return count


SHORT: tuple[Callable[[Clock], int], ...] = (
    decide_anew,
    read_mailboxes,
    send_mail,
    wipe_temporary_area,
    Daily(forget_who_was_merged),
    Daily(read_mail_again),
)
"""What takes a moment."""
ALL: tuple[Callable[[Clock], int], ...] = (read_imports, *SHORT)
"""With what may take minutes: the reading of an archive or of a large table, and bringing its people in."""
