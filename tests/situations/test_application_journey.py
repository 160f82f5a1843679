"""Applications on the eve of a public holiday: one is reached within two days, another turned down with a word."""

from playwright.sync_api import expect

from relance.method.candidates.models import Candidate
from tests.situations.moving import Journey

MAIL = """De : Jeanne Vauclair <jeanne.vauclair@exemple.example>
À : maud@ormel.example
Objet : Candidature : lead back-end
Date: Thu, 07 May 2026 15:40:00 +0200

Bonjour,

Votre annonce me plaît. Mon profil : https://www.linkedin.com/in/jeanne-vauclair-12/

Jeanne Vauclair
06 39 98 12 34
"""
JEANNE, SARAH = "Jeanne Vauclair", "Sarah Dutertre"


def paste(journey: Journey) -> None:
    page = journey.page
    journey.go("/candidatures/")
    journey.press("n")
    page.wait_for_url("**/personnes/**")
    page.wait_for_load_state()
    page.locator("summary", has_text="Coller un mail").press("Enter")
    page.locator("#colle").fill(MAIL)
    page.locator(".paste button").press("Enter")
    journey.sees("Lu dans le texte")
    assert page.locator("#ajout-nom").input_value() == JEANNE
    address = page.locator("#ajout-adresse").input_value()
    assert address == "jeanne.vauclair@exemple.example, +33639981234, linkedin.com/in/jeanne-vauclair-12"
    assert page.locator("#ajout-sujet").input_value() == "lead back-end"
    assert page.locator("#ajout-quand").input_value() == "2026-05-07T15:40"
    assert not Candidate.objects.exists(), "shown, and nothing has entered"
    journey.accessible()
    page.locator("#ajout-nom").press("Enter")
    page.wait_for_selector("h1#nom")
    page.wait_for_load_state()


def by_hand(journey: Journey, name: str, mail: str) -> None:
    page = journey.page
    journey.go("/personnes/?ajouter&moyen=candidature#ajouter")
    page.locator("#ajout-nom").fill(name)
    page.locator("#ajout-adresse").fill(mail)
    page.locator("#ajout-sujet").fill("lead back-end")
    page.locator("#ajout-nom").press("Enter")
    page.wait_for_selector("h1#nom")
    page.wait_for_load_state()


def sent_by_hand(journey: Journey) -> None:
    page = journey.page
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-handoff=email]")
    page.locator("#nom").focus()
    journey.press("1")
    page.wait_for_selector("[data-toast]")


def test_one_is_reached_and_one_is_turned_down(journey: Journey) -> None:
    page = journey.page
    journey.at("2026-05-07", "16:00")  # a Thursday; the Friday is a holiday
    paste(journey)
    by_hand(journey, SARAH, "sarah@dutertre.example")
    assert journey.decided(JEANNE)["optional"], "the recruiter chooses"

    journey.go("/")
    journey.accessible()
    page.get_by_role("link", name="2 candidatures à choisir").press("Enter")
    page.wait_for_selector("h1:has-text('Candidatures')")
    page.wait_for_load_state()
    journey.accessible()
    expect(page.locator(".turn--open")).to_contain_text(JEANNE)
    journey.press("1")
    page.wait_for_selector(f"h1:has-text('{JEANNE}')")
    page.wait_for_load_state()
    journey.sees("à joindre avant le 11 mai à 10~h~40, encore 3~h")
    stands = journey.decided(JEANNE)
    assert (stands["code"], stands["optional"], stands["late"]) == ("first_action", False, False)
    journey.accessible()

    journey.at("2026-05-09", "11:00")
    assert JEANNE in journey.queue(), "due all the same on a Saturday: holidays included"
    journey.sees("encore 1~h~40 ouvrées")
    journey.decided(JEANNE)
    journey.at("2026-05-11", "10:45")
    assert journey.queue()[0] == JEANNE
    assert journey.decided(JEANNE)["late"]
    journey.go(f"/aujourdhui/{outreach_of(JEANNE)}/")
    page.wait_for_load_state()
    journey.press("a")
    page.wait_for_selector("[data-handoff=call]")
    journey.press("1")
    page.wait_for_selector("[data-toast]")
    stands = journey.decided(JEANNE)
    assert (stands["code"], stands["step"]) == ("too_early", 1), "a voicemail is the first contact"
    assert journey.due(JEANNE).startswith("Mon 11 May 14:4"), "four working hours"

    journey.at("2026-05-11", "15:00")
    assert JEANNE in journey.queue()
    journey.go(f"/aujourdhui/{outreach_of(JEANNE)}/")
    page.locator("#texte").fill(
        "Bonjour Jeanne, j’ai lu votre candidature et votre article sur les files. Quel moment vous arrange ?"
    )
    sent_by_hand(journey)
    assert journey.due(JEANNE).startswith("Tue 12 May 15:0"), (
        "one working day: two at the very most since Thursday"
    )
    journey.at("2026-05-12", "15:10")
    assert JEANNE in journey.queue()
    journey.go(f"/aujourdhui/{outreach_of(JEANNE)}/")
    journey.press("a")
    page.wait_for_selector("[data-handoff=call]")
    page.locator("#dit").fill("Disponible en juillet, cherche du télétravail.")
    page.locator("#nom").focus()
    journey.press("3")
    page.wait_for_selector("[data-toast]")
    assert journey.decided(JEANNE)["code"] == "answered"

    journey.go("/candidatures/")
    journey.press("2")
    page.wait_for_selector("#composer")
    journey.accessible()
    text = page.locator("#texte").input_value()
    assert "je vous dois la raison" in text
    page.keyboard.press("Control+Enter")
    expect(page.locator("#texte")).to_be_focused()
    page.locator("#texte").fill(
        text.replace(
            "[la raison vraie, liée au poste, en une phrase]", "le poste demande Go, et vous venez de Java"
        )
    )
    sent_by_hand(journey)
    journey.sees("refus envoyé, candidature close")
    stands = journey.decided(SARAH)
    assert (stands["action"], stands["code"]) == ("stop", "closed")
    journey.press("z")
    journey.sees("C’est annulé.")
    assert journey.decided(SARAH)["code"] == "first_action", "both facts are taken back"


def outreach_of(name: str) -> int:
    from relance.method.outreach.models import Outreach

    return int(Outreach.objects.get(candidate__name=name).pk)
