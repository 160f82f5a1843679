"""A person's page, through HTTP: read, change, note, private."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.method.candidates.models import Candidate, Identity
from relance.method.outreach.models import Outreach
from tests.people import answered_by, candidate, written_to


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def body(response: Any) -> str:
    return str(response.content.decode())


def typed(**changed: str) -> dict[str, str]:
    return {
        "nom": "Inès Aubrac",
        "prenom": "Inès",
        "poste": "Développeuse",
        "societe": "Solvane",
        "lieu": "",
        "langue": "fr",
        "adresse": "vous",
        "mails": "ines-aubrac@exemple.example",
        "telephones": "",
        "linkedin": "https://www.linkedin.com/in/exemple-ines-aubrac/",
        "note": "",
        "marque": "",
        **changed,
    }


def test_the_page_tells_who_what_next_and_what_was_said(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    page = body(desk.get(f"/personnes/{outreach.candidate_id}/"))
    assert "Inès Aubrac" in page
    assert "Développeuse" in page
    assert "Je recrute pour un poste de lead back-end" in page
    assert f"/aujourdhui/{outreach.pk}/" in page
    assert 'aria-pressed="true"' in page
    assert "mailto:ines-aubrac@exemple.example" in page
    assert "<script>" not in page
    assert " style=" not in page


def test_years_and_silences_are_told(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now, ago=timedelta(days=200))
    answered_by(outreach, member, now - timedelta(days=2), now)
    page = body(desk.get(f"/personnes/{outreach.candidate_id}/"))
    assert "2025" in page
    assert 'class="entry silence"' in page
    assert page.index("Oui, pourquoi pas.") < page.index("Je recrute pour"), "newest first"


def test_a_person_nobody_approached_has_a_page(desk: Client, member: Any, now: datetime) -> None:
    person = candidate(member, now)
    page = body(desk.get(f"/personnes/{person.pk}/"))
    assert f"?ajouter={person.pk}" in page


def test_reading_changes_nothing(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    Outreach.objects.filter(pk=outreach.pk).update(action="wait", in_queue=False, code="too_early")
    assert desk.get(f"/personnes/{outreach.candidate_id}/").status_code == 200
    assert Outreach.objects.get(pk=outreach.pk).code == "too_early"


def test_who_bears_the_same_name_is_named(desk: Client, member: Any, now: datetime) -> None:
    person = candidate(member, now)
    twin = candidate(member, now, "INES AUBRAC", identities=(("email", "autre@exemple.example"),))
    candidate(member, now, "Inès Aubraczek", identities=(("email", "loin@exemple.example"),))
    page = body(desk.get(f"/personnes/{person.pk}/"))
    assert f'href="/personnes/{person.pk}/doublon/{twin.pk}/"' in page
    assert "Aubraczek" not in page


def test_change_what_is_known(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    address = f"/personnes/{outreach.candidate_id}/modifier/"
    assert "exemple-ines-aubrac" in body(desk.get(address))
    sent = typed(poste="Architecte", telephones="06 39 98 00 01", adresse="tu", lieu="Nantes")
    assert desk.post(address, sent).headers["Location"] == f"/personnes/{outreach.candidate_id}/"
    person = Candidate.objects.get(pk=outreach.candidate_id)
    assert (person.role, person.address, person.location) == ("Architecte", "tu", "Nantes")
    assert set(Identity.objects.filter(candidate=person).values_list("kind", "value")) == {
        ("email", "ines-aubrac@exemple.example"),
        ("linkedin", "exemple-ines-aubrac"),
        ("phone", "+33639980001"),
    }
    assert "call" in person.channels


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    address = f"/personnes/{outreach.candidate_id}/modifier/"
    bad = typed(
        nom="", mails="ines@", telephones="bonjour", linkedin="https://ailleurs.example/x", note="À garder"
    )
    response = desk.post(address, bad)
    page = body(response)
    assert response.status_code == 422
    for kept in ("ines@", "bonjour", "https://ailleurs.example/x", "À garder"):
        assert kept in page
    assert page.count('aria-invalid="true"') == 4
    assert Candidate.objects.get(pk=outreach.candidate_id).note == ""


def test_an_address_of_somebody_else_leads_to_them(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    other = written_to(member, now, "Damien Kessler")
    response = desk.post(
        f"/personnes/{outreach.candidate_id}/modifier/",
        typed(mails="damien-kessler@exemple.example", poste="Gardé"),
    )
    assert response.status_code == 409
    assert f'href="/personnes/{other.candidate_id}/"' in body(response)
    assert "Gardé" in body(response)
    assert Identity.objects.filter(candidate=outreach.candidate_id, kind="email").exists(), "nothing changed"


def test_private_takes_out_of_the_queue_and_back(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    assert outreach.in_queue
    address = f"/personnes/{outreach.candidate_id}/modifier/"
    desk.post(address, typed(marque="private"))
    outreach.refresh_from_db()
    assert (outreach.in_queue, outreach.held) == (False, "private")
    desk.post(address, typed())
    outreach.refresh_from_db()
    assert outreach.in_queue


def test_the_note_alone(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    address = f"/personnes/{outreach.candidate_id}/note/"
    page = body(desk.post(address, {"note": "Préfère le <mardi>"}, follow=True))
    assert "Préfère le &lt;mardi&gt;" in page
    person = Candidate.objects.get(pk=outreach.candidate_id)
    assert person.note == "Préfère le <mardi>"
    assert Identity.objects.filter(candidate=person).count() == 2
    long = "x" * 20_001
    response = desk.post(address, {"note": long})
    assert response.status_code == 422
    assert long in body(response)
    assert desk.get(address).status_code == 405


def test_nothing_of_another_organisation(desk: Client, stranger: Any, now: datetime) -> None:
    theirs = written_to(stranger, now)
    base = f"/personnes/{theirs.candidate_id}/"
    assert desk.get(base).status_code == 404
    assert desk.get(f"{base}modifier/").status_code == 404
    assert desk.post(f"{base}modifier/", typed(poste="Pris")).status_code == 404
    assert desk.post(f"{base}note/", {"note": "Pris"}).status_code == 404
    assert Candidate.objects.get(pk=theirs.candidate_id).role == "Développeuse"


def test_a_namesake_elsewhere_stays_unknown(desk: Client, member: Any, stranger: Any, now: datetime) -> None:
    mine, theirs = written_to(member, now), written_to(stranger, now)
    assert f"/personnes/{theirs.candidate_id}/" not in body(desk.get(f"/personnes/{mine.candidate_id}/"))


def test_number_of_queries_is_fixed(
    desk: Client, member: Any, now: datetime, django_assert_num_queries: Any
) -> None:
    outreach = written_to(member, now)
    address = f"/personnes/{outreach.candidate_id}/"
    desk.get(address)
    with django_assert_num_queries(22):
        desk.get(address)
    for day in range(1, 6):
        answered_by(outreach, member, now - timedelta(hours=day), now)
    with django_assert_num_queries(22):
        desk.get(address)


def test_a_fact_noted_by_mistake_is_taken_back_while_it_is_fresh(
    desk: Client, member: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    address = f"/personnes/{outreach.candidate_id}/"
    answered_by(outreach, member, now - timedelta(minutes=2), now)
    fact = outreach.events.get(kind="reply")
    assert f'name="fait" value="{fact.pk}"' in body(desk.get(address))
    desk.post(f"{address}retirer/", {"fait": str(fact.pk)})
    outreach.refresh_from_db()
    assert outreach.code == "follow_up"
    assert outreach.events.filter(kind="retracted", of=fact).count() == 1
    with time_machine.travel(now + timedelta(minutes=31), tick=False):
        assert 'name="fait"' not in body(desk.get(address))
        first = outreach.events.get(kind="message_sent")
        desk.post(f"{address}retirer/", {"fait": str(first.pk)})
    assert outreach.events.filter(kind="retracted").count() == 1


def test_only_a_fact_of_that_person_is_taken_back(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    other = written_to(member, now, "Damien Kessler")
    fact = outreach.events.get()
    desk.post(f"/personnes/{other.candidate_id}/retirer/", {"fait": str(fact.pk)})
    desk.post(f"/personnes/{other.candidate_id}/retirer/", {"fait": "rien"})
    assert not outreach.events.filter(kind="retracted").exists()


def test_the_star_is_given_and_taken(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    for starred in (False, True):
        desk.post(f"/personnes/{outreach.candidate_id}/etoile/")
        outreach.refresh_from_db()
        assert outreach.must_answer is starred


def test_the_order_of_the_channels_is_theirs(desk: Client, member: Any, now: datetime) -> None:
    person = candidate(member, now, identities=(("email", "a@exemple.example"), ("linkedin", "exemple-a")))
    sent = typed(mails="a@exemple.example", linkedin="linkedin.com/in/exemple-a", telephones="0639980014")
    desk.post(f"/personnes/{person.pk}/modifier/", {**sent, "ordre_linkedin": "1", "ordre_email": "2"})
    person.refresh_from_db()
    assert person.channels == "linkedin,email,sms,call", "what is new comes last"
    desk.post(f"/personnes/{person.pk}/modifier/", {**sent, "ordre_call": "1"})
    person.refresh_from_db()
    assert person.channels == "call", "without a number, a way is not used"


def test_gestures_of_another_desk_find_nothing(
    client: Client, member: Any, stranger: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    client.force_login(stranger.user)
    for gesture in ("etoile", "retirer"):
        address = f"/personnes/{outreach.candidate_id}/{gesture}/"
        assert client.post(address, {"fait": str(outreach.events.get().pk)}).status_code == 404
        assert client.get(address).status_code == 405


def test_a_note_that_says_too_much_is_kept_and_says_so(desk: Client, member: Any, now: datetime) -> None:
    person = candidate(member, now)
    desk.post(
        f"/personnes/{person.pk}/note/", {"note": "Très bon échange, mais enceinte. Salaire actuel : 48 k€."}
    )
    page = body(desk.get(f"/personnes/{person.pk}/")).replace("\u00a0", " ")
    for words in (
        "Famille : « enceinte »",
        "Salaire passé : « Salaire actuel »",
        "peut demander à lire cette note",
    ):
        assert words in page
    person.refresh_from_db()
    assert person.note.startswith("Très bon échange"), "nothing is lost"
    desk.post(f"/personnes/{person.pk}/note/", {"note": "Très bon échange, libre en septembre."})
    assert "peut demander à lire" not in body(desk.get(f"/personnes/{person.pk}/"))
