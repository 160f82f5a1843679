"""The rate of the round: which invitations are its cohort, what it counts, from when on it is said."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Channel, Kind, Situation
from relance.method.measure.acceptance import acceptance
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach
from tests.people import candidate, many_written_to
from tests.web.test_invitations import DAY, body, invited


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def says(outreach: Outreach, kind: Kind, member: Any, now: datetime, *, ago: timedelta = DAY) -> None:
    record(outreach=outreach, entries=[Entry(kind, at=now - ago)], now=now, member=member)


def figures(member: Any, now: datetime) -> tuple[int, int]:
    found = acceptance(member, now=now).rate
    return found.of, found.successes


def test_the_cohort_had_its_fourteen_days(member: Any, colleague: Any, now: datetime) -> None:
    a_moment = timedelta(minutes=1)
    edges = (14 * DAY - a_moment, 14 * DAY + a_moment, 44 * DAY - a_moment, 44 * DAY + a_moment)
    for number, ago in enumerate(edges):
        invited(member, now, f"Personne Numéro{number}", ago)
    invited(colleague, now, "Celle d’un autre", 20 * DAY)
    assert figures(member, now) == (2, 0)
    many_written_to(member, now, 3, ago=20 * DAY)
    before = Entry(Kind.INVITATION_SENT, at=now - 20 * DAY, channel=Channel.LINKEDIN, source="linkedin")
    open_outreach(
        member=member, candidate=candidate(member, now), situation=Situation.LINKEDIN_INVITATION,
        entries=[before], now=now,
    )  # fmt: skip
    assert figures(member, now) == (2, 0), "neither a message nor an invitation of a past brought in"


def test_late_acceptances_count_and_withdrawals_do_not(member: Any, now: datetime) -> None:
    late, gone, mistaken = (invited(member, now, f"Personne Numéro{each}", 20 * DAY) for each in range(3))
    says(late, Kind.INVITATION_ACCEPTED, member, now)
    says(gone, Kind.INVITATION_WITHDRAWN, member, now)
    assert figures(member, now) == (3, 1)
    never = mistaken.events.get(kind=Kind.INVITATION_SENT)
    record(outreach=mistaken, entries=[Entry(Kind.RETRACTED, at=now, of=never.pk)], now=now, member=member)
    assert figures(member, now) == (2, 1)


def test_the_round_says_it_from_thirty_on(desk: Client, member: Any, now: datetime) -> None:
    assert "Acceptées, sur 30\u00a0jours" not in body(desk.get("/invitations/"))
    for number in range(29):
        made = invited(member, now, f"Personne Numéro{number}", 20 * DAY)
        if number < 12:
            says(made, Kind.INVITATION_ACCEPTED, member, now)
    page = body(desk.get("/invitations/"))
    assert "Acceptées, sur 30\u00a0jours" in page
    assert "Il en manque 1 pour un taux" in page
    assert "whisker" not in page
    invited(member, now, "La Trentième", 20 * DAY)
    page = body(desk.get("/invitations/"))
    assert "<b>40\u00a0%</b>, 12 sur 30" in page
    assert "probable\u00a0: 25 à 58" in page, "Wilson's interval of 12 in 30"
    assert "à partir du 25 janvier et jusqu’au 23 février" in page
