"""More hands for a large import: the same answers in the same order, whoever is there to give them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from relance.imports.hands import LARGE, more_hands
from tests.imports.working import doubled, doubled_here_alone, who_does_it

NUMBERS = range(60)


def answers(work: Callable[[int], int], processes: int, people: int = LARGE) -> list[tuple[str, int]]:
    with more_hands(processes) as hands:
        jobs = ((f"kept {number}", number) for number in NUMBERS)
        return list(hands.each(work, jobs, people=people))


DOUBLED = [(f"kept {number}", 2 * number) for number in NUMBERS]


@pytest.mark.parametrize("processes", [0, 1, 3])
def test_answers_come_in_the_order_of_the_orders_whoever_gives_them(processes: int) -> None:
    assert answers(doubled, processes) == DOUBLED


def test_other_processes_do_help_where_there_is_much_to_do_and_none_where_there_is_little() -> None:
    assert len({pid for _, pid in answers(who_does_it, 2)} - {os.getpid()}) >= 1
    assert {pid for _, pid in answers(who_does_it, 2, people=LARGE - 1)} == {os.getpid()}


def test_what_processes_that_died_left_undone_is_done_here() -> None:
    assert answers(doubled_here_alone, 2) == DOUBLED


ALONE = """
import resource, sys
from relance.imports.hands import LARGE, more_hands
from tests.imports.working import doubled
if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]),) * 2)
    with more_hands(2) as hands:
        print([answer for _, answer in hands.each(doubled, ((0, each) for each in range(9)), people=LARGE)])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit to set")
@pytest.mark.parametrize("files", [4, 8, 12])
def test_all_is_done_here_where_no_process_can_be_started(files: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(files)], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == str([2 * each for each in range(9)]), done.stderr


KILLED = """
import time
from relance.imports.hands import more_hands
from tests.imports.working import who_does_it
if __name__ == "__main__":
    with more_hands(1) as hands:
        print(hands.begin(who_does_it, 0).answer(), flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_who_helps_ends_with_the_one_that_is_killed() -> None:
    asking = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True)
    assert asking.stdout is not None
    helping = int(asking.stdout.readline())
    assert helping != asking.pid
    asking.send_signal(signal.SIGKILL)
    asking.wait(timeout=10)
    asking.stdout.close()
    for _ in range(100):
        if not _is_running(helping):
            return
        time.sleep(0.1)
    pytest.fail("a process that helped is left behind")


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(state.strip()) and not state.startswith(
        "Z"
    )  # one that ended and that nobody waits for is gone too
