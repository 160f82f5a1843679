import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from playwright.sync_api import sync_playwright

from tests.situations.moving import PARIS, Journey
from tests.test_journey import LAUNCH


@pytest.fixture
def journey(
    transactional_db: None, live_server: Any, chromium: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Journey]:
    """A new desk with its texts, in April 2026, and its owner's browser."""
    from relance.accounts.actions import found_desk
    from relance.method.writing.actions import plant_starters

    # Playwright keeps a loop in this thread; the tests use the database in it all the same.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with time_machine.travel(datetime(2026, 4, 1, 9, tzinfo=PARIS)):
        member = found_desk(name="Ormel")
        member.user.name, member.user.email = "Maud Keravel", "maud@ormel.example"
        member.user.save()
        plant_starters(organisation=member.organisation, now=datetime.now(PARIS))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=LAUNCH)
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="fr-FR", reduced_motion="reduce"
        )
        context.route("https://www.linkedin.com/**", lambda route: route.fulfill(body="LinkedIn"))
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
        page = context.new_page()
        made = Journey(page, context, live_server.url, member)
        page.on("pageerror", lambda error: made.refused.append(str(error)))
        page.on(
            "console",
            lambda said: made.refused.append(said.text) if "Content Security Policy" in said.text else None,
        )
        yield made
        made.stop()
        browser.close()
    assert made.refused == []
