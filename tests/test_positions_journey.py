"""A position in a real browser: opened, its angle put at the caret, told, and not offered again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from tests.test_journey import Desk, accessible, browser, desk

__all__ = ["browser", "desk"]  # what the first journey is made in

STACK = "Le moteur de tarification est réécrit en Python, le monolithe s’éteint en décembre."


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="fr-FR", reduced_motion="reduce"
    )
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.goto(desk.link)
    opened.get_by_role("button", name="Entrer").click()
    opened.wait_for_url(f"{desk.address}/bienvenue/")
    yield opened
    context.close()
    assert wrong == []


def test_an_angle_is_put_at_the_caret_and_told_once(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.address}/postes/ouvrir/")
    page.get_by_label("Intitulé").fill("Lead back-end Python")
    page.get_by_label("Salaire, de").fill("58")
    page.get_by_role("button", name="Ouvrir le poste").click()
    page.locator("#angle-nom").fill("Stack")
    page.locator("#angle-texte").fill(STACK)
    page.get_by_role("button", name="Garder l’angle").click()
    page.wait_for_selector(".tell")
    accessible(page)

    page.get_by_role("link", name="Saisir une approche").click()
    page.locator("#ajout-nom").fill("Inès Aubrac")
    page.locator("#ajout-moyen").select_option("mail")
    page.locator("#ajout-adresse").fill("ines@exemple.example")
    page.locator("#ajout-quand").fill(f"{datetime.now(UTC) - timedelta(days=6):%Y-%m-%dT09:00}")
    assert (
        page.locator("#ajout-pour").evaluate("list => list.selectedOptions[0].text") == "Lead back-end Python"
    )
    page.get_by_role("button", name="Noter").click()
    page.get_by_role("link", name="Inès Aubrac").first.click()
    accessible(page)

    page.get_by_role("link", name="Préparer").click()
    area, angle = page.locator("#texte"), page.get_by_role("button", name="Stack")
    area.fill("Bonjour Inès, [un point] Qu’en dites-vous ?")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")  # to what is left to write
    angle.click()
    assert area.input_value() == f"Bonjour Inès, {STACK} Qu’en dites-vous ?"
    assert angle.get_attribute("aria-pressed") == "true"
    angle.click()
    assert STACK not in area.input_value(), "pressed again it is taken out"
    angle.click()
    accessible(page)
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    assert page.evaluate("document.activeElement.textContent").strip() == "Stack"
    page.locator("[data-send]").click()
    page.wait_for_selector("[data-handoff]")
    page.locator("#issue button[value=envoye]").click()
    page.wait_for_selector("[data-toast]")

    page.goto(f"{desk.address}/postes/")
    page.get_by_role("link", name="Lead back-end Python").click()
    assert "1 fois" in page.locator(".tell").inner_text().replace("\n", " ")
    page.set_viewport_size({"width": 390, "height": 844})
    for address in ("/postes/", "/postes/ouvrir/", page.url.removeprefix(desk.address)):
        page.goto(desk.address + address)
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
