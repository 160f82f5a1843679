"""What one desk knows, no other desk sees; and nobody sees anything without signing in."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.house.walk import Page, choosing, contents, crowd, look, pages, told_by

PEOPLE = re.compile(r"Numéro\d|Solvane|Ormel|Keravel")


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def walked(member: Any, now: datetime, tmp_path: Path) -> list[Page]:
    crowd(member, now, 0, 8)
    choosing(member, now, tmp_path)
    return pages(member)


def test_nothing_of_a_desk_is_reached_from_another(
    client: Client, member: Any, stranger: Any, walked: list[Page]
) -> None:
    client.force_login(stranger.user)
    before, reached = contents(), {}
    with_object = [page for page in walked if page.is_ours and page.has_object]
    assert len(with_object) > 10
    for page in with_object:
        for method in (client.get, client.post):
            response = method(page.address)
            refused = response.status_code in {404, 405} or (
                response.status_code == 302 and method == client.get
            )
            if not refused or PEOPLE.search(told_by(response)):
                reached[page.route] = response.status_code
    assert reached == {}
    assert contents() == before


def test_no_page_of_another_desk_names_anybody_of_this_one(
    client: Client, member: Any, stranger: Any, walked: list[Page]
) -> None:
    client.force_login(member.user)
    assert PEOPLE.search(told_by(look(client, "/"))), "the desk's own member does see them"
    client.force_login(stranger.user)
    ours = [page for page in walked if page.is_ours]
    named = {page.route: PEOPLE.findall(told_by(look(client, page.address))) for page in ours}
    assert {route: people for route, people in named.items() if people} == {}


DOORS = re.compile(
    r"entrer/|rejoindre/|non/|compte/\^(confirm-email|password/reset)/"
    r"|compte/(login|signup|inactive|confirm-email|password/reset|2fa/(authenticate|webauthn/login))"
    r"|compte/(3rdparty/(login|signup)|social/|oidc/)"
)
"""What somebody who is not signed in yet has to be able to open."""


def test_nobody_gets_in_without_signing_in(client: Client, walked: list[Page]) -> None:
    before, opened = contents(), {}
    for page in walked:
        for method in (client.get, client.post):
            response = method(page.address)
            if DOORS.match(page.route):
                assert not PEOPLE.search(told_by(response)), page.route
                assert response.status_code < 500, page.route
                continue
            at_the_door = response.headers.get("Location", "").startswith("/compte/login/")
            if response.status_code != 302 or not at_the_door:
                opened[page.route] = response.status_code
    assert opened == {}
    assert contents() == before
