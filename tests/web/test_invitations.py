"""The round of invitations: what it asks about, the three answers, the way back, and whose it is."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.accounts.models import Membership
from relance.cadence.words import Channel, Kind, Situation
from relance.method.delivery.models import Mailbox
from relance.method.invitations.models import Look
from relance.method.outreach.actions import open_outreach
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach
from tests.people import candidate
from tests.web.test_inbox import comes

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def mailbox(member: Any, now: datetime) -> Mailbox:
    return Mailbox.objects.create(
        organisation=member.organisation, member=member, address="maud@ormel.example", username="",
        smtp_host="127.0.0.1", smtp_port=1, smtp_security="none", imap_host="127.0.0.1", imap_port=1,
        imap_security="none", connected_at=now, read_at=now,
    )  # fmt: skip


def invited(member: Any, now: datetime, name: str, ago: timedelta, **facts: Any) -> Outreach:
    slug = name.lower().replace(" ", "-")
    person = candidate(member, now, name, identities=(("linkedin", slug), *facts.get("more", ())))
    entry = Entry(
        Kind.INVITATION_SENT, at=now - ago, channel=Channel.LINKEDIN, note=bool(facts.get("note")),
        text=facts.get("note", ""),
    )  # fmt: skip
    return open_outreach(
        member=member,
        candidate=person,
        situation=Situation.LINKEDIN_INVITATION,
        entries=[entry],
        now=now,
    )


def body(response: Any) -> str:
    return str(response.content.decode())


def say(desk: Client, outreach: Outreach, said: str) -> str:
    return body(desk.post(f"/invitations/{outreach.pk}/", {"dit": said}, follow=True))


def test_the_fresh_are_not_asked_about_and_the_old_say_what_comes(
    desk: Client, member: Any, now: datetime
) -> None:
    invited(member, now, "Fraîche Lune", DAY)
    invited(member, now, "Issa Coulibaly", 3 * DAY, note="Le meetup de mars")
    invited(member, now, "Inaya Keita", 13 * DAY)
    page = body(desk.get("/invitations/"))
    assert "Fraîche Lune" not in page
    assert "Avec une note\u00a0: «\u00a0Le meetup de mars\u00a0»" in page
    assert "Demain\u00a0: arrêt, aucun autre canal connu." in page


def test_what_waits_is_no_fact_and_is_asked_about_tomorrow(desk: Client, member: Any, now: datetime) -> None:
    outreach = invited(member, now, "Issa Coulibaly", 3 * DAY)
    assert "En attente, à revoir demain" in say(desk, outreach, "waiting")
    assert Event.objects.count() == 1
    assert 'data-digit="1"' not in body(desk.get("/invitations/"))
    with time_machine.travel(now + DAY, tick=False):
        assert 'data-digit="1"' in body(desk.get("/invitations/"))


def test_an_acceptance_is_taken_back_and_said_otherwise(desk: Client, member: Any, now: datetime) -> None:
    outreach = invited(member, now, "Issa Coulibaly", 3 * DAY)
    assert "à vous d’écrire, sur LinkedIn" in say(desk, outreach, "accepted")
    outreach.refresh_from_db()
    assert (outreach.action, outreach.code) == ("contact", "follow_up")
    desk.post(f"/invitations/{outreach.pk}/revenir/")
    outreach.refresh_from_db()
    assert (outreach.action, outreach.code, Look.objects.count()) == ("wait", "invitation_pending", 0)
    say(desk, outreach, "accepted")
    say(desk, outreach, "withdrawn")
    outreach.refresh_from_db()
    assert outreach.code == "invitation_ignored"
    assert Look.objects.get().said == "withdrawn"


def test_too_late_to_take_back(desk: Client, member: Any, now: datetime) -> None:
    outreach = invited(member, now, "Issa Coulibaly", 3 * DAY)
    say(desk, outreach, "accepted")
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        page = body(desk.post(f"/invitations/{outreach.pk}/revenir/", follow=True))
    assert "Trop tard" in page
    assert Look.objects.count() == 1, "what was recorded still stands"


def test_an_acceptance_however_late_reopens(desk: Client, member: Any, now: datetime) -> None:
    outreach = invited(member, now, "Marc Ancien", 20 * DAY)
    assert outreach.code == "invitation_ignored"
    say(desk, outreach, "accepted")
    outreach.refresh_from_db()
    assert (outreach.is_open, outreach.code) == (True, "follow_up")
    forgotten = invited(member, now, "Vieille Histoire", 130 * DAY)
    assert forgotten.candidate.name not in body(desk.get("/invitations/"))


def test_all_the_others_wait(desk: Client, member: Any, now: datetime) -> None:
    outreaches = [invited(member, now, f"Personne N{index}", (3 + index) * DAY) for index in range(3)]
    say(desk, outreaches[0], "accepted")
    page = body(desk.post("/invitations/attendent/", follow=True))
    assert "2 attendent encore" in page
    assert Look.objects.filter(said="waiting").count() == 2
    assert Event.objects.filter(kind="invitation_accepted").count() == 1
    desk.post("/invitations/attendent/")
    assert Look.objects.count() == 3


def test_the_day_names_the_round_until_it_is_done(desk: Client, member: Any, now: datetime) -> None:
    outreach = invited(member, now, "Issa Coulibaly", 3 * DAY)
    assert "qui a accepté" in body(desk.get("/"))
    say(desk, outreach, "waiting")
    assert "qui a accepté" not in body(desk.get("/"))


def test_the_week_counts_from_monday_against_the_firms_figure(
    desk: Client, member: Any, now: datetime
) -> None:
    desk.post("/reglages/linkedin/", {"semaine": "2"})
    for index in range(3):
        invited(member, now, f"Personne N{index}", timedelta(hours=index))
    invited(member, now, "Avant Lundi", 2 * DAY)  # a Sunday
    page = body(desk.get("/invitations/"))
    assert "3 sur 2" in page
    assert "1 de trop" in page
    assert "2 est la vôtre" in page


def test_a_recruiter_sets_their_account_and_not_the_firms_figure(
    client: Client, colleague: Membership
) -> None:
    client.force_login(colleague.user)
    client.post("/reglages/linkedin/", {"premium": "on", "semaine": "7"})
    colleague.refresh_from_db()
    colleague.organisation.refresh_from_db()
    assert colleague.has_linkedin_premium
    assert colleague.organisation.invitations_a_week == 100
    assert "un responsable le règle" in body(client.get("/reglages/linkedin/"))


def test_a_colleagues_round_is_theirs(
    desk: Client, client: Client, member: Any, colleague: Membership, now: datetime
) -> None:
    outreach = invited(member, now, "Issa Coulibaly", 3 * DAY)
    other = Client()
    other.force_login(colleague.user)
    assert "Issa Coulibaly" not in body(other.get("/invitations/"))
    assert other.post(f"/invitations/{outreach.pk}/", {"dit": "accepted"}).status_code == 404


def test_number_of_queries_is_fixed(
    desk: Client, member: Any, now: datetime, django_assert_num_queries: Any
) -> None:
    invited(member, now, "Issa Coulibaly", 3 * DAY)
    desk.get("/invitations/")
    with django_assert_num_queries(13):
        desk.get("/invitations/")
    for index in range(12):
        outreach = invited(member, now, f"Personne N{index}", (3 + index) * DAY)
        if index % 3 == 0:
            say(desk, outreach, "waiting")
    with django_assert_num_queries(13):
        desk.get("/invitations/")


def test_what_linkedin_announced_by_mail_stands_first_and_dates_the_acceptance(
    desk: Client, member: Any, mailbox: Mailbox, now: datetime
) -> None:
    invited(member, now, "Issa Coulibaly", 3 * DAY)
    outreach = invited(member, now, "Nadia Bensalem", 6 * DAY)
    subject = "Nadia Bensalem a accepté votre invitation"
    row = comes(
        mailbox, now, "Consultez son profil", sender="LinkedIn <invitations@linkedin.com>", Subject=subject
    )
    assert row.linkedin == "invitation_accepted"
    page = body(desk.get("/invitations/"))
    assert page.index("Annoncées") < page.index("Nadia Bensalem") < page.index("Issa Coulibaly")
    assert "dit le mail de LinkedIn" in page
    say(desk, outreach, "accepted")
    row.refresh_from_db()
    assert Event.objects.get(kind="invitation_accepted").at == row.sent_at
    assert row.sorting == "set_aside", "it waits in the inbox no more"
    desk.post(f"/invitations/{outreach.pk}/revenir/")
    row.refresh_from_db()
    assert row.sorting == "to_sort"
