"""A position paused up to a day: it comes back to the list on it, and nothing goes on by itself."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from relance.method.outreach.models import Outreach, Position

UNTIL = date(2026, 4, 20)


def body(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def paused(desk: Client, outreach: Outreach, position: Position, now: datetime) -> Position:
    typed = {"pourquoi": "paused", "jusquau": UNTIL.isoformat()}
    with time_machine.travel(now, tick=False):
        page = body(desk.post(f"/postes/{position.pk}/fermer/", typed, follow=True))
    assert "en pause jusqu’au 20 avril" in page
    return position


def test_it_comes_back_on_its_day_and_is_opened_by_hand(
    desk: Client, member: Any, paused: Position, now: datetime
) -> None:
    for days, stands in ((40, False), (41, True), (60, True)):
        with time_machine.travel(now + timedelta(days=days), tick=False):
            desk.force_login(member.user)
            assert ("pause finie" in body(desk.get("/postes/"))) == stands
            page = body(desk.get(f"/postes/{paused.pk}/"))
            assert ("La pause est finie" in page) == stands
            assert f'href="/postes/{paused.pk}/"' in body(desk.get("/postes/", {"etat": "fermes"}))
    assert not Outreach.objects.get().is_open, "what ended stays ended"
    with time_machine.travel(now + timedelta(days=41), tick=False):
        desk.force_login(member.user)
        desk.post(f"/postes/{paused.pk}/rouvrir/")
        assert "pause finie" not in body(desk.get("/postes/"))
    paused.refresh_from_db()
    assert (paused.closed_at, paused.paused_until) == (None, None)


def test_it_can_be_left_closed(desk: Client, member: Any, paused: Position, now: datetime) -> None:
    with time_machine.travel(now + timedelta(days=41), tick=False):
        desk.force_login(member.user)
        assert "Il reste fermé" in body(desk.post(f"/postes/{paused.pk}/laisser/", follow=True))
        assert "pause finie" not in body(desk.get("/postes/"))
    paused.refresh_from_db()
    assert paused.closed_at is not None


@pytest.mark.parametrize(
    ("until", "says"),
    [
        ("2026-03-10", "un jour à venir"),
        ("2031-03-10", "deux ans au plus"),
        ("demain", "Cette date est illisible"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(
    desk: Client, position: Position, now: datetime, until: str, says: str
) -> None:
    with time_machine.travel(now, tick=False):
        answer = desk.post(f"/postes/{position.pk}/fermer/", {"pourquoi": "paused", "jusquau": until})
    assert answer.status_code == 422
    assert says in body(answer).split('id="pause-jusquau-dit"')[1]
    position.refresh_from_db()
    assert position.closed_at is None


def test_without_a_day_it_does_not_come_back_and_another_reason_takes_none(
    desk: Client, member: Any, position: Position, now: datetime
) -> None:
    with time_machine.travel(now, tick=False):
        desk.post(f"/postes/{position.pk}/fermer/", {"pourquoi": "filled", "jusquau": UNTIL.isoformat()})
    position.refresh_from_db()
    assert (position.why_closed, position.paused_until) == ("filled", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(paused_until=UNTIL)
