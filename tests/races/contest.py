"""Thirty-two threads in eight processes go at the same people at the same instant, and a verdict.

Run: python -m tests.races.contest --tries 320 [--processes 8 --threads 4]. It fills the empty database of
the environment (`RELANCE_DATA`, `RELANCE_DATABASE_URL`), prints figures as JSON, and ends with 1 if a promise broke.
"""

import argparse
import json
import multiprocessing
import queue
import sys
import threading
import time
from collections import Counter
from typing import Any

from tests.races.rounds import Firm, Tried

PATIENCE = 300


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=320)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--threads", type=int, default=4, help="in each process")
    options = parser.parse_args(words)
    import django

    django.setup()
    from django.db import connection, connections

    from tests.races.firm import plant
    from tests.races.verdict import violations

    firm = plant(options.tries, options.processes * options.threads)
    connections.close_all()
    began = time.perf_counter()
    tried = race(firm, options.processes, options.threads)
    seconds = time.perf_counter() - began
    broken = violations(firm.rounds, tried)
    counted = Counter(f"{one.what}: {one.outcome}" for one in tried)
    refusals = Counter(one.value for one in tried if one.outcome == "refused")
    print(  # noqa: T201 - a program of the command line
        json.dumps({
            "database": connection.vendor,
            "tries": len(tried),
            "rounds": len(firm.rounds),
            "seconds": round(seconds, 1),
            "outcomes": dict(sorted(counted.items())),
            "refusals": dict(sorted(refusals.items())),
            "violations": len(broken),
            "broken": broken[:20],
        }, ensure_ascii=False, indent=1)
    )  # fmt: skip
    return 1 if broken else 0


def race(firm: Firm, processes: int, threads: int) -> list[Tried]:
    """Run every round in all threads of all processes, each wave beginning at one instant."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(processes * threads, timeout=PATIENCE)
    answers: Any = context.Queue()
    running = [
        context.Process(target=compete, args=(firm, number, processes, threads, barrier, answers))
        for number in range(processes)
    ]
    for process in running:
        process.start()
    found: list[Tried] = []
    try:
        for _ in running:
            while True:
                try:
                    found += answers.get(timeout=1)
                    break
                except queue.Empty:
                    if any(process.exitcode for process in running):
                        raise RuntimeError("a process of the race ended early") from None
    finally:
        for process in running:
            process.join(timeout=20)
            process.kill()
    return found


def compete(firm: Firm, number: int, processes: int, threads: int, barrier: Any, answers: Any) -> None:
    """One process: its threads, each with a connection of its own."""
    import django

    django.setup()
    from django.db import connection

    from tests.races.gestures import Thread

    found: list[Tried] = []

    def run(place: int) -> None:
        thread = Thread(place, firm.recruiters, barrier.wait)
        try:
            for one in firm.rounds:
                thread.run(one)
        except Exception:
            barrier.abort()
            raise
        finally:
            found.extend(thread.tried)
            connection.close()

    # Neighbours in number are in different processes: the threads of one recruiter are spread over several.
    running = [threading.Thread(target=run, args=(place * processes + number,)) for place in range(threads)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    answers.put(found)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
