"""Invitations: made by an administrator, sent by hand, used once."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.accounts.invitations import InvitationRefused, accept_by_link, invite, read_invitation
from relance.accounts.models import Invitation, Membership, User
from relance.accounts.team import end_membership

PHRASE = "une phrase assez longue"
MAIL = "karim@ormel.example"


@pytest.fixture(autouse=True)
def clock(now: datetime) -> Any:
    with time_machine.travel(now, tick=False) as moving:
        yield moving


def body(response: Any) -> str:
    return str(response.content.decode())


def link_on(page: str) -> str:
    found = re.search(r"http://testserver(/rejoindre/[^/\"]+/)", page)
    assert found, "the link is shown"
    return found[1]


def invited(desk: Client, email: str = MAIL, role: str = "recruiter") -> str:
    response = desk.post("/reglages/equipe/inviter/", {"mail": email, "role": role})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return link_on(body(response))


def joined(address: str, name: str = "Karim Aït-Saïd", password: str = PHRASE) -> Any:
    return Client().post(address, {"nom": name, "mot_de_passe": password})


def test_the_link_is_shown_once_and_kept_nowhere(desk: Client) -> None:
    address = invited(desk, "Karim@Ormel.example")
    page = body(desk.get("/reglages/equipe/"))
    assert MAIL in page
    assert "invité, pas encore venu" in page
    assert "/rejoindre/" not in page
    secret = address.split("/")[2]
    assert len(secret) >= 40
    assert secret not in str(vars(Invitation.objects.get()))


def test_opening_it_says_who_invites_where_and_changes_nothing(desk: Client) -> None:
    address = invited(desk, role="manager")
    for _ in range(3):
        response = Client().get(address)
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
    page = body(response)
    for said in ("Maud Keravel", "Ormel", MAIL, "responsable"):
        assert said in page, said
    assert User.objects.count() == 1


def test_it_makes_a_member_with_that_role_once(desk: Client) -> None:
    address = invited(desk, role="manager")
    browser = Client()
    response = browser.post(address, {"nom": "Karim Aït-Saïd", "mot_de_passe": PHRASE})
    assert response.headers["Location"] == "/"
    assert "Karim" in body(browser.get("/reglages/"))
    member = Membership.objects.select_related("user").get(user__email=MAIL)
    assert (member.role, member.user.name, member.is_active) == ("manager", "Karim Aït-Saïd", True)
    assert member.user.check_password(PHRASE)
    assert Client().get(address).status_code == 410
    assert joined(address, password="une autre phrase longue").status_code == 410
    member.user.refresh_from_db()
    assert member.user.check_password(PHRASE)
    assert "invité" not in body(desk.get("/reglages/equipe/"))


@pytest.mark.parametrize("password", ["court", "motdepasse123456"[:11], "karim@ormel.example", ""])
def test_a_weak_password_is_refused_with_a_reason(desk: Client, password: str) -> None:
    response = joined(invited(desk), password=password)
    assert response.status_code == 422
    assert 'id="passe-dit"' in body(response)
    assert not User.objects.filter(email=MAIL).exists()


def test_expired_revoked_renewed_unknown(desk: Client, member: Membership, clock: Any) -> None:
    address = invited(desk)
    row = Invitation.objects.get()
    renewed = link_on(body(desk.post(f"/reglages/equipe/invitations/{row.pk}/lien/")))
    assert Client().get(address).status_code == 410, "the former link ends"
    assert Client().get(renewed).status_code == 200
    clock.shift(timedelta(days=7))
    assert Client().get(renewed).status_code == 410
    assert "lien expiré" in body(desk.get("/reglages/equipe/"))
    again = invited(desk)
    assert Client().get(again).status_code == 200, "an expired one stands in nobody's way"
    open_one = Invitation.objects.get(revoked_at=None)
    desk.post(f"/reglages/equipe/invitations/{open_one.pk}/retirer/")
    pages = {body(Client().get(one)) for one in (address, renewed, again, "/rejoindre/inconnu/")}
    assert len(pages) == 1, "why it opens nothing is not told apart"
    for one in (address, again, "/rejoindre/inconnu/"):
        response = joined(one)
        assert response.status_code == 410
        assert response.headers["Cache-Control"] == "no-store"
    assert not User.objects.filter(email=MAIL).exists()


def test_who_is_a_member_or_invited_already(desk: Client, colleague: Membership) -> None:
    for email in ("THEO@ormel.example", MAIL):
        first = desk.post("/reglages/equipe/inviter/", {"mail": email, "role": "recruiter"})
        second = desk.post("/reglages/equipe/inviter/", {"mail": email, "role": "recruiter"})
        assert second.status_code == 409
        assert 'aria-describedby="inviter-mail-dit"' not in body(first) or first.status_code == 409
    assert Invitation.objects.count() == 1


def test_who_had_left_comes_back(
    desk: Client, member: Membership, colleague: Membership, now: datetime
) -> None:
    end_membership(member=colleague, by=member, now=now)
    address = invited(desk, "theo@ormel.example", role="manager")
    assert joined(address, name="Théo Lancelin").headers["Location"] == "/"
    back = Membership.objects.get(pk=colleague.pk)
    assert (back.is_active, back.role, back.ended_at) == (True, "manager", None)
    assert User.objects.filter(email__iexact="theo@ormel.example").count() == 1


def test_the_account_of_another_desk_is_not_opened_by_who_invites_it(
    desk: Client, stranger: Membership
) -> None:
    address = invited(desk, "autre@brumelle.example")
    assert Client().get(address).status_code == 410
    assert joined(address).status_code == 410
    stranger.user.refresh_from_db()
    assert not stranger.user.has_usable_password()
    assert stranger.user.memberships.count() == 1


def test_an_invited_address_is_nobody_elses(desk: Client, colleague: Membership) -> None:
    invited(desk)
    theirs = Client()
    theirs.force_login(colleague.user)
    sent = {"nom": "Théo", "mail": MAIL, "signature": "", "langue": "fr"}
    assert theirs.post("/reglages/compte/", sent).status_code == 409


def test_of_two_who_read_it_one_is_let_in(member: Membership, now: datetime) -> None:
    secret = invite(by=member, email=MAIL, role="recruiter", now=now)
    read_invitation(secret=secret, now=now)
    accept_by_link(secret=secret, name="Karim", password=PHRASE, language="fr", now=now)
    with pytest.raises(InvitationRefused):
        accept_by_link(secret=secret, name="Autre", password=PHRASE, language="fr", now=now)
