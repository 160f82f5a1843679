"""Who counts in the rate of a position, and what its page says of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Channel, Kind, Situation, Tone
from relance.method.measure.position_rates import position_rate
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach, Position
from relance.method.outreach.positions import join_position
from tests.people import candidate

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def approached(
    member: Any,
    position: Position,
    now: datetime,
    number: int,
    *entries: Entry,
    situation: Situation = Situation.FIRST_MESSAGE,
) -> Outreach:
    person = candidate(
        member, now, f"Personne Numéro{number}", identities=(("email", f"numero{number}@exemple.example"),)
    )
    made = open_outreach(member=member, candidate=person, situation=situation, entries=list(entries), now=now)
    join_position(outreach=made, position=position)
    return made


def sent(now: datetime, days: float) -> Entry:
    return Entry(Kind.MESSAGE_SENT, at=now - timedelta(days=days), channel=Channel.EMAIL, text="Une idée ?")


def reply(now: datetime, days: float, tone: Tone = Tone.POSITIVE) -> Entry:
    return Entry(Kind.REPLY, at=now - timedelta(days=days), channel=Channel.EMAIL, tone=tone, text="Oui.")


def invited(now: datetime, days: float, *, note: bool) -> Entry:
    return Entry(
        Kind.INVITATION_SENT, at=now - timedelta(days=days), channel=Channel.LINKEDIN, note=note,
        text="Bonjour" if note else "",
    )  # fmt: skip


def figures(member: Any, position: Position, now: datetime) -> tuple[int, int, int]:
    """Judged, answered, too young."""
    found = position_rate(member, position, now=now)
    return found.rate.of, found.rate.successes, found.young


def test_only_who_was_sourced_and_written_to_counts(member: Any, position: Position, now: datetime) -> None:
    invites = Situation.LINKEDIN_INVITATION
    approached(member, position, now, 1, sent(now, 40), sent(now, 37), reply(now, 36, Tone.NOT_LOOKING))
    approached(member, position, now, 2, invited(now, 50, note=True), situation=invites)
    assert figures(member, position, now) == (2, 1, 0), "a no is an answer, a note is words"
    approached(member, position, now, 3, invited(now, 50, note=False), situation=invites)
    applied = Entry(Kind.APPLICATION_RECEIVED, at=now - timedelta(days=50))
    approached(
        member, position, now, 4, applied, sent(now, 49), reply(now, 48), situation=Situation.APPLICATION
    )
    before = replace(sent(now, 60), source="table")
    approached(member, position, now, 5, before, sent(now, 50), reply(now, 49))
    assert figures(member, position, now) == (2, 1, 0), (
        "nor a bare invitation, an application, a past brought in"
    )


def test_the_young_are_told_apart_and_what_was_taken_back_is_not_there(
    member: Any, position: Position, now: datetime
) -> None:
    approached(member, position, now, 1, sent(now, 29), reply(now, 28))
    old = approached(member, position, now, 2, sent(now, 30), reply(now, 1))
    assert figures(member, position, now) == (1, 1, 1)
    mistake = old.events.get(kind=Kind.REPLY)
    record(outreach=old, entries=[Entry(Kind.RETRACTED, at=now, of=mistake.pk)], now=now, member=member)
    assert figures(member, position, now) == (1, 0, 1)


def test_the_page_says_it_from_thirty_on(
    desk: Client, member: Any, position: Position, now: datetime
) -> None:
    for number in range(29):
        answer = [reply(now, 35, Tone.POSITIVE if number < 4 else Tone.NOT_LOOKING)] if number < 11 else []
        approached(member, position, now, number, sent(now, 40), *answer)
    page = str(desk.get(f"/postes/{position.pk}/").content.decode())
    assert "Il en manque 1 pour un taux" in page
    assert "ont répondu" not in page
    approached(member, position, now, 29, sent(now, 40))
    page = str(desk.get(f"/postes/{position.pk}/").content.decode())
    assert "<b>37\u00a0%</b> ont répondu" in page
    assert "probable\u00a0: 22 à 54" in page, "Wilson's interval of 11 in 30"
    assert "<dt>Veulent en parler</dt><dd>4</dd>" in page
    assert "<dt>Autres réponses</dt><dd>7</dd>" in page
