"""The devices on which a member is in."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from relance.accounts.models import Membership
from relance.web.account.sessions import device

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
    " Safari/537.36 Edg/141.0.0.0"
)
KNOWN = {"login": "maud@ormel.example", "password": "une phrase assez longue"}


@pytest.fixture(autouse=True)
def clock(now: datetime) -> Any:
    with time_machine.travel(now, tick=False) as moving:
        yield moving


def body(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def two(member: Membership) -> tuple[Client, Client]:
    member.user.set_password(KNOWN["password"])
    member.user.save()
    found = []
    for user_agent in (FIREFOX, IPHONE):
        client = Client(headers={"user-agent": user_agent}, REMOTE_ADDR="203.0.113.77")
        assert client.post("/compte/login/", KNOWN).status_code == 302
        found.append(client)
    return found[0], found[1]


@pytest.mark.parametrize(
    ("said", "words"),
    [(FIREFOX, "Firefox, Windows"), (IPHONE, "Safari, iPhone"), (EDGE, "Edge, Windows"), ("curl/8", "")],
)
def test_a_device_in_words(said: str, words: str) -> None:
    assert device(said) == words or (not words and device(said))


def test_they_are_listed_in_words_without_a_network_address(two: tuple[Client, Client], clock: Any) -> None:
    clock.shift(timedelta(days=2, hours=1))
    two[1].get("/touches/")
    page = body(two[1].get("/reglages/sessions/"))
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', page)
    assert len(rows) == 2
    assert "Safari, iPhone" in rows[0]
    assert "celui-ci" in rows[0]
    assert "maintenant" in rows[0]
    assert "Firefox, Windows" in rows[1]
    assert "celui-ci" not in rows[1]
    assert "mar. 10 mars" in rows[1], "last seen on the day it came in"
    assert "203.0" not in page
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"0.0.0.0"}, "and none is kept"


def test_one_is_ended(two: tuple[Client, Client], stranger: Membership) -> None:
    firefox, iphone = two
    row = UserSession.objects.get(session_key=firefox.session.session_key)
    theirs = Client()
    theirs.force_login(stranger.user)
    assert theirs.post(f"/reglages/sessions/{row.pk}/fin/").status_code == 404
    iphone.post(f"/reglages/sessions/{row.pk}/fin/")
    assert firefox.get("/touches/").status_code == 302
    assert iphone.get("/touches/").status_code == 200


def test_all_others_are_ended(two: tuple[Client, Client]) -> None:
    firefox, iphone = two
    firefox.post("/reglages/sessions/")
    assert iphone.get("/touches/").status_code == 302
    page = body(firefox.get("/reglages/sessions/"))
    assert "nulle part ailleurs" in page
    assert UserSession.objects.count() == 1


def test_a_session_from_before_the_list_comes_onto_it(desk: Client) -> None:
    UserSession.objects.all().delete()
    desk.get("/touches/")
    assert UserSession.objects.get().ip == "0.0.0.0"
