"""Workers that are killed with -9 at random and replaced at once, until as many were as was asked.

Run: python -m tests.soak.nursery BEGAN PACE KILLS. For each octet of its standard input one is killed within a
moment, and now and then one unasked. Ends, with the workers, when that input is closed; prints how many it
killed once that is done.
"""

import os
import random
import select
import signal
import sys
import time

from tests.soak.clock import Clock

WORKERS = 3
REST = 0.05
A_MOMENT, UNASKED = 0.15, 4.0
"""Seconds of ours: the longest delay of a kill that was asked for, and the mean time between those that were not."""


def main(words: list[str]) -> int:
    began, pace, kills = float(words[0]), float(words[1]), int(words[2])
    clock = Clock(began, pace)
    import django

    django.setup()
    from django.db import connections

    import relance.worker.loop  # noqa: F401 - once here, not in each worker

    connections.close_all()
    running = [_worker(clock) for _ in range(WORKERS)]
    killed = 0
    while (asked := _asked()) is not None:
        if killed == kills:
            continue
        time.sleep(random.uniform(0, A_MOMENT if asked else 0))
        _kill(running.pop(random.randrange(WORKERS)))
        running.append(_worker(clock))
        killed += 1
        if killed == kills:
            print(killed, flush=True)  # noqa: T201 - read by who started it
    for pid in running:
        _kill(pid)
    return 0


def _asked() -> bool | None:
    """Whether a kill is asked for, or falls due unasked (False); None at the end."""
    if not select.select([sys.stdin], [], [], random.expovariate(1 / UNASKED))[0]:
        return False
    return True if os.read(sys.stdin.fileno(), 1) else None


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _worker(clock: Clock) -> int:
    """The loop of the real worker, with a shorter rest; nothing is open that it could share with its parent."""
    pid = os.fork()
    if pid:
        return pid
    parent = os.getppid()
    from relance.worker.loop import work_once

    random.seed()
    try:
        while os.getppid() == parent:
            if not work_once(clock=clock):
                time.sleep(REST)
    finally:
        os._exit(1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
