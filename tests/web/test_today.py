"""Today, through HTTP and without JavaScript: see, write, confirm, undo."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Channel
from relance.method.outreach.models import Event, Outreach, Permit
from relance.method.outreach.permits import confirm, permit
from tests.people import answered_by, written_to


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def body(response: Any) -> str:
    return str(response.content.decode())


def test_an_empty_desk_is_welcomed(desk: Client) -> None:
    assert desk.get("/").headers["Location"] == "/bienvenue/"


def test_the_queue_tells_who_why_and_proposes_a_text(desk: Client, member: Any, now: datetime) -> None:
    written_to(member, now)
    page = body(desk.get("/"))
    assert "Inès Aubrac" in page
    assert "3\u00a0j sans réponse à votre mail" in page
    assert "lead back-end" in page
    assert "[" in page.split('name="texte"')[1].split("</textarea>")[0], "a slot is left to write"


def test_number_of_queries_is_fixed(
    desk: Client, member: Any, now: datetime, django_assert_num_queries: Any
) -> None:
    written_to(member, now)
    desk.get("/")
    with django_assert_num_queries(16):
        desk.get("/")
    for index in range(8):
        written_to(member, now, f"Personne Numéro{index}")
    with django_assert_num_queries(16):
        desk.get("/")


def post(desk: Client, address: str, **data: str) -> Any:
    return desk.post(address, data, follow=True)


def test_copy_confirm_and_undo(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    text = "Bonjour Inès, un mot sur l’équipe : six personnes, à Lyon. Est-ce que cela vous parle ?"
    page = body(
        post(desk, f"/aujourdhui/{outreach.pk}/permis/", texte=text, canal_actuel="email", objet="Re")
    )
    permit = Permit.objects.get()
    assert permit.ended_at is None
    assert permit.text == text
    assert "mailto:ines-aubrac@exemple.example" in page
    assert Event.objects.filter(outreach=outreach).count() == 1, "nothing is a fact before it is confirmed"

    post(desk, f"/aujourdhui/permis/{permit.pk}/", issue="envoye")
    sent = Event.objects.latest("pk")
    assert (sent.kind, sent.channel, sent.text) == ("message_sent", "email", text)
    outreach.refresh_from_db()
    assert (outreach.action, outreach.step) == ("wait", 2)
    assert not outreach.in_queue

    post(desk, "/annuler/")
    outreach.refresh_from_db()
    assert Event.objects.filter(pk=sent.pk).exists(), "nothing is deleted"
    assert Event.objects.latest("pk").kind == "retracted"
    assert (outreach.action, outreach.step, outreach.in_queue) == ("contact", 1, True)


def test_a_message_that_was_not_sent_stays_due(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    post(desk, f"/aujourdhui/{outreach.pk}/permis/", texte="Bonjour, une idée ?", canal_actuel="linkedin")
    outreach.refresh_from_db()
    assert (outreach.held, outreach.in_queue) == ("permit_open", False), "nothing else is proposed meanwhile"
    post(desk, f"/aujourdhui/permis/{Permit.objects.get().pk}/", issue="")
    outreach.refresh_from_db()
    assert outreach.in_queue


def test_an_unconfirmed_message_is_asked_about_first_the_next_day(
    desk: Client, member: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    written_to(member, now, "Damien Kessler")
    post(desk, f"/aujourdhui/{outreach.pk}/permis/", texte="Bonjour, une idée ?", canal_actuel="linkedin")
    with time_machine.travel(now + timedelta(days=1), tick=False):
        page = body(desk.get("/"))
        asked, others = page.split("Damien Kessler")[0], page
        assert "Inès Aubrac" in asked
        assert "a-copier" in others
        post(desk, f"/aujourdhui/permis/{Permit.objects.get().pk}/", issue="envoye")
    assert Event.objects.latest("pk").at == now, "it was sent when it was copied, the day before"


@pytest.mark.parametrize(
    ("text", "says"),
    [("Bonjour [un détail vu chez elle]", "À écrire"), ("Bonjour {poste}", "compléter")],
)
def test_nothing_leaves_with_words_still_to_write(
    desk: Client, member: Any, now: datetime, text: str, says: str
) -> None:
    outreach = written_to(member, now)
    response = desk.post(
        f"/aujourdhui/{outreach.pk}/permis/", {"texte": text, "canal_actuel": "email", "depart": "x"}
    )
    assert response.status_code == 422
    assert not Permit.objects.exists()
    assert text in body(response).replace("&#x27;", "'"), "what was typed is kept"


def test_the_same_text_is_not_sent_twice(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    first = Event.objects.get().text
    response = desk.post(f"/aujourdhui/{outreach.pk}/permis/", {"texte": first, "canal_actuel": "email"})
    assert response.status_code == 422
    assert not Permit.objects.exists()


def test_answered_stops_everything(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    post(desk, f"/aujourdhui/{outreach.pk}/repondu/", ton="not_looking")
    outreach.refresh_from_db()
    assert (outreach.action, outreach.code) == ("stop", "answered")


def test_not_now_until_a_day_plans_a_catch_up(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    post(desk, f"/aujourdhui/{outreach.pk}/repondu/", ton="later", reprendre="2026-06-01")
    planned = Outreach.objects.get(situation="keep_in_touch")
    assert planned.due_at is not None
    assert planned.due_at.date().isoformat() == "2026-06-01"
    assert not planned.is_open
    post(desk, "/annuler/")
    outreach.refresh_from_db()
    planned.refresh_from_db()
    assert (outreach.action, planned.code) == ("contact", "no_first_action")


def test_no_more_contact_holds_for_ever_and_can_be_undone_at_once(
    desk: Client, member: Any, now: datetime
) -> None:
    from relance.method.candidates.models import Fingerprint

    outreach = written_to(member, now)
    post(desk, f"/aujourdhui/{outreach.pk}/repondu/", ton="opt_out")
    outreach.refresh_from_db()
    assert outreach.code == "opted_out"
    assert Fingerprint.objects.filter(avoidance="opted_out").count() == 2
    post(desk, "/annuler/")
    outreach.refresh_from_db()
    assert outreach.code == "follow_up"
    assert not Fingerprint.objects.exists()


def test_postpone_stop_star_and_nothing_to_answer(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    post(desk, f"/aujourdhui/{outreach.pk}/etoile/")
    outreach.refresh_from_db()
    assert outreach.is_optional
    post(desk, f"/aujourdhui/{outreach.pk}/reporter/", quand="lundi")
    outreach.refresh_from_db()
    assert (outreach.code, outreach.due_at and outreach.due_at.astimezone(now.tzinfo).isoformat()) == (
        "snoozed",
        "2026-03-16T09:00:00+01:00",
    )
    assert (
        desk.post(f"/aujourdhui/{outreach.pk}/reporter/", {"quand": "jour", "jour": "hier"}).status_code
        == 422
    )
    answered_by(outreach, member, now - timedelta(hours=1), now)
    outreach.refresh_from_db()
    assert outreach.code == "your_turn"
    post(desk, f"/aujourdhui/{outreach.pk}/rien/")
    outreach.refresh_from_db()
    assert outreach.code == "answered"
    other = written_to(member, now, "Damien Kessler")
    post(desk, f"/aujourdhui/{other.pk}/arreter/", oui="1")
    other.refresh_from_db()
    assert other.code == "closed"


def test_a_call_is_dialled_under_a_permit_and_its_outcome_recorded(
    desk: Client, member: Any, now: datetime
) -> None:
    outreach = written_to(
        member, now, identities=(("phone", "+33639980001"), ("email", "ines@exemple.example"))
    )
    page = body(post(desk, f"/aujourdhui/{outreach.pk}/permis/", appeler="1"))
    assert "tel:+33639980001" in page
    assert "<path" in page.split('class="qr"')[1], "a code for one's own phone"
    post(desk, f"/aujourdhui/permis/{Permit.objects.get().pk}/", issue="vocal")
    call = Event.objects.latest("pk")
    assert (call.kind, call.voicemail, call.channel) == ("call_unanswered", True, "call")


def test_answers_owed_come_first_and_below_the_cut_is_folded(
    desk: Client, member: Any, now: datetime
) -> None:
    member.capacity = 2
    member.save()
    for index in range(4):
        written_to(member, now, f"Personne Numéro{index}")
    answered = written_to(member, now, "Camille Hoarau")
    answered_by(answered, member, now - timedelta(hours=3), now)
    page = body(desk.get("/"))
    rows = [part.split("</b>")[0] for part in page.split('row__name"><b>')[1:]]
    assert rows[0] == "Camille Hoarau"
    above = page.split('class="folded"')[0]
    assert above.count('row__name"') == 3
    assert page.count('row__name"') == 5


def test_channels_filter_the_queue(desk: Client, member: Any, now: datetime) -> None:
    written_to(member, now, channel=Channel.EMAIL)
    written_to(
        member, now, "Damien Kessler", channel=Channel.LINKEDIN, identities=(("linkedin", "exemple-damien"),)
    )
    page = body(desk.get("/?canal=linkedin"))
    listed = page.split('class="spread__focus"')[0]
    assert "Damien Kessler" in listed
    assert "Inès Aubrac" not in listed


@pytest.mark.parametrize(
    "address",
    ["/aujourdhui/{o}/", "/aujourdhui/{o}/permis/", "/aujourdhui/{o}/repondu/", "/aujourdhui/{o}/reporter/",
     "/aujourdhui/{o}/arreter/", "/aujourdhui/{o}/etoile/", "/aujourdhui/{o}/rien/", "/aujourdhui/{o}/sujet/",
     "/aujourdhui/{o}/texte/", "/aujourdhui/permis/{p}/"],
)  # fmt: skip
def test_another_organisation_reaches_nothing(
    client: Client, member: Any, stranger: Any, now: datetime, address: str
) -> None:
    from relance.method.outreach.permits import permit

    outreach = written_to(member, now)
    taken = permit(
        outreach=outreach, member=member, channel=Channel.EMAIL, text="Bonjour, une idée ?", now=now
    )
    client.force_login(stranger.user)
    url = address.format(o=outreach.pk, p=taken.pk)
    before = Event.objects.count()
    response = (
        client.get(url) if url == f"/aujourdhui/{outreach.pk}/" else client.post(url, {"ton": "positive"})
    )
    assert response.status_code == 404
    assert Event.objects.count() == before


def test_a_text_message_is_made_plain_in_one_click(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(
        member,
        now,
        channel=Channel.SMS,
        identities=(("phone", "+33639980001"), ("email", "i@exemple.example")),
    )
    long = "Bonjour Inès, c’est Maud : un mot sur le poste de lead à Nantes ? " + "Rappelez-moi ici. " * 3
    typed = {"texte": long, "canal_actuel": "sms", "par": "sms"}
    page = body(desk.post(f"/aujourdhui/{outreach.pk}/texte/", typed)).replace("\u00a0", " ")
    assert "en font 2 SMS au lieu de 1" in page
    assert 'name="sms_sur"' in page
    plain = body(desk.post(f"/aujourdhui/{outreach.pk}/texte/", {**typed, "sms_sur": "1"}))
    assert "c&#x27;est Maud" in plain
    assert 'name="sms_sur"' not in plain


def test_the_same_words_to_somebody_else_show(desk: Client, member: Any, now: datetime) -> None:
    hook = "Votre conférence sur les files de messages à Lyon m’a donné envie de vous écrire aujourd’hui."
    other = written_to(member, now, "Karim Doré")
    taken = permit(outreach=other, member=member, channel=Channel.EMAIL, text=hook, now=now)
    confirm(permit=taken, member=member, now=now)
    outreach = written_to(member, now)
    said = {"texte": f"{hook} Un mot ?", "canal_actuel": "email"}
    page = body(desk.post(f"/aujourdhui/{outreach.pk}/texte/", said))
    assert "sont partis chez 1 autre personne" in page
