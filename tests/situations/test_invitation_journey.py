"""An invitation from its note to the end: the rounds, the acceptance, three messages over two public holidays."""

from datetime import datetime
from typing import Any

from playwright.sync_api import expect

from tests.situations.moving import Journey

NOTE_TOO_LONG = "Votre talk sur les files d’attente. " * 7


def invite(
    journey: Journey, name: str, slug: str, *, note: str = "", star: bool = False, mail: str = ""
) -> None:
    """Note an invitation, by keyboard from the list of people."""
    page = journey.page
    journey.go("/personnes/")
    journey.press("n")
    page.locator("#ajout-nom:focus, #ajout-nom").first.fill(name)
    page.locator("#ajout-moyen").select_option("invitation")
    page.locator("#ajout-adresse").fill(f"linkedin.com/in/{slug}" + (f", {mail}" if mail else ""))
    page.locator("#ajout-texte").fill(note)
    if star:
        page.locator("#ajout-etoile").check()
    page.locator("#ajout-nom").press("Enter")
    page.wait_for_load_state()


def write_and_send(journey: Journey, text: str) -> None:
    """The open person's message: written, copied, and said to be sent, with the keys alone."""
    page = journey.page
    journey.rest()
    page.locator("#texte").fill(text)
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    opened.value.close()
    page.wait_for_selector("[data-handoff]")
    page.locator("#nom").focus()
    page.keyboard.press("1")
    page.wait_for_selector("[data-toast]")


def test_an_invitation_from_its_note_to_the_last_word(journey: Journey) -> None:
    page = journey.page
    journey.at("2026-04-27", "10:00")  # a Monday
    invite(journey, "Nadia Bensalem", "nadia-bensalem", note=NOTE_TOO_LONG, star=True)
    journey.sees("une note LinkedIn tient en 200 caractères")
    journey.accessible()
    journey.go("/reglages/linkedin/")
    page.get_by_label("Mon compte LinkedIn est Premium").check()
    page.get_by_role("button", name="Enregistrer").click()
    invite(journey, "Nadia Bensalem", "nadia-bensalem", note=NOTE_TOO_LONG.strip(), star=True)
    journey.sees("Nadia Bensalem est dans votre carnet.")
    assert journey.decided("Nadia Bensalem")["code"] == "invitation_pending"

    journey.at("2026-04-29", "09:30")
    journey.go("/invitations/")
    journey.sees("Toutes sont fraîches")
    journey.accessible()
    journey.at("2026-04-29", "10:30")
    journey.go("/")
    journey.accessible()
    page.get_by_role("link", name="qui a accepté").press("Enter")
    journey.sees("1 sur 100")
    journey.accessible()
    journey.press("2")
    journey.sees("En attente, à revoir demain")
    journey.accessible()
    expect(page.locator("[data-digit]")).to_have_count(0)
    journey.go("/")
    expect(page.get_by_role("link", name="qui a accepté")).to_have_count(0)
    assert journey.decided("Nadia Bensalem")["action"] == "wait", "that it waits is no fact"

    journey.at("2026-04-30", "17:00")  # the eve of a public holiday
    journey.go("/invitations/")
    journey.press("1")
    journey.sees("à vous d’écrire, sur LinkedIn")
    assert journey.decided("Nadia Bensalem")["code"] == "follow_up"
    journey.press("z")
    expect(page.locator("[data-digit='1']")).to_be_visible()
    assert journey.decided("Nadia Bensalem")["code"] == "invitation_pending"
    journey.press("1")
    journey.sees("à vous d’écrire, sur LinkedIn")
    assert journey.queue() == ["Nadia Bensalem"]
    journey.sees("Invitation acceptée aujourd’hui, aucun message depuis")
    journey.accessible()
    write_and_send(
        journey, "Bonjour Nadia, merci. J’ai lu vos billets sur le calcul de prix : on en parle dix minutes ?"
    )

    assert journey.due("Nadia Bensalem") == "Mon 04 May 08:30", (
        "48 h fall on a Saturday, after the 1st of May"
    )
    for day in ("2026-05-01", "2026-05-02"):
        journey.at(day)
        assert journey.queue() == []
    journey.at("2026-05-04", "08:31")
    assert journey.queue() == ["Nadia Bensalem"]
    journey.decided("Nadia Bensalem")
    write_and_send(
        journey,
        "Bonjour Nadia, une précision : l’équipe compte six personnes à Lyon. Une question là-dessus ?",
    )

    assert journey.decided("Nadia Bensalem")["code"] == "last_word", (
        "two follow-ups: the invitation had a note"
    )
    assert journey.due("Nadia Bensalem") == "Wed 20 May 08:31", "ten working days, two holidays among them"
    journey.at("2026-05-19", "08:00")
    assert journey.queue() == []
    journey.at("2026-05-20", "12:00")
    journey.go("/")
    stands = journey.decided("Nadia Bensalem")
    assert (stands["action"], stands["code"]) == ("stop", "no_answer")


def test_one_that_nobody_accepted_and_then_somebody_did(journey: Journey) -> None:
    page = journey.page
    journey.at("2026-04-27", "10:00")
    invite(journey, "Inaya Keita", "inaya-keita")
    invite(journey, "Corentin Le Gall", "corentin-le-gall", mail="corentin@legall.example")
    journey.at("2026-05-10", "18:00")  # a Sunday, the eve of the fourteenth day
    journey.go("/invitations/")
    journey.sees("Demain~: arrêt, aucun autre canal connu.")
    journey.sees("Demain~: 1ʳᵉ relance par mail")
    page.get_by_role("button", name="Tout le reste attend encore").click()
    journey.sees("Rien d’autre à regarder aujourd’hui.")

    journey.at("2026-05-11", "10:30")
    assert journey.queue() == ["Corentin Le Gall"]
    assert journey.decided("Inaya Keita")["code"] == "invitation_ignored"
    assert journey.decided("Corentin Le Gall")["channel"] == "email"

    journey.at("2026-05-26", "10:00")
    journey.go("/invitations/")
    turn = page.locator(".turn", has_text="Inaya Keita")
    expect(turn).to_contain_text("Arrêtée")
    turn.get_by_role("button", name="Acceptée").click()
    journey.sees("à vous d’écrire, sur LinkedIn")
    assert "Inaya Keita" in journey.queue()
    assert journey.decided("Inaya Keita")["code"] == "follow_up", "late, it reopens what was over"
    journey.go(f"/aujourdhui/{outreach_of('Inaya Keita')}/")
    write_and_send(
        journey,
        "Bonjour Inaya, votre invitation acceptée, voici pourquoi : une équipe à Nantes. On en parle ?",
    )

    journey.at("2026-05-27", "10:00")
    journey.go("/invitations/")
    page.locator(".turn", has_text="Corentin Le Gall").get_by_role("button", name="Retirée").click()
    journey.sees("Retirée, ")
    journey.decided("Corentin Le Gall")


def inmail(journey: Journey, name: str, address: str) -> None:
    page = journey.page
    journey.go("/personnes/?ajouter&moyen=inmail#ajouter")
    page.locator("#ajout-nom").fill(name)
    page.locator("#ajout-adresse").fill(address)
    page.locator("#ajout-texte").fill("Bonjour, un poste Go à Rennes.")
    page.locator("#ajout-etoile").check()
    page.locator("#ajout-nom").press("Enter")
    journey.sees("est dans votre carnet")


def test_an_inmail_rests_72_hours_and_another_channel_need_not(journey: Journey) -> None:
    page = journey.page
    journey.at("2026-05-05", "10:00")  # a Tuesday
    inmail(journey, "Bilel Hamdi", "linkedin.com/in/bilel-hamdi, 06 39 98 10 20")
    inmail(journey, "Hélène Marbot", "linkedin.com/in/helene-marbot")
    assert journey.decided("Hélène Marbot")["channel"] == "inmail"
    assert journey.due("Hélène Marbot") == "Mon 11 May 08:30", "72 h lead to a holiday, then a week-end"

    journey.at("2026-05-07", "10:30")
    assert journey.queue() == ["Bilel Hamdi"]
    assert journey.decided("Bilel Hamdi")["channel"] == "sms", "48 h have passed: a text message is due"
    journey.sees("Pas encore de second InMail~: il peut partir le 11 mai à 8~h~30, 72~h après le dernier")
    journey.accessible()
    journey.press("1")
    expect(page.locator("button[name=par][value=inmail]")).to_have_attribute("aria-pressed", "true")
    page.locator("#texte").fill("Bonjour Bilel, une précision sur l’équipe : six personnes. Une question ?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#probleme")).to_contain_text("Un autre canal n’attend pas")
    page.locator("#nom").focus()
    journey.press("2")
    expect(page.locator("button[name=par][value=sms]")).to_have_attribute("aria-pressed", "true")

    journey.go(f"/aujourdhui/{outreach_of('Hélène Marbot')}/")
    journey.sees("72~h après le dernier")
    expect(page.get_by_role("link", name="Ajouter une adresse")).to_be_visible()
    journey.accessible()
    journey.at("2026-05-11", "08:31")
    assert "Hélène Marbot" in journey.queue()
    journey.decided("Hélène Marbot")


def outreach_of(name: str) -> int:
    from relance.method.outreach.models import Outreach

    return int(Outreach.objects.get(candidate__name=name).pk)


def test_the_clock_of_these_journeys_is_the_servers(journey: Journey) -> None:
    journey.at("2026-05-01", "11:00")
    moment: Any = datetime.now()  # noqa: DTZ005
    assert (moment.year, moment.month) == (2026, 5)
    journey.go("/personnes/")
    journey.go("/invitations/")
    journey.sees("vendredi")
