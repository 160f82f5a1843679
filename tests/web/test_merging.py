"""Probable duplicates said, compared, made one, and taken back: through HTTP."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.method.candidates.models import Candidate
from relance.method.outreach.models import Merge
from tests.people import candidate, written_to


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def body(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def twins(member: Any, now: datetime) -> tuple[Candidate, Candidate]:
    one = written_to(member, now, ago=timedelta(days=9)).candidate
    other = written_to(
        member, now, "Inès AUBRAC", identities=(("email", "i.aubrac@solvane.example"),), ago=timedelta(days=4)
    ).candidate
    return one, other


def test_said_compared_made_one_and_taken_back(desk: Client, twins: tuple[Candidate, Candidate]) -> None:
    one, other = twins
    address = f"/personnes/{one.pk}/doublon/{other.pk}/"
    assert f'href="{address}"' in body(desk.get(f"/personnes/{one.pk}/"))
    page = body(desk.get(address))
    assert "même nom, même société" in page
    assert "i.aubrac@solvane.example" in page
    made = body(desk.post(address, {"geste": "une"}, follow=True))
    assert "i.aubrac@solvane.example" in made
    assert made.count("Je recrute pour un poste de lead back-end") >= 2, "both histories"
    assert desk.get(f"/personnes/{other.pk}/")["Location"] == f"/personnes/{one.pk}/"
    desk.post(f"/fusions/{Merge.objects.get().pk}/annuler/")
    assert "i.aubrac@solvane.example" not in body(desk.get(f"/personnes/{one.pk}/"))
    assert desk.get(f"/personnes/{other.pk}/").status_code == 200
    late = body(desk.post(f"/fusions/{Merge.objects.get().pk}/annuler/", follow=True))
    assert "Trop tard" in late


def test_two_people_are_not_asked_about_again(desk: Client, twins: tuple[Candidate, Candidate]) -> None:
    one, other = twins
    desk.post(f"/personnes/{one.pk}/doublon/{other.pk}/", {"geste": "deux"})
    for pk in (one.pk, other.pk):
        assert "doublon" not in body(desk.get(f"/personnes/{pk}/"))
    assert Candidate.objects.count() == 2


def test_nobody_is_compared_with_themself_nor_with_another_firms(
    desk: Client, member: Any, stranger: Any, now: datetime
) -> None:
    person, theirs = candidate(member, now), candidate(stranger, now, "Rose Templier")
    assert desk.get(f"/personnes/{person.pk}/doublon/{person.pk}/").status_code == 404
    assert desk.post(f"/personnes/{person.pk}/doublon/{theirs.pk}/", {"geste": "une"}).status_code == 404
    assert Candidate.objects.count() == 2


def test_two_copied_messages_are_answered_for_first(desk: Client, twins: tuple[Candidate, Candidate]) -> None:
    one, other = twins
    for each in twins:
        outreach = each.outreaches.get()
        desk.post(f"/aujourdhui/{outreach.pk}/permis/", {"texte": "Une idée ?", "canal_actuel": "email"})
    refused = desk.post(f"/personnes/{one.pk}/doublon/{other.pk}/", {"geste": "une"})
    assert refused.status_code == 409
    assert "copié et non confirmé" in body(refused)
    assert Candidate.objects.count() == 2


def test_at_entry_by_hand_the_other_is_named(desk: Client, member: Any, now: datetime) -> None:
    known = candidate(member, now)
    sent = {
        "nom": "Ines Aubrac", "societe": "SOLVANE SAS", "moyen": "mail", "adresse": "ines@ailleurs.example",
        "quand": "2026-03-09T16:40", "texte": "Bonjour",
    }  # fmt: skip
    page = body(desk.post("/personnes/ajouter/", sent, follow=True))
    entered = Candidate.objects.latest("pk")
    assert entered.pk != known.pk
    assert f'href="/personnes/{entered.pk}/doublon/{known.pk}/"' in page
    assert "même nom, même société" in page
