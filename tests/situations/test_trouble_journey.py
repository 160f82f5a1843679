"""A gesture that cannot reach Relance, or that Relance cannot do, is told where it was made."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, Route, expect

from tests.people import written_to
from tests.situations.moving import PARIS, Journey


def typed(page: Page) -> str:
    """Something written in the message, which must outlive the trouble."""
    page.locator("#texte").fill("Bonjour Inès, un mot de plus.")
    return page.locator("#texte").input_value()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (None, "Relance ne répond pas."),
        (500, "Relance a trébuché."),
        (403, "Cela n’a pas été accepté"),
    ],
)
def test_a_failed_gesture_is_told_and_what_was_typed_stays(
    journey: Journey, status: int | None, said: str
) -> None:
    page = journey.page
    journey.at("2026-04-09")
    outreach = written_to(journey.member, datetime.now(PARIS), "Inès Aubrac")
    journey.go(f"/aujourdhui/{outreach.pk}/")
    text = typed(page)

    def fails(route: Route) -> None:
        if status is None:
            route.abort()
        else:
            route.fulfill(status=status, body="")

    page.route("**/etoile/", fails)
    page.keyboard.press("Escape")
    page.locator("form[action$='/etoile/'] button").first.click()
    expect(page.get_by_role("alert")).to_contain_text(said)
    assert page.locator("#texte").input_value() == text
    journey.accessible()

    page.get_by_role("alert").get_by_role("button", name="Compris").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.locator("form[action$='/etoile/'] button").first.click()
    expect(page.get_by_role("alert")).to_contain_text(said)

    page.unroute("**/etoile/")
    page.locator("form[action$='/etoile/'] button").first.click()
    expect(page.get_by_role("alert")).to_have_count(0)
