"""Somebody of a CV database: called, doubled in writing, called again at lunch and in the evening, spoken to."""

import re

from playwright.sync_api import expect

from relance.method.outreach.models import Event
from tests.situations.moving import Journey

NAME = "Bertrand Lanvin"


def found_in_a_database(journey: Journey, phone: str) -> None:
    page = journey.page
    journey.go("/personnes/?ajouter&moyen=cv#ajouter")
    page.locator("#ajout-nom").fill(NAME)
    page.locator("#ajout-adresse").fill(f"{phone}, bertrand@lanvin.example")
    page.locator("#ajout-sujet").fill("lead back-end")
    page.locator("#ajout-base").fill("Apec")
    page.locator("#ajout-cv_du").fill("2026-03-12")
    page.locator("#ajout-nom").press("Enter")
    page.wait_for_selector("h1#nom")
    page.wait_for_load_state()


def call(journey: Journey, outcome: str, said: str = "") -> None:
    """Two keys: A, then what the call came to."""
    page = journey.page
    journey.press("a")
    page.wait_for_selector("[data-handoff=call]")
    if said:
        page.locator("#dit").fill(said)
        page.locator("#nom").focus()
    journey.press(outcome)
    page.wait_for_selector("[data-toast]")


def test_a_cv_from_the_first_call_to_the_talk(journey: Journey) -> None:
    page = journey.page
    journey.at("2026-04-02", "11:00")  # the Thursday before Easter
    found_in_a_database(journey, "01 99 00 12 34")
    journey.sees("CV~: Apec, 12 mars 2026")
    journey.accessible()
    assert journey.decided(NAME)["code"] == "no_first_action"
    journey.press("a")
    page.wait_for_selector("[data-handoff=call]")
    journey.accessible()
    journey.press("1")  # voicemail

    page.wait_for_selector("#texte")
    assert journey.decided(NAME)["code"] == "double_call", "doubled at once, by the same gesture"
    journey.sees("à doubler par écrit")
    assert "vu" in page.locator("#texte").input_value() or "Apec" in page.locator("#texte").input_value()
    journey.accessible()
    page.locator("#texte").fill(
        "Bonjour Bertrand, je viens d’appeler : vos années sur PostgreSQL m’intéressent. Quand vous rappeler ?\n\n"
        "J’ai trouvé votre CV sur Apec. Vous pouvez vous opposer à ce que je le garde."
    )
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-handoff=email]")
    page.locator("#nom").focus()
    journey.press("1")
    page.wait_for_selector("[data-toast]")
    stands = journey.decided(NAME)
    assert (stands["step"], stands["channel"], stands["slot"]) == (1, "call", "lunch")
    assert journey.due(NAME) == "Fri 03 Apr 12:00", "the call and its mail are one contact; 24 h, then lunch"
    journey.go("/personnes/")
    page.get_by_role("link", name=NAME).first.click()
    journey.sees("un appel à l’heure du déjeuner")
    journey.sees("Apec, 12 mars 2026")
    journey.accessible()

    journey.at("2026-04-03", "12:05")
    assert journey.queue() == [NAME]
    journey.sees("appel à l’heure du déjeuner")
    call(journey, "2")
    assert journey.due(NAME) == "Fri 03 Apr 17:30", "not at lunch again: in the evening"
    journey.at("2026-04-03", "17:40")
    assert journey.queue() == [NAME]
    journey.sees("1 appel sans message, compté à part")
    journey.sees("0 relance")
    journey.accessible()
    call(journey, "2")
    assert journey.due(NAME) == "Tue 07 Apr 12:00", "a week-end and Easter Monday are left in peace"
    for day in ("2026-04-04", "2026-04-06"):
        journey.at(day, "12:30")
        assert journey.queue() == []

    journey.at("2026-04-07", "12:05")
    assert journey.queue() == [NAME]
    journey.sees("2 appels sans message, comptés à part")
    call(journey, "3", said="En poste jusqu’à juin, à rappeler ensuite.")
    stands = journey.decided(NAME)
    assert (stands["action"], stands["code"]) == ("stop", "answered")
    journey.go("/personnes/")
    page.get_by_role("link", name=NAME).first.click()
    journey.sees("En poste jusqu’à juin, à rappeler ensuite.")
    journey.accessible()


def test_a_wrong_number_and_a_double_by_text_message(journey: Journey) -> None:
    page = journey.page
    journey.at("2026-04-02", "11:00")
    found_in_a_database(journey, "06 39 98 22 33")
    journey.press("a")
    page.wait_for_selector("[data-handoff=call]")
    journey.press("4")
    page.wait_for_selector("#faux")
    journey.sees("rien ne compte comme un appel")
    journey.accessible()
    page.locator("#numero").fill("zéro six")
    page.get_by_role("button", name=re.compile("Mettre le bon")).press("Enter")
    journey.sees("n’est pas un numéro de téléphone")
    page.locator("#numero").fill("06 39 98 44 55")
    page.locator("#nom").focus()
    journey.press("2")
    journey.sees("Numéro remplacé")
    assert not Event.objects.exists(), "nobody was called"

    journey.press("a")
    page.wait_for_selector("[data-handoff=call]")
    journey.sees("+33639984455")
    journey.press("2")
    page.wait_for_selector("#texte")
    journey.press("Escape")
    journey.press("2")
    expect(page.locator("button[name=par][value=sms]")).to_have_attribute("aria-pressed", "true")
    text = page.locator("#texte").input_value()
    assert "Apec" in text
    page.locator("#texte").fill(text.replace("[pourquoi]", "vos projets Django").split("[")[0])
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-handoff=sms]")
    page.locator("#nom").focus()
    journey.press("1")
    page.wait_for_selector("[data-toast]")
    stands = journey.decided(NAME)
    assert (stands["step"], stands["channel"]) == (1, "sms"), "one contact; the text message comes first"
    assert journey.due(NAME).startswith("Fri 03 Apr 11:0")
