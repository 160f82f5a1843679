"""Catching up through its pages: reasons found and given, what holds them back, one outreach for one of them."""

from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Channel, Kind, Occasion, Situation, Tone
from relance.method.candidates.models import Candidate
from relance.method.catching_up.models import Reason
from relance.method.delivery.models import Mailbox
from relance.method.outreach.actions import open_outreach, record_answer
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach
from tests.people import candidate, written_to
from tests.web.test_inbox import comes
from tests.web.test_invitations import mailbox

__all__ = ["mailbox"]

DAY = timedelta(days=1)
LIST = "/prises-de-nouvelles/"


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def body(response: Any) -> str:
    return unescape(str(response.content.decode())).replace("\u00a0", " ").replace("\u202f", " ")


def exchanged(
    member: Any,
    now: datetime,
    name: str,
    ago: timedelta,
    *,
    tone: Tone = Tone.POSITIVE,
    text: str = "Volontiers.",
) -> Candidate:
    """Somebody who answered that long ago, a day after the message they had; the talk ended there."""
    person = candidate(member, now, name, identities=(("linkedin", name.lower().replace(" ", "-")),))
    open_outreach(
        member=member,
        candidate=person,
        situation=Situation.FIRST_MESSAGE,
        entries=[
            Entry(
                Kind.MESSAGE_SENT, at=now - ago - DAY, channel=Channel.LINKEDIN, text="Une idée de poste ?"
            ),
            Entry(Kind.REPLY, at=now - ago, channel=Channel.LINKEDIN, tone=tone, text=text),
        ],
        now=now,
    )
    return person


def keep_in_touch(person: Candidate) -> Outreach:
    return Outreach.objects.get(candidate=person, situation=Situation.KEEP_IN_TOUCH)


def take(desk: Client, person: Candidate, **data: str) -> Any:
    return desk.post(f"{LIST}{person.pk}/prendre/", data, follow=True)


def test_nothing_to_catch_up_about(desk: Client, member: Any, now: datetime) -> None:
    written_to(member, now)
    page = body(desk.get(LIST))
    assert "Aucune raison pour l’instant" in page
    assert "Prises de nouvelles" in body(desk.get("/personnes/"))


def test_ninety_days_of_silence_after_an_answer_are_dated_the_day_they_end(
    desk: Client, member: Any, now: datetime
) -> None:
    person = exchanged(member, now, "Nadia Bensalem", 100 * DAY, text="Pas mal, mais en poste jusqu’à juin.")
    fresh = exchanged(member, now, "Issa Coulibaly", 80 * DAY)
    written_to(member, now, "Elsa Brivane", ago=200 * DAY)  # silent, and never answered
    page = body(desk.get(LIST))
    assert "Nadia Bensalem" in page
    assert "« Pas mal, mais en poste jusqu’à juin. »" in page
    assert "Issa Coulibaly" not in page
    assert "Elsa Brivane" not in page
    assert "Nadia Bensalem. C’est pris" in body(take(desk, person, quoi="silence"))
    reason = Event.objects.get(kind=Kind.REASON)
    assert reason.at == now - 10 * DAY
    opened = keep_in_touch(person)
    assert (opened.action, opened.code, opened.step, opened.is_late) == ("contact", "follow_up", 1, False)
    assert desk.post(f"{LIST}{fresh.pk}/prendre/", {"quoi": "silence"}).status_code == 404
    assert desk.post(f"{LIST}{person.pk}/prendre/", {"quoi": "silence"}).status_code == 404, (
        "once an exchange"
    )


def test_a_silence_that_would_be_cold_is_taken_up_by_hand_today(
    desk: Client, member: Any, now: datetime
) -> None:
    person = exchanged(member, now, "Nadia Bensalem", 400 * DAY)
    take(desk, person, quoi="silence")
    opened = keep_in_touch(person)
    assert (opened.code, opened.step, opened.is_open) == ("too_early", 1, False)
    assert opened.due_at is not None
    assert opened.due_at > now
    assert "Prévu" in body(desk.get(LIST))


def test_one_reason_at_a_time_the_others_say_that_they_wait(desk: Client, member: Any, now: datetime) -> None:
    person = exchanged(member, now, "Nadia Bensalem", 400 * DAY)
    take(desk, person, quoi="silence")
    page = body(
        desk.post(f"{LIST}{person.pk}/publication/", {"mot": "Sur les files", "lien": "https://blog.example/files"},
                  follow=True)
    )  # fmt: skip
    assert "Gardé dans les prises de nouvelles. Une prise de nouvelles est prévue" in page
    assert "Sur les files" in page
    assert Outreach.objects.filter(situation=Situation.KEEP_IN_TOUCH).count() == 1
    listed = body(desk.get(LIST))
    assert "une raison à la fois, celle-ci attend" in listed
    reason = Reason.objects.get(settled_at=None)
    refused = desk.post(f"{LIST}{person.pk}/prendre/", {"quoi": "post_published", "raison": str(reason.pk)})
    assert refused.status_code == 409
    assert 'role="alert"' in body(refused)


def test_never_within_90_days_of_the_last_contact(desk: Client, member: Any, now: datetime) -> None:
    person = exchanged(member, now, "Nadia Bensalem", 40 * DAY)
    page = body(desk.post(f"{LIST}{person.pk}/publication/", {"mot": "Sur les files"}, follow=True))
    assert "Votre dernier message a moins de 90 jours : ceci attend, libre le 28 avril" in page
    assert not Outreach.objects.filter(situation=Situation.KEEP_IN_TOUCH).exists()
    with time_machine.travel(datetime(2026, 4, 28, 10, 31, tzinfo=now.tzinfo), tick=False):
        desk.force_login(member.user)
        listed = body(desk.get(LIST))
        assert "« Sur les files »" in listed
        reason = Reason.objects.get()
        take(desk, person, quoi="post_published", raison=str(reason.pk))
        assert keep_in_touch(person).code == "too_early"


def test_an_open_approach_holds_a_reason_back(desk: Client, member: Any, now: datetime) -> None:
    person = written_to(member, now, "Inès Aubrac").candidate
    page = body(desk.post(f"{LIST}{person.pk}/publication/", {"lien": "blog.example/files"}, follow=True))
    assert "Une approche est en cours avec cette personne" in page
    assert "https://blog.example/files" in page
    assert Reason.objects.get().settled_at is None


def test_the_guard_says_its_word(desk: Client, member: Any, colleague: Any, now: datetime) -> None:
    written_to(colleague, now, "Inès Aubrac")
    theirs = Candidate.objects.get()
    page = body(desk.post(f"{LIST}{theirs.pk}/publication/", {"mot": "Un post"}, follow=True))
    assert "Votre équipe est déjà en contact avec cette personne" in page
    no = exchanged(member, now, "Nadia Bensalem", 100 * DAY, tone=Tone.NOT_LOOKING)
    waits = body(desk.get(LIST))
    assert "Nadia Bensalem" in waits
    assert desk.post(f"{LIST}{no.pk}/prendre/", {"quoi": "silence"}).status_code == 409


def test_who_wants_no_contact_is_not_even_listed(desk: Client, member: Any, now: datetime) -> None:
    from relance.method.outreach.actions import record

    person = exchanged(member, now, "Nadia Bensalem", 100 * DAY)
    record(
        outreach=Outreach.objects.get(candidate=person),
        entries=[Entry(Kind.OPT_OUT, at=now)],
        now=now,
        member=member,
    )
    assert "Nadia Bensalem" not in body(desk.get(LIST))


def test_the_anniversary_of_a_start_typed_on_the_page(desk: Client, member: Any, now: datetime) -> None:
    person = exchanged(member, now, "Nadia Bensalem", 95 * DAY, tone=Tone.LATER)
    edit = f"/personnes/{person.pk}/modifier/"
    typed = {
        "nom": person.name, "prenom": "Nadia", "langue": "fr", "adresse": "vous", "marque": "",
        "linkedin": "https://www.linkedin.com/in/nadia-bensalem/", "ordre_linkedin": "1",
    }  # fmt: skip
    assert desk.post(edit, {**typed, "debut": "2031-01-01"}).status_code == 422
    assert desk.post(edit, {**typed, "debut": "2022-03-14"}).status_code == 302
    assert "depuis le 14 mars 2022" in body(desk.get(f"/personnes/{person.pk}/"))
    page = body(desk.get(LIST))
    assert "4 ans en poste" in page
    take(desk, person, quoi="work_anniversary")
    reason = Event.objects.get(kind=Kind.REASON)
    assert (reason.what, reason.resume_on) == (Occasion.WORK_ANNIVERSARY, date(2026, 3, 14)), (
        "planned for its day"
    )
    opened = keep_in_touch(person)
    assert (opened.code, opened.is_open) == ("too_early", False)
    assert "4 ans en poste" not in body(desk.get(LIST)).split("Tranché")[0]


def test_left_is_not_shown_again_and_can_be_taken_back(desk: Client, member: Any, now: datetime) -> None:
    person = exchanged(member, now, "Nadia Bensalem", 100 * DAY)
    page = body(desk.post(f"{LIST}{person.pk}/laisser/", {"quoi": "silence"}, follow=True))
    assert "laissé, rien n’est écrit" in page
    reason = Reason.objects.get()
    assert "Silence" not in body(desk.get(LIST)).split("Tranché")[0].split("<h1")[1]
    desk.post(f"{LIST}{person.pk}/revenir/", {"raison": str(reason.pk)})
    page = body(desk.get(LIST))
    assert "Tranché" not in page
    assert "Nadia Bensalem" in page
    take(desk, person, quoi="silence", raison=str(reason.pk))
    assert keep_in_touch(person).action == "contact"
    desk.post(f"{LIST}{person.pk}/revenir/", {"raison": str(reason.pk)})
    assert keep_in_touch(person).code == "no_first_action"
    assert "Nadia Bensalem" in body(desk.get(LIST))


def test_taken_up_too_long_ago_to_be_taken_back(desk: Client, member: Any, now: datetime) -> None:
    person = exchanged(member, now, "Nadia Bensalem", 100 * DAY)
    take(desk, person, quoi="silence")
    with time_machine.travel(now + timedelta(minutes=40), tick=False):
        raison = str(Reason.objects.get().pk)
        page = body(desk.post(f"{LIST}{person.pk}/revenir/", {"raison": raison}, follow=True))
    assert "Trop tard" in page
    assert keep_in_touch(person).action == "contact"


def test_the_date_they_asked_for_shows_what_they_said(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now, "Inès Aubrac")
    record_answer(
        outreach=outreach, tone=Tone.LATER, now=now, member=member, channel=Channel.EMAIL,
        resume_on=date(2026, 9, 7), text="Je change d’équipe, reparlons-en à la rentrée.",
    )  # fmt: skip
    page = body(desk.get(LIST))
    assert "« Je change d’équipe, reparlons-en à la rentrée. » ; à recontacter le 7 septembre" in page
    planned = keep_in_touch(outreach.candidate)
    pane = body(desk.get(f"/aujourdhui/{planned.pk}/"))
    assert "reparlons-en à la rentrée" in pane
    desk.post(f"{LIST}{outreach.candidate_id}/annuler/", {"approche": str(planned.pk)})
    planned.refresh_from_db()
    assert planned.code == "closed"
    assert "à recontacter" not in body(desk.get(LIST))


def test_an_anniversary_that_linkedin_tells_is_taken_up_in_the_inbox(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    person = exchanged(member, now, "Nadia Bensalem", 120 * DAY)
    row = comes(
        mailbox, now, "Félicitez Nadia.", sender="Nadia Bensalem via LinkedIn <notifications-noreply@linkedin.com>",
        Subject="Félicitez Nadia Bensalem pour son anniversaire professionnel",
    )  # fmt: skip
    assert row.linkedin == "work_anniversary"
    page = body(desk.get(f"/boite/{row.pk}/"))
    assert "jamais à moins de 90 jours" in page
    listed = body(desk.get(LIST))
    assert f"/boite/{row.pk}/prendre/" in listed
    assert "la prise de nouvelles est prévue" in body(desk.post(f"/boite/{row.pk}/prendre/", follow=True))
    assert keep_in_touch(person).candidate == person
    row.refresh_from_db()
    assert row.sorting == "sorted"
    assert "anniversaire professionnel" in body(desk.get(f"/personnes/{person.pk}/"))


def test_one_that_comes_too_soon_leaves_the_inbox_and_waits(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    person = exchanged(member, now, "Nadia Bensalem", 10 * DAY, tone=Tone.LATER)
    row = comes(
        mailbox, now, "Félicitez Nadia.", sender="LinkedIn <notifications-noreply@linkedin.com>",
        Subject="Félicitez Nadia Bensalem pour son nouveau poste",
    )  # fmt: skip
    assert row.linkedin == "new_position"
    page = body(desk.post(f"/boite/{row.pk}/prendre/", {"vers": "prises-de-nouvelles"}, follow=True))
    assert "gardé dans les prises de nouvelles" in page
    assert "ceci attend" in page
    assert not Outreach.objects.filter(candidate=person, situation=Situation.KEEP_IN_TOUCH).exists()
    desk.post(f"{LIST}{person.pk}/laisser/", {"quoi": "job_change", "raison": str(Reason.objects.get().pk)})
    assert Reason.objects.get().taken is False


def test_a_post_stands_beside_the_text_and_in_it(desk: Client, member: Any, now: datetime) -> None:
    from relance.method.writing.models import Template

    person = exchanged(member, now, "Nadia Bensalem", 100 * DAY)
    Template.objects.create(
        organisation=member.organisation, situation="keep_in_touch", purpose="follow_up", step=1, channels="linkedin",
        occasion="post_published", language="fr", address="vous", name="Le mien", subject="",
        body="Bonjour {prénom}, j’ai lu {détail}.", position=0, changed_at=now,
    )  # fmt: skip
    desk.post(
        f"{LIST}{person.pk}/publication/", {"mot": "Le calcul de prix", "lien": "https://blog.example/prix"}
    )
    opened = keep_in_touch(person)
    with time_machine.travel(now + 4 * DAY, tick=False):
        page = body(desk.get(f"/aujourdhui/{opened.pk}/"))
    assert 'href="https://blog.example/prix"' in page
    assert "j’ai lu Le calcul de prix." in page
    assert "A publié un post" in page


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"lien": "", "mot": ""}, "Donnez son adresse"),
        ({"lien": "pas une adresse", "mot": "x"}, "Ce n’est pas une adresse web"),
        ({"lien": "javascript:alert(1)", "mot": "x"}, "Ce n’est pas une adresse web"),
    ],
)
def test_a_post_wants_an_address_or_a_line(
    desk: Client, member: Any, now: datetime, typed: dict[str, str], says: str
) -> None:
    person = exchanged(member, now, "Nadia Bensalem", 100 * DAY)
    refused = desk.post(f"{LIST}{person.pk}/publication/", typed)
    assert refused.status_code == 422
    assert says in body(refused)
    assert not Reason.objects.exists()


def test_not_this_position_says_from_when_something_else_may_be_proposed(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    outreach = written_to(member, now)
    row = comes(mailbox, now, "Pas ce poste, merci.")
    page = body(desk.post(f"/boite/{row.pk}/ton/", {"ton": "not_this_one"}, follow=True))
    assert "Autre chose peut être proposé à cette personne à partir du 9 avril" in page
    person = body(desk.get(f"/personnes/{outreach.candidate_id}/"))
    assert "à partir du 9 avril" in person
    assert f"?ajouter={outreach.candidate_id}#ajouter" in person
    assert "à partir du 9 avril" in body(desk.get(f"/boite/{row.pk}/"))


def test_nothing_of_it_is_another_s(desk: Client, member: Any, colleague: Any, now: datetime) -> None:
    person = exchanged(colleague, now, "Nadia Bensalem", 100 * DAY)
    assert "Nadia Bensalem" not in body(desk.get(LIST))
    assert desk.post(f"{LIST}{person.pk}/prendre/", {"quoi": "silence"}).status_code == 404
    reason = Reason.objects.create(
        organisation=member.organisation, candidate=person, member=colleague, what="job_change", on=now.date(),
        found_at=now,
    )  # fmt: skip
    for gesture in ("prendre", "laisser", "revenir"):
        assert desk.post(f"{LIST}{person.pk}/{gesture}/", {"raison": str(reason.pk)}).status_code == 404


def test_as_many_queries_for_many_as_for_few(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime, django_assert_num_queries: Any
) -> None:
    def some(first: int, count: int) -> None:
        for number in range(first, first + count):
            person = exchanged(member, now, f"Personne Numéro{number}", 100 * DAY)
            exchanged(member, now, f"Autre Numéro{number}", 40 * DAY)
            desk.post(f"{LIST}{person.pk}/publication/", {"mot": "Sur les files"})
            other = exchanged(member, now, f"Silence Numéro{number}", 110 * DAY)
            Candidate.objects.filter(pk=other.pk).update(started_on=date(2020, 3, 12))

    some(0, 2)
    desk.get(LIST)
    with django_assert_num_queries(19):
        few = body(desk.get(LIST))
    some(2, 6)
    desk.get(LIST)
    with django_assert_num_queries(19):
        many = body(desk.get(LIST))
    assert few.count('class="turn turn') == 4 + 2
    assert many.count('class="turn turn') == 16 + 8
