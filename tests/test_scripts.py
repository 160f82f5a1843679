"""The two commands of the README, and what they say when something is in the way."""

import os
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import data as data
from tests.cli.conftest import relance as relance
from tests.test_journey import free_port

ROOT = Path(__file__).resolve().parent.parent


def test_too_old_a_python_is_told(tmp_path: Path) -> None:
    for name in ("python3.13", "python3.12", "python3.11", "python3", "python"):
        old = tmp_path / name
        old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n')
        old.chmod(0o755)
    for name in ("bash", "dirname", "env"):
        (tmp_path / name).symlink_to(
            f"/usr/bin/{name}" if Path(f"/usr/bin/{name}").exists() else f"/bin/{name}"
        )
    answer = subprocess.run(
        [ROOT / "script/setup"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert "Python 3.11" in answer.stderr
    assert "Python 3.9.2" in answer.stderr


def test_setting_up_again_does_nothing() -> None:
    environment = {**os.environ, "PIP_NO_INDEX": "1"}
    pins = "--dev" if (ROOT / ".venv/.relance-requirements-dev.txt").exists() else ""
    if not pins:
        pytest.skip("this checkout was not set up by script/setup")
    answer = subprocess.run([ROOT / "script/setup", pins], env=environment, capture_output=True, check=False)
    assert answer.returncode == 0
    assert answer.stderr == b"", "nothing was installed"


def test_a_port_that_is_taken_is_told(relance: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = relance("start", "--port", str(port))
    assert answer.returncode == 2
    assert f"Port {port}" in answer.stderr
    assert f"--port {port + 1}" in answer.stderr
    assert relance("start", "--port", str(free_port() * 0)).returncode == 2


@pytest.mark.django_db(transaction=True)
def test_five_copies_are_kept_before_migrations(tmp_path: Path, settings: Any, monkeypatch: Any) -> None:
    import sqlite3

    from relance.cli import storage

    file = tmp_path / "relance.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE t (x)")
    monkeypatch.setattr(storage, "database_file", lambda: file)
    began = datetime(2026, 3, 10, tzinfo=UTC)
    for day in range(8):
        assert storage.copy_before_migrating(began + timedelta(days=day))
    copies = sorted(path.name for path in settings.BACKUPS.glob("before-migration-*"))
    assert len(copies) == 5
    assert copies[0].startswith("before-migration-20260313")
