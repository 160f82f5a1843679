"""Workers killed with -9 while an outbox empties and answers arrive: the short form of `script/soak mail`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.own_database import own_database

SHORT = ("--messages", "60", "--kills", "12", "--answers", "24", "--over", "8", "--pace", "60")


@pytest.mark.database
def test_once_and_not_after_an_answer_whoever_is_killed(tmp_path: Path) -> None:
    with own_database(tmp_path / "desk") as environment:
        done = subprocess.run(
            [sys.executable, "-m", "tests.soak.mail", *SHORT],
            env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    assert done.stdout, done.stderr[-2000:]
    figures = json.loads(done.stdout)
    assert figures["broken"] == []
    assert figures["killed"] == 12
    assert figures["answers"] == 24
    assert figures["states"]["sent"] > 0
    assert figures["problems"]["answered"] > 0, "no answer held a message back"
