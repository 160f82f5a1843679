"""Catching up, from ninety days of silence to an answer: over a week-end and public holidays, one reason at a time."""

import re

from playwright.sync_api import expect

from relance.method.outreach.models import Outreach
from tests.situations.moving import Journey
from tests.situations.test_invitation_journey import write_and_send

NADIA = "Nadia Bensalem"
KEPT = "keep_in_touch"
SAID = "Je ne bouge pas avant juin, mais merci."


def outreach_of(situation: str) -> int:
    return int(Outreach.objects.filter(situation=situation).order_by("-pk")[0].pk)


def exchange(journey: Journey) -> None:
    """A message on LinkedIn, her answer the day after, and nothing owed."""
    page = journey.page
    journey.at("2026-01-29", "10:00")
    journey.go("/personnes/?ajouter&moyen=linkedin#ajouter")
    page.locator("#ajout-nom").fill(NADIA)
    page.locator("#ajout-adresse").fill("linkedin.com/in/nadia-bensalem")
    page.locator("#ajout-texte").fill("Bonjour Nadia, un poste de lead back-end à Nantes : on en parle ?")
    page.locator("#ajout-nom").press("Enter")
    journey.sees("est dans votre carnet")
    journey.at("2026-01-30", "11:00")
    journey.go(f"/aujourdhui/{outreach_of('first_message')}/")
    journey.press("o")
    page.locator("#reponse").fill(SAID)
    page.locator("#nom").focus()
    journey.press("1")
    page.wait_for_selector("[data-toast]")
    journey.go(f"/aujourdhui/{outreach_of('first_message')}/")
    journey.press("h")
    page.wait_for_selector("[data-toast]")
    assert journey.decided(NADIA)["code"] == "answered"


def test_from_a_silence_to_the_last_word_then_a_post_and_an_answer(journey: Journey) -> None:
    page = journey.page
    exchange(journey)
    journey.at("2026-04-30", "11:30")  # a Thursday: the 90 days end at noon, the eve of a public holiday
    journey.go("/personnes/")
    page.get_by_role("link", name="Prises de nouvelles").press("Enter")
    journey.sees("Aucune raison pour l’instant")
    journey.accessible()
    journey.at("2026-04-30", "12:05")
    journey.go("/prises-de-nouvelles/")
    journey.sees(SAID)
    journey.accessible()
    journey.press("2")
    journey.sees("laissé, rien n’est écrit")
    journey.press("z")
    journey.sees("C’est annulé.")
    journey.press("1")
    journey.sees("C’est pris~: nouvelles à prendre le 6 mai à 12~h")
    journey.accessible()
    stands = journey.decided(NADIA, KEPT)
    assert (stands["action"], stands["code"], stands["step"]) == ("wait", "too_early", 1)
    assert journey.due(NADIA, KEPT).startswith("Wed 06 May 12:0"), (
        "three working days after a holiday, a week-end"
    )
    assert not Outreach.objects.get(situation=KEPT).is_open, "planned: it opens that day"

    for day in ("2026-05-01", "2026-05-03", "2026-05-06"):
        journey.at(day, "11:00")
        assert journey.queue() == []
    journey.at("2026-05-06", "12:30")
    assert journey.queue() == [NADIA]
    assert journey.decided(NADIA, KEPT)["code"] == "follow_up"
    journey.sees("90 jours sans nouvelles après un vrai échange")
    journey.sees(SAID)
    journey.accessible()
    expect(page.locator("#texte")).to_have_value(re.compile("Bonjour Nadia"))
    write_and_send(
        journey, "Bonjour Nadia, je repensais à votre talk sur les files. Comment allez-vous depuis ?"
    )
    stands = journey.decided(NADIA, KEPT)
    assert stands["code"] == "last_word", "one gentle word, and no follow-up of it"
    assert journey.due(NADIA, KEPT).startswith("Fri 22 May 12:3"), "ten working days, two holidays among them"

    journey.at("2026-05-07", "10:00")
    journey.go("/personnes/")
    page.get_by_role("link", name=NADIA).first.press("Enter")
    page.wait_for_load_state()
    page.locator("#nouvelles summary").press("Enter")
    page.locator("#post-lien").fill("blog.example/files")
    page.locator("#post-mot").fill("Ce que les files nous coûtent")
    page.locator("#post-mot").press("Enter")
    journey.sees("Une approche est en cours avec cette personne")
    journey.accessible()
    journey.at("2026-05-22", "13:00")
    journey.go("/prises-de-nouvelles/")
    journey.sees("Votre dernier message a moins de 90~jours~: ceci attend, libre le 4 août")
    expect(page.get_by_role("button", name="Prendre")).to_have_count(0)
    stands = journey.decided(NADIA, KEPT)
    assert (stands["action"], stands["code"]) == ("stop", "no_answer"), "which is no refusal"
    journey.accessible()

    journey.at("2026-08-04", "13:00")
    journey.go("/prises-de-nouvelles/")
    journey.press("1")
    journey.sees("C’est pris")
    journey.at("2026-08-07", "13:30")
    assert journey.queue() == [NADIA]
    journey.sees("Ce que les files nous coûtent")
    expect(page.locator("#occasion a")).to_have_attribute("href", "https://blog.example/files")
    journey.accessible()
    journey.press("o")
    page.locator("#reponse").fill("Merci, tout va bien !")
    page.locator("#nom").focus()
    journey.press("1")
    page.wait_for_selector("[data-toast]")
    told = Outreach.objects.get(pk=outreach_of(KEPT))
    assert (told.action, told.code) == ("answer", "your_turn")


def test_not_now_comes_back_on_its_day_with_its_memory(journey: Journey) -> None:
    page = journey.page
    journey.at("2026-04-02", "10:00")
    journey.go("/personnes/?ajouter&moyen=linkedin#ajouter")
    page.locator("#ajout-nom").fill(NADIA)
    page.locator("#ajout-adresse").fill("linkedin.com/in/nadia-bensalem")
    page.locator("#ajout-texte").fill("Bonjour Nadia, un poste de lead back-end à Nantes : on en parle ?")
    page.locator("#ajout-nom").press("Enter")
    journey.sees("est dans votre carnet")
    journey.go(f"/aujourdhui/{outreach_of('first_message')}/")
    journey.press("o")
    page.locator("#reponse").fill("Pas avant mai, je livre d’abord.")
    page.locator(".window:not([data-window]) #reprendre").fill("2026-05-14")  # Ascension Day
    page.locator("#nom").focus()
    journey.press("3")
    page.wait_for_selector("[data-toast]")
    journey.go("/prises-de-nouvelles/")
    journey.sees("Pas avant mai, je livre d’abord. »~; à recontacter le 14 mai")
    journey.accessible()
    assert journey.due(NADIA, KEPT) == "Fri 15 May 08:30", "that day is a holiday: the next opening"
    for day in ("2026-05-09", "2026-05-14"):
        journey.at(day, "12:00")
        assert NADIA not in journey.queue()
    journey.at("2026-05-15", "09:00")
    assert journey.queue() == [NADIA], "though less than 90 days have passed: they asked for the date"
    journey.sees("Pas avant mai, je livre d’abord.")
    journey.accessible()
    journey.decided(NADIA, KEPT)
