"""Two recruiters and one candidate, in two browsers at once: refused, asked for, handed over, and one leaves."""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.serving import Served
from tests.test_journey import LAUNCH, accessible

PASSWORD = "une phrase facile à retenir"


@dataclass
class Team:
    desk: Served
    browser: Browser
    refused: list[str] = field(default_factory=list)

    def someone(self) -> Page:
        """A browser of one's own."""
        page = self.browser.new_context(locale="fr-FR", reduced_motion="reduce").new_page()
        page.on("pageerror", lambda error: self.refused.append(str(error)))
        page.on(
            "console",
            lambda said: self.refused.append(said.text) if "Content Security Policy" in said.text else None,
        )
        return page


@pytest.fixture
def team(tmp_path: Path, chromium: str) -> Iterator[Team]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}
    (tmp_path / "desk").mkdir()
    command = [sys.executable, "-m", "relance.cli.main"]
    with (
        Served(command, tmp_path / "desk", kept | {"LC_ALL": "fr_FR.UTF-8"}) as desk,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=LAUNCH)
        yield Team(desk, browser)
        browser.close()


def enter(page: Page, team: Team) -> None:
    link = re.search(r"http://localhost:\d+/entrer/\S+", team.desk.said)
    assert link, team.desk.said
    page.goto(link[0])
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url(f"{team.desk.address}/bienvenue/")


def join(owner: Page, team: Team, name: str, mail: str) -> Page:
    """Invited by link, joined in another browser."""
    owner.goto(f"{team.desk.address}/reglages/equipe/")
    owner.locator("#inviter [name=mail]").fill(mail)
    owner.locator("#inviter form").get_by_role("button", name="Inviter").click()
    link = owner.get_by_label("Le lien").input_value()
    page = team.someone()
    page.goto(link)
    page.locator("[name=nom]").fill(name)
    page.locator("[name=mot_de_passe]").fill(PASSWORD)
    page.get_by_role("button", name="Rejoindre").click()
    page.wait_for_url(re.compile(rf"{team.desk.address}/(bienvenue/)?$"))
    return page


def approach(page: Page, team: Team) -> None:
    """A first mail of nine days ago: whatever the day of this test, its follow-up is due."""
    page.goto(f"{team.desk.address}/personnes/?ajouter=#ajouter")
    page.locator("[name=nom]").fill("Jeanne Vauclair")
    page.locator("[name=moyen]").select_option("mail")
    page.locator("[name=adresse]").fill("jeanne@vauclair.example")
    page.locator("[name=texte]").fill("Bonjour Jeanne, un poste à Nantes.")
    sent = datetime.now(UTC) - timedelta(days=9)
    page.locator("[name=quand]").fill(f"{sent:%Y-%m-%dT10:00}")
    page.get_by_role("button", name="Noter").click()
    page.wait_for_load_state()


def test_two_recruiters_one_candidate(team: Team) -> None:
    owner, address = team.someone(), team.desk.address
    enter(owner, team)
    maud = join(owner, team, "Maud Keravel", "maud@ormel.example")
    theo = join(owner, team, "Théo Lancelin", "theo@ormel.example")

    approach(maud, team)
    expect(maud.get_by_text("est dans votre carnet")).to_be_visible()
    theo.goto(f"{address}/personnes/")
    theo.get_by_role("link", name="Jeanne Vauclair").first.click()
    expect(theo.get_by_text("Suivi\u00a0: Maud Keravel.")).to_be_visible()
    theo.get_by_role("link", name="Demander la main").click()
    expect(theo.get_by_text("Maud lui écrit déjà")).to_be_visible()
    expect(theo.get_by_role("heading", name="Ce qui la libère")).to_be_visible()
    accessible(theo)

    ask = theo.get_by_role("textbox", name="Mot pour Maud")
    theo.get_by_role("button", name="Demander la main").click()
    expect(theo.get_by_text("à la place des mots entre crochets")).to_be_visible()
    ask.fill("Elle m’a écrit au salon de Nantes.")
    theo.get_by_role("button", name="Demander la main").click()
    expect(theo.get_by_role("button", name="Retirer la demande")).to_be_visible()

    maud.goto(f"{address}/")
    stale = maud.context.new_page()
    stale.goto(f"{address}/")
    expect(maud.get_by_text("Théo demande Jeanne Vauclair")).to_be_visible()
    expect(maud.get_by_text("Elle m’a écrit au salon de Nantes.")).to_be_visible()
    accessible(maud)
    maud.keyboard.press("1")
    expect(maud.locator("#toasts").get_by_text("est désormais avec Théo")).to_be_visible()

    theo.goto(f"{address}/personnes/")
    theo.get_by_role("link", name="Jeanne Vauclair").first.click()
    expect(theo.get_by_text("De Maud Keravel à Théo Lancelin, à sa demande.")).to_be_visible()
    accessible(theo)

    stale.locator("#objet").fill("Un poste à Nantes")
    stale.locator("#texte").fill("Bonjour Jeanne, merci de votre candidature.")
    stale.locator("[data-send]").first.click()
    # At the turn of the year the firm's quiet period refuses first.
    expect(stale.locator("#probleme")).to_contain_text(
        re.compile("Qui, et ce qui la libère|n’écrit à personne")
    )

    maud.goto(f"{address}/reglages/jours/")
    accessible(maud)
    owner.goto(f"{address}/reglages/equipe/")
    owner.get_by_role("link", name="Modifier Théo Lancelin").click()
    owner.get_by_role("link", name="Mettre fin").click()
    owner.get_by_label("Les personnes suivies passent à").select_option(label="Maud Keravel")
    accessible(owner)
    owner.get_by_role("button", name="Mettre fin").click()
    expect(owner.get_by_text("1 personne est avec Maud Keravel.")).to_be_visible()
    theo.reload()
    expect(theo).to_have_url(re.compile(r"/compte/login/"))
    maud.goto(f"{address}/")
    expect(maud.get_by_role("heading", name="Jeanne Vauclair")).to_be_visible()
    assert team.refused == []
