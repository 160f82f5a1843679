"""Trames, through HTTP and without JavaScript: read, try, rewrite, copy, put away."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.method.writing.models import Template
from tests.people import written_to


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def body(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def template(member: Any) -> Template:
    """A follow-up after a first message, in French with vous."""
    rows = Template.objects.filter(situation="first_message", purpose="follow_up", step=1, address="vous")
    found = rows.order_by("pk").first()
    assert found is not None
    return found


def test_every_voice_has_its_list(desk: Client) -> None:
    for voice, language, address in (("fr-vous", "fr", "vous"), ("fr-tu", "fr", "tu"), ("en", "en", "")):
        response = desk.get("/trames/", {"voix": voice})
        listed = [row.template for group in response.context["groups"] for row in group.rows]
        assert listed
        assert {(row.language, row.address) for row in listed} == {(language, address)}
    assert desk.get("/trames/", {"voix": "latin"}).context["voice"] == "fr-vous"


def test_the_preview_is_of_somebody_who_waits(
    desk: Client, member: Any, now: datetime, template: Template
) -> None:
    assert "Camille" in body(desk.get(f"/trames/{template.pk}/")), "nobody waits: somebody invented"
    written_to(member, now)
    response = desk.get(f"/trames/{template.pk}/")
    assert response.context["trial"].on == "Inès Aubrac, Solvane"
    assert "<mark>" in body(response)


def test_a_text_is_tried_without_being_kept(desk: Client, template: Template) -> None:
    sent = {
        "nom": template.name,
        "objet": "",
        "texte": "Bonjour {prénom}, {inconnue} [un mot]. Relancer sans réponse de votre part ?",
    }
    response = desk.post(f"/trames/{template.pk}/apercu/", sent)
    assert response.status_code == 200
    trial = response.context["trial"]
    assert [piece.kind for piece in trial.pieces if piece.kind] == ["variable", "slot"]
    assert {check.level for check in trial.checks} >= {"block"}
    assert "{inconnue}" in body(response)
    before = template.body
    template.refresh_from_db()
    assert template.body == before


def test_a_text_is_rewritten(desk: Client, member: Any, now: datetime, template: Template) -> None:
    sent = {"nom": "À ma façon", "objet": "Suite", "texte": "Bonjour {prénom},\r\n\r\n[à dire] ?\r\n"}
    desk.post(f"/trames/{template.pk}/", sent)
    template.refresh_from_db()
    assert (template.name, template.subject) == ("À ma façon", "Suite")
    assert template.body == "Bonjour {prénom},\n\n[à dire] ?"
    assert (template.author, template.changed_at) == (member, now)


@pytest.mark.parametrize(("field", "value"), [("nom", " "), ("texte", " \n "), ("texte", "x" * 20_001)])
def test_what_is_wrong_is_said_and_nothing_is_lost(
    desk: Client, template: Template, field: str, value: str
) -> None:
    sent = {"nom": "Un nom", "objet": "Un objet", "texte": "Un texte", field: value}
    response = desk.post(f"/trames/{template.pk}/", sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Un nom" in body(response) or "Un texte" in body(response)
    kept = template.body
    template.refresh_from_db()
    assert template.body == kept


def test_copy_put_away_bring_back(desk: Client, template: Template) -> None:
    response = desk.post(f"/trames/{template.pk}/copier/")
    copy = Template.objects.order_by("-pk")[0]
    assert response.headers["Location"] == f"/trames/{copy.pk}/"
    assert (copy.body, copy.starter) == (template.body, "")
    desk.post(f"/trames/{copy.pk}/archiver/")
    listed = desk.get("/trames/").context["groups"]
    assert copy.pk not in {row.template.pk for group in listed for row in group.rows}
    assert copy.name in body(desk.get("/trames/?mises-de-cote"))
    assert f'action="/trames/{copy.pk}/reprendre/"' in body(desk.get(f"/trames/{copy.pk}/"))
    desk.post(f"/trames/{copy.pk}/reprendre/")
    copy.refresh_from_db()
    assert copy.archived_at is None


def test_number_of_queries_is_fixed(
    desk: Client, member: Any, now: datetime, template: Template, django_assert_num_queries: Any
) -> None:
    written_to(member, now)
    desk.get("/trames/")
    with django_assert_num_queries(10):
        desk.get(f"/trames/{template.pk}/")
    for index in range(6):
        written_to(member, now, f"Personne Numéro{index}")
    with django_assert_num_queries(10):
        desk.get(f"/trames/{template.pk}/")


def test_another_desk_finds_nothing(client: Client, stranger: Any, template: Template) -> None:
    client.force_login(stranger.user)
    address = f"/trames/{template.pk}/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"nom": "Pris", "objet": "", "texte": "Pris"}).status_code == 404
    for gesture in ("apercu", "copier", "archiver", "reprendre"):
        assert client.post(f"{address}{gesture}/").status_code == 404, gesture
        assert client.get(f"{address}{gesture}/").status_code == 405, gesture
    template.refresh_from_db()
    assert template.name != "Pris"
    assert body(client.get("/trames/")).count("<textarea") == 0
