"""Every address against every role. A new address has to say here, or by its decorator, who may open it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from relance.accounts.models import Role
from relance.accounts.roles import GRANTED, NotAllowed, Permission, may, require
from tests.house.test_strangers import DOORS
from tests.house.walk import Page, choosing, crowd, pages, routes

OPEN_TO_ALL_MEMBERS = {
    "account", "capacity", "demonstration_open", "demonstration_remove", "enter", "join", "keys", "linkedin",
    "objection",
    "off_limits", "session_end", "sessions", "settings", "team", "today", "undo",
}  # fmt: skip
ROOMS_OPEN_TO_ALL_MEMBERS = (
    "angle_",
    "applications",
    "catching_up",
    "days",
    "element_",
    "hand_over",
    "inbox",
    "invitations",
    "last_word",
    "mailboxes",
    "merge",
    "today_",
    "people",
    "person",
    "position",
    "sourcing",
    "template",
    "welcome",
)
"""Rooms where what a member may do hangs on whose people they are, never on a role."""


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def walked(member: Any, now: datetime, tmp_path: Path) -> list[Page]:
    crowd(member, now, 0, 4)
    choosing(member, now, tmp_path)
    return [page for page in pages(member) if page.is_ours]


def needed() -> dict[str, Permission | None]:
    """By route, the permission that stands on its view."""
    return {route: getattr(pattern.callback, "permission", None) for route, pattern, _names in routes()}


def named() -> dict[str, str]:
    return {route: pattern.name or "" for route, pattern, _names in routes()}


def answers(user: Any, address: str) -> dict[str, int]:
    """What a look and a gesture get, each undone afterwards."""
    found = {}
    for method in ("get", "post"):
        client = Client()
        client.force_login(user)
        with transaction.atomic():
            found[method] = getattr(client, method)(address).status_code
            transaction.set_rollback(True)
    return found


def test_every_address_says_who_may_open_it() -> None:
    names, permissions = named(), needed()
    unsaid = {
        route: names[route]
        for route, permission in permissions.items()
        if not route.startswith("compte/")
        and permission is None
        and names[route] not in OPEN_TO_ALL_MEMBERS
        and not names[route].startswith(ROOMS_OPEN_TO_ALL_MEMBERS)
    }
    assert unsaid == {}, "give the view @allowed(Permission…), or say here that it is every member's"
    assert {permission for permission in permissions.values() if permission} >= {
        Permission.SETTLE_TEAM,
        Permission.NAME_FIRM,
    }


def test_each_role_opens_what_is_its_own(
    member: Any, colleague: Any, manager_member: Any, walked: list[Page]
) -> None:
    permissions = needed()
    wrong = {}
    for one in (member, colleague, manager_member):
        for page in walked:
            permission = permissions[page.route]
            lacks = permission is not None and not may(one, permission)
            for method, status in answers(one.user, page.address).items():
                if (status == 403) is not lacks:
                    wrong[page.route, one.role, method] = status
    assert wrong == {}


def test_an_administrator_of_another_firm_has_no_role_here(stranger: Any, walked: list[Page]) -> None:
    assert stranger.role == Role.ADMINISTRATOR
    reached = {}
    for page in walked:
        for method, status in answers(stranger.user, page.address).items():
            if status == 403 or (page.has_object and status not in {302, 404, 405}):
                reached[page.route, method] = status
            if page.has_object and method == "post" and status == 302:
                reached[page.route, method] = status
    assert reached == {}


def test_nobody_meets_the_door_not_a_refusal(client: Client, walked: list[Page]) -> None:
    for page in walked:
        if not DOORS.match(page.route):
            response = client.get(page.address)
            assert response.headers.get("Location", "").startswith("/compte/login/"), page.route


def test_no_gesture_without_its_token(member: Any, walked: list[Page]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member.user)
    taken = {page.route: strict.post(page.address).status_code for page in pages(member)}
    assert taken.pop("non/<str:token>/") == 410  # RFC 8058: the token in its address is the proof
    assert {route: status for route, status in taken.items() if status != 403} == {}


def test_the_table_of_roles() -> None:
    class Someone:
        role = "recruiter"

    assert set(GRANTED) == set(Role.values)
    assert not any(may(Someone(), permission) for permission in Permission)
    assert GRANTED["recruiter"] < GRANTED["manager"] < GRANTED["administrator"] == set(Permission)
    assert Permission.SETTLE_TEAM not in GRANTED["manager"]
    assert Permission.OVERRIDE_COLLEAGUE in GRANTED["manager"]
    Someone.role = "visitor"
    assert not any(may(Someone(), permission) for permission in Permission)
    with pytest.raises(NotAllowed):
        require(Someone(), Permission.SEE_TRAIL)
