"""The door: one-time links, and nobody else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.accounts.actions import issue_link
from relance.accounts.models import SignInLink


def test_a_link_lets_in_once(client: Client, member: Any, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        address = f"/entrer/{issue_link(user=member.user, now=now)}/"
        for _ in range(3):
            response = client.get(address)
            assert response.status_code == 200, "opening it uses nothing up: mail scanners open links"
            assert response.headers["Cache-Control"] == "no-store"
        assert client.post(address).headers["Location"] == "/"
        welcome = client.get("/bienvenue/")
        assert welcome.status_code == 200
        assert b'class="toast"' not in welcome.content, "who enters sees it, and may have no name yet"
        assert Client().post(address).status_code == 410, "it serves once"


@pytest.mark.parametrize("after", [timedelta(minutes=15), timedelta(days=1)])
def test_a_link_expires(client: Client, member: Any, now: datetime, after: timedelta) -> None:
    address = f"/entrer/{issue_link(user=member.user, now=now)}/"
    with time_machine.travel(now + after, tick=False):
        assert client.post(address).status_code == 410
    with time_machine.travel(now + timedelta(minutes=14), tick=False):
        assert client.post(address).status_code == 302


def test_a_new_link_ends_the_former(client: Client, member: Any, now: datetime) -> None:
    first = issue_link(user=member.user, now=now)
    second = issue_link(user=member.user, now=now)
    with time_machine.travel(now, tick=False):
        assert client.post(f"/entrer/{first}/").status_code == 410
        assert client.post(f"/entrer/{second}/").status_code == 302


def test_the_database_holds_no_secret(member: Any, now: datetime) -> None:
    secret = issue_link(user=member.user, now=now)
    assert len(secret) >= 40
    link = SignInLink.objects.get()
    assert secret not in str(vars(link))


def test_an_unknown_link_and_a_departed_user_get_nothing(client: Client, member: Any, now: datetime) -> None:
    with time_machine.travel(now, tick=False):
        assert client.post("/entrer/inconnu/").status_code == 410
        secret = issue_link(user=member.user, now=now)
        member.user.is_active = False
        member.user.save()
        assert client.post(f"/entrer/{secret}/").status_code == 410


def test_whoever_is_not_signed_in_gets_the_door(client: Client, db: None) -> None:
    for address in ("/", "/bienvenue/", "/aujourdhui/1/", "/personnes/", "/trames/"):
        response = client.get(address)
        assert response.status_code == 302, address
        assert response.headers["Location"].startswith("/compte/login/"), address


def test_password_lets_in_and_a_wrong_one_does_not(client: Client, member: Any) -> None:
    member.user.set_password("une phrase assez longue")
    member.user.save()
    wrong = client.post("/compte/login/", {"login": member.user.email, "password": "autre chose entierement"})
    assert wrong.status_code == 200
    right = client.post(
        "/compte/login/", {"login": member.user.email.upper(), "password": "une phrase assez longue"}
    )
    assert right.headers["Location"] == "/"


def test_nobody_signs_up(client: Client, db: None) -> None:
    from relance.accounts.models import User

    client.post("/compte/signup/", {"email": "qui@exemple.example", "password1": "une phrase assez longue"})
    assert not User.objects.exists()


def test_the_policy_is_strict(client: Client, db: None) -> None:
    policy = client.get("/compte/login/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
