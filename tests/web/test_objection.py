"""No in one tap: the public page and the one-click POST of a mail program."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Channel, Kind
from relance.method.candidates.models import Avoidance
from relance.method.candidates.queries import avoided
from relance.method.delivery.departures import composed
from relance.method.delivery.models import Mailbox, Outgoing
from relance.method.delivery.outbox import queue
from relance.method.outreach.models import Event, Outreach
from relance.method.outreach.permits import permit
from tests.mail_servers import header
from tests.people import written_to


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def outgoing(member: Any, now: datetime) -> Outgoing:
    mailbox = Mailbox.objects.create(
        organisation=member.organisation, member=member, address="maud@ormel.example", username="",
        smtp_host="127.0.0.1",
        smtp_port=1, smtp_security="none", imap_host="127.0.0.1", imap_port=1, imap_security="none", connected_at=now,
    )  # fmt: skip
    outreach = written_to(member, now)
    taken = permit(outreach=outreach, member=member, channel=Channel.EMAIL, text="Un point ?", now=now)
    return queue(permit=taken, mailbox=mailbox, now=now)


def test_a_look_asks_and_changes_nothing(outgoing: Outgoing) -> None:
    page = Client().get(f"/non/{outgoing.token}/")
    assert page.status_code == 200
    assert "Plus de messages" in page.content.decode()
    assert "Aubrac" not in page.content.decode(), "who holds the link is told nothing"
    assert not Event.objects.filter(kind=Kind.OPT_OUT).exists()


def test_one_post_without_cookies_is_obeyed_by_everybody(outgoing: Outgoing, member: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    for _time in range(2):
        answer = strict.post(f"/non/{outgoing.token}/", {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert "C’est noté" in answer.content.decode()
    assert Event.objects.filter(kind=Kind.OPT_OUT).count() == 1
    assert Outreach.objects.get().code == "opted_out"
    pairs = [("email", "ines-aubrac@exemple.example")]
    assert avoided(member.organisation_id, pairs, Avoidance.OPTED_OUT)


@pytest.mark.parametrize("token", ["x", "abcdefgh23456777", "a" * 300, "é" * 16])
def test_a_token_nobody_has_leads_nowhere(client: Client, db: None, token: str) -> None:
    for answer in (client.get(f"/non/{token}/"), client.post(f"/non/{token}/")):
        assert answer.status_code == 410
        assert "STOP" in answer.content.decode()


def test_the_mail_carries_it_where_there_is_an_address(outgoing: Outgoing, settings: Any) -> None:
    assert header(composed(outgoing), "List-Unsubscribe") == ""
    settings.PUBLIC_ADDRESS = "https://relance.ormel.example"
    raw = composed(outgoing)
    assert f"<https://relance.ormel.example/non/{outgoing.token}/>" in header(raw, "List-Unsubscribe")
    assert header(raw, "List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
