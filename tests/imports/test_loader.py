"""From the temporary area to the desk: whom the recruiter keeps, once, with nothing of theirs erased."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from relance.imports import choices
from relance.imports.actions import choose, finish_choosing, give_archive
from relance.imports.area import Area
from relance.imports.area_files import folder, open_area
from relance.imports.groups import Group
from relance.imports.jobs import advance_one_import, wipe_what_is_over
from relance.imports.models import Import, State
from relance.method.candidates.identities import alike_of, company_key
from relance.method.candidates.models import Candidate, Fingerprint, Identity, IdentityKind, WhyOffLimits
from relance.method.candidates.off_limits import put_off_limits
from relance.method.catching_up.models import Reason
from relance.method.measure.models import Baseline
from relance.method.outreach.decisions import decisions_of, redecide_all
from relance.method.outreach.histories import pasts
from relance.method.outreach.models import Event, Outreach
from tests.imports.compose import compose
from tests.imports.scenario import Scenario
from tests.imports.stories import later, told
from tests.people import candidate as entered

EVERYONE: list[Group] = [group for group in Group if group is not Group.ASIDE]


@pytest.fixture
def scenario() -> Scenario:
    return told(3)


@pytest.fixture
def at(scenario: Scenario) -> datetime:
    """The day after the export."""
    return scenario.exported_at + timedelta(days=1)


Bring = Callable[..., Import]


@pytest.fixture
def bring(member: Any, tmp_path: Path, at: datetime) -> Bring:
    """Give an archive, let the worker read it, choose, let the worker keep."""

    def run(
        scenario: Scenario, *, keep: list[Group] = EVERYONE, choice: Callable[[Area], None] | None = None,
        now: datetime = at,
    ) -> Import:  # fmt: skip
        archive = compose(tmp_path / f"{len(list(tmp_path.iterdir()))}.zip", scenario)
        row = give_archive(member=member, chunks=[archive.read_bytes()], now=now)
        assert advance_one_import(clock=lambda: now) == 1
        row.refresh_from_db()
        assert row.state == State.READ, row.problem
        choose(row=row, choice=lambda area: choices.keep_only(area, keep))
        if choice:
            choose(row=row, choice=choice)
        finish_choosing(row=row)
        assert advance_one_import(clock=lambda: now) == 1
        row.refresh_from_db()
        assert row.state == State.KEPT
        return row

    return run


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Candidate, Identity, Outreach, Event)}


def test_who_is_kept_falls_into_the_queue_with_true_decisions(
    bring: Bring, scenario: Scenario, at: datetime
) -> None:
    row = bring(scenario)
    assert row.result["kept"] == Candidate.objects.count() > 20
    assert not list(folder().iterdir()), "the archive and what was read of it are wiped"
    assert Outreach.objects.filter(in_queue=True).exists()
    stored = {
        outreach.pk: (
            outreach.action,
            outreach.code,
            outreach.step,
            outreach.due_at,
            outreach.is_open,
            outreach.rank,
        )
        for outreach in Outreach.objects.order_by("pk")
    }
    for past in pasts(list(Candidate.objects.order_by("pk"))):
        for outreach in decisions_of(past, now=at):
            assert stored[outreach.pk] == (
                outreach.action, outreach.code, outreach.step, outreach.due_at, outreach.is_open, outreach.rank,
            )  # fmt: skip
    assert redecide_all(now=at) == len(stored)
    for outreach in Outreach.objects.order_by("pk"):
        assert stored[outreach.pk] == (
            outreach.action, outreach.code, outreach.step, outreach.due_at, outreach.is_open, outreach.rank,
        )  # fmt: skip


def test_nobody_known_is_asked_for_by_themselves(member: Any, bring: Bring, at: datetime) -> None:
    """The same archive again costs the same few queries for many people as for some."""
    asked = []
    for size in (2, 7):
        Candidate.objects.filter(organisation_id=member.organisation_id).delete()
        people = told(size)
        bring(people)
        before = counts()
        with CaptureQueriesContext(connection) as queries:
            assert bring(people).result["known"] == before["Candidate"]
        assert counts() == before
        asked.append(len([each for each in queries if "UPDATE" not in each["sql"]]))
    assert asked[0] == asked[1]


def test_rows_brought_in_are_found_as_those_entered_by_hand(bring: Bring, scenario: Scenario) -> None:
    bring(scenario)
    assert Candidate.objects.exclude(company_key="").exists()
    for candidate in Candidate.objects.order_by("pk"):
        assert candidate.company_key == company_key(candidate.company)
    assert Identity.objects.filter(kind=IdentityKind.EMAIL).exists()
    for identity in Identity.objects.order_by("pk"):
        assert identity.alike == alike_of(identity.kind, identity.value)
    for event in Event.objects.order_by("pk"):
        assert Event.objects.filter(at=event.at, recorded_at=event.recorded_at, pk=event.pk).exists()
        assert (event.of, event.until, event.voicemail, event.template) == (None, None, False, "")


def test_people_of_a_company_off_limits_are_brought_in_and_held_back(
    bring: Bring, scenario: Scenario, member: Any, at: datetime
) -> None:
    bring(scenario)
    queued = Outreach.objects.filter(in_queue=True).exclude(candidate__company="").order_by("pk").first()
    assert queued is not None
    name, company = queued.candidate.name, queued.candidate.company
    Candidate.objects.order_by("pk").delete()
    put_off_limits(member=member, company=f"{company} SAS", why=WhyOffLimits.CLIENT, until_on=None, now=at)
    bring(scenario)
    held = Outreach.objects.get(candidate__name=name, is_open=True)
    assert (held.held, held.in_queue) == ("off_limits", False)
    assert Outreach.objects.filter(in_queue=True).exists()


def test_only_who_is_kept_is_stored_and_the_baseline_names_nobody(bring: Bring, scenario: Scenario) -> None:
    row = bring(scenario, keep=[Group.ACCEPTED])
    kept = row.summary["groups"]["accepted"]
    assert Candidate.objects.count() == kept > 0
    assert row.summary["people"] > kept
    baseline = Baseline.objects.get()
    assert baseline.written_to == row.summary["baseline"]["written_to"] > 0


def test_the_same_archive_again_doubles_nothing(bring: Bring, scenario: Scenario) -> None:
    bring(scenario)
    before = counts()
    row = bring(scenario)
    assert counts() == before
    assert row.result["kept"] == 0
    assert row.result["accepted"] == row.result["answered"] == row.result["moved"] == []


def test_a_newer_archive_tells_the_news_and_erases_nothing(
    bring: Bring, scenario: Scenario, at: datetime
) -> None:
    bring(scenario)
    edited = Candidate.objects.exclude(company="").order_by("pk").first()
    assert edited is not None
    Candidate.objects.filter(pk=edited.pk).update(company="Écrit par moi", note="Une note")
    people = Candidate.objects.count()
    scenario_later, _news = later(scenario)
    row = bring(scenario_later, now=at + timedelta(days=40))
    assert row.result["accepted"], "somebody accepted since"
    assert row.result["answered"], "somebody answered since"
    assert row.result["moved"], "somebody changed company since"
    pk, before, after = row.result["moved"][0]
    reason = Reason.objects.get(candidate=pk)
    assert (reason.what, reason.settled_at) == ("job_change", None), (
        "to be confirmed: nothing opens by itself"
    )
    assert before in reason.before
    assert after in reason.after
    assert not Outreach.objects.filter(situation="keep_in_touch").exists()
    edited.refresh_from_db()
    assert (edited.company, edited.note) == ("Écrit par moi", "Une note")
    assert Candidate.objects.count() - people == row.result["kept"]
    keys = list(Event.objects.order_by("pk").values_list("candidate_id", "key"))
    assert len(keys) == len(set(keys))


def test_who_may_be_in_the_notebook_twice_is_said(
    bring: Bring, scenario: Scenario, member: Any, at: datetime
) -> None:
    first = bring(scenario)
    assert first.result["alike"] == [], "nobody was there before"
    Identity.objects.all().delete()  # they are known by nothing any more but their name and company
    Event.objects.update(key=None)
    Candidate.objects.update(connected_on=None)
    again = bring(scenario)
    with_company = Candidate.objects.exclude(company_key="").count() // 2
    assert 0 < len(again.result["alike"]) <= with_company
    for newcomer, other in again.result["alike"]:
        one, two = Candidate.objects.get(pk=newcomer), Candidate.objects.get(pk=other)
        assert newcomer > other
        assert (one.name, one.company_key) == (two.name, two.company_key)


def test_the_same_mail_in_another_writing_is_said(member: Any, at: datetime) -> None:
    from relance.method.candidates.duplicates import alike_since

    before = entered(member, at, "Inès Aubrac", identities=(("email", "ines.aubrac@gmail.com"),))
    other = entered(member, at, "Rose Templier", identities=(("email", "rose@exemple.example"),))
    newcomer = entered(member, at, "I. A.", identities=(("email", "inesaubrac+cv@gmail.com"),))
    assert alike_since(member.organisation_id, after_pk=other.pk) == [(newcomer.pk, before.pk)]


def test_the_news_of_known_people_come_whatever_is_kept(
    bring: Bring, scenario: Scenario, at: datetime
) -> None:
    first = bring(scenario)
    newer, _news = later(scenario)
    row = bring(newer, keep=[], now=at + timedelta(days=40))
    assert row.result["known"] >= first.result["kept"] - 2
    assert row.result["kept"] == 0
    assert row.result["answered"]


def test_stars_are_the_recruiters_own(bring: Bring, scenario: Scenario) -> None:
    def star_two(area: Area) -> None:
        people = choices.people_in(area, Group.ACCEPTED)[:2]
        choices.star(area, [person.id for person in people], starred=True)

    bring(scenario, choice=star_two)
    assert Outreach.objects.filter(must_answer=True).count() == 2


def test_who_is_set_aside_leaves_a_fingerprint_and_stays_aside(bring: Bring, scenario: Scenario) -> None:
    names: list[str] = []

    def aside(area: Area) -> None:
        people = choices.people_in(area, Group.ACCEPTED)[:2]
        names.extend(person.name for person in people)
        choices.set_aside(area, [person.id for person in people])

    row = bring(scenario, choice=aside)
    assert row.result["set_aside"] == 2
    assert not Candidate.objects.filter(name__in=names).exists()
    assert Fingerprint.objects.filter(avoidance="set_aside").count() >= 2
    again = bring(scenario)
    assert again.summary["groups"]["aside"] == 2
    assert not Candidate.objects.filter(name__in=names).exists()


def test_what_was_sent_through_the_desk_is_not_doubled_by_the_archive(
    bring: Bring, scenario: Scenario, member: Any
) -> None:
    bring(scenario)
    imported = Event.objects.filter(kind="message_sent").exclude(text="").order_by("pk").last()
    assert imported is not None
    by_hand = Event.objects.get(pk=imported.pk)
    Event.objects.filter(pk=by_hand.pk).update(key=None, source="", recorded_by=member)
    before = Event.objects.count()
    bring(scenario)
    assert Event.objects.count() == before


def test_a_refused_archive_leaves_nothing(member: Any, at: datetime) -> None:
    row = give_archive(member=member, chunks=[b"not an archive"], now=at)
    advance_one_import(clock=lambda: at)
    row.refresh_from_db()
    assert (row.state, row.problem) == (State.REFUSED, "nothing_recognised")
    assert not list(folder().iterdir())
    assert counts() == dict.fromkeys(("Candidate", "Identity", "Outreach", "Event"), 0)


def test_a_worker_that_dies_leaves_its_lease_to_another(
    member: Any, scenario: Scenario, at: datetime, tmp_path: Path
) -> None:
    archive = compose(tmp_path / "a.zip", scenario)
    row = give_archive(member=member, chunks=[archive.read_bytes()], now=at)
    Import.objects.filter(pk=row.pk).update(
        state=State.READING, lease="dead", leased_until=at + timedelta(minutes=1)
    )
    assert advance_one_import(clock=lambda: at) == 0, "the lease still holds"
    assert advance_one_import(clock=lambda: at + timedelta(minutes=2)) == 1
    row.refresh_from_db()
    assert row.state == State.READ


def test_an_import_nobody_came_back_to_is_wiped(
    member: Any, scenario: Scenario, at: datetime, tmp_path: Path
) -> None:
    archive = compose(tmp_path / "a.zip", scenario)
    row = give_archive(member=member, chunks=[archive.read_bytes()], now=at)
    advance_one_import(clock=lambda: at)
    open_area(row).close()
    wipe_what_is_over(now=at + timedelta(days=6))
    open_area(row).close()
    wipe_what_is_over(now=at + timedelta(days=8))
    row.refresh_from_db()
    assert row.state == State.CANCELLED
    assert not list(folder().iterdir())
