"""Through the doors in a real browser: a provider's, to which the strict policy lets a form lead, and a passkey's."""

import os
import re
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.provider import OpenIdProvider
from tests.serving import Served
from tests.test_journey import LAUNCH, accessible

MAIL = "maud@ormel.example"


def test_in_by_link_by_a_provider_and_by_a_passkey(tmp_path: Path, chromium: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}
    with OpenIdProvider() as provider:
        environment = kept | {
            "LC_ALL": "fr_FR.UTF-8",
            "RELANCE_OIDC": "maison",
            "RELANCE_OIDC_MAISON_CLIENT_ID": "relance",
            "RELANCE_OIDC_MAISON_CLIENT_SECRET": "secret",
            "RELANCE_OIDC_MAISON_SERVER": provider.address,
            "RELANCE_OIDC_MAISON_LABEL": "la maison",
        }
        provider.knows("maud", email=MAIL, email_verified=True)
        (tmp_path / "desk").mkdir()
        with (
            Served([sys.executable, "-m", "relance.cli.main"], tmp_path / "desk", environment) as desk,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=chromium, args=LAUNCH)
            page = browser.new_context(locale="fr-FR", reduced_motion="reduce").new_page()
            refused: list[str] = []
            page.on(
                "console",
                lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None,
            )
            link = re.search(r"http://localhost:\d+/entrer/\S+", desk.said)
            assert link, desk.said
            page.goto(link[0])
            page.get_by_role("button", name="Entrer").click()
            page.wait_for_url(f"{desk.address}/bienvenue/")
            page.goto(f"{desk.address}/reglages/compte/")
            page.get_by_label("Votre adresse mail").fill(MAIL)
            page.get_by_role("button", name="Enregistrer").click()
            page.get_by_role("button", name="Se déconnecter").click()
            page.wait_for_url(f"{desk.address}/compte/login/**")
            accessible(page)
            page.get_by_role("button", name="Entrer avec la maison").click()
            page.wait_for_url(f"{provider.address}/**")
            page.fill("input[name=sub]", "maud")
            page.keyboard.press("Enter")
            page.wait_for_url(f"{desk.address}/**")
            page.goto(f"{desk.address}/reglages/compte/")
            assert page.get_by_label("Votre adresse mail").input_value() == MAIL
            with_a_passkey(page, desk)
            assert refused == []
            browser.close()


def with_a_passkey(page: Page, desk: Served) -> None:
    """Add a passkey, which brings no codes with it, and come in with it through the door it opened."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    page.goto(f"{desk.address}/compte/2fa/webauthn/add/")
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    page.wait_for_url(f"{desk.address}/compte/2fa/webauthn/")
    assert page.locator(".keys-list li").count() == 1
    assert page.goto(f"{desk.address}/compte/2fa/recovery-codes/").status == 404  # type: ignore[union-attr]
    page.goto(f"{desk.address}/reglages/")
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(f"{desk.address}/compte/login/**")
    page.get_by_role("button", name="Clé d’accès de cet appareil").click()
    page.wait_for_url(f"{desk.address}/bienvenue/")
