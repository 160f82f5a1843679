"""Asking for a person, handing over, overriding: through HTTP, as two recruiters do it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Kind
from relance.method.candidates.models import Trace
from relance.method.outreach.actions import record
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, HandOver, Outreach, Permit
from tests.people import candidate, written_to


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def as_(member: Any) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def body(response: Any) -> str:
    return str(response.content.decode())


def test_refused_asked_and_given_in_two_clicks(
    desk: Client, member: Any, colleague: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    pk = outreach.candidate_id
    theirs = as_(colleague)
    refused = theirs.post(
        f"/aujourdhui/{outreach.pk}/permis/", {"texte": "Une idée ?", "canal_actuel": "email"}
    )
    assert refused.status_code == 409
    assert f'href="/personnes/{pk}/passation/"' in body(refused)
    page = body(theirs.get(f"/personnes/{pk}/passation/"))
    assert "Maud lui écrit déjà" in page
    assert "Ce qui la libère" in page
    assert "90 jours sans personne" in page
    unwritten = theirs.post(
        f"/personnes/{pk}/passation/demander/", {"mot": "Maud, [pourquoi]. Tu me la passes ?"}
    )
    assert unwritten.status_code == 422
    assert "[pourquoi]" in body(unwritten), "what was typed is kept"
    theirs.post(f"/personnes/{pk}/passation/demander/", {"mot": "Quartelle cherche son profil."})
    today = body(desk.get("/"))
    assert "Théo demande Inès Aubrac" in today
    assert "Quartelle cherche son profil." in today
    request = HandOver.objects.get()
    desk.post(f"/passations/{request.pk}/repondre/", {"reponse": "passer"})
    outreach.refresh_from_db()
    assert outreach.recruiter_id == colleague.pk
    assert "Théo demande" not in body(desk.get("/"))
    assert "Inès Aubrac" in body(theirs.get("/"))
    assert "De Maud Keravel à Théo Lancelin, à sa demande" in body(theirs.get(f"/personnes/{pk}/"))
    taken = theirs.post(
        f"/aujourdhui/{outreach.pk}/permis/", {"texte": "Une idée ?", "canal_actuel": "email"}
    )
    assert taken.status_code == 302
    assert Permit.objects.filter(recruiter=colleague).count() == 1


def test_kept_and_taken_back(desk: Client, member: Any, colleague: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    theirs = as_(colleague)
    theirs.post(f"/personnes/{outreach.candidate_id}/passation/demander/", {"mot": "Oui ?"})
    first = HandOver.objects.get()
    assert desk.post(f"/passations/{first.pk}/retirer/").status_code == 404, "the one who asked takes it back"
    theirs.post(f"/passations/{first.pk}/retirer/")
    theirs.post(f"/personnes/{outreach.candidate_id}/passation/demander/", {"mot": "Oui ?"})
    second = HandOver.objects.latest("pk")
    desk.post(f"/passations/{second.pk}/repondre/", {"reponse": "garder"})
    outreach.refresh_from_db()
    assert outreach.recruiter_id == member.pk
    assert HandOver.objects.filter(ended_at=None).count() == 0
    late = desk.post(f"/passations/{second.pk}/repondre/", {"reponse": "passer"}, follow=True)
    assert "Cette demande est close" in body(late)


def test_a_message_in_the_air_is_answered_for_first(
    desk: Client, member: Any, colleague: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    desk.post(f"/aujourdhui/{outreach.pk}/permis/", {"texte": "Une idée ?", "canal_actuel": "email"})
    given = desk.post(f"/personnes/{outreach.candidate_id}/passation/passer/", {"a": colleague.pk})
    assert given["Location"] == f"/aujourdhui/{outreach.pk}/"
    desk.post(f"/aujourdhui/permis/{Permit.objects.get().pk}/", {"issue": "rien"})
    desk.post(f"/personnes/{outreach.candidate_id}/passation/passer/", {"a": colleague.pk})
    outreach.refresh_from_db()
    assert outreach.recruiter_id == colleague.pk


@pytest.mark.parametrize("to", ["", "moi", "-1", "9" * 30, "999999"])
def test_to_nobody_known_is_no_hand_over(desk: Client, member: Any, to: str, now: datetime) -> None:
    outreach = written_to(member, now)
    assert desk.post(f"/personnes/{outreach.candidate_id}/passation/passer/", {"a": to}).status_code == 404


def test_a_recruiter_hands_over_only_their_own(
    desk: Client, member: Any, colleague: Any, manager_member: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    address = f"/personnes/{outreach.candidate_id}/passation/passer/"
    assert as_(colleague).post(address, {"a": colleague.pk}).status_code == 403
    as_(manager_member).post(address, {"a": colleague.pk})
    outreach.refresh_from_db()
    assert outreach.recruiter_id == colleague.pk


def test_an_override_takes_a_manager_and_a_reason_and_is_told(
    member: Any, colleague: Any, manager_member: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    pk = outreach.candidate_id
    address = f"/personnes/{pk}/passation/passer-outre/"
    reason = "Elle a demandé Théo par son nom au salon."
    assert as_(colleague).post(address, {"raison": reason, "pour": colleague.pk}).status_code == 403
    short = as_(manager_member).post(address, {"raison": "Parce que", "pour": colleague.pk})
    assert short.status_code == 422
    assert "Parce que" in body(short)
    as_(manager_member).post(address, {"raison": reason, "pour": colleague.pk})
    page = body(as_(member).get(f"/personnes/{pk}/"))
    assert "Solène Gauthier a laissé Théo Lancelin lui écrire" in page
    assert reason in page
    assert "Vous pouvez lui écrire maintenant" in body(as_(colleague).get(f"/personnes/{pk}/passation/"))
    assert Trace.objects.filter(act="overrode", member=manager_member, candidate=pk).count() == 1


def test_entering_somebody_a_colleague_follows_joins_and_says_who(
    desk: Client, member: Any, colleague: Any, now: datetime
) -> None:
    written_to(colleague, now)
    entered = desk.post(
        "/personnes/ajouter/",
        {
            "nom": "Inès Aubrac",
            "adresse": "ines-aubrac@exemple.example",
            "moyen": "mail",
            "quand": "2026-03-09T16:40",
            "texte": "Bonjour Inès",
        },
        follow=True,
    )
    assert Outreach.objects.count() == 1
    assert "rejoint l’approche de" in body(entered)
    assert "Théo Lancelin" in body(entered)
    fact = Event.objects.latest("pk")
    assert (fact.recorded_by_id, fact.outside) == (member.pk, "colleague"), (
        "recorded all the same, and flagged"
    )
    assert "Hors des règles" in body(desk.get(f"/personnes/{fact.candidate_id}/"))


def test_nobody_approached_has_no_page_of_refusal(desk: Client, member: Any, now: datetime) -> None:
    person = candidate(member, now)
    assert desk.get(f"/personnes/{person.pk}/passation/")["Location"] == f"/personnes/{person.pk}/"


def test_after_a_colleagues_silence_the_day_of_freedom_is_told(
    member: Any, colleague: Any, now: datetime
) -> None:
    outreach = written_to(member, now, ago=timedelta(days=60))
    record(
        outreach=outreach, entries=[Entry(Kind.CLOSED, at=now - timedelta(days=40))], now=now, member=member
    )
    page = body(as_(colleague).get(f"/personnes/{outreach.candidate_id}/passation/"))
    assert "cette approche s’est terminée" in page
    assert "Le silence, jusqu’au bout" in page
