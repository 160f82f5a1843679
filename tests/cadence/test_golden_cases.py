"""The golden cases of METHOD: each expected field, through `decide` and through the wire."""

from datetime import datetime
from pathlib import Path

import pytest

from relance.cadence.decide import decide
from relance.cadence.wire import Case, read_cases, write_decision

CASES = read_cases((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
INSTANTS = {"due_at", "late_at", "changes_at"}


def test_all_the_cases_are_there() -> None:
    assert len(CASES) == 58
    assert all(case.expect for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_decides_as_the_case_expects(case: Case) -> None:
    decision = decide(case.outreach, now=case.now, elsewhere=case.elsewhere)
    for name, expected in case.expect.items():
        found: object = getattr(decision, name)
        if name in INSTANTS and isinstance(expected, str):
            expected = datetime.fromisoformat(expected)
        assert found == expected, name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_writes_what_the_case_expects(case: Case) -> None:
    written = write_decision(decide(case.outreach, now=case.now, elsewhere=case.elsewhere))
    for name, expected in case.expect.items():
        assert written[name] == expected, name
