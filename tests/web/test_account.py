"""The settings, the pages behind them, and the pages of what went wrong."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from relance.accounts.models import Membership, User


def body(response: Any) -> str:
    return str(response.content.decode())


def typed(**changed: str) -> dict[str, str]:
    return {
        "nom": "Maud Keravel",
        "mail": "maud@ormel.example",
        "signature": "Maud",
        "langue": "fr",
        **changed,
    }


def test_the_page_shows_what_is_set_and_what_cannot_be(desk: Client) -> None:
    page = body(desk.get("/reglages/"))
    assert "maud@ormel.example" in page
    assert 'class="locks"' in page
    assert "/compte/password/set/" in page
    assert "relance backup" in body(desk.get("/reglages/sauvegarde/"))
    assert 'action="/compte/logout/"' in page


def test_change_the_settings(desk: Client, member: Membership) -> None:
    sent = typed(nom="Maud K.", langue="en", mail="M@Ormel.example")
    response = desk.post("/reglages/", sent, follow=True)
    assert "Kept." in body(response)
    member = Membership.objects.select_related("user", "organisation").get(pk=member.pk)
    assert (member.user.name, member.user.email, member.user.language) == ("Maud K.", "m@ormel.example", "en")
    assert member.signature == "Maud"
    desk.post("/reglages/capacite/", {"capacite": "35"})
    desk.post("/reglages/cabinet/", {"cabinet": "Ormel & fils"})
    member = Membership.objects.select_related("organisation").get(pk=member.pk)
    assert (member.capacity, member.organisation.name) == (35, "Ormel & fils")


@pytest.mark.parametrize("capacity", ["0", "201", "", "beaucoup"])
def test_a_capacity_out_of_bounds_is_refused(desk: Client, member: Membership, capacity: str) -> None:
    response = desk.post("/reglages/capacite/", {"capacite": capacity})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in body(response)
    member.refresh_from_db()
    assert member.capacity == 20


def test_what_is_wrong_keeps_what_was_typed(desk: Client) -> None:
    response = desk.post("/reglages/", typed(mail="pas un mail", signature="Gardée"))
    assert response.status_code == 422
    assert "Gardée" in body(response)
    assert 'aria-invalid="true"' in body(response)


def test_the_mail_of_another_account_is_refused(desk: Client, stranger: Membership) -> None:
    response = desk.post("/reglages/", typed(mail="AUTRE@brumelle.example", nom="Gardé"))
    assert response.status_code == 409
    assert "Gardé" in body(response)
    assert User.objects.filter(email="autre@brumelle.example").count() == 1


@pytest.mark.parametrize("role", ["recruiter", "manager"])
def test_only_an_administrator_renames_the_firm(desk: Client, member: Membership, role: str) -> None:
    Membership.objects.filter(pk=member.pk).update(role=role)
    assert desk.post("/reglages/cabinet/", {"cabinet": "Pris"}).status_code == 403
    assert "/reglages/cabinet/" not in body(desk.get("/reglages/"))
    member.refresh_from_db()
    assert member.organisation.name == "Ormel"


def test_number_of_queries_is_fixed(desk: Client, django_assert_num_queries: Any) -> None:
    desk.get("/reglages/")
    with django_assert_num_queries(6):  # session, member, team, ways in, demonstration, message
        desk.get("/reglages/")


def test_choosing_then_changing_a_password(desk: Client, member: Membership) -> None:
    address = "/compte/password/set/"
    assert 'class="input"' in body(desk.get(address)) or "password1" in body(desk.get(address))
    secret = "une-longue-phrase-de-passe"
    desk.post(address, {"password1": secret, "password2": secret})
    member.user.refresh_from_db()
    assert member.user.check_password(secret)
    desk.force_login(member.user)
    assert "/compte/password/change/" in body(desk.get("/reglages/"))
    assert desk.get("/compte/password/change/").status_code == 200


def test_the_pages_of_passkeys_render(desk: Client) -> None:
    assert desk.get("/compte/2fa/webauthn/").status_code == 200
    response = desk.get("/compte/2fa/webauthn/add/", follow=True)
    assert response.status_code == 200


def test_signing_out(desk: Client) -> None:
    desk.post("/compte/logout/")
    assert desk.get("/reglages/").status_code == 302


def test_pages_of_what_went_wrong(desk: Client) -> None:
    response = desk.get("/nulle/part/")
    assert response.status_code == 404
    assert 'class="entry__body lost"' in body(response)
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/compte/login/", {"login": "x"})
    assert refused.status_code == 403
    assert 'class="entry__body lost"' in body(refused)


def test_the_page_of_a_fault_asks_nothing_of_the_desk() -> None:
    page = render_to_string("500.html")
    assert 'class="entry__body lost"' in page
    assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/relance/js/theme.js">']


def test_what_would_send_a_mail_leads_elsewhere(client: Client, desk: Client) -> None:
    assert desk.get("/compte/email/").headers["Location"] == "/reglages/"
    assert desk.get("/compte/password/reset/").headers["Location"] == "/compte/login/"


def test_who_is_asked_again_sees_the_page_of_the_house(desk: Client, member: Membership) -> None:
    member.user.set_password("une-longue-phrase-de-passe")
    member.user.save()
    desk.force_login(member.user)
    page = body(desk.get("/compte/reauthenticate/?next=/reglages/"))
    assert 'class="letter"' in page
    assert 'class="input"' in page
    assert "/compte/password/reset/" not in page
