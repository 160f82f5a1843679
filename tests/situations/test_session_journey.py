"""A sourcing session from its first line to the follow-ups: five lines, three sent, two starred, Easter between."""

from datetime import datetime
from typing import Any

from playwright.sync_api import expect

from relance.method.outreach.models import Event, Outreach, SourcingSession
from tests.people import written_to
from tests.situations.moving import PARIS, Journey

TEXT = (
    "Bonjour {prénom},\n\n[accroche] : c’est ce qui m’amène. Je recrute un lead back-end à Lyon. Auriez-vous dix "
    "minutes cette semaine ?\n\nMaud"
)
LINES = (
    "Inès Aubrac, Lead back-end chez Solvane, https://www.linkedin.com/in/ines-aubrac > Votre exposé sur les files",
    "Gaëtan Prigent, Nordfil, linkedin.com/in/gaetan-prigent, gaetan@prigent.example > Votre article",
    "Jeanne Vauclair, Ouvéo, linkedin.com/in/jeanne-vauclair",
    "quelqu’un croisé au meetup",
    "Yaël Morvan, Dév. Go, Dovélia, linkedin.com/in/yael-morvan",
)


def a_colleague_writes_to(journey: Journey, name: str, slug: str) -> None:
    from relance.accounts.models import Membership, User

    user = User.objects.create_user("theo@ormel.example", name="Théo Lancelin")
    theo = Membership.objects.create(organisation=journey.member.organisation, user=user, role="recruiter")
    written_to(theo, datetime.now(PARIS), name, identities=(("linkedin", slug),))


def pasted(journey: Journey, text: str) -> None:
    """As a paste does: all at once, into the line that has the focus."""
    journey.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    journey.page.keyboard.press("Control+v")


def copied(journey: Journey) -> str:
    told: Any = journey.page.evaluate("navigator.clipboard.readText()")
    return str(told).replace("\r\n", "\n")


def sent_by_hand(journey: Journey) -> str:
    """Ctrl and Enter copies and opens; back on the page, 1 says that it was sent. Returns what was copied."""
    page = journey.page
    journey.rest()
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("[data-handoff=linkedin]")
    expect(page.locator("[data-copied]")).to_contain_text("Copié")
    page.bring_to_front()
    text = copied(journey)
    journey.accessible()
    journey.press("1")
    page.wait_for_selector("[data-handoff]", state="detached")
    return text


def test_a_session_from_its_lines_to_its_follow_ups(journey: Journey) -> None:
    page = journey.page
    journey.at("2026-04-02", "11:00")  # the Thursday before Easter
    a_colleague_writes_to(journey, "Jeanne Vauclair", "jeanne-vauclair")
    journey.go("/")
    page.get_by_role("link", name="Session").press("Enter")
    journey.sees("Ouvrir une session")
    journey.accessible()
    page.locator("#session-texte").focus()
    page.keyboard.insert_text(TEXT)
    page.get_by_role("button", name="Ouvrir la session").press("Enter")
    journey.sees("Jeudi 2 avril, matin")
    journey.accessible()

    journey.press("n")
    pasted(journey, "\n".join(LINES))
    expect(page.locator(".quick__read")).to_have_count(5)
    journey.sees("Théo lui écrit déjà")
    journey.sees("Dites comment la joindre")
    journey.accessible()
    assert not SourcingSession.objects.get().outreaches.exists(), "shown before it enters"
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("3 personnes ajoutées.")
    journey.sees("1 laissée de côté.")
    journey.sees("1 ligne à compléter.")
    expect(page.locator("#ligne")).to_be_focused()
    expect(page.locator(".kept__line")).to_have_count(2)
    assert Outreach.objects.filter(candidate__name="Jeanne Vauclair").count() == 1, "Théo's own"
    journey.accessible()

    page.keyboard.press("Escape")
    journey.press("j")
    page.wait_for_selector("h2#nom")
    expect(page.locator("#nom")).to_contain_text("Yaël Morvan")
    page.locator("#accroche").focus()
    page.keyboard.insert_text("Votre passage à Go")
    expect(page.locator("#texte")).to_have_value(
        TEXT.replace("{prénom}", "Yaël").replace("[accroche]", "Votre passage à Go")
    )
    journey.accessible()
    assert "Votre passage à Go : c’est ce qui m’amène." in sent_by_hand(journey)
    expect(page.locator("h2#nom")).to_contain_text("Inès Aubrac")
    assert sent_by_hand(journey).startswith("Bonjour Inès,\n\nVotre exposé sur les files")
    expect(page.locator("h2#nom")).to_contain_text("Gaëtan Prigent")
    journey.press("d")  # written to on LinkedIn before
    expect(page.locator("#toasts")).to_contain_text("Gaëtan Prigent")
    expect(page.locator("h1#nom")).to_be_visible()
    assert Event.objects.filter(kind="message_sent", recorded_by=journey.member).count() == 3
    assert {journey.due(name) for name in ("Inès Aubrac", "Gaëtan Prigent", "Yaël Morvan")} == {
        "Tue 07 Apr 08:30"
    }
    journey.sees("Lundi est férié.")
    journey.accessible()

    journey.go("/")
    journey.go("/session/")
    journey.sees("3 personnes approchées")
    page.get_by_role("link", name="Clore la session").press("Enter")
    journey.sees("De qui voulez-vous absolument une réponse")
    journey.accessible()
    expect(page.locator("[name=etoile]:checked")).to_have_count(0)
    for name in ("Inès Aubrac", "Gaëtan Prigent"):
        page.get_by_role("checkbox", name=name).press("Space")
    page.get_by_role("button", name="Clore la session").press("Enter")
    journey.sees("2 réponses impératives.")
    journey.accessible()
    assert SourcingSession.objects.get().ended_at is not None

    for day in ("2026-04-03", "2026-04-04", "2026-04-06"):
        journey.at(day, "10:00")
        assert journey.queue() == [], day
    journey.at("2026-04-07", "09:00")
    queue = journey.queue()
    assert set(queue[:2]) == {"Inès Aubrac", "Gaëtan Prigent"}, "the starred go first"
    assert queue[2:] == ["Yaël Morvan"]
    stands = journey.decided("Yaël Morvan")
    assert (stands["optional"], stands["late"]) == (True, False)
    assert journey.decided("Inès Aubrac")["optional"] is False


def test_a_session_on_a_phone(journey: Journey) -> None:
    page = journey.page
    page.set_viewport_size({"width": 390, "height": 844})
    journey.at("2026-04-02", "11:00")
    journey.go("/session/")
    page.locator("#session-texte").fill(TEXT)
    page.get_by_role("button", name="Ouvrir la session").click()
    page.wait_for_selector("#ligne")
    journey.rest()
    page.locator("#ligne").fill(LINES[0])
    expect(page.locator(".quick__read")).to_have_count(1)
    page.get_by_role("button", name="Ajouter").click()
    expect(page.locator("h2#nom")).to_contain_text("Inès Aubrac")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "nothing runs out of the page"
    journey.accessible()
    journey.go(f"/session/{SourcingSession.objects.get().pk}/clore/")
    journey.accessible()
