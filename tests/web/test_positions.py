"""Positions through HTTP and without JavaScript: opened, said, told, closed, and a last word written."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Channel, Tone
from relance.method.outreach.actions import record_answer
from relance.method.outreach.models import Event, Outreach, Permit, Position
from relance.method.outreach.positions import PositionFacts, join_position, open_position
from relance.method.writing.angles import add_angle
from relance.method.writing.models import Angle, Element, Template
from tests.people import written_to

STACK = "Le moteur de tarification est réécrit en Python, le monolithe s’éteint en décembre."
TYPED = {
    "titre": "Lead back-end Python", "client": "Quartelle", "masque": "on", "lieu": "Lyon 7", "bas": "58 k€",
    "haut": "64", "paie": "fixes", "distance": "3", "technique": "Python, Django", "cloture": "2030-04-20",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def body(response: Any) -> str:
    return str(response.content.decode())


def post(desk: Client, address: str, **data: str) -> Any:
    return desk.post(address, data, follow=True)


def a_position(member: Any, now: datetime, **facts: Any) -> Position:
    given: dict[str, Any] = {
        "title": "Lead back-end Python", "client": "Quartelle", "pay_low": 58_000, "pay_high": 64_000,
    }  # fmt: skip
    return open_position(member=member, facts=PositionFacts(**(given | facts)), now=now)


def about(member: Any, now: datetime, position: Position, name: str = "Inès Aubrac") -> Outreach:
    made = written_to(member, now, name)
    join_position(outreach=made, position=position)
    return made


def test_opened_listed_read_and_changed(desk: Client) -> None:
    assert "Aucun poste n’est ouvert" in body(desk.get("/postes/"))
    page = body(post(desk, "/postes/ouvrir/", **TYPED))
    for said in (
        "Lead back-end Python",
        "58 à 64\u00a0k€",
        "3 jours par semaine",
        "Lyon 7",
        "Samedi 20 avril",
    ):
        assert said in page, said
    position = Position.objects.get()
    assert (position.pay_low, position.pay_high, position.client_masked) == (58_000, 64_000, True)
    listed = body(desk.get("/postes/"))
    assert "Lead back-end Python" in listed
    assert "Les postes" not in body(desk.get("/personnes/"))
    assert "/postes/" in body(desk.get("/personnes/")), "the list is reached from the people"
    page = body(post(desk, f"/postes/{position.pk}/modifier/", **(TYPED | {"titre": "Tech lead", "bas": "550 €",
                                                                        "haut": ""})))  # fmt: skip
    assert "Tech lead" in page
    assert "550\u00a0€" in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"titre": " "}, "Dites ce que c’est."),
        ({"bas": "beaucoup"}, "Ce montant ne se lit pas"),
        ({"bas": "64 k€", "haut": "58 k€"}, "La fourchette finit plus bas"),
    ],
)
def test_what_is_wrong_is_said_and_kept(desk: Client, wrong: dict[str, str], says: str) -> None:
    response = post(desk, "/postes/ouvrir/", **(TYPED | wrong))
    assert response.status_code == 422
    assert says in body(response)
    assert "Quartelle" in body(response)
    assert not Position.objects.exists()


def test_an_angle_is_written_rewritten_and_put_away(desk: Client, member: Any, now: datetime) -> None:
    position = a_position(member, now)
    page = body(post(desk, f"/postes/{position.pk}/angles/", nom="Stack", texte=STACK))
    assert STACK in page
    assert "jamais dit" in page
    angle = Angle.objects.get()
    response = post(desk, f"/postes/angles/{angle.pk}/modifier/", nom="", texte="Autre")
    assert response.status_code == 422
    assert "Donnez-lui un nom court." in body(response)
    assert "Python 3" in body(
        post(desk, f"/postes/angles/{angle.pk}/modifier/", nom="Stack", texte="Python 3")
    )
    assert "Python 3" not in body(post(desk, f"/postes/angles/{angle.pk}/ranger/"))


def test_the_composer_offers_inserts_and_strikes_an_angle(desk: Client, member: Any, now: datetime) -> None:
    position = a_position(member, now)
    angle = add_angle(position=position, name="Stack", text=STACK, now=now)
    outreach = about(member, now, position)
    where = f"/aujourdhui/{outreach.pk}/"
    page = body(desk.get(where))
    assert f'name="dire" value="a{angle.pk}"' in page
    typed = {
        "texte": "Bonjour Inès,\n\n[à écrire]\n\nQu’en dites-vous ?",
        "canal_actuel": "email",
        "objet": "Re",
    }
    page = body(post(desk, f"{where}texte/", dire=f"a{angle.pk}", **typed))
    told = page.split('name="texte"')[1].split("</textarea>")[0]
    assert f"Bonjour Inès,\n\n{STACK}" in told, "without a script the desk puts it where words are missing"
    assert f'name="dit" value="a{angle.pk}"' in page
    sent = f"Bonjour Inès,\n\n{STACK}\n\nQu’en dites-vous ?"
    post(desk, f"{where}permis/", **(typed | {"texte": sent, "dit": f"a{angle.pk}"}))
    post(desk, f"/aujourdhui/permis/{Permit.objects.get().pk}/", issue="envoye")
    page = body(desk.get(f"/postes/{position.pk}/"))
    assert "<b>1</b> fois" in page
    with time_machine.travel(now + timedelta(days=7), tick=False):
        page = body(desk.get(where))
    assert "<s>Stack</s>" in page
    assert f'name="dire" value="a{angle.pk}"' not in page, "it is not offered to her again"


def test_a_personal_element_is_offered_until_told(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    page = f"/personnes/{outreach.candidate_id}/"
    response = post(desk, f"{page}elements/", sorte="talk", texte="")
    assert response.status_code == 422
    assert "Écrivez ce que vous avez trouvé." in body(response)
    shown = body(
        post(desk, f"{page}elements/", sorte="talk", texte="Votre conférence sur les files d’attente")
    )
    assert "Votre conférence sur les files d’attente" in shown
    element = Element.objects.get()
    where = f"/aujourdhui/{outreach.pk}/"
    assert f'value="e{element.pk}"' in body(desk.get(where))
    text = "Bonjour Inès, votre conférence sur les files d’attente m’a plu. On en parle ?"
    post(desk, f"{where}permis/", texte=text, canal_actuel="email", objet="Re", dit=f"e{element.pk}")
    post(desk, f"/aujourdhui/permis/{Permit.objects.get().pk}/", issue="envoye")
    assert "dit aujourd’hui" in body(desk.get(page))
    assert "Votre conférence" not in body(post(desk, f"/personnes/elements/{element.pk}/ranger/"))


def test_the_check_follows_what_was_told(desk: Client, member: Any, now: datetime) -> None:
    position = a_position(member, now)
    add_angle(position=position, name="Lieu", text="Lyon, place Jean-Macé.", now=now)
    outreach = about(member, now, position)
    where = f"/aujourdhui/{outreach.pk}/texte/"
    same = "Bonjour Inès,\n\nJe recrute pour un poste de lead back-end. Qu’en dites-vous, dix minutes ?"
    page = body(post(desk, where, texte=same, canal_actuel="email", objet="Re"))
    assert "Aucun angle nouveau" in page
    assert "Choisir un autre angle" in page
    page = body(post(desk, where, texte=f"{same} Lyon, place Jean-Macé.", canal_actuel="email", objet="Re"))
    assert "Aucun angle nouveau" not in page, "an angle she was not told stands in the text"


@pytest.mark.parametrize(
    ("masked", "says"),
    [(True, "l’un de nos clients, 58 à 64\u00a0k€"), (False, "Quartelle, 58 à 64\u00a0k€")],
)
def test_variables_of_the_position_fill_a_template(
    desk: Client, member: Any, now: datetime, masked: bool, says: str
) -> None:
    outreach = about(member, now, a_position(member, now, client_masked=masked))
    Template.objects.create(
        organisation=member.organisation, situation="first_message", purpose="follow_up", step=1, language="fr",
        address="vous", name="Essai", body="{client}, {salaire}, [un mot] ?", changed_at=now, position=0,
    )  # fmt: skip
    Template.objects.exclude(name="Essai").delete()
    page = body(desk.get(f"/aujourdhui/{outreach.pk}/"))
    assert says in page.split('name="texte"')[1].split("</textarea>")[0]


def test_a_position_is_chosen_on_the_persons_page(
    desk: Client, member: Any, now: datetime, stranger: Any
) -> None:
    position = a_position(member, now)
    theirs = a_position(stranger, now, title="Poste d’ailleurs")
    outreach = written_to(member, now)
    where = f"/personnes/{outreach.candidate_id}/"
    assert "Poste d’ailleurs" not in body(desk.get(where))
    assert desk.post(f"{where}postes/", {"poste": str(theirs.pk)}).status_code == 404
    page = body(post(desk, f"{where}postes/", poste=str(position.pk)))
    assert f'href="/postes/{position.pk}/"' in page
    assert outreach.about.count() == 1
    post(desk, f"{where}postes/", retirer=str(position.pk))
    assert outreach.about.count() == 0


def test_an_approach_is_entered_for_a_position_and_tells_what_stands_in_it(
    desk: Client, member: Any, now: datetime
) -> None:
    position = a_position(member, now)
    add_angle(position=position, name="Stack", text=STACK, now=now)
    typed = {"nom": "Damien Kessler", "moyen": "mail", "adresse": "damien@exemple.example", "texte": STACK,
             "pour": str(position.pk)}  # fmt: skip
    assert desk.post("/personnes/ajouter/", typed).status_code == 302
    page = body(desk.get(f"/postes/{position.pk}/"))
    assert "Damien Kessler" in page
    assert "<b>1</b> fois" in page
    assert Outreach.objects.get().purpose == "Lead back-end Python"


def test_closing_asks_ends_and_leaves_a_last_word_to_write(desk: Client, member: Any, now: datetime) -> None:
    position = a_position(member, now)
    about(member, now, position)
    heard = about(member, now, position, "Yanis Collet")
    record_answer(
        outreach=heard, tone=Tone.POSITIVE, now=now, member=member, channel=Channel.EMAIL, text="Oui.",
        at=now - timedelta(hours=1),
    )  # fmt: skip
    where = f"/postes/{position.pk}/"
    page = body(desk.get(where))
    assert "Fermer arrête les 2 approches en cours" in page
    assert "1 personne avait répondu" in page
    assert desk.post(f"{where}fermer/").status_code == 422, "it says why"
    page = body(post(desk, f"{where}fermer/", pourquoi="filled"))
    assert "2 approches s’arrêtent" in page
    assert "vous lui devez un dernier mot" in page
    assert not Event.objects.filter(kind="message_sent", at=now).exists(), "nothing left by itself"
    word = f"/postes/dernier-mot/{heard.pk}/"
    assert "Lead back-end Python" in body(desk.get(word))
    blocked = post(
        desk, word, texte="Bonjour Yanis, [ce qui s’est passé]", canal_actuel="email", objet="Des nouvelles"
    )
    assert blocked.status_code == 422
    said = "Bonjour Yanis, le poste est pourvu, merci du temps que vous m’avez donné."
    page = body(post(desk, word, texte=said, canal_actuel="email", objet="Des nouvelles"))
    assert said in page, "it is handed over to be sent"
    post(desk, f"/aujourdhui/permis/{Permit.objects.get().pk}/", issue="envoye")
    assert "vous lui devez un dernier mot" not in body(desk.get(where))
    assert desk.get(word).headers["Location"] == f"/personnes/{heard.candidate_id}/"


def test_it_is_opened_again_with_what_ended(desk: Client, member: Any, now: datetime) -> None:
    position = a_position(member, now)
    outreach = about(member, now, position)
    post(desk, f"/postes/{position.pk}/fermer/", pourquoi="paused")
    assert "en pause" in body(desk.get("/postes/?etat=fermes"))
    assert "1 approche reprend" in body(post(desk, f"/postes/{position.pk}/rouvrir/"))
    outreach.refresh_from_db()
    assert outreach.is_open


def test_number_of_queries_is_fixed(
    desk: Client, member: Any, now: datetime, django_assert_num_queries: Any
) -> None:
    position = a_position(member, now)
    for index in range(2):
        about(member, now, position, f"Personne Numéro{index}")
        add_angle(position=position, name=f"Angle {index}", text=f"Un point {index}", now=now)
    desk.get("/")
    with django_assert_num_queries(15):
        desk.get(f"/postes/{position.pk}/")
    with django_assert_num_queries(6):
        desk.get("/postes/")
    for index in range(2, 12):
        about(member, now, position, f"Personne Numéro{index}")
        add_angle(position=position, name=f"Angle {index}", text=f"Un point {index}", now=now)
        a_position(member, now, title=f"Poste {index}")
    with django_assert_num_queries(15):
        desk.get(f"/postes/{position.pk}/")
    with django_assert_num_queries(6):
        desk.get("/postes/")


def scale(desk: Client, position: Position) -> str:
    found = body(desk.get(f"/postes/{position.pk}/")).split('class="pay"')[1].split("</div>")[0]
    return found.replace("\u00a0", " ")


def test_pay_is_drawn_among_that_of_the_open_positions(desk: Client, member: Any, now: datetime) -> None:
    position = a_position(member, now)
    assert "<svg" not in scale(desk, position), "alone it stands nowhere"
    a_position(member, now, title="À la journée", pay_low=500, pay_high=600)
    assert "<svg" not in scale(desk, position), "a day's pay is no year's"
    a_position(member, now, title="Junior", pay_low=45_000, pay_high=None)
    closed = a_position(member, now, title="Fermé", pay_low=90_000, pay_high=99_000)
    post(desk, f"/postes/{closed.pk}/fermer/", pourquoi="filled")
    a_position(member, now, title="Staff", pay_low=None, pay_high=70_000)
    drawn = scale(desk, position)
    assert 'x1="52.00%" x2="76.00%"' in drawn
    assert "45 k€" in drawn
    assert "70 k€" in drawn
