"""Every page there is, found from the URL table: bounded queries, no other organisation, nothing changed by a look."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from relance.cadence.words import Channel
from relance.method.outreach.permits import permit
from tests.people import answered_by, written_to

OURS = re.compile(r'FROM "(candidates|outreach|writing|measure|imports|accounts)_')
BY_KEY = re.compile(r'WHERE .*"(id|token|digest|user_id|organisation_id)" = ')
FROM_BOUNDED = re.compile(
    r'"candidate_id" (IN|=) |"(of_id|session_key|key)" = |"candidates_candidate"."id" IN '
)
"""All that one person ever had is read whole: a decision needs every fact of theirs."""
ALLAUTH = "compte/"


def routes() -> list[str]:
    """Every route of ours, as the URL table writes it."""
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif not route.startswith(ALLAUTH):
                found.append(route)

    walk(get_resolver().url_patterns, "")
    return found


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def addresses(member: Any, now: datetime) -> list[str]:
    """Each route with the desk's own objects put in."""
    outreach = written_to(member, now)
    answered = written_to(member, now, "Camille Hoarau")
    answered_by(answered, member, now - timedelta(hours=3), now)
    other = written_to(member, now, "Damien Kessler")
    taken = permit(outreach=other, member=member, channel=Channel.EMAIL, text="Bonjour, une idée ?", now=now)
    from relance.imports.actions import give_archive
    from relance.method.writing.models import Template

    given = give_archive(member=member, chunks=[b"x"], now=now)
    template = Template.objects.order_by("pk").first()
    assert template is not None
    keys = {
        "aujourdhui/permis/": taken.pk, "aujourdhui/": outreach.pk, "personnes/": outreach.candidate_id,
        "bienvenue/": given.pk, "trames/": template.pk, "entrer/": 0,
    }  # fmt: skip
    made = []
    for route in routes():
        key = next((key for start, key in keys.items() if route.startswith(start)), None)
        made.append("/" + re.sub(r"<[^>]+>", str(key), route).replace("^", "").replace("$", ""))
    return made


def row_counts() -> dict[str, int]:
    return {
        model.__name__: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("relance.")
    }


def test_every_page_is_bounded_and_a_look_changes_nothing(desk: Client, addresses: list[str]) -> None:
    before, shown = row_counts(), 0
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            response = desk.get(address)
        assert response.status_code in {200, 302, 405}, address
        if response.status_code != 200:
            continue
        shown += 1
        for query in queries:
            sql = query["sql"]
            if not sql.startswith("SELECT") or not OURS.search(sql):
                continue
            counted = sql.startswith(("SELECT COUNT", "SELECT 1 AS", "SELECT MAX"))
            bounded = " LIMIT " in sql and (" ORDER BY " in sql or " LIMIT 21" in sql or counted)
            assert counted or bounded or BY_KEY.search(sql) or FROM_BOUNDED.search(sql), f"{address}: {sql}"
    assert shown >= 6
    assert row_counts() == before


def test_nothing_of_a_desk_is_reached_from_another(
    client: Client, member: Any, stranger: Any, addresses: list[str]
) -> None:
    client.force_login(stranger.user)
    before = row_counts()
    walked = 0
    for address in addresses:
        if not re.search(r"/\d+/", address) or address.startswith("/entrer/"):
            continue
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code in {404, 405}, f"{address}: {response.status_code}"
            walked += 1
    assert walked > 20
    assert row_counts() == before


def test_nobody_gets_in_without_signing_in(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        if address.startswith("/entrer/"):
            continue
        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 302, address
            assert response.headers["Location"].startswith("/compte/login/"), address


def test_the_log_keeps_where_and_never_whose(caplog: pytest.LogCaptureFixture) -> None:
    import logging

    from django.test import RequestFactory

    from relance.config.logs import Discreet

    request = RequestFactory().get("/entrer/un-secret/")
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 0, "%s: %s", ("Error", request.path), None
    )
    record.request = request
    try:
        raise ValueError("@".join(("ines", "exemple.example")))
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)
    said = Discreet("%(message)s").format(record)
    assert "un-secret" not in said
    assert "ines@" not in said
    assert "builtins.ValueError" in said
    assert "test_pages.py" in said
