"""Thirty-two threads in eight processes at once: the short form of `script/soak`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.own_database import own_database

TRIES = 400


@pytest.mark.database
def test_no_promise_breaks_when_all_ask_at_once(tmp_path: Path) -> None:
    with own_database(tmp_path / "desk") as environment:
        done = subprocess.run(
            [sys.executable, "-m", "tests.races.contest", "--tries", str(TRIES)],
            env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    assert done.stdout, done.stderr[-2000:]
    figures = json.loads(done.stdout)
    assert figures["broken"] == []
    assert figures["tries"] >= TRIES
    outcomes = figures["outcomes"]
    # What comes about whoever is quicker; the other outcomes depend on the race.
    for gesture in ("permit", "accept", "ask", "enter", "import"):
        assert outcomes[f"{gesture}: ok"] > 0, "nothing was tried of this"
    assert any(outcomes.get(f"{how}: ok") for how in ("confirm", "confirm again", "release"))
    for refusal in ("permit_open", "PermitEnded", "Ended", "AskedAlready"):
        assert figures["refusals"][refusal] > 0, "nobody ran into this"
