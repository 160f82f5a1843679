"""The last 60 days of a mailbox through the pages: asked for, watched, chosen among, kept."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from relance.imports.jobs import advance_one_import
from relance.imports.models import Import
from relance.mail.reading import reader
from relance.method.candidates.models import Candidate
from relance.method.delivery.models import Mailbox
from tests.mail_servers import Box, office
from tests.web.test_hand_over import body
from tests.web.test_mailboxes import typed

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's DNS is asked."""
    monkeypatch.setattr("relance.method.delivery.connecting.records_of", lambda _domain: None)


def file_sent(box: Box, to: str, at: datetime) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "maud@ormel.example", to, "Un poste à Lyon"
    message["Date"], message["Message-ID"] = format_datetime(at), f"<{abs(hash(to))}@ormel.example>"
    message.set_content("Bonjour,\n\nUn poste de lead back-end.")
    with reader(box.server, box.login) as inside:
        inside.append("Sent", message.as_bytes(), at)


def file_received(box: Box, sender: str, at: datetime) -> None:
    raw = f"From: {sender}\r\nTo: maud@ormel.example\r\nDate: {format_datetime(at)}\r\n\r\nBonjour"
    with reader(box.server, box.login) as inside:
        inside.append("INBOX", raw.encode(), at)


def test_from_the_mailbox_to_the_people_kept(desk: Client, member: Any) -> None:
    now = timezone.now()
    with office() as (out, box):
        with reader(box.server, box.login) as inside:
            inside._box.folder.create("Sent")
        file_sent(box, "Inès Aubrac <ines@brume.example>", now - timedelta(days=12))
        file_sent(box, "a@un.example, b@deux.example", now - timedelta(days=3))
        file_received(box, "Cyril Vendeur <cyril@vente.example>", now - timedelta(days=5))
        assert "Relier votre boîte" in body(desk.get("/bienvenue/"))
        assert desk.post("/reglages/boites/relier/", typed(out, box)).status_code == 302
        pk = Mailbox.objects.get().pk
        assert f"/reglages/boites/{pk}/lire/" in body(desk.get("/reglages/boites/"))
        assert f"/reglages/boites/{pk}/lire/" in body(desk.get("/bienvenue/"))
        page = body(desk.post(f"/reglages/boites/{pk}/lire/", follow=True))
        assert "Lecture de votre boîte" in page
        assert "archive" not in page[page.index("<main") : page.index("</main>")]
        advance_one_import(clock=timezone.now)
        page = body(desk.get("/bienvenue/"))
        assert "Inès Aubrac" in page
        assert "Garder les cochées" in page
        assert page.count("non gardée") == 1, "who was never written to"
        assert "Boîte lue en" in page
        assert "1 message à plusieurs personnes" in page
        assert "Où vous en êtes" not in page, "sixty days tell no rate"
        row = Import.objects.get()
        desk.post(f"/bienvenue/{row.pk}/garder/")
        advance_one_import(clock=timezone.now)
        page = body(desk.get("/bienvenue/"))
        assert "Le reste de ce qui a été lu est effacé" in page
    assert [each.name for each in Candidate.objects.order_by("pk")] == ["Inès Aubrac"]


def test_a_mailbox_that_cannot_be_read_says_so(desk: Client, member: Any) -> None:
    with office() as (out, box):
        desk.post("/reglages/boites/relier/", typed(out, box))
        pk = Mailbox.objects.get().pk
        desk.post(f"/reglages/boites/{pk}/lire/")
        advance_one_import(clock=timezone.now)
        assert "Aucun dossier de messages envoyés" in body(desk.get("/bienvenue/"))
    desk.post(f"/reglages/boites/{pk}/lire/")
    advance_one_import(clock=timezone.now)
    assert "n’a pas pu être lue jusqu’au bout" in body(desk.get("/bienvenue/"))
