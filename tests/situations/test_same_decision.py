"""One history, one decision: what is stored and what every screen says is what `relance decide` answers.

Histories of all five situations enter through the doors of the desk; the command reads the same facts
as JSON, as a process that knows nothing of the desk, and its answer is put into words once more.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relance.cadence.words import Action, Channel, Kind, Occasion, Situation, Tone
from relance.method.candidates.models import Candidate
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach, SourcingSession
from relance.web.phrases.reasons import Setting, clauses
from relance.web.phrases.states import next_step
from relance.web.phrases.why import sentence
from tests.people import candidate
from tests.situations.moving import PARIS, case_of, relance_decides, said_decision, stored_decision

AT = datetime(2026, 5, 6, 10, 20, tzinfo=PARIS)
"""A Wednesday; the Friday is a public holiday, and so is the Thursday of the week after."""
FIVE = [situation for situation in Situation if situation is not Situation.CONVERSATION]
WRITTEN = [Channel.EMAIL, Channel.LINKEDIN, Channel.INMAIL, Channel.SMS]
IDENTITIES = {
    "email": (Channel.EMAIL,), "linkedin": (Channel.LINKEDIN,), "phone": (Channel.SMS, Channel.CALL),
}  # fmt: skip
VALUES = {"email": "ines@exemple.example", "linkedin": "exemple-ines", "phone": "+33639980001"}
AT_ONCE = 6
"""Histories told to one process: it takes longer to start than to decide."""
EXAMPLES = 100 if os.environ.get("RELANCE_HYPOTHESIS") == "thorough" else 10
CALM = settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
OPENERS = {
    Situation.LINKEDIN_INVITATION: Kind.INVITATION_SENT,
    Situation.FIRST_MESSAGE: Kind.MESSAGE_SENT,
    Situation.CV_DATABASE: Kind.CALL_UNANSWERED,
    Situation.APPLICATION: Kind.APPLICATION_RECEIVED,
    Situation.KEEP_IN_TOUCH: Kind.REASON,
}
THEN = [
    Kind.MESSAGE_SENT, Kind.MESSAGE_SENT, Kind.MESSAGE_SENT, Kind.CALL_UNANSWERED, Kind.CALL_UNANSWERED,
    Kind.CALL_ANSWERED, Kind.INVITATION_ACCEPTED, Kind.REPLY, Kind.REPLY, Kind.HANDLED, Kind.AUTO_REPLY,
    Kind.BOUNCE, Kind.SNOOZED, Kind.CLOSED, Kind.INMAIL_DECLINED, Kind.INVITATION_WITHDRAWN, Kind.OPT_OUT,
]  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One history, and who it is with."""

    situation: Situation
    known: tuple[str, ...]
    must_answer: bool
    before: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    retracted: int | None


hours = st.one_of(st.integers(0, 72), st.integers(0, 40 * 24))


@st.composite
def entries(draw: st.DrawFn, kind: Kind, at: datetime) -> Entry:
    written = draw(st.sampled_from(WRITTEN))
    days = draw(st.integers(-3, 40))
    day = (AT + timedelta(days=days)).date()
    of_a_channel = kind in {Kind.MESSAGE_SENT, Kind.BOUNCE, Kind.REPLY}
    return Entry(
        kind,
        at=at,
        channel=written if of_a_channel else None,
        note=kind is Kind.INVITATION_SENT and draw(st.booleans()),
        voicemail=kind is Kind.CALL_UNANSWERED and draw(st.booleans()),
        hard=kind is Kind.BOUNCE and draw(st.booleans()),
        tone=draw(st.sampled_from(list(Tone))) if kind is Kind.REPLY else None,
        what=draw(st.sampled_from(list(Occasion))) if kind is Kind.REASON else None,
        resume_on=day if kind in {Kind.REASON, Kind.REPLY} and draw(st.booleans()) else None,
        returns_on=day if kind is Kind.AUTO_REPLY and draw(st.booleans()) else None,
        until=AT + timedelta(hours=draw(st.integers(-48, 200))) if kind is Kind.SNOOZED else None,
        text="Une idée de poste ?" if kind is Kind.MESSAGE_SENT else "",
    )


@st.composite
def histories(draw: st.DrawFn) -> Told:
    situation = draw(st.sampled_from(FIVE))
    count = draw(st.integers(0, 4))
    ages = sorted((draw(hours) for _ in range(count + 1)), reverse=True)
    kinds = [OPENERS[situation], *(draw(st.sampled_from(THEN)) for _ in range(count))]
    told = [
        draw(entries(kind, AT - timedelta(hours=age, minutes=draw(st.integers(0, 59)))))
        for kind, age in zip(kinds, ages, strict=True)
    ]
    before: tuple[Entry, ...] = ()
    if situation is Situation.KEEP_IN_TOUCH or draw(st.integers(0, 4)) == 0:
        long_ago = AT - timedelta(days=draw(st.integers(60, 200)))
        before = (
            Entry(Kind.MESSAGE_SENT, at=long_ago, channel=draw(st.sampled_from(WRITTEN)), text="Bonjour ?"),
            Entry(Kind.REPLY, at=long_ago + timedelta(days=1), channel=Channel.EMAIL,
                  tone=draw(st.sampled_from([Tone.POSITIVE, Tone.LATER, Tone.NOT_THIS_ONE]))),
            Entry(Kind.HANDLED, at=long_ago + timedelta(days=2)),
        )  # fmt: skip
    return Told(
        situation=situation,
        known=tuple(draw(st.lists(st.sampled_from(list(IDENTITIES)), min_size=1, unique=True))),
        must_answer=draw(st.booleans()),
        before=before,
        entries=tuple(told),
        retracted=draw(st.none() | st.integers(0, count)),
    )


def enter(member: Any, told: Told, number: int, session: SourcingSession | None = None) -> Outreach:
    """The history on the desk, by the doors through which facts enter; its outreach opened in a session, if any."""
    pairs = tuple((kind, f"{number}{VALUES[kind]}" if kind != "phone" else f"+3363998{number:04}")
                  for kind in told.known)  # fmt: skip
    person = candidate(member, AT - timedelta(days=300), f"Inès Aubrac{number}", identities=pairs)
    if told.before:
        open_outreach(
            member=member,
            candidate=person,
            situation=Situation.FIRST_MESSAGE,
            entries=told.before,
            now=AT,
        )
    outreach = open_outreach(
        member=member,
        candidate=person,
        situation=told.situation,
        entries=told.entries[:1],
        now=AT,
        must_answer=told.must_answer,
        session=session,
    )
    events = list(outreach.events.order_by("pk"))
    events += record(outreach=outreach, entries=told.entries[1:], now=AT, member=member)
    if told.retracted is not None:
        mistake = events[told.retracted]
        record(
            outreach=outreach,
            entries=[Entry(Kind.RETRACTED, at=max(AT, mistake.at), of=mistake.pk)],
            now=AT,
            member=member,
        )
    return Outreach.objects.select_related("candidate").get(pk=outreach.pk)


def as_said(said: dict[str, Any], outreach: Outreach) -> Outreach:
    """The outreach with the command's answer in the place of what the desk stored; unsaved."""
    decision = said_decision(said)
    return Outreach(
        pk=outreach.pk,
        situation=outreach.situation,
        candidate=outreach.candidate,
        recruiter=outreach.recruiter,
        must_answer=outreach.must_answer,
        opened_at=outreach.opened_at,
        reasons=[{"code": reason["code"], **reason["values"]} for reason in said["reasons"]],
        action=decision["action"],
        code=decision["code"],
        step=decision["step"],
        channel=decision["channel"] or "",
        slot=decision["slot"] or "",
        due_at=decision["due_at"],
        late_at=decision["late_at"],
        is_late=decision["late"],
        is_optional=decision["optional"],
    )


def in_words(said: dict[str, Any], outreach: Outreach, now: datetime) -> tuple[str, str, list[str]]:
    """What a screen has to say of the command's answer: the next step, why, each reason."""
    answered = as_said(said, outreach)
    setting = Setting(now, PARIS)
    name = outreach.candidate.first_name
    return (
        next_step(answered, setting),
        sentence(answered, name, setting),
        clauses(answered.reasons, setting),
    )


def words_of(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(unescape(response.content.decode()))


def check_screens(desk: Client, outreach: Outreach, said: dict[str, Any], now: datetime) -> None:
    """The person's page, the day's pane, the day's list and the list of people, against the command."""
    step, why, reasons = in_words(said, outreach, now)
    person = words_of(desk.get(f"/personnes/{outreach.candidate_id}/"))
    pane = words_of(desk.get(f"/aujourdhui/{outreach.pk}/"))
    stored = Outreach.objects.get(pk=outreach.pk)
    assert stored_decision(stored) == said_decision(said), "the stored decision"
    listed = words_of(desk.get("/personnes/"))
    proposed = said["action"] in {Action.ANSWER, Action.CONTACT}
    shown = standing(outreach)
    if shown == outreach.pk:
        assert step in person, "the person's page: the next step"
        assert why in person, "the person's page: why"
        assert all(reason in person for reason in reasons), "the person's page: the detail"
    assert (why if proposed and not stored.held else step) in pane, "the day's pane"
    assert outreach.candidate.name in listed
    assert stored.in_queue is (proposed and stored.is_open and not stored.held)


def standing(outreach: Outreach) -> int:
    """The outreach that the person's page speaks of."""
    rows = Outreach.objects.filter(candidate=outreach.candidate_id).exclude(
        situation=Situation.KEEP_IN_TOUCH, code="no_first_action"
    )
    return int(max(rows, key=lambda one: (one.is_open, one.opened_at, one.pk)).pk) if rows else 0


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    from django.utils import translation

    with translation.override("fr"):
        yield


@settings(CALM, max_examples=EXAMPLES)
@given(told=st.lists(histories(), min_size=AT_ONCE, max_size=AT_ONCE))
def test_every_screen_says_what_the_command_decides(told: list[Told], desk: Client, member: Any) -> None:
    with time_machine.travel(AT, tick=False) as clock, transaction.atomic():
        Candidate.objects.all().delete()
        entered = [enter(member, one, number) for number, one in enumerate(told)]
        now = AT
        for _look in range(2):
            desk.force_login(member.user)  # a session does not last for weeks
            cases = [case_of(outreach, now) for outreach in entered]
            for outreach, said in zip(entered, relance_decides(cases), strict=True):
                check_screens(desk, outreach, said, now)
            now = next_change(entered) or now
            clock.move_to(now)
        transaction.set_rollback(True)


def next_change(entered: list[Outreach]) -> datetime | None:
    """The next instant at which one of those decisions changes with no new event."""
    rows = Outreach.objects.filter(pk__in=[outreach.pk for outreach in entered], changes_at__gt=AT)
    at = rows.order_by("changes_at").values_list("changes_at", flat=True).first()
    return at.astimezone(PARIS) if at else None


def test_all_five_situations_are_told() -> None:
    found: set[Situation] = set()

    @settings(CALM, max_examples=60)
    @given(told=histories())
    def look(told: Told) -> None:
        found.add(told.situation)

    look()
    assert found == set(FIVE)
