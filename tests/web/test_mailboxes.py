"""Connecting a mailbox through the page: a message really sent and read back, or what is wrong in plain words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from relance.mail.providers import BY_DOMAIN, GOOGLE, OVH, Needs, guess
from relance.mail.sending import Security, Server
from relance.method.delivery.logins import login_of
from relance.method.delivery.models import Mailbox
from tests.mail_servers import PASSWORD, Box, Post, header, imap, office, post
from tests.web.test_hand_over import as_, body


@pytest.fixture
def provider() -> Iterator[tuple[Post, Box]]:
    with office() as servers:
        yield servers


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trial that fails says so soon, and nobody's DNS is asked."""
    monkeypatch.setattr("relance.method.delivery.connecting.COMES_BACK_WITHIN", 2.0)
    monkeypatch.setattr("relance.method.delivery.connecting.records_of", lambda _domain: None)


def typed(out: Post, box: Box, **changed: str) -> dict[str, str]:
    return {
        "adresse": "maud@ormel.example", "nom": "Maud Keravel", "mot_de_passe": PASSWORD, "identifiant": "maud",
        "imap": "127.0.0.1", "imap_port": str(box.port), "imap_securite": "none",
        "smtp": "127.0.0.1", "smtp_port": str(out.port), "smtp_securite": "none", **changed,
    }  # fmt: skip


def test_tried_out_and_connected(
    desk: Client, member: Any, provider: tuple[Post, Box], now: datetime
) -> None:
    out, box = provider
    answer = desk.post("/reglages/boites/relier/", typed(out, box))
    assert answer.status_code == 302, body(answer)
    mailbox = Mailbox.objects.get()
    assert mailbox.takes_plus is True
    assert mailbox.files_sent is None, "this provider has no folder for what is sent"
    assert PASSWORD not in mailbox.secret
    assert login_of(mailbox, now=now).secret == PASSWORD
    assert len(out.kept) == 1
    assert "Essai" in header(out.kept[0].raw, "Subject") or "=?utf-8" in header(out.kept[0].raw, "Subject")
    page = body(desk.get("/reglages/boites/"))
    assert "maud@ormel.example" in page
    assert PASSWORD not in page
    again = desk.post("/reglages/boites/relier/", typed(out, box))
    assert again.status_code == 409
    assert PASSWORD not in body(again)


def test_a_provider_that_takes_no_token(desk: Client, member: Any) -> None:
    with office(plus=False) as (out, box):
        assert desk.post("/reglages/boites/relier/", typed(out, box)).status_code == 302
    assert Mailbox.objects.get().takes_plus is False


def test_what_is_wrong_is_said_and_what_was_typed_stays(desk: Client, member: Any) -> None:
    with post() as out, imap() as box:
        wrong = desk.post("/reglages/boites/relier/", typed(out, box, mot_de_passe="un autre"))
        assert wrong.status_code == 422
        assert "refuse cet identifiant ou ce mot de passe" in body(wrong)
        assert 'value="maud@ormel.example"' in body(wrong)
        assert "un autre" not in body(wrong)
        nobody = desk.post("/reglages/boites/relier/", typed(out, box, imap_port="1"))
        assert "Aucun serveur ne répond" in body(nobody)
        no_post = desk.post("/reglages/boites/relier/", typed(out, box, smtp_port="1"))
        assert "Aucun serveur ne répond" in body(no_post)
        lost = desk.post("/reglages/boites/relier/", typed(out, box))
        assert "n’est pas revenu" in body(lost)
        clear = desk.post("/reglages/boites/relier/", typed(out, box, imap="mail.ormel.example"))
        assert "un serveur de cette machine" in body(clear)
    assert not Mailbox.objects.exists()


def test_tried_again_another_password_and_unplugged(
    desk: Client, member: Any, provider: tuple[Post, Box], now: datetime
) -> None:
    out, box = provider
    desk.post("/reglages/boites/relier/", typed(out, box))
    pk = Mailbox.objects.get().pk
    assert "revenu" in body(desk.post(f"/reglages/boites/{pk}/essai/"))
    refused = desk.post(f"/reglages/boites/{pk}/mot-de-passe/", {"mot_de_passe": "faux"})
    assert refused.status_code == 422
    assert login_of(Mailbox.objects.get(), now=now).secret == PASSWORD, "the one that works is kept"
    desk.post(f"/reglages/boites/{pk}/mot-de-passe/", {"mot_de_passe": PASSWORD})
    assert desk.post(f"/reglages/boites/{pk}/rythme/", {"par_jour": "0", "ecart": "5"}).status_code == 422
    desk.post(f"/reglages/boites/{pk}/rythme/", {"par_jour": "30", "ecart": "60", "nom": "Maud"})
    mailbox = Mailbox.objects.get()
    assert (mailbox.daily_cap, mailbox.spacing, mailbox.sender_name) == (30, 60, "Maud")
    assert "débranchée" in body(desk.post(f"/reglages/boites/{pk}/debrancher/", follow=True))
    mailbox.refresh_from_db()
    assert mailbox.secret == ""
    assert "maud@ormel.example" not in body(desk.get("/reglages/boites/"))
    assert desk.post("/reglages/boites/relier/", typed(out, box)).status_code == 302, (
        "it can be connected again"
    )


def test_a_mailbox_is_its_members_alone(
    desk: Client, member: Any, colleague: Any, stranger: Any, provider: tuple[Post, Box]
) -> None:
    desk.post("/reglages/boites/relier/", typed(*provider))
    pk = Mailbox.objects.get().pk
    for one in (colleague, stranger):
        assert "maud@ormel.example" not in body(as_(one).get("/reglages/boites/"))
        for gesture in ("essai", "mot-de-passe", "rythme", "lire", "debrancher"):
            assert (
                as_(one).post(f"/reglages/boites/{pk}/{gesture}/", {"mot_de_passe": "x"}).status_code == 404
            )


@pytest.mark.parametrize(
    ("address", "hosts", "imap_host", "needs"),
    [
        ("maud@gmail.com", [], "imap.gmail.com", Needs.GOOGLE),
        ("maud@Orange.fr", [], "imap.orange.fr", Needs.PASSWORD),
        ("maud@laposte.net", [], "imap.laposte.net", Needs.IMAP_ON),
        ("maud@cabinet.example", ["aspmx.l.google.com."], "imap.gmail.com", Needs.GOOGLE),
        ("maud@cabinet.example", ["cabinet-example.mail.protection.outlook.com"], "outlook.office365.com",
         Needs.MICROSOFT),
        ("maud@cabinet.example", ["mx1.mail.ovh.net"], "ssl0.ovh.net", Needs.PASSWORD),
        ("maud@cabinet.example", ["mx.notgoogle.com"], "imap.cabinet.example", Needs.PASSWORD),
        ("maud@cabinet.example", [], "imap.cabinet.example", Needs.PASSWORD),
    ],
)  # fmt: skip
def test_servers_are_guessed(address: str, hosts: list[str], imap_host: str, needs: Needs) -> None:
    found = guess(address, lambda _domain: hosts)
    assert (found.imap.host, found.needs) == (imap_host, needs)


def test_no_provider_is_spoken_to_in_clear() -> None:
    for known in (*BY_DOMAIN.values(), GOOGLE, OVH):
        for server in (known.imap, known.smtp):
            assert server.security is not Security.NONE
            assert server == Server(server.host, server.port, server.security)
