"""Every page there is: bounded queries, as many for a crowd as for a few, and nothing changed by a look."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.house.queries import listened_to, unbounded
from tests.house.walk import Page, choosing, contents, crowd, links, look, pages

FEW, MANY = 8, 24


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def walked(member: Any, now: datetime, tmp_path: Path) -> list[Page]:
    """Every page, on a desk with a few people and an archive in hand."""
    crowd(member, now, 0, FEW)
    choosing(member, now, tmp_path)
    return pages(member)


def shown(desk: Client, walked: list[Page], *, ours: bool = True) -> list[str]:
    """The addresses that answer to a look, with those they lead to (filters, orders, pages…)."""
    found: dict[str, None] = {}
    for page in walked:
        if page.is_ours is not ours:
            continue
        response = look(desk, page.address)
        allowed = {200, 302, 405, 410} if ours else {200, 301, 302, 401, 403, 404, 405}
        assert response.status_code in allowed, f"{page.address}: {response.status_code}"
        if response.status_code != 200:
            continue
        found[page.address] = None
        for link in links(response.content.decode(), page.address) if ours else []:
            if look(desk, link).status_code == 200:
                found.setdefault(link)
    return list(found)


def without_bound(desk: Client, addresses: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for address in addresses:
        for htmx in (False, True):
            with listened_to() as heard:
                look(desk, address, htmx=htmx)
            found |= {sql: address for sql in heard if unbounded(sql)}
    return found


@pytest.mark.parametrize(
    ("sql", "is_unbounded"),
    [
        ('SELECT "candidates_candidate"."id" FROM "candidates_candidate"', True),
        (
            'SELECT "c"."id" FROM "candidates_candidate" WHERE "candidates_candidate"."organisation_id" = %s',
            True,
        ),
        ('SELECT "x"."id" FROM "candidates_candidate" ORDER BY "x"."name" ASC', True),
        ('SELECT "x"."id" FROM "candidates_candidate" LIMIT 20', True),
        ('SELECT "x"."id" FROM "candidates_candidate" ORDER BY "x"."name" ASC LIMIT 20', False),
        ('SELECT "x"."id" FROM "candidates_candidate" ORDER BY "x"."name" ASC LIMIT 20000', True),
        ('SELECT "x"."id" FROM "candidates_candidate" WHERE "candidates_candidate"."id" = %s', False),
        (
            'SELECT "x"."id" FROM "candidates_candidate" WHERE ("candidates_candidate"."id" = %s OR "x"."b")',
            True,
        ),
        (
            'SELECT "x"."id" FROM "candidates_identity" WHERE "candidates_identity"."candidate_id" IN (%s)',
            False,
        ),
        ('SELECT "x"."id" FROM "candidates_candidate" WHERE EXISTS(SELECT 1 ORDER BY "y" LIMIT 1)', True),
        ('SELECT COUNT(*) AS "__count" FROM "candidates_candidate"', False),
        ('SELECT "x"."mark", COUNT(*) AS "n" FROM "candidates_candidate" GROUP BY "x"."mark"', True),
        ('SELECT %s AS "a" FROM "candidates_candidate" WHERE "x"."name" = %s LIMIT 1', False),
    ],
)
def test_a_query_without_a_bound_is_seen(sql: str, is_unbounded: bool) -> None:
    assert unbounded(sql) is is_unbounded


def test_every_query_of_every_page_has_an_order_and_a_bound(desk: Client, walked: list[Page]) -> None:
    addresses = shown(desk, walked)
    assert len(addresses) >= 12, addresses
    assert without_bound(desk, addresses) == {}


@pytest.mark.ignore_template_errors  # allauth's own templates lean on what is not there
def test_the_pages_of_sign_in_are_bounded_and_change_nothing(desk: Client, walked: list[Page]) -> None:
    before = contents()
    addresses = shown(desk, walked, ours=False)
    assert len(addresses) >= 5, addresses
    assert without_bound(desk, addresses) == {}
    after = contents()
    copied = "account.EmailAddress"  # allauth takes the account's address over at the first look at its page
    assert {name for name in after if after[name] != before[name]} <= {copied}


Heard = dict[str, list[str]]


def grown(few: Heard, many: Heard) -> dict[str, tuple[int, int, str]]:
    """The pages that ask more of a crowd: how often, and the query that is repeated most."""
    return {
        address: (len(few[address]), len(many[address]), max(many[address], key=many[address].count))
        for address in few
        if len(many[address]) > len(few[address])
    }


def test_a_query_for_each_row_would_be_seen() -> None:
    assert grown({"/": ["list", "row"]}, {"/": ["list", "row", "row"]}) == {"/": (2, 3, "row")}
    assert grown({"/": ["list", "row"]}, {"/": ["list", "rows"]}) == {}


def test_a_page_asks_as_much_for_a_crowd_as_for_a_few(
    desk: Client, member: Any, walked: list[Page], now: datetime
) -> None:
    addresses = shown(desk, walked)

    def asked() -> Heard:
        heard: Heard = {}
        for address in addresses:
            with listened_to() as heard[address]:
                look(desk, address)
        return heard

    asked()  # what is decided anew at the first look is not asked again
    few = asked()
    crowd(member, now, FEW, MANY - FEW)
    asked()
    many = asked()
    assert grown(few, many) == {}


def test_a_look_changes_nothing(desk: Client, walked: list[Page]) -> None:
    before = contents()
    for address in shown(desk, walked):
        look(desk, address, htmx=True)
    assert contents() == before


def test_a_change_would_be_seen(member: Any, now: datetime) -> None:
    crowd(member, now, 0, 1)
    before = contents()
    member.capacity += 1
    member.save()
    after = contents()
    assert [name for name in after if after[name] != before[name]] == ["accounts.Membership"]
