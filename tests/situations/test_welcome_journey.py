"""Choosing whom to keep by keyboard alone: the focus never leaves the place of the gesture."""

from datetime import datetime
from pathlib import Path

from playwright.sync_api import expect

from relance.imports.actions import give_archive
from relance.imports.jobs import advance_one_import
from tests.imports.compose import compose
from tests.imports.scenario import moved
from tests.imports.stories import told
from tests.situations.moving import PARIS, Journey


def chosen_among(journey: Journey, tmp_path: Path) -> None:
    """The page of an archive that was read, each group of a few people."""
    now = datetime(2026, 4, 8, 10, tzinfo=PARIS)
    archive = compose(tmp_path / "archive.zip", moved(told(3), now))
    give_archive(member=journey.member, chunks=[archive.read_bytes()], now=now)
    journey.at("2026-04-08")
    assert advance_one_import(clock=lambda: now) == 1
    journey.go("/bienvenue/")


def test_the_focus_stays_where_the_gesture_was(journey: Journey, tmp_path: Path) -> None:
    chosen_among(journey, tmp_path)
    page = journey.page
    section = page.locator("section", has=page.locator("#g-accepted"))
    star = section.locator(".star").nth(1)
    name = star.get_attribute("aria-label")
    star.focus()
    journey.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()
    assert star.get_attribute("aria-label") == name
    journey.press("Space")
    expect(star).to_have_attribute("aria-pressed", "false")
    expect(star).to_be_focused()

    heading = page.locator("#g-accepted")
    section.locator("button[value=cote]").focus()
    journey.press("Enter")
    said = section.get_by_role("alert")
    expect(said).to_contain_text("Personne n’est coché")
    expect(said).to_be_focused()
    journey.press("Tab")
    expect(section.locator("button").first).to_be_focused()
    journey.accessible()

    section.locator("button[value=laisser_groupe]").focus()
    journey.press("Enter")
    expect(section.locator("button[value=garder_groupe]")).to_be_visible()
    expect(heading).to_be_focused()
    expect(said).to_have_count(0)

    following = page.locator("h2[id^='g-']").nth(
        page.locator("h2[id^='g-']").evaluate_all("all => all.findIndex(h => h.id === 'g-accepted')") + 1
    )
    after = following.get_attribute("id")
    for box in section.get_by_role("checkbox").all():
        box.check()
    section.locator("button[value=cote]").focus()
    journey.press("Enter")
    expect(heading).to_have_count(0)
    expect(page.locator(f"#{after}")).to_be_focused()


def test_a_star_keeps_the_focus_on_the_page_of_one_group_too(journey: Journey, tmp_path: Path) -> None:
    chosen_among(journey, tmp_path)
    journey.go("/bienvenue/?groupe=silent")
    star = journey.page.locator(".star").last
    star.focus()
    journey.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()
