"""A position with two angles, and a recruiter who approaches people about it."""

from datetime import datetime
from typing import Any

import pytest

from relance.method.outreach.models import Outreach, Position
from relance.method.outreach.positions import PositionFacts, join_position, open_position
from relance.method.writing.angles import add_angle
from relance.method.writing.models import Angle
from tests.people import written_to

STACK = "Le moteur de tarification est réécrit en Python, le monolithe s’éteint en décembre."
TEAM = "Six personnes aujourd’hui, et vous choisissez les deux prochaines."


@pytest.fixture
def position(member: Any, now: datetime) -> Position:
    facts = PositionFacts(
        title="Lead back-end Python", client="Quartelle", place="Lyon 7", pay_low=58_000, pay_high=64_000,
        pay_words="fixes", remote_days=3, stack="Python, Django",
    )  # fmt: skip
    return open_position(member=member, facts=facts, now=now)


@pytest.fixture
def angles(position: Position, now: datetime) -> list[Angle]:
    return [
        add_angle(position=position, name="Stack", text=STACK, now=now),
        add_angle(position=position, name="Équipe", text=TEAM, now=now),
    ]


@pytest.fixture
def outreach(member: Any, position: Position, now: datetime) -> Outreach:
    """Somebody silent, approached about the position."""
    made = written_to(member, now)
    join_position(outreach=made, position=position)
    return made
