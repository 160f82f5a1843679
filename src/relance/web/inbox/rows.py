"""The left page: what waits, grouped by what it asks for, answers first in the order of their promise."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from relance.cadence.words import Tone
from relance.mail.incoming import Kind
from relance.method.answers.models import MatchedBy, Received
from relance.method.answers.queries import Inbox
from relance.method.answers.triage import OCCASIONS
from relance.method.delivery.models import Outgoing
from relance.web.inbox.phrases import linkedin_says, robot_says
from relance.web.phrases.ages import since
from relance.web.phrases.reasons import Setting

NO = {Tone.NEGATIVE, Tone.NOT_LOOKING, Tone.NOT_THIS_ONE}
BOUNCES = {Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT, Kind.DELAY, Kind.CHALLENGE}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits. `key` tells it from all others of the list."""

    key: str
    address: str
    name: str
    company: str
    when: str
    says: str
    icon: str
    by: str
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: list[Row]
    answers: bool


def groups(inbox: Inbox, setting: Setting, current: str) -> list[Group]:
    """All that waits, in the order in which it is sorted: answers, then what is to be known."""
    parted: dict[str, list[Row]] = {}
    for received in inbox.received:
        parted.setdefault(part_of(received), []).append(received_row(received, setting, current))
    parted["check"] = [unsure_row(outgoing, setting, current) for outgoing in inbox.to_check]
    titles = {
        "interested": _("Interested"), "unclear": _("To clear up"), "later": _("Not now"), "no": _("No"),
        "occasion": _("Catching up"), "asked": _("Is it them?"), "check": _("To check"),
        "linkedin": _("On LinkedIn, perhaps"),
        "failed": _("Addresses that fail"), "away": _("Absences"), "stop": _("No more contact"),
        "other": _("To know"),
    }  # fmt: skip
    answers = {"interested", "unclear", "later", "no"}
    return [Group(titles[key], parted[key], key in answers) for key in titles if parted.get(key)]


def part_of(received: Received) -> str:
    """Under which heading a mail stands."""
    kind = Kind(received.kind)
    if received.linkedin in OCCASIONS:
        return "occasion"
    if received.linkedin:
        return "linkedin"
    if received.matched_by == MatchedBy.NAME:
        return "asked"
    if kind in BOUNCES or received.cause == "left_company":
        return "failed"
    if kind in {Kind.UNSUBSCRIBE, Kind.COMPLAINT}:
        return "stop"
    if kind is Kind.AUTO_REPLY:
        return "away" if received.event_id else "other"
    if kind is not Kind.HUMAN:
        return "other"
    if received.tone == Tone.POSITIVE:
        return "interested"
    if received.tone == Tone.LATER:
        return "later"
    return "no" if received.tone in NO else "unclear"


def received_row(received: Received, setting: Setting, current: str) -> Row:
    key = f"r{received.pk}"
    return Row(
        key=key,
        address=reverse("inbox_received", args=[received.pk]),
        name=received.candidate.name,
        company=received.candidate.company,
        when=since(received.sent_at, setting.now),
        says=says(received),
        icon=icon_of(received),
        by=_("by LinkedIn") if received.linkedin else _("by mail"),
        current=key == current,
    )


def says(received: Received) -> str:
    """The line under the name: their words, or what a machine said."""
    if received.linkedin:
        return linkedin_says(received)
    if received.kind == Kind.HUMAN:
        words = " ".join(without_greeting(received.text).split())
        return _("“%(words)s”") % {"words": Truncator(words).chars(70)} if words else received.subject
    return robot_says(received)


_GREETING = re.compile(
    r"\A\s*(?:bonjour|bonsoir|salut|hello|hi|dear|cher|chère|coucou)\b[^\n]{0,40}[,!.]?\s*\n", re.IGNORECASE
)


def without_greeting(text: str) -> str:
    """The first words that say something: a list has room for few."""
    return _GREETING.sub("", text, count=1) or text


def icon_of(received: Received) -> str:
    if received.linkedin:
        return "linkedin"
    return {
        "failed": "bounce", "away": "away", "stop": "stop", "other": "info",
    }.get(part_of(received), "mail")  # fmt: skip


def unsure_row(outgoing: Outgoing, setting: Setting, current: str) -> Row:
    key = f"o{outgoing.pk}"
    return Row(
        key=key,
        address=reverse("inbox_unsure", args=[outgoing.pk]),
        name=outgoing.candidate.name,
        company=outgoing.candidate.company,
        when=since(outgoing.claimed_at, setting.now) if outgoing.claimed_at else "",
        says=_("A mail that left, or not"),
        icon="unsure",
        by=_("uncertain mail"),
        current=key == current,
    )
