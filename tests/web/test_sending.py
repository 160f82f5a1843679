"""Sending from Today: on its way, taken back, held, sent; through the page and on the wire."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.method.delivery.departures import send_what_is_due
from relance.method.delivery.models import Mailbox, Outgoing
from relance.method.outreach.models import Outreach, Permit
from tests.mail_servers import Post, header, post
from tests.people import answered_by, written_to
from tests.web.test_hand_over import as_, body


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def server() -> Iterator[Post]:
    with post() as running:
        yield running


@pytest.fixture
def mailbox(member: Any, server: Post, now: datetime) -> Mailbox:
    return Mailbox.objects.create(
        organisation=member.organisation, member=member, address="maud@ormel.example", sender_name="Maud Keravel",
        username="", smtp_host="127.0.0.1", smtp_port=server.port, smtp_security="none", imap_host="127.0.0.1",
        imap_port=1, imap_security="none", connected_at=now, read_at=now,
    )  # fmt: skip


TYPED = {
    "texte": "Un point nouveau, Inès ?",
    "objet": "Re: Lead back-end",
    "canal_actuel": "email",
    "envoyer": "1",
}


def test_on_its_way_then_sent(
    desk: Client, member: Any, mailbox: Mailbox, server: Post, now: datetime
) -> None:
    outreach = written_to(member, now)
    assert 'name="envoyer"' in body(desk.get("/"))
    sent = desk.post(f"/aujourdhui/{outreach.pk}/permis/", TYPED)
    assert sent["Location"] == "/"
    page = body(desk.get("/"))
    assert "part dans 30" in page
    assert "En route" in page
    assert "était-il parti" not in page
    assert "Un point nouveau" in body(desk.get(f"/aujourdhui/{outreach.pk}/"))
    later = now + timedelta(seconds=40)
    assert send_what_is_due(clock=lambda: later) == 1
    assert server.kept[0].recipients == ["ines-aubrac@exemple.example"]
    assert "ines-aubrac@exemple.example" in header(server.kept[0].raw, "To")
    with time_machine.travel(later, tick=False):
        after = body(desk.get(f"/personnes/{outreach.candidate_id}/"))
    assert "Un point nouveau, Inès" in after
    assert Permit.objects.get().ended_at is not None


def test_taken_back_by_undo_and_by_the_button(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    outreach = written_to(member, now)
    desk.post(f"/aujourdhui/{outreach.pk}/permis/", TYPED)
    desk.post("/annuler/")
    assert Outgoing.objects.get().state == "cancelled"
    assert Outreach.objects.get().in_queue
    desk.post(f"/aujourdhui/{outreach.pk}/permis/", TYPED)
    second = Outgoing.objects.latest("pk")
    held = body(desk.post(f"/aujourdhui/envois/{second.pk}/retenir/", follow=True))
    assert "rien n’est parti pour Inès Aubrac" in held
    second.refresh_from_db()
    assert second.state == "cancelled"
    late = body(desk.post(f"/aujourdhui/envois/{second.pk}/retenir/", follow=True))
    assert "Trop tard" in late


def test_an_answer_meanwhile_stops_it(
    desk: Client, member: Any, mailbox: Mailbox, server: Post, now: datetime
) -> None:
    outreach = written_to(member, now)
    desk.post(f"/aujourdhui/{outreach.pk}/permis/", TYPED)
    answered_by(outreach, member, now, now)
    assert send_what_is_due(clock=lambda: now + timedelta(minutes=1)) == 0
    assert server.kept == []
    assert "À vous de répondre" in body(desk.get("/"))


def test_an_unread_mailbox_is_said(
    desk: Client, member: Any, mailbox: Mailbox, server: Post, now: datetime
) -> None:
    outreach = written_to(member, now)
    desk.post(f"/aujourdhui/{outreach.pk}/permis/", TYPED)
    late = now + timedelta(minutes=20)
    assert send_what_is_due(clock=lambda: late) == 0
    with time_machine.travel(late, tick=False):
        assert "La boîte n’a pas pu être lue" in body(desk.get(f"/aujourdhui/{outreach.pk}/"))
    assert server.kept == []


def test_without_a_mailbox_it_leaves_by_hand(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    assert 'name="envoyer"' not in body(desk.get("/"))
    desk.post(f"/aujourdhui/{outreach.pk}/permis/", TYPED)
    assert not Outgoing.objects.exists()
    assert 'id="a-copier"' in body(desk.get(f"/aujourdhui/{outreach.pk}/"))


def test_by_hand_stays_possible(desk: Client, member: Any, mailbox: Mailbox, now: datetime) -> None:
    outreach = written_to(member, now)
    typed = {name: value for name, value in TYPED.items() if name != "envoyer"}
    desk.post(f"/aujourdhui/{outreach.pk}/permis/", typed)
    assert not Outgoing.objects.exists()
    assert 'id="a-copier"' in body(desk.get(f"/aujourdhui/{outreach.pk}/"))


def test_a_colleague_takes_nothing_back(
    desk: Client, member: Any, colleague: Any, mailbox: Mailbox, now: datetime
) -> None:
    outreach = written_to(member, now)
    desk.post(f"/aujourdhui/{outreach.pk}/permis/", TYPED)
    pk = Outgoing.objects.get().pk
    assert as_(colleague).post(f"/aujourdhui/envois/{pk}/retenir/").status_code == 404
    assert Outgoing.objects.get().state == "ready"
