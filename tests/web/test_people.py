"""The list of people, through HTTP and without JavaScript: find, tick, add, undo."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Kind, Situation
from relance.method.candidates.actions import leave_alone
from relance.method.candidates.models import Avoidance, Candidate
from relance.method.outreach.actions import record
from relance.method.outreach.facts import Entry
from relance.method.outreach.lists import COUNTED
from relance.method.outreach.models import Event, Outreach
from tests.people import TEXT, answered_by, candidate, many_written_to, written_to

ALL = "/personnes/"


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def body(response: Any) -> str:
    return str(response.content.decode())


def rows(response: Any) -> list[str]:
    return [row.candidate.name for row in response.context["rows"]]


def typed(**changed: str) -> dict[str, str]:
    return {
        "nom": "Léa Fontenoy",
        "poste": "Data engineer",
        "societe": "Maréva",
        "moyen": "linkedin",
        "adresse": "https://www.linkedin.com/in/Exemple-Lea-Fontenoy/?locale=fr",
        "sujet": "lead data",
        "texte": "Bonjour Léa,\r\n\r\nVotre exposé m’a plu. En parler ?",
        "quand": "",
        **changed,
    }


def test_an_empty_notebook_says_how_to_fill_it(desk: Client) -> None:
    page = body(desk.get(ALL))
    assert 'href="/bienvenue/"' in page
    assert "<table" not in page


@pytest.mark.parametrize("text", ["ines", "INÈS aubrac", "solvane dev", "aubrac@exemple"])
def test_search_ignores_accents_and_wants_every_word(
    desk: Client, member: Any, now: datetime, text: str
) -> None:
    written_to(member, now)
    written_to(member, now, "Damien Kessler")
    found = rows(desk.get(ALL, {"q": text}))
    assert "Inès Aubrac" in found
    assert desk.get(ALL, {"q": f"{text} nullepart"}).context["found"].total == 0


def test_states_are_counted_and_filtered(desk: Client, member: Any, now: datetime) -> None:
    written_to(member, now)
    written_to(member, now, "Damien Kessler", ago=timedelta(hours=3))
    answered_by(written_to(member, now, "Camille Hoarau"), member, now - timedelta(hours=1), now)
    candidate(member, now, "Assia Benkirane")
    counted = {
        "relancer": ["Inès Aubrac"],
        "attente": ["Damien Kessler"],
        "repondre": ["Camille Hoarau"],
        "sans": ["Assia Benkirane"],
        "acceptation": [],
        "repondu": [],
        "arretees": [],
    }
    for state, names in counted.items():
        response = desk.get(ALL, {"etat": state})
        assert rows(response) == names, state
        shown = next(one for one in response.context["states"] if one["code"] == state)
        assert shown["count"] == str(len(names))
    everyone = desk.get(ALL)
    assert len(rows(everyone)) == 4
    assert rows(everyone)[-1] == "Assia Benkirane", "without a step, at the end"


def test_filtered_to_nothing_each_filter_says_what_it_would_give_back(
    desk: Client, member: Any, now: datetime
) -> None:
    written_to(member, now, star=False)
    response = desk.get(ALL, {"q": "aubrac", "etoile": "1"})
    given_back = {one["name"]: one["count"] for one in response.context["without"]}
    assert sorted(given_back.values()) == [0, 1]
    assert "?q=aubrac" in body(response)


def test_one_row_a_person_whatever_their_outreaches(desk: Client, member: Any, now: datetime) -> None:
    old = written_to(member, now, ago=timedelta(days=200))
    desk.post("/personnes/ajouter/", typed(adresse="ines-aubrac@exemple.example", moyen="mail"))
    assert Outreach.objects.filter(candidate=old.candidate_id).count() == 2
    assert len(rows(desk.get(ALL))) == 1


def test_pages_hold_fifty_and_their_queries_are_fixed(
    desk: Client, member: Any, now: datetime, django_assert_num_queries: Any
) -> None:
    written_to(member, now)
    desk.get(ALL)
    with django_assert_num_queries(10):
        desk.get(ALL)
    for index in range(54):
        written_to(member, now, f"Personne Numéro{index}", ago=timedelta(days=3, minutes=index))
    desk.get(ALL)
    with django_assert_num_queries(10):
        first = desk.get(ALL)
    second = desk.get(ALL, {"page": "2"})
    assert (len(rows(first)), len(rows(second))) == (50, 5)
    assert not set(rows(first)) & set(rows(second))
    assert rows(desk.get(ALL, {"page": "99999"})) == rows(second)


def test_a_state_is_found_and_counted_beyond_the_first_two_thousand(
    desk: Client, member: Any, now: datetime
) -> None:
    many_written_to(member, now, COUNTED + 1, ago=timedelta(days=3))
    outreach = written_to(member, now)
    answered_by(outreach, member, now - timedelta(minutes=5), now)
    record(outreach=outreach, entries=[Entry(Kind.HANDLED, at=now)], now=now, member=member)
    candidate(member, now, "Nour Belkacem")
    answered = desk.get(ALL, {"etat": "repondu"})
    assert rows(answered) == ["Inès Aubrac"]
    assert answered.context["found"].total == 1
    assert rows(desk.get(ALL, {"etat": "sans"})) == ["Nour Belkacem"]
    assert rows(desk.get(ALL, {"q": "aubrac"})) == ["Inès Aubrac"]
    assert len(rows(desk.get(ALL, {"q": "exemple", "etat": "relancer"}))) == 50


def test_several_are_stopped_and_brought_back(desk: Client, member: Any, now: datetime) -> None:
    picked = [written_to(member, now, name).pk for name in ("Inès Aubrac", "Damien Kessler")]
    spared = written_to(member, now, "Camille Hoarau")
    desk.post("/personnes/gestes/", {"qui": picked, "geste": "arreter"})
    assert Event.objects.filter(kind=Kind.CLOSED).count() == 2
    assert set(Outreach.objects.filter(code="closed").values_list("pk", flat=True)) == set(picked)
    spared.refresh_from_db()
    assert spared.code == "follow_up"
    desk.post("/personnes/annuler/")
    assert Outreach.objects.filter(code="follow_up").count() == 3


def test_several_are_starred_then_as_they_were(desk: Client, member: Any, now: datetime) -> None:
    starred = written_to(member, now)
    plain = written_to(member, now, "Damien Kessler", star=False)
    desk.post("/personnes/gestes/?etat=relancer", {"qui": [starred.pk, plain.pk], "geste": "etoiler"})
    assert Outreach.objects.filter(must_answer=True).count() == 2
    back = desk.post("/personnes/annuler/?etat=relancer")
    assert back.headers["Location"] == "/personnes/?etat=relancer"
    assert list(Outreach.objects.filter(must_answer=True)) == [starred]


def test_several_are_postponed(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    desk.post("/personnes/gestes/", {"qui": outreach.pk, "geste": "reporter", "quand": "mois"})
    outreach.refresh_from_db()
    assert outreach.code == "snoozed"
    response = desk.post("/personnes/gestes/", {"geste": "reporter", "quand": "mois"}, follow=True)
    assert Event.objects.filter(kind=Kind.SNOOZED).count() == 1
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("way", "address", "situation", "kind"),
    [
        ("linkedin", "exemple-lea", Situation.FIRST_MESSAGE, Kind.MESSAGE_SENT),
        ("invitation", "linkedin.com/in/exemple-lea", Situation.LINKEDIN_INVITATION, Kind.INVITATION_SENT),
        ("mail", "Lea@Exemple.example", Situation.FIRST_MESSAGE, Kind.MESSAGE_SENT),
        ("sms", "06 39 98 00 12", Situation.FIRST_MESSAGE, Kind.MESSAGE_SENT),
        ("vocal", "+33 6 39 98 00 12", Situation.CV_DATABASE, Kind.CALL_UNANSWERED),
        ("parle", "0639980012, lea@exemple.example", Situation.CV_DATABASE, Kind.CALL_ANSWERED),
        ("candidature", "lea@exemple.example", Situation.APPLICATION, Kind.APPLICATION_RECEIVED),
    ],
)
def test_an_approach_is_entered_by_hand(
    desk: Client, now: datetime, way: str, address: str, situation: Situation, kind: Kind
) -> None:
    sent = typed(moyen=way, adresse=address, etoile="on", quand="2026-03-09T16:40")
    response = desk.post("/personnes/ajouter/", sent, follow=True)
    assert "Léa Fontenoy" in body(response)
    outreach = Outreach.objects.get()
    event = Event.objects.get()
    assert (outreach.situation, outreach.purpose, outreach.must_answer) == (situation, "lead data", True)
    assert event.kind == kind
    assert event.at == now.replace(day=9, hour=16, minute=40)
    assert event.text == "Bonjour Léa,\n\nVotre exposé m’a plu. En parler ?"
    assert event.note is (way == "invitation")
    assert event.voicemail is (way == "vocal")


def test_somebody_known_is_not_entered_twice(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    sent = typed(nom="I. Aubrac", moyen="linkedin", adresse="exemple-ines-aubrac, 06 39 98 00 13")
    desk.post("/personnes/ajouter/", sent)
    person = Candidate.objects.get()
    assert person.name == "Inès Aubrac"
    assert "call" in person.channels
    assert outreach.events.count() == 2, "it joins the approach that is open"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"nom": "  "}, "nom"),
        ({"adresse": ""}, "adresse"),
        ({"adresse": "pas une adresse"}, "adresse"),
        ({"moyen": "mail", "adresse": "exemple-lea"}, "adresse"),
        ({"moyen": "appel", "adresse": "lea@exemple.example"}, "adresse"),
        ({"quand": "2026-03-11T09:00"}, "quand"),
        ({"quand": "hier"}, "quand"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    desk: Client, changed: dict[str, str], field: str
) -> None:
    response = desk.post("/personnes/ajouter/", typed(**changed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert f'id="ajout-{field}-dit"' in body(response)
    assert "Votre exposé m’a plu." in body(response)
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("avoidance", list(Avoidance))
def test_whoever_is_left_alone_is_not_entered(
    desk: Client, member: Any, now: datetime, avoidance: Avoidance
) -> None:
    leave_alone(
        organisation_id=member.organisation_id,
        pairs=[("linkedin", "exemple-lea-fontenoy")],
        avoidance=avoidance,
        member=member,
        now=now,
    )
    response = desk.post("/personnes/ajouter/", typed())
    assert response.status_code == 409
    assert response.context["form"].non_field_errors()
    assert not Candidate.objects.exists()


def test_an_old_message_is_not_late_at_once(desk: Client) -> None:
    desk.post("/personnes/ajouter/", typed(quand="2026-02-20T10:00", etoile="on"))
    outreach = Outreach.objects.get()
    assert outreach.brought_in_at is not None
    assert not outreach.is_late


def test_the_form_begins_with_who_is_known(desk: Client, member: Any, now: datetime) -> None:
    person = candidate(member, now)
    page = body(desk.get(ALL, {"ajouter": str(person.pk)}))
    assert 'value="Inès Aubrac"' in page
    assert "exemple-ines-aubrac" in page


def test_nothing_of_one_desk_is_seen_or_touched_from_another(
    client: Client, member: Any, stranger: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    client.force_login(stranger.user)
    assert rows(client.get(ALL)) == []
    assert "Aubrac" not in body(client.get(ALL, {"q": "aubrac", "ajouter": str(outreach.candidate_id)}))
    assert client.post("/personnes/etoile/", {"une": outreach.pk}).status_code == 404
    client.post("/personnes/gestes/", {"qui": outreach.pk, "geste": "arreter"})
    assert not Event.objects.filter(kind=Kind.CLOSED).exists()
    client.post("/personnes/ajouter/", typed(adresse="exemple-ines-aubrac"))
    assert Candidate.objects.filter(organisation=stranger.organisation).count() == 1


@pytest.mark.parametrize("address", ["/personnes/ajouter/", "/personnes/gestes/", "/personnes/etoile/"])
def test_reading_changes_nothing(desk: Client, address: str) -> None:
    assert desk.get(address).status_code == 405


def test_the_strict_policy_is_kept(desk: Client, member: Any, now: datetime) -> None:
    written_to(member, now)
    page = body(desk.get(ALL))
    assert TEXT.format("Inès") not in page
    assert " style=" not in page
    assert "<script>" not in page
