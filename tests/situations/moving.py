"""A desk served in this process, whose clock a journey moves: over nights, week-ends and public holidays.

The server, its pages and the test share one process, so that what `time_machine` says is true of all of
them; the product has no clock of its own that could be moved.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from relance.method.candidates.queries import known_channels
from relance.method.outreach.models import Event, Outreach
from tests.test_journey import accessible

PARIS = ZoneInfo("Europe/Paris")
OF_AN_EVENT = (
    "kind", "channel", "note", "voicemail", "hard", "tone", "what", "resume_on", "returns_on", "until",
)  # fmt: skip
COMPARED = ("action", "code", "step", "channel", "slot", "due_at", "late_at", "late", "optional")


@dataclass
class Journey:
    """One recruiter in one browser, and the clock."""

    page: Page
    context: BrowserContext
    address: str
    member: Any
    travelling: Any = None
    refused: list[str] = field(default_factory=list)

    def at(self, day: str, time: str = "10:00") -> None:
        """Move the clock to a moment in Paris, and come in again: a session does not last for weeks."""
        self.stop()
        moment = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=PARIS)
        self.travelling = time_machine.travel(moment, tick=True)
        self.travelling.start()
        client = Client()
        client.force_login(self.member.user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.address}]
        )

    def stop(self) -> None:
        if self.travelling is not None:
            self.travelling.stop()
            self.travelling = None

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def press(self, *keys: str) -> None:
        """Press keys one by one, each once the page has come to rest."""
        for key in keys:
            self.rest()
            self.page.keyboard.press(key)

    def rest(self) -> None:
        self.page.wait_for_load_state()
        self.page.wait_for_selector(".htmx-request, .htmx-swapping, .htmx-settling", state="detached")

    def queue(self) -> list[str]:
        """Who stands in the day's list."""
        self.go("/")
        return self.page.locator(".row .row__name b").all_inner_texts()

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text.replace("~", "\u00a0"))

    def accessible(self) -> None:
        accessible(self.page)

    def decided(self, name: str, situation: str = "") -> dict[str, Any]:
        """What the desk holds of somebody's outreach, once `relance decide` said the same of the same history.

        `situation` names which one, where they had several.
        """
        rows = Outreach.objects.select_related("candidate").filter(candidate__name=name)
        outreach = rows.get(situation=situation) if situation else rows.get()
        stored = stored_decision(outreach)
        assert said_decision(relance_decide(outreach)) == stored
        return stored

    def due(self, name: str, situation: str = "") -> str:
        """When the next step of somebody falls due, on a clock in Paris."""
        at = self.decided(name, situation)["due_at"]
        return f"{at.astimezone(PARIS):%a %d %b %H:%M}"


def stored_decision(outreach: Outreach) -> dict[str, Any]:
    """The decision a row holds, under the names of the command's answer."""
    return {
        "action": outreach.action, "code": outreach.code, "step": outreach.step,
        "channel": outreach.channel or None, "slot": outreach.slot or None, "due_at": outreach.due_at,
        "late_at": outreach.late_at, "late": outreach.is_late, "optional": outreach.is_optional,
    }  # fmt: skip


def said_decision(said: dict[str, Any]) -> dict[str, Any]:
    """What is compared of the command's answer, its instants read."""
    read = {name: said[name] for name in COMPARED}
    for name in ("due_at", "late_at"):
        read[name] = datetime.fromisoformat(read[name]) if read[name] else None
    return read


def relance_decide(outreach: Outreach) -> dict[str, Any]:
    """The command's own answer to the stored history, as a process that knows nothing of this desk."""
    return relance_decides([case_of(outreach, datetime.now(PARIS))])[0]


def relance_decides(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The command's answers to several cases at once."""
    told = subprocess.run(
        [sys.executable, "-m", "relance.cli.main", "decide", "-"],
        input=json.dumps(cases), capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return found


def case_of(outreach: Outreach, now: datetime) -> dict[str, Any]:
    """A stored history as the command reads it."""
    candidate = outreach.candidate
    events = list(Event.objects.filter(candidate=candidate).order_by("pk"))
    return {
        "now": now.isoformat(),
        "timezone": candidate.timezone,
        "region": candidate.region,
        "outreach": {
            "situation": outreach.situation,
            "must_answer": outreach.must_answer,
            "channels": [str(channel) for channel in known_channels(candidate)],
            "events": [_written(event) for event in events if event.outreach_id == outreach.pk],
            "brought_in_at": outreach.brought_in_at.isoformat() if outreach.brought_in_at else None,
            "follow_ups": outreach.follow_ups,
        },
        "elsewhere": [_written(event) for event in events if event.outreach_id != outreach.pk],
    }


def _written(event: Event) -> dict[str, Any]:
    values = {name: getattr(event, name) for name in OF_AN_EVENT}
    plain = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
        if value
    }
    if event.of_id:
        plain["of"] = str(event.of_id)
    return {"id": str(event.pk), "at": event.at.astimezone(PARIS).isoformat(), **plain}
