"""Typing at the desk in a real browser: what is written stays, and letters and digits go where they are meant."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.serving import Served
from tests.test_journey import LAUNCH

MINE = "Un mot à moi, qui n’est dans aucune trame."


@pytest.fixture
def page(tmp_path: Path, chromium: str) -> Iterator[Page]:
    """The demonstration, open at Today."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}
    (tmp_path / "desk").mkdir()
    with (
        Served(
            [sys.executable, "-m", "relance.cli.main"], tmp_path / "desk", kept | {"LC_ALL": "fr_FR.UTF-8"}
        ) as desk,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=LAUNCH)
        opened = browser.new_context(
            locale="fr-FR", reduced_motion="reduce", viewport={"width": 1440, "height": 900}
        ).new_page()
        link = re.search(r"http://localhost:\d+/entrer/\S+", desk.said)
        assert link, desk.said
        opened.goto(link[0])
        opened.get_by_role("button", name="Entrer").click()
        opened.wait_for_url(f"{desk.address}/bienvenue/")
        opened.get_by_role("button", name="Ouvrir la démonstration").click()
        opened.wait_for_url(f"{desk.address}/")
        yield opened
        browser.close()


def opened_with_a_choice(page: Page) -> str:
    """Open the first person for whom two templates are offered, and return their name."""
    for index in range(page.locator(".row").count()):
        page.locator(".row").nth(index).click()
        page.wait_for_function(f"document.querySelectorAll('.row')[{index}]?.getAttribute('aria-current')")
        if page.locator("#trame option").count() > 1 and page.locator("a[data-key=j]").count():
            return page.locator("#nom").inner_text()
    raise AssertionError("nobody has two templates to choose from")


def written(page: Page) -> str:
    return page.locator("#texte").input_value()


def test_what_is_typed_stays_and_goes_where_it_is_meant(page: Page) -> None:
    name = opened_with_a_choice(page)
    before = written(page)
    page.locator("#trame").select_option(index=1)
    page.wait_for_function("text => document.getElementById('texte').value !== text", arg=before)
    assert page.locator("[data-handoff], #probleme").count() == 0, "a template was chosen, nothing was sent"
    address = page.url
    assert re.search(r"/aujourdhui/\d+/$", address), "an address that can be reloaded"

    page.locator("#texte").fill(MINE)
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    page.wait_for_selector("[data-toast]")
    assert written(page) == MINE
    page.locator("a[data-key=j]").dispatch_event("click")
    page.wait_for_function("name => document.getElementById('nom').innerText !== name", arg=name)
    assert written(page) != MINE
    page.goto(address)
    assert written(page) == MINE, "after another person"
    page.reload()
    assert written(page) == MINE

    page.keyboard.press("l")
    page.wait_for_selector("[data-handoff]")
    page.locator('#issue button[value=""]').click()
    page.wait_for_selector("#texte")
    assert written(page) == MINE, "it was not sent: it is still to be"

    page.keyboard.press("Escape")
    page.keyboard.press("x")
    assert page.evaluate("document.activeElement.closest('#arreter') !== null"), "Enter would confirm"
    page.keyboard.press("Escape")

    page.goto(f"{page.url.split('/aujourdhui')[0]}/personnes/")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.matches('input:not([type=hidden])')"), "a name can be typed"
    page.keyboard.press("Escape")
    page.locator("[name=qui]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("i")
    page.wait_for_selector("[data-toast]")
