"""The two commands of the README, and what they say when something is in the way."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Relance
from tests.cli.conftest import data as data
from tests.cli.conftest import relance as relance
from tests.house.tree import ROOT
from tests.serving import Served

MODULE = [sys.executable, "-m", "relance.cli.main"]


def in_english() -> dict[str, str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}
    return bare | {"LC_ALL": "en_GB.UTF-8"}


def test_too_old_a_python_is_told_in_both_languages(tmp_path: Path) -> None:
    for name in ("python3.13", "python3.12", "python3.11", "python3", "python"):
        old = tmp_path / name
        old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
        old.chmod(0o755)
    for name in ("bash", "dirname", "env"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    for script in ("setup", "start"):
        answer = subprocess.run(
            [ROOT / "script" / script],
            env={"PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 1
        assert "Relance needs Python 3.11 or newer; here there is Python 3.9.2." in answer.stderr
        assert "Relance demande Python 3.11 ou plus récent" in answer.stderr
        assert answer.stdout == ""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with its scripts and pins, whose Python only notes what it is asked to install."""
    folder = tmp_path / "checkout"
    (folder / "script").mkdir(parents=True)
    for name in ("setup", "start"):
        shutil.copy(ROOT / "script" / name, folder / "script" / name)
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    bin_folder = folder / ".venv" / "bin"
    bin_folder.mkdir(parents=True)
    (bin_folder / "python").write_text('#!/bin/sh\n[ "$1" = -m ] && echo "$@" >> "$NOTES"\nexit 0\n')
    (bin_folder / "relance").write_text('#!/bin/sh\necho "relance $@"\n')
    for file in bin_folder.iterdir():
        file.chmod(0o755)
    return folder


def test_starting_again_installs_nothing(checkout: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.touch()

    def start() -> str:
        answer = subprocess.run(
            [checkout / "script" / "start", "--port", "8123"],
            env={**os.environ, "NOTES": str(notes)}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return answer.stdout

    assert start() == "relance start --port 8123\n"
    first = notes.read_text().splitlines()
    assert ["--require-hashes" in line for line in first] == [True, False]
    assert start() == "relance start --port 8123\n"
    assert notes.read_text().splitlines() == first, "the second time nothing is installed"
    with (checkout / "requirements.txt").open("a") as pins:
        pins.write("# another pin\n")
    start()
    assert len(notes.read_text().splitlines()) == 4, "new pins are installed"


def test_a_start_says_where_everything_is_and_a_second_one_refuses(data: Path) -> None:
    with Served(MODULE, data, in_english()) as desk:
        assert f"Data: {data}\n" in desk.said
        assert f"Relance is served on {desk.address}\n" in desk.said
        link = re.search(rf"  ({desk.address}/entrer/[\w-]{{40,}}/)\n", desk.said)
        assert link, desk.said
        assert "<form" in desk.get(link[1].removeprefix(desk.address))
        assert data.stat().st_mode & 0o077 == 0, "the folder is its owner's alone"

        again = subprocess.run(
            [*MODULE, "start", "--port", str(desk.port), "--data", str(data)],
            env=in_english(), capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert again.returncode == 2
        assert again.stdout == ""
        assert again.stderr.count("\n") == 1
        assert f"open {desk.address}" in again.stderr, "it says that Relance runs already, and where"
        assert "<form" in desk.get(link[1].removeprefix(desk.address)), (
            "the first goes on, its link still serves"
        )

        said = subprocess.run(
            [*MODULE, "signin", "--data", str(data)],
            env=in_english(), capture_output=True, text=True, check=True, timeout=60,
        ).stdout  # fmt: skip
        assert f"  {desk.address}/entrer/" in said, "relance signin knows the port"
        assert link[1] not in said

    with Served(MODULE, data, in_english(), "--no-link") as desk:
        assert "/entrer/" not in desk.said


def test_a_port_that_is_taken_is_told(relance: Relance, data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = relance("start", "--port", str(port))
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert f"Port {port}" in answer.stderr
    assert f"--port {port + 1}" in answer.stderr
    assert not data.joinpath("relance.sqlite3").exists(), (
        "nothing was made before the port was known to be free"
    )


@pytest.mark.parametrize("port", ["0", "65536", "-1"])
def test_a_number_that_is_no_port_is_told(relance: Relance, port: str) -> None:
    answer = relance("start", "--port", port)
    assert answer.returncode == 2
    assert f"{port} is no port" in answer.stderr


def test_a_folder_that_cannot_be_made_is_told(relance: Relance, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = relance("start", "--data", str(tmp_path / "file" / "desk"))
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "Traceback" not in answer.stderr


def test_five_copies_are_kept_before_migrations(tmp_path: Path, settings: Any, monkeypatch: Any) -> None:
    from relance.cli import storage

    file = tmp_path / "relance.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE t (x)")
    monkeypatch.setattr(storage, "database_file", lambda: file)
    settings.BACKUPS.mkdir()
    others = settings.BACKUPS / "relance-20260101-000000.zip"
    others.touch()
    began = datetime(2026, 3, 10, tzinfo=UTC)
    for day in range(8):
        with closing(sqlite3.connect(file)) as database:
            database.execute("INSERT INTO t VALUES (?)", [day])
            database.commit()
        made = storage.copy_before_migrating(began + timedelta(days=day))
        assert made is not None
        with closing(sqlite3.connect(made)) as copy:
            assert copy.execute("SELECT count(*) FROM t").fetchone() == (day + 1,)
    copies = sorted(path.name for path in settings.BACKUPS.glob("before-migration-*"))
    assert len(copies) == 5
    assert copies[0].startswith("before-migration-20260313"), "the oldest went"
    assert others.exists(), "what relance backup wrote is never cleared away"


def test_a_desk_of_an_older_version_is_copied_and_brought_on(relance: Relance, data: Path) -> None:
    early = relance("redecide")
    assert (early.returncode, early.stderr.count("\n")) == (2, 1), "no desk yet"
    assert relance("import", __file__).returncode == 2, "this makes the desk, then refuses the file"
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'measure'")
        database.execute("DROP TABLE measure_baseline")
        database.commit()
    assert not list((data / "backups").glob("before-migration-*"))
    answer = relance("import", __file__)
    assert answer.returncode == 2
    copies = list((data / "backups").glob("before-migration-*"))
    assert len(copies) == 1
    assert copies[0].stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM measure_baseline").fetchone() == (0,)
