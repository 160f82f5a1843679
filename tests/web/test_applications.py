"""Applications: chosen by a star, turned down by a message that closes them, never by itself."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Channel, Kind, Situation
from relance.method.outreach.actions import open_outreach
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach, Permit
from tests.people import candidate, written_to

NO = (
    "Bonjour Sarah,\n\nMerci d’avoir postulé. Nous ne poursuivons pas avec vous, et je vous dois la raison : le poste "
    "demande Go, et vous venez de Java.\n\nBonne suite à vous,\nMaud"
)


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def applied(member: Any, now: datetime, name: str = "Sarah Dutertre", **options: Any) -> Outreach:
    slug = name.lower().replace(" ", "-")
    person = candidate(
        member, now, name, identities=options.get("identities", (("email", f"{slug}@x.example"),))
    )
    arrived = Entry(
        Kind.APPLICATION_RECEIVED, at=now - options.get("ago", timedelta(hours=1)), channel=Channel.EMAIL
    )
    return open_outreach(
        member=member,
        candidate=person,
        situation=Situation.APPLICATION,
        entries=[arrived],
        now=now,
        purpose="lead back-end",
        must_answer=options.get("star", False),
    )


def body(response: Any) -> str:
    return str(response.content.decode())


def refuse(desk: Client, outreach: Outreach, text: str = NO, **more: str) -> Any:
    typed = {"texte": text, "canal_actuel": "email", "objet": "Votre candidature", **more}
    return desk.post(f"/candidatures/{outreach.pk}/refuser/", typed, follow=True)


def test_the_chosen_say_how_long_is_left(desk: Client, member: Any, now: datetime) -> None:
    applied(member, now, "Yanis Kermarec", star=True)
    applied(member, now)
    page = body(desk.get("/candidatures/"))
    assert "encore 3\u00a0h\u00a030 ouvrées" in page
    assert page.index("Yanis Kermarec") < page.index("Sarah Dutertre")
    assert "1 candidature à choisir" in body(desk.get("/"))


def test_choosing_gives_the_star(desk: Client, member: Any, now: datetime) -> None:
    outreach = applied(member, now)
    assert outreach.is_optional
    response = desk.post(f"/candidatures/{outreach.pk}/joindre/")
    assert response.headers["Location"] == f"/aujourdhui/{outreach.pk}/"
    outreach.refresh_from_db()
    assert (outreach.must_answer, outreach.is_optional) == (True, False)


def test_a_refusal_is_prefilled_and_not_sent_unfinished(desk: Client, member: Any, now: datetime) -> None:
    outreach = applied(member, now)
    assert "je vous dois la raison" in body(desk.get(f"/candidatures/{outreach.pk}/refuser/"))
    assert not Permit.objects.exists(), "looking sends nothing"
    response = refuse(desk, outreach, "Bonjour, c’est non : [la raison]")
    assert response.status_code == 422
    assert not Permit.objects.exists()


def test_a_refusal_that_was_sent_closes_the_application(desk: Client, member: Any, now: datetime) -> None:
    outreach = applied(member, now)
    page = body(refuse(desk, outreach))
    assert "le poste demande Go" in page
    permit = Permit.objects.get()
    outreach.refresh_from_db()
    assert outreach.is_open, "not before it was sent"
    desk.post(f"/aujourdhui/permis/{permit.pk}/", {"issue": "envoye"})
    outreach.refresh_from_db()
    assert (outreach.action, outreach.code) == ("stop", "closed")
    kinds = list(outreach.events.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["application_received", "message_sent", "closed"]
    desk.post("/annuler/")
    outreach.refresh_from_db()
    assert (outreach.action, outreach.code) == ("contact", "first_action")


def test_a_refusal_that_did_not_leave_changes_nothing(desk: Client, member: Any, now: datetime) -> None:
    outreach = applied(member, now)
    refuse(desk, outreach)
    desk.post(f"/aujourdhui/permis/{Permit.objects.get().pk}/", {"issue": ""})
    outreach.refresh_from_db()
    assert (outreach.action, outreach.code) == ("contact", "first_action")


def test_on_linkedin_too(desk: Client, member: Any, now: datetime) -> None:
    outreach = applied(member, now, identities=(("linkedin", "sarah-dutertre"),))
    page = body(desk.get(f"/candidatures/{outreach.pk}/refuser/"))
    assert "je vous dois la raison" in page
    refuse(desk, outreach, canal_actuel="linkedin")
    assert Permit.objects.get().channel == "linkedin"


def test_only_an_application_is_turned_down(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    assert desk.get(f"/candidatures/{outreach.pk}/refuser/").status_code == 404
    assert desk.post(f"/candidatures/{outreach.pk}/joindre/").status_code == 404


def test_a_pasted_mail_is_shown_before_it_enters(desk: Client, member: Any) -> None:
    from relance.method.candidates.models import Candidate

    mail = "De : Jeanne Vauclair <jeanne@v.example>\nObjet : Candidature dev Go\n\nBonjour,\n06 39 98 12 34"
    page = body(desk.post("/personnes/coller/", {"colle": mail}))
    assert 'value="Jeanne Vauclair"' in page
    assert "jeanne@v.example, +33639981234" in page
    assert not Candidate.objects.exists()
    assert "Tout n’a pas pu être lu" in body(desk.post("/personnes/coller/", {"colle": "Bonjour"}))
