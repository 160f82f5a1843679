"""The real command, in a process and a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Relance = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def relance(data: Path) -> Relance:
    """Run `relance …` on this test's own desk, always SQLite, in English."""

    def run(*words: str, stdin: str = "", data_dir: Path = data) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}
        environment |= {"RELANCE_DATA": str(data_dir), "LC_ALL": "en_GB.UTF-8"}
        return subprocess.run(
            [sys.executable, "-m", "relance.cli.main", *words],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            env=environment,
            check=False,
        )

    return run
