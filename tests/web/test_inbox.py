"""The inbox through its pages: answers sorted with one key, machines understood, what may have left settled."""

from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Channel, Kind
from relance.mail.reading import Fetched
from relance.method.answers.models import Received
from relance.method.answers.reading_again import read_again
from relance.method.answers.taking_in import take_in
from relance.method.answers.triage import set_tone
from relance.method.candidates.models import Fingerprint
from relance.method.delivery.models import Mailbox, Outgoing
from relance.method.delivery.outbox import queue
from relance.method.outreach.models import Event, Outreach
from relance.method.outreach.permits import permit
from tests.people import written_to
from tests.web.test_hand_over import as_, body


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def mailbox(member: Any, now: datetime) -> Mailbox:
    return Mailbox.objects.create(
        organisation=member.organisation, member=member, address="maud@ormel.example", username="",
        smtp_host="127.0.0.1",
        smtp_port=1, smtp_security="none", imap_host="127.0.0.1", imap_port=1, imap_security="none", connected_at=now,
        read_at=now,
    )  # fmt: skip


def comes(
    mailbox: Mailbox, now: datetime, text: str, *, sender: str = "ines-aubrac@exemple.example", **headers: str
) -> Received:
    lines = {
        "From": sender, "To": "maud@ormel.example", "Subject": "Re: Lead back-end",
        "Date": format_datetime(now - timedelta(hours=1)), "Message-ID": f"<{abs(hash(text))}@exemple.example>",
        "Content-Type": "text/plain; charset=utf-8", **{name.replace("_", "-"): each for name, each in headers.items()},
    }  # fmt: skip
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    fetched = Fetched(1, now - timedelta(hours=1), f"{head}\r\n{text}\r\n".encode())
    row = take_in(mailbox=mailbox, fetched=fetched, now=now)
    assert row is not None
    return row


def test_an_answer_sorted_with_one_key(desk: Client, member: Any, mailbox: Mailbox, now: datetime) -> None:
    written_to(member, now)
    row = comes(mailbox, now, "Oui, volontiers, jeudi ?")
    page = body(desk.get("/boite/"))
    assert "« Oui, volontiers, jeudi ? »" in page.replace("\u00a0", " ").replace("\u202f", " ")
    assert "1 réponse à trier" in page
    desk.post(f"/boite/{row.pk}/ton/", {"ton": "positive"})
    assert "Rien à trier" in body(desk.get("/boite/"))
    assert Outreach.objects.get().code == "your_turn"
    assert "Oui, volontiers, jeudi" in body(desk.get("/"))


def test_later_wants_its_day_or_none_and_comes_back(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    written_to(member, now)
    row = comes(mailbox, now, "Pas maintenant.")
    past = desk.post(f"/boite/{row.pk}/ton/", {"ton": "later", "reprendre": "2020-01-01"})
    assert past.status_code == 422
    desk.post(f"/boite/{row.pk}/ton/", {"ton": "later", "reprendre": "2026-09-01"})
    assert Outreach.objects.filter(situation="keep_in_touch").count() == 1


def test_no_more_contact_is_for_ever(desk: Client, member: Any, mailbox: Mailbox, now: datetime) -> None:
    written_to(member, now)
    row = comes(mailbox, now, "Non merci, bonne continuation à vous.")
    desk.post(f"/boite/{row.pk}/ton/", {"ton": "opt_out"})
    assert Outreach.objects.get().code == "opted_out"


def test_an_opt_out_read_in_words_may_be_undone_and_lets_the_person_back(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    written_to(member, now)
    row = comes(mailbox, now, "Merci de ne plus me contacter de ce côté-là.")
    assert row.kind == "unsubscribe"
    assert Fingerprint.objects.filter(avoidance="opted_out").exists()
    assert "Ce n’est pas une demande d’arrêt" in body(desk.get(f"/boite/{row.pk}/"))
    desk.post(f"/boite/{row.pk}/vraie-reponse/")
    row.refresh_from_db()
    assert (row.kind, row.sorting) == ("human", "to_sort")
    assert Outreach.objects.get().code == "your_turn"
    assert not Fingerprint.objects.filter(avoidance="opted_out").exists()
    assert Event.objects.get(kind=Kind.RETRACTED).recorded_by == member


@pytest.mark.parametrize(
    ("text", "subject"), [("STOP", "Re: Lead back-end"), ("Merci de ne plus me contacter.", "unsubscribe")]
)
def test_an_opt_out_that_leaves_no_doubt_is_not_undone(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime, text: str, subject: str
) -> None:
    written_to(member, now)
    row = comes(mailbox, now, text, Subject=subject)
    assert row.kind == "unsubscribe"
    assert desk.post(f"/boite/{row.pk}/vraie-reponse/").status_code == 404
    assert Outreach.objects.get().code == "opted_out"


def test_new_rules_take_no_opt_out_back(desk: Client, member: Any, mailbox: Mailbox, now: datetime) -> None:
    written_to(member, now)
    row = comes(mailbox, now, "Oui, volontiers.")
    set_tone(received=row, tone=None, member=member, now=now)
    Received.objects.filter(pk=row.pk).update(kind="unsubscribe", sorting="to_sort", rules_version=1)
    assert read_again(now=now) == 1
    row.refresh_from_db()
    assert row.kind == "unsubscribe"
    assert Outreach.objects.get().code == "opted_out"
    assert read_again(now=now) == 0


@pytest.mark.parametrize("tone", ["", "sublime", "6"])
def test_a_tone_nobody_knows_is_refused(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime, tone: str
) -> None:
    written_to(member, now)
    row = comes(mailbox, now, "Oui.")
    assert desk.post(f"/boite/{row.pk}/ton/", {"ton": tone}).status_code == 422
    row.refresh_from_db()
    assert row.sorting == "to_sort"


def test_an_absence_is_explained_and_may_be_a_real_answer(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    written_to(member, now)
    row = comes(
        mailbox,
        now,
        "Je suis absente jusqu’au 20 mars 2026 inclus.",
        Subject="Absence du bureau",
        Auto_Submitted="auto-replied",
    )
    page = body(desk.get(f"/boite/{row.pk}/"))
    assert "pas une réponse" in page
    assert "21 mars" in page
    desk.post(f"/boite/{row.pk}/vraie-reponse/")
    row.refresh_from_db()
    assert row.kind == "human"
    assert [event.kind for event in Event.objects.filter(kind=Kind.REPLY, retractions=None)] == ["reply"]


def test_not_them_takes_back_what_was_recorded(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    written_to(member, now)
    row = comes(mailbox, now, "Vous vous trompez de personne.")
    assert not Outreach.objects.get().in_queue or Outreach.objects.get().action == "answer"
    desk.post(f"/boite/{row.pk}/pas-elle/")
    assert Outreach.objects.get().action == "contact"
    assert "Rien à trier" in body(desk.get("/boite/"))


def test_by_a_name_alone_it_is_asked(desk: Client, member: Any, mailbox: Mailbox, now: datetime) -> None:
    written_to(member, now)
    row = comes(mailbox, now, "C’est moi, de chez moi.", sender="Ines Aubrac <moi@ailleurs.example>")
    page = body(desk.get("/boite/"))
    assert "moi@ailleurs.example" in page
    assert Outreach.objects.get().action == "contact", "nothing is recorded before it is known"
    desk.post(f"/boite/{row.pk}/cest-elle/")
    assert Outreach.objects.get().action == "answer"


@pytest.mark.parametrize(("issue", "state"), [("parti", "sent"), ("non", "failed")])
def test_what_may_have_left_is_settled(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime, issue: str, state: str
) -> None:
    outreach = written_to(member, now)
    taken = permit(outreach=outreach, member=member, channel=Channel.EMAIL, text="Un point ?", now=now)
    outgoing = queue(permit=taken, mailbox=mailbox, now=now)
    Outgoing.objects.update(state="to_check", claimed_at=now, lease="x")
    assert "ne le renvoie jamais" in body(desk.get(f"/boite/a-verifier/{outgoing.pk}/"))
    page = body(desk.get("/boite/"))
    assert "Un point ?" in page
    desk.post(f"/boite/a-verifier/{outgoing.pk}/trancher/", {"issue": issue})
    outgoing.refresh_from_db()
    assert outgoing.state == state
    again = body(desk.post(f"/boite/a-verifier/{outgoing.pk}/trancher/", {"issue": issue}, follow=True))
    assert "déjà tranché" in again


def test_a_mailbox_is_read_by_its_member_alone(
    desk: Client, member: Any, colleague: Any, stranger: Any, mailbox: Mailbox, now: datetime
) -> None:
    written_to(member, now)
    row = comes(mailbox, now, "Confidentiel.")
    for one in (colleague, stranger):
        assert "Confidentiel" not in body(as_(one).get("/boite/"))
        assert as_(one).get(f"/boite/{row.pk}/").status_code == 404
        assert as_(one).post(f"/boite/{row.pk}/ton/", {"ton": "positive"}).status_code == 404


def test_number_of_queries_is_fixed(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime, django_assert_num_queries: Any
) -> None:
    for index in range(2):
        name = f"Personne Numéro{index}"
        written_to(member, now, name)
        comes(mailbox, now, f"Oui {index}", sender=f"personne-numero{index}@exemple.example")
    desk.get("/boite/")
    with django_assert_num_queries(8):
        desk.get("/boite/")
    for index in range(2, 9):
        written_to(member, now, f"Personne Numéro{index}")
        comes(mailbox, now, f"Oui {index}", sender=f"personne-numero{index}@exemple.example")
    with django_assert_num_queries(8):
        desk.get("/boite/")


def test_a_text_of_theirs_runs_nothing(desk: Client, member: Any, mailbox: Mailbox, now: datetime) -> None:
    written_to(member, now)
    comes(mailbox, now, "<script>alert(1)</script> oui", Subject="<img src=x onerror=alert(1)>")
    page = body(desk.get("/boite/"))
    assert "<script>alert" not in page
    assert "<img" not in page


LINKEDIN = {
    "sender": "Inès Aubrac via LinkedIn <messages-noreply@linkedin.com>",
    "Message_ID": "<n1@linkedin.com>",
}


def test_a_notice_of_linkedin_holds_back_and_is_settled_by_the_recruiter(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    outreach = written_to(member, now)
    taken = permit(
        outreach=outreach,
        member=member,
        channel=Channel.EMAIL,
        text="Un point nouveau ?",
        subject="x",
        now=now,
    )
    outgoing = queue(permit=taken, mailbox=mailbox, now=now)
    row = comes(mailbox, now, "Voir le message", Subject="Inès Aubrac vous a envoyé un message", **LINKEDIN)
    assert (row.linkedin, row.event) == ("message", None)
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.problem) == ("cancelled", "perhaps")
    page = body(desk.get(f"/boite/{row.pk}/"))
    for words in (
        "seul votre œil",
        "Votre mail qui allait partir a été repris",
        "linkedin.com/in/exemple-ines-aubrac/",
    ):
        assert words in page
    unsaid = desk.post(f"/boite/{row.pk}/sur-linkedin/", {"ton": "", "texte": "Oui !"})
    assert unsaid.status_code == 422
    desk.post(f"/boite/{row.pk}/sur-linkedin/", {"ton": "positive", "texte": "Oui, jeudi ?"})
    event = Event.objects.get(kind=Kind.REPLY)
    assert (event.channel, event.text, event.at) == ("linkedin", "Oui, jeudi ?", row.sent_at)
    outreach.refresh_from_db()
    assert outreach.code == "your_turn"
    row.refresh_from_db()
    assert row.sorting == "sorted"


def test_a_thumb_is_no_answer_and_the_follow_up_takes_its_place_again(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    outreach = written_to(member, now)
    row = comes(mailbox, now, "Voir", Subject="Inès Aubrac vous a envoyé un message", **LINKEDIN)
    assert "dit LinkedIn" in body(desk.get("/boite/"))
    desk.post(f"/boite/{row.pk}/ecarter/")
    outreach.refresh_from_db()
    assert (outreach.code, Event.objects.filter(kind=Kind.REPLY).count()) == ("follow_up", 0)
    assert "dit LinkedIn" not in body(desk.get("/boite/"))


def test_an_invitation_accepted_says_linkedin(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    outreach = written_to(member, now)
    row = comes(mailbox, now, "Voir", Subject="Inès Aubrac a accepté votre invitation", **LINKEDIN)
    desk.post(f"/boite/{row.pk}/cest-elle/")
    event = Event.objects.get(kind=Kind.INVITATION_ACCEPTED)
    assert (event.outreach_id, event.at) == (outreach.pk, row.sent_at)
