"""Today keeps what was typed, offers only what reaches the person, and says only what is so."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Channel, Kind, Situation, Tone
from relance.method.outreach import permits
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach, Permit
from tests.people import answered_by, candidate, written_to

HTMX = {"HX-Request": "true", "HX-Boosted": "true", "HX-Target": "contenu"}


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def body(response: Any) -> str:
    return str(response.content.decode())


def ignored(member: Any, now: datetime) -> Outreach:
    """Somebody with a mail address who did not accept an invitation of three weeks ago."""
    person = candidate(member, now, "Ophélie Garance")
    return open_outreach(
        member=member,
        candidate=person,
        situation=Situation.LINKEDIN_INVITATION,
        entries=[Entry(Kind.INVITATION_SENT, at=now - timedelta(days=21), channel=Channel.LINKEDIN, note=True)],
        now=now,
        must_answer=True,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_message_does_not_leave(desk: Client, member: Any, now: datetime, text: str) -> None:
    outreach = written_to(member, now)
    response = desk.post(
        f"/aujourdhui/{outreach.pk}/permis/", {"texte": text, "canal_actuel": "email", "depart": "x"}
    )
    assert response.status_code == 422
    assert "Rien n’est encore écrit" in body(response)
    assert not Permit.objects.exists()


def test_linkedin_is_no_way_to_who_did_not_accept(desk: Client, member: Any, now: datetime) -> None:
    outreach = ignored(member, now)
    assert (outreach.action, outreach.channel) == ("contact", "email")
    page = body(desk.get(f"/aujourdhui/{outreach.pk}/"))
    assert 'value="linkedin"' not in page.split("composer__bar")[1].split("composer__foot")[0]
    typed = {
        "texte": "Bonjour, un mot de l’équipe : six personnes. En parlons-nous ?",
        "canal_actuel": "linkedin",
    }
    response = desk.post(f"/aujourdhui/{outreach.pk}/permis/", typed)
    assert response.status_code == 409
    assert "votre invitation n’est pas acceptée" in body(response)
    assert not Permit.objects.exists()
    with pytest.raises(permits.NoWay):
        permits.permit(
            outreach=outreach, member=member, channel=Channel.LINKEDIN, text=typed["texte"], now=now
        )
    granted = permits.permit(
        outreach=outreach, member=member, channel=Channel.SMS, text=typed["texte"], now=now
    )
    assert granted.channel == "sms"


def test_a_dead_address_is_no_way(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    bounce = Entry(Kind.BOUNCE, at=now - timedelta(days=2), channel=Channel.EMAIL, hard=True)
    record(outreach=outreach, entries=[bounce], now=now, member=member)
    page = body(desk.get(f"/aujourdhui/{outreach.pk}/"))
    assert 'value="email"' not in page.split("composer__bar")[1].split("composer__foot")[0]
    with pytest.raises(permits.NoWay):
        permits.permit(outreach=outreach, member=member, channel=Channel.EMAIL, text="Une idée ?", now=now)


def test_an_answer_owed_is_not_postponed(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    answered_by(outreach, member, now - timedelta(hours=3), now)
    assert 'id="reporter"' not in body(desk.get(f"/aujourdhui/{outreach.pk}/"))
    response = desk.post(f"/aujourdhui/{outreach.pk}/reporter/", {"quand": "demain"})
    assert response.status_code == 409
    assert "ne se reporte pas" in body(response)
    assert not Event.objects.filter(kind=Kind.SNOOZED).exists()


def test_who_wants_no_contact_is_not_postponed(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    record(outreach=outreach, entries=[Entry(Kind.OPT_OUT, at=now)], now=now, member=member)
    response = desk.post(f"/aujourdhui/{outreach.pk}/reporter/", {"quand": "demain"})
    assert (response.status_code, Event.objects.filter(kind=Kind.SNOOZED).count()) == (409, 0)
    silent = written_to(member, now, "Damien Kessler")
    assert desk.post(f"/aujourdhui/{silent.pk}/reporter/", {"quand": "demain"}).status_code == 302
    assert Event.objects.filter(kind=Kind.SNOOZED).count() == 1


def test_naming_the_position_keeps_and_completes_what_was_typed(
    desk: Client, member: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    typed = {
        "sujet": "staff engineer", "texte": "Bonjour Inès, c’est pour {poste}, à Lyon.", "depart": "autre chose",
        "canal_actuel": "email", "objet": "Re",
    }  # fmt: skip
    page = body(desk.post(f"/aujourdhui/{outreach.pk}/sujet/", typed, headers=HTMX))
    assert "Bonjour Inès, c’est pour staff engineer, à Lyon." in page
    outreach.refresh_from_db()
    assert outreach.purpose == "staff engineer"
    assert desk.post(f"/aujourdhui/{outreach.pk}/sujet/", {"sujet": "autre"}).status_code == 302


def test_the_address_of_a_gesture_can_be_reloaded(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    person = f"/aujourdhui/{outreach.pk}/"
    refused = desk.post(
        f"{person}permis/", {"texte": "{poste}", "canal_actuel": "email", "depart": "x"}, headers=HTMX
    )
    assert (refused.status_code, refused.headers["HX-Replace-Url"]) == (422, person)
    for gesture in ("permis", "texte", "reporter", "repondu", "arreter", "etoile", "sujet", "rien"):
        assert desk.get(f"{person}{gesture}/").headers["Location"] == person, gesture
        assert desk.put(f"{person}{gesture}/").status_code == 405
    assert desk.get("/annuler/").headers["Location"] == "/"


def test_what_an_answer_says_is_told_of_the_one_that_came(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now, ago=timedelta(days=6))
    came = now - timedelta(days=4)
    reply = Entry(Kind.REPLY, at=came, channel=Channel.LINKEDIN, tone=Tone.UNKNOWN, text="Oui, avec plaisir")
    record(outreach=outreach, entries=[reply], now=now, member=member)
    desk.post(f"/aujourdhui/{outreach.pk}/repondu/", {"ton": "not_looking"})
    told = Event.objects.latest("pk")
    assert (told.tone, told.at) == ("not_looking", came + timedelta(seconds=1))
    outreach.refresh_from_db()
    assert outreach.action == "stop"
    desk.post("/annuler/")
    outreach.refresh_from_db()
    assert outreach.action == "answer"
    desk.post(f"/aujourdhui/{outreach.pk}/repondu/", {"ton": "positive", "texte": "Appelez-moi lundi."})
    assert Event.objects.latest("pk").at == now, "other words are another answer, of today"


def test_whom_the_list_does_not_show_is_counted_and_can_be_seen(
    desk: Client, member: Any, now: datetime
) -> None:
    member.capacity = 3
    member.save()
    for index in range(20):
        written_to(member, now, f"Personne Numéro{index}", star=False)
    page = body(desk.get("/"))
    assert "17 de trop" in page
    assert "1 sur 20" in page
    assert "et 5 autres, dans votre liste de personnes" in page
    listed = body(desk.get("/personnes/?etat=relancer"))
    assert all(f"Numéro{index}" in listed for index in range(20))


def test_a_star_is_told(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now, star=False)
    page = body(desk.post(f"/aujourdhui/{outreach.pk}/etoile/", follow=True))
    assert "Inès Aubrac : étoile donnée" in page.replace("\u00a0", " ").replace("\u202f", " ")
