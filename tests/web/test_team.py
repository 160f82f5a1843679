"""The team's page: who works here, roles that change, members who leave."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.accounts.actions import issue_link
from relance.accounts.models import Membership, SignInLink
from relance.accounts.roles import NotAllowed
from relance.accounts.team import LastAdministrator, change_role, end_membership
from tests.people import written_to


def body(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture(autouse=True)
def clock(now: datetime) -> Any:
    with time_machine.travel(now, tick=False) as moving:
        yield moving


def test_members_with_their_role_their_load_and_when_they_were_seen(
    desk: Client, member: Membership, colleague: Membership, now: datetime, clock: Any
) -> None:
    written_to(colleague, now)
    theirs = Client()
    theirs.force_login(colleague.user)
    theirs.get("/")
    clock.shift(timedelta(minutes=20))
    page = body(desk.get("/reglages/equipe/"))
    for said in ("Théo Lancelin", "theo@ormel.example", "1 personne", "il y a 20\u00a0min", "maintenant"):
        assert said in page, said
    assert "Solène" not in page


def test_a_recruiter_sees_the_team_and_settles_nothing(colleague: Membership, member: Membership) -> None:
    client = Client()
    client.force_login(colleague.user)
    page = body(client.get("/reglages/equipe/"))
    assert "Maud Keravel" in page
    assert "/reglages/equipe/inviter/" not in page
    assert "personne" not in page.split("<table")[1].split("</table>")[0], "the load is not theirs to see"
    refused = client.post(f"/reglages/equipe/{member.pk}/", {"role": "recruiter"})
    assert refused.status_code == 403
    assert 'class="entry__body lost"' in body(refused)
    member.refresh_from_db()
    assert member.role == "administrator"


def test_a_role_is_changed(desk: Client, colleague: Membership) -> None:
    response = desk.post(f"/reglages/equipe/{colleague.pk}/", {"role": "manager"}, follow=True)
    assert "Responsable" in body(response)
    colleague.refresh_from_db()
    assert colleague.role == "manager"
    assert desk.post(f"/reglages/equipe/{colleague.pk}/", {"role": "roi"}).status_code == 422


def test_the_last_administrator_stays(desk: Client, member: Membership, colleague: Membership) -> None:
    demoted = desk.post(f"/reglages/equipe/{member.pk}/", {"role": "recruiter"})
    ended = desk.post(f"/reglages/equipe/{member.pk}/depart/")
    for response in (demoted, ended):
        assert response.status_code == 409
        assert "notice--late" in body(response)
    member.refresh_from_db()
    assert (member.role, member.is_active) == ("administrator", True)
    desk.post(f"/reglages/equipe/{colleague.pk}/", {"role": "administrator"})
    assert desk.post(f"/reglages/equipe/{member.pk}/", {"role": "recruiter"}).status_code == 302


def test_asking_ends_nothing(desk: Client, colleague: Membership) -> None:
    page = body(desk.get(f"/reglages/equipe/{colleague.pk}/depart/"))
    assert "Théo Lancelin" in page
    colleague.refresh_from_db()
    assert colleague.is_active


def test_who_leaves_is_out_at_once(desk: Client, colleague: Membership, now: datetime) -> None:
    colleague.user.set_password("une phrase assez longue")
    colleague.user.save()
    known = {"login": "theo@ormel.example", "password": "une phrase assez longue"}
    phone, laptop, later = Client(), Client(), Client()
    for browser in (phone, laptop):
        assert browser.post("/compte/login/", known).headers["Location"] == "/"
        assert browser.get("/touches/").status_code == 200
    issue_link(user=colleague.user, now=now)
    assert desk.post(f"/reglages/equipe/{colleague.pk}/depart/").headers["Location"] == "/reglages/equipe/"
    for browser in (phone, laptop):
        assert browser.get("/touches/").headers["Location"].startswith("/compte/login/")
        assert not browser.session.exists(browser.cookies["sessionid"].value)
    assert not SignInLink.objects.exists()
    assert later.post("/compte/login/", known).headers["Location"] == "/compte/login/"
    assert "Ce compte n’ouvre plus de carnet ici." in body(later.get("/compte/login/"))
    assert later.get("/touches/").status_code == 302
    colleague.refresh_from_db()
    assert (colleague.is_active, colleague.ended_at) == (False, now)
    assert (
        "Théo"
        not in body(desk.get("/reglages/equipe/"))
        .split("<table")[1]
        .split("</table>")[0]
        .split("</table>")[0]
    )


def test_actions_ask_for_the_role_themselves(
    member: Membership, colleague: Membership, manager_member: Membership, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        change_role(member=colleague, role="administrator", by=colleague)
    with pytest.raises(NotAllowed):
        end_membership(member=colleague, by=manager_member, now=now)
    Membership.objects.filter(pk=member.pk).update(role="recruiter")
    with pytest.raises(NotAllowed):  # what was read before it changed counts for nothing
        change_role(member=colleague, role="manager", by=member)


def test_an_administrator_who_left_does_not_count(
    member: Membership, colleague: Membership, now: datetime
) -> None:
    change_role(member=colleague, role="administrator", by=member)
    end_membership(member=colleague, by=member, now=now)
    with pytest.raises(LastAdministrator):
        end_membership(member=member, by=member, now=now)


def test_being_seen_costs_a_page_nothing_when_it_is_fresh(
    desk: Client, member: Membership, django_assert_num_queries: Any, clock: Any
) -> None:
    desk.get("/touches/")
    with django_assert_num_queries(4):  # session, user, member, demonstration
        desk.get("/touches/")
    clock.shift(timedelta(minutes=5))
    with django_assert_num_queries(6):  # and the member and the session are written
        desk.get("/touches/")


@pytest.mark.parametrize("many", [2, 12])
def test_number_of_queries_is_fixed(
    desk: Client, member: Membership, now: datetime, many: int, django_assert_num_queries: Any
) -> None:
    from relance.accounts.invitations import invite
    from relance.accounts.models import User

    for number in range(many):
        user = User.objects.create_user(f"membre{number}@ormel.example", name=f"Membre {number}")
        Membership.objects.create(organisation=member.organisation, user=user)
        invite(by=member, email=f"invite{number}@ormel.example", role="recruiter", now=now)
    desk.get("/reglages/equipe/")
    with django_assert_num_queries(9):
        desk.get("/reglages/equipe/")
