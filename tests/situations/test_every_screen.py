"""Every screen that shows a decision shows what `relance decide` answers on the same history.

Histories of all five situations stand on one desk; each page is opened alone, before any other has decided
anew what the clock has passed. What it marks, says in words and dates is held against the command's answer,
and so is whom it shows, in which order and group.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from relance.cadence.calendar import Calendar
from relance.cadence.decision import Decision
from relance.cadence.priority import rank
from relance.cadence.words import Action, Channel, Code, Situation
from relance.method.candidates.models import Candidate
from relance.method.outreach.models import Outreach, Position, SourcingSession
from relance.method.outreach.positions import PositionFacts, join_position, open_position
from relance.method.outreach.sessions import open_session
from relance.web.people.rows import row_of
from relance.web.people.sieving import STATES
from relance.web.phrases.ages import day, short_day
from relance.web.phrases.reasons import Setting
from relance.web.phrases.states import lateness, line, next_step, since_when, time_left
from relance.web.phrases.why import sentence
from tests.situations.moving import PARIS, case_of, relance_decides, said_decision
from tests.situations.screens import Shown, read
from tests.situations.test_same_decision import (
    AT,
    AT_ONCE,
    CALM,
    EXAMPLES,
    Told,
    _in_french,
    as_said,
    enter,
    histories,
)

__all__ = ["_in_french"]

SOURCED = {Situation.LINKEDIN_INVITATION, Situation.FIRST_MESSAGE}
FALLS_DUE = {Code.TOO_EARLY, Code.AWAY, Code.SNOOZED}


@dataclass(frozen=True)
class Look:
    """One moment: what the command answers of each outreach, by its key."""

    desk: Client
    now: datetime
    rows: dict[int, Outreach]
    said: dict[int, dict[str, Any]]
    joined: frozenset[int]
    position: Position
    session: SourcingSession

    @property
    def setting(self) -> Setting:
        return Setting(self.now, PARIS)

    def of(self, pk: int) -> Outreach:
        return as_said(self.said[pk], self.rows[pk])

    def proposed(self, pk: int) -> bool:
        return self.said[pk]["action"] in {Action.ANSWER, Action.CONTACT}

    def due(self, pk: int) -> datetime | None:
        at = said_decision(self.said[pk])["due_at"]
        return at if at is None else at.astimezone(UTC)

    def nearest_first(self, pks: Iterator[int] | list[int]) -> list[int]:
        late = datetime.max.replace(tzinfo=UTC)
        return sorted(pks, key=lambda pk: (self.due(pk) or late, -pk))

    def shown(self, path: str) -> list[Shown]:
        """What a page shows, each of it marked as the command answers."""
        found = read(self.desk.get(path)).found
        for one in found:
            assert marked(one) == self.marked(one.pk), path
        return found

    def marked(self, pk: int) -> tuple[str, datetime | None, str]:
        said = self.said[pk]
        told = [said["action"], said["code"], "-" if said["step"] is None else str(said["step"])]
        told += [said["channel"] or "-", said["slot"] or "-"]
        state = [name for name in ("late", "optional") if said[name]]
        return " ".join(told), self.due(pk), " ".join(state)


def marked(shown: Shown) -> tuple[str, datetime | None, str]:
    return shown.decision, datetime.fromisoformat(shown.due) if shown.due else None, shown.state


@contextmanager
def alone() -> Iterator[None]:
    """What a page decides anew is forgotten after it: the next one finds the desk as stale as this one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def standing(look: Look) -> list[int]:
    """The one outreach a person stands with: the open one, else the latest."""
    rows = Outreach.objects.filter(candidate__in=[row.candidate_id for row in look.rows.values()])
    best: dict[int, Outreach] = {}
    for row in sorted(rows, key=lambda one: (one.is_open, one.opened_at, one.pk)):
        best[row.candidate_id] = row
    return [row.pk for row in best.values()]


def today(look: Look) -> None:
    found = look.shown("/")
    by_rank = sorted(
        (pk for pk in look.rows if look.proposed(pk) and counted(pk)),
        key=lambda pk: (ranked(look, pk), look.due(pk), pk),
    )
    listed = [one for one in found if one.words.strip() and one is not found[-1]] if found else []
    assert sorted(one.pk for one in listed) == sorted(by_rank), "who stands in the day's list"
    for group in (True, False):
        wanted = [pk for pk in by_rank if (look.said[pk]["action"] == Action.ANSWER) is group]
        order = [one.pk for one in listed if (look.said[one.pk]["action"] == Action.ANSWER) is group]
        for starred in (True, False):
            part = [pk for pk in wanted if part_of(look, pk) is starred]
            assert [pk for pk in order if part_of(look, pk) is starred] == part, "the order of the queue"
    for one in listed:
        check_step(look, one)
        row = look.of(one.pk)
        assert line(row, look.setting, since_when(row)) in one.words, "the words of a row"
        assert lateness(row, look.setting) in one.words, "its lateness"
    if by_rank:
        assert found[-1].pk == by_rank[0], "the pane is open at the first of the queue"
        first = look.of(found[-1].pk)
        assert sentence(first, first.candidate.first_name, look.setting) in found[-1].words


def part_of(look: Look, pk: int) -> bool | None:
    row = look.rows[pk]
    return None if row.situation == Situation.KEEP_IN_TOUCH else row.must_answer


def counted(pk: int) -> bool:
    """Open and held by nothing: the guard's word, which is not the command's."""
    row = Outreach.objects.get(pk=pk)
    return row.is_open and not row.held


def ranked(look: Look, pk: int) -> int:
    said = look.said[pk]
    decision = Decision(
        Action(said["action"]), Code(said["code"]), late=said["late"], optional=said["optional"]
    )
    row = look.rows[pk]
    return rank(decision, situation=Situation(row.situation), must_answer=row.must_answer)


def pane(look: Look) -> None:
    for pk in look.rows:
        with alone():
            found = look.shown(f"/aujourdhui/{pk}/")
            assert found[-1].pk == pk
            row = look.of(pk)
            told = sentence(row, row.candidate.first_name, look.setting)
            due = look.proposed(pk) and not Outreach.objects.get(pk=pk).held
            assert (told if due else next_step(row, look.setting)) in found[-1].words


def people(look: Look) -> None:
    found = look.shown("/personnes/")
    wanted = look.nearest_first([pk for pk in standing(look) if pk in look.rows])
    assert [one.pk for one in found if one.pk in look.rows] == wanted, "who, and the nearest step first"
    for one in found:
        check_row(look, one)


def groups(look: Look) -> None:
    tones = {}
    for code, state in STATES.items():
        with alone():
            for one in look.shown(f"/personnes/?etat={code}"):
                tones[one.pk] = state
                check_row(look, one)
    for pk, state in tones.items():
        answered = look.of(pk)
        held = Outreach.objects.get(pk=pk).held
        assert state == wanted_state(answered, held), look.said[pk]
    assert set(tones) == set(standing(look)) & set(look.rows)


def wanted_state(row: Outreach, held: str) -> str:
    if row.action == Action.STOP:
        return "answered" if row.code == Code.ANSWERED else "stopped"
    if row.action == Action.ANSWER:
        return "your_turn"
    if row.action == Action.WAIT:
        return "pending" if row.code == Code.INVITATION_PENDING else "waiting"
    return "waiting" if held else "to_follow_up"


def check_row(look: Look, one: Shown) -> None:
    held = Outreach.objects.get(pk=one.pk).held
    row = look.of(one.pk)
    row.held = held
    assert row_of(row, look.setting).says in one.words
    due, said = look.due(one.pk), look.said[one.pk]
    dated = due is not None and said["action"] != Action.STOP and not held
    at = [datetime.fromisoformat(each).astimezone(UTC) for each in one.times]
    assert at == ([due] if dated else []), "the date of the next step"
    if due is not None and dated:
        now = due <= look.now and not said["late"]
        on = look.setting.today if now else due.astimezone(PARIS).date()
        words = "ce jour" if on == look.setting.today else day(due, look.setting.today, PARIS)
        assert one.words.split()[: len(words.split())] == words.split(), "the next step in the margin"
    check_step(look, one)


def check_step(look: Look, one: Shown) -> None:
    """Which follow-up the words count, said apart from the words themselves."""
    for number in re.findall(r"Relance (\d)|(\d)(?:ʳᵉ|ᵉ|re|e) relance", one.words):
        assert "".join(number) == str(look.said[one.pk]["step"]), "the number of the follow-up"


def person(look: Look) -> None:
    for pk in standing(look):
        if pk not in look.rows:
            continue
        with alone():
            (found,) = look.shown(f"/personnes/{look.rows[pk].candidate_id}/")
            row = look.of(found.pk)
            assert next_step(row, look.setting) in found.words
            assert sentence(row, row.candidate.first_name, look.setting) in found.words


def invitations(look: Look) -> None:
    found = {one.pk for one in look.shown("/invitations/")}
    for pk, row in look.rows.items():
        pending = look.said[pk]["code"] == Code.INVITATION_PENDING and row.opened_at <= look.now - timedelta(
            hours=48
        )
        if pending:
            assert pk in found, "an invitation that waits is asked about"
        if row.situation != Situation.LINKEDIN_INVITATION:
            assert pk not in found


def catching_up(look: Look) -> None:
    found = {one.pk: one for one in look.shown("/prises-de-nouvelles/")}
    planned = {
        pk
        for pk, row in look.rows.items()
        if row.situation == Situation.KEEP_IN_TOUCH
        and (look.said[pk]["code"], look.said[pk]["step"]) == (Code.TOO_EARLY, 1)
        and not Outreach.objects.get(pk=pk).is_open
    }
    assert {pk for pk in found if pk in look.rows} == planned
    for pk in planned:
        due = look.due(pk)
        assert due is not None
        assert short_day(due.astimezone(PARIS).date(), look.setting.today) in found[pk].words
        assert next_step(look.of(pk), look.setting) in found[pk].words


def applications(look: Look) -> None:
    found = look.shown("/candidatures/")
    stand = {
        pk
        for pk, row in look.rows.items()
        if row.situation == Situation.APPLICATION and Outreach.objects.get(pk=pk).is_open
    }
    assert {one.pk for one in found} == stand
    for one in found:
        row = look.of(one.pk)
        assert lateness(row, look.setting) in one.words
        if not Outreach.objects.get(pk=one.pk).held:
            assert (time_left(row, look.setting) or next_step(row, look.setting)) in one.words


def position(look: Look) -> None:
    found = look.shown(f"/postes/{look.position.pk}/?qui=toutes")
    assert {one.pk for one in found} == {pk for pk in look.rows if pk in look.joined}
    for one in found:
        check_row(look, one)


def session(look: Look) -> None:
    page = read(look.desk.get(f"/session/{look.session.pk}/"))
    sat = [pk for pk, row in look.rows.items() if row.session_id == look.session.pk]
    assert sorted(one.pk for one in page.found) == sorted(sat)
    for one in page.found:
        assert marked(one) == look.marked(one.pk)
        row = look.of(one.pk)
        held, due = Outreach.objects.get(pk=one.pk).held, look.due(one.pk)
        if row.action != Action.STOP and due and not held and row.code != Code.NO_FIRST_ACTION:
            on = max(due, look.now).astimezone(PARIS).date()
            words = (
                "si acceptée" if row.code == Code.INVITATION_PENDING else short_day(on, look.setting.today)
            )
            assert words in one.words
    dues = [
        max(due, look.now).astimezone(PARIS).date()
        for pk in everyone(look)
        if (due := look.due(pk)) and Outreach.objects.get(pk=pk).is_open
        and (
            (look.proposed(pk) and counted(pk))
            or (look.said[pk]["action"] == Action.WAIT and look.said[pk]["code"] in FALLS_DUE)
        )
    ]  # fmt: skip
    bars = [(date.fromisoformat(on), count) for on, count in page.loads]
    assert len(bars) == 3
    before = look.setting.today if works(look.setting.today) else date.min
    for on, count in bars:
        assert count == sum(before < due <= on for due in dues), f"what falls due on {on}"
        before = on


def everyone(look: Look) -> list[int]:
    return list(look.rows)


def works(day: date) -> bool:
    return day.weekday() < 5 and Calendar.of("Europe/Paris", "FR").is_working(day.toordinal())


SCREENS: tuple[Callable[[Look], None], ...] = (
    today, pane, people, groups, person, invitations, catching_up, applications, position, session,
)  # fmt: skip


def told_on(desk: Client, member: Any, told: list[Told]) -> None:
    """Enter the histories, then look at every screen now and at the next two instants at which something changes."""
    with time_machine.travel(AT, tick=False) as clock, transaction.atomic():
        Candidate.objects.all().delete()
        opened = open_position(
            member=member, facts=PositionFacts(title="Lead back-end", client="Solvane"), now=AT
        )
        sat = open_session(
            member=member, situation=Situation.FIRST_MESSAGE, channel=Channel.EMAIL, now=AT, text="Bonjour"
        )
        joined: set[int] = set()
        for number, one in enumerate(told):
            entered = enter(member, one, number, sat if one.situation in SOURCED else None)
            join_position(outreach=entered, position=opened)
            joined.add(entered.pk)
        rows = list(Outreach.objects.select_related("candidate", "recruiter__user").order_by("pk"))
        now = AT
        for _look in range(3):
            desk.force_login(member.user)  # a session does not last for weeks
            answers = relance_decides([case_of(row, now) for row in rows])
            by_key = {row.pk: said for row, said in zip(rows, answers, strict=True)}
            look = Look(desk, now, {row.pk: row for row in rows}, by_key, frozenset(joined), opened, sat)
            for screen in SCREENS:
                with alone():
                    screen(look)
            following = min((at for said in answers if (at := said["changes_at"])), default=None)
            if following is None:
                break
            now = datetime.fromisoformat(following).astimezone(PARIS)
            clock.move_to(now)
        transaction.set_rollback(True)


@settings(CALM, max_examples=EXAMPLES, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(told=st.lists(histories(), min_size=AT_ONCE, max_size=AT_ONCE))
def test_every_screen_shows_what_the_command_decides(told: list[Told], desk: Client, member: Any) -> None:
    told_on(desk, member, told)
