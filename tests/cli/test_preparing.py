"""Two commands make one desk ready at once, on SQLite: one does it, the other waits and says so."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Relance, data, relance
from tests.serving import Served, alive, children_of, free_port

__all__ = ["data", "relance"]

COMMAND = [sys.executable, "-m", "relance.cli.main"]
WAITING = "Another relance is preparing this desk"


def environment(data: Path) -> dict[str, str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}
    return {**bare, "RELANCE_DATA": str(data), "LC_ALL": "en_GB.UTF-8"}


def begun(data: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*COMMAND, *words], env=environment(data), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8",
    )  # fmt: skip


def test_six_at_once_make_one_desk(data: Path) -> None:
    running = [begun(data, "prepare") for _ in range(6)]
    said = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0] * 6, said
    assert all("The desk is ready." in out for out, _err in said)
    assert sum(WAITING in err for _out, err in said) >= 1, said
    with closing(sqlite3.connect(data / "relance.sqlite3")) as desk:
        assert desk.execute("SELECT count(*) FROM accounts_organisation").fetchone() == (1,)
        assert desk.execute("SELECT count(*) FROM accounts_user").fetchone() == (1,)
    assert not list(data.glob("backups/*")), "nobody took a half-made desk for an older one"


def test_the_second_says_for_whom_it_waits_and_goes_on(data: Path, relance: Relance) -> None:
    data.mkdir()
    with closing(sqlite3.connect(data / "preparing.lock", isolation_level=None)) as first:
        first.execute("BEGIN EXCLUSIVE")
        second = begun(data, "start", "--port", str(free_port()), "--no-link")
        assert second.stderr is not None
        assert WAITING in second.stderr.readline()
        assert not (data / "relance.sqlite3").exists(), "it has touched nothing"
        time.sleep(0.5)
        assert second.poll() is None
    assert second.stdout is not None
    assert any("is served on" in line for line in second.stdout), second.stderr.read()
    served = relance("prepare")
    assert (served.returncode, served.stderr) == (0, ""), "a desk that is served is not being prepared"
    second.terminate()
    second.communicate(timeout=20)


def test_one_that_was_killed_holds_nobody_up(data: Path, relance: Relance) -> None:
    first = begun(data, "prepare")
    lock = data / "preparing.lock"
    while not lock.exists():
        time.sleep(0.01)
    first.kill()
    first.communicate(timeout=20)
    again = relance("prepare")
    assert again.returncode == 0, again.stderr
    with Served(COMMAND, data, environment(data), "--no-link") as desk:
        assert desk.get("/compte/login/")


def test_a_desk_that_was_killed_starts_again(data: Path) -> None:
    first = Served(COMMAND, data, environment(data))
    with first:
        children = children_of(first.process.pid)
        assert len(children) >= 3, "the web server, the process that serves, the worker"
        first.process.kill()
        first.process.wait(timeout=20)
        assert not [child for child in children if alive(child, within=10)]
    second = Served(COMMAND, data, environment(data))
    second.port, second.address = first.port, first.address
    with second:
        assert "Relance" in second.get("/")
