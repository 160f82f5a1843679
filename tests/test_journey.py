"""The whole loop in a real browser: first start, archive, baseline, stars, a follow-up by keyboard, undo, again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.imports.compose import compose
from tests.imports.scenario import moved
from tests.imports.stories import told

LAUNCH = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--disable-quic",
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Desk:
    """`relance start` on an empty folder, as on a first day."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "relance.cli.main",
                "start",
                "--port",
                str(self.port),
                "--data",
                str(data),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=environment | {"LC_ALL": "fr_FR.UTF-8"},
        )
        self.said = ""
        deadline = time.monotonic() + 60
        assert self.process.stdout is not None
        while "/entrer/" not in self.said and time.monotonic() < deadline:
            self.said += self.process.stdout.readline()
        found = re.search(r"http://localhost:\d+/entrer/\S+", self.said)
        assert found, self.said
        self.link = found.group()
        self.address = f"http://localhost:{self.port}"

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    served = Desk(tmp_path_factory.mktemp("desk"))
    yield served
    served.stop()
    with pytest.raises(OSError, match=r".*"):  # both children are gone with it
        urllib.request.urlopen(served.address, timeout=2)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    import shutil

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("Chromium is not on this machine")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=LAUNCH)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of an invented recruiter, exported this very hour."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    scenario = moved(told(12), now)
    return compose(
        tmp_path_factory.mktemp("archive") / f"Basic_LinkedInDataExport_{now:%m-%d-%Y}.zip", scenario
    )


@pytest.fixture(scope="module")
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="fr-FR", reduced_motion="reduce"
    )
    context.route("https://www.linkedin.com/**", lambda route: route.fulfill(body="profile"))
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.address)
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield opened
    context.close()
    assert wrong == []


def accessible(page: Page) -> None:
    """No violation of axe on the page as it stands, in light and in dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        told = [
            (violation["id"], [node["html"][:140] for node in violation["nodes"]][:3])
            for violation in found.response["violations"]
        ]
        assert told == [], f"{page.url} ({scheme})"
    page.emulate_media(color_scheme="light")


def test_the_whole_loop(page: Page, desk: Desk, archive: Path) -> None:
    page.goto(desk.link)
    accessible(page)
    page.get_by_role("button", name="Entrer").click()
    page.wait_for_url(f"{desk.address}/bienvenue/")
    accessible(page)

    page.set_input_files("input[name=archive]", str(archive))
    page.wait_for_selector(".keepbar", timeout=60_000)
    assert "%" in page.locator(".past").inner_text(), "where one stands, in figures"
    accessible(page)

    section = page.locator("section", has=page.locator("#g-accepted"))
    starred = section.locator(".wait__n b").first.inner_text()
    section.locator("button.star").first.click()
    page.wait_for_selector('#g-accepted >> xpath=ancestor::section >> button.star[aria-pressed="true"]')
    page.get_by_role("button", name=re.compile(r"^Garder \d+ personnes$")).click()
    page.get_by_role("link", name="Commencer la journée").click(timeout=60_000)
    page.wait_for_url(f"{desk.address}/")
    accessible(page)

    page.locator(".row", has_text=starred).first.click()
    page.wait_for_selector(f"h1:has-text('{starred}')")
    page.wait_for_selector("#nom:focus")
    page.keyboard.press("Enter")
    page.wait_for_selector("#texte:focus")
    area = page.locator("#texte")
    assert "[" in area.input_value(), "a slot is left for the recruiter's own words"
    area.fill("Bonjour, j’ai lu votre article sur les files d’attente. En parlons-nous dix minutes ?\n\nMaud")
    page.wait_for_selector("#verifications .ok")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    assert "linkedin.com/in/" in opened.value.url
    opened.value.close()
    page.wait_for_selector("[data-handoff]")
    assert "files d’attente" in page.evaluate("navigator.clipboard.readText()")
    accessible(page)
    page.keyboard.press("1")
    page.wait_for_selector("[data-toast]")
    assert page.locator(".row", has_text=starred).count() == 0, "it left the queue"

    page.keyboard.press("z")
    page.wait_for_selector(f".row:has-text('{starred}')")

    page.goto(f"{desk.address}/bienvenue/?nouvelle=1")
    page.set_input_files("input[name=archive]", str(archive))
    page.wait_for_selector(".keepbar", timeout=60_000)
    page.get_by_role("button", name=re.compile(r"^Garder \d+ personnes$")).click()
    page.wait_for_selector("h1:has-text('0 personne')", timeout=60_000)


def test_every_page_is_accessible_and_fits_a_phone(page: Page, desk: Desk) -> None:
    for address in (
        "/", "/personnes/", "/trames/", "/reglages/", "/reglages/compte/", "/reglages/sessions/", "/reglages/equipe/",
        "/compte/2fa/", "/compte/2fa/totp/activate/", "/touches/", "/bienvenue/?nouvelle=1",
    ):  # fmt: skip
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(desk.address + address)
        accessible(page)
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(desk.address + address)
        accessible(page)
        width: Any = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{address} is wider than a phone"
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(desk.address)
    page.locator(".row").first.click()
    page.wait_for_selector(".spread--person")
    assert page.locator("#nom").is_visible()
    assert not page.locator(".queue-head").is_visible()
    accessible(page)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_the_desk_works_without_javascript(browser: Browser, desk: Desk, page: Page) -> None:
    state = page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state, locale="fr-FR")
    plain = context.new_page()
    plain.goto(desk.address)
    plain.locator(".row").first.click()
    plain.locator("#texte").fill("Bonjour, une question sur votre équipe : qui décide des outils ?\n\nMaud")
    plain.locator("[data-send]").click()
    assert plain.locator("#a-copier").is_visible(), "a text that can be copied by hand"
    plain.get_by_role("button", name=re.compile("Oui")).click()
    plain.locator("[data-toast] button").click()
    context.close()
