"""A large import by several processes: nothing differs from what one does."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from relance.imports import choices
from relance.imports.actions import choose, finish_choosing, give_archive
from relance.imports.area import Area
from relance.imports.area_files import folder
from relance.imports.groups import Group
from relance.imports.hands import LARGE, more_hands
from relance.imports.jobs import advance_one_import
from relance.imports.linkedin.archive import opened
from relance.imports.linkedin.beside import WORTH_IT
from relance.imports.linkedin.read import read_archive
from relance.imports.linkedin.reasons import BadArchive, BadArchiveCode
from relance.imports.models import Import, State
from relance.imports.progress import Cancelled, Progress
from relance.method.candidates.models import Candidate, Identity, WhyOffLimits
from relance.method.candidates.off_limits import put_off_limits
from relance.method.outreach.decided import DECISION_FIELDS
from relance.method.outreach.decisions import redecide_all
from relance.method.outreach.models import Event, Outreach
from tests.imports.compose import compose
from tests.imports.scenario import Scenario
from tests.imports.stories import sized, told


@pytest.fixture(scope="module")
def crowd() -> Scenario:
    return sized(LARGE + 200, 300, 3_000)


def brought(member: Any, scenario: Scenario, path: Path, now: datetime) -> Import:
    archive = compose(path, scenario)
    row = give_archive(member=member, chunks=[archive.read_bytes()], now=now)
    assert advance_one_import(clock=lambda: now) == 1
    everyone = [group for group in Group if group is not Group.ASIDE]
    choose(row=Import.objects.get(pk=row.pk), choice=lambda area: choices.keep_only(area, everyone))
    choose(row=Import.objects.get(pk=row.pk), choice=lambda area: choices.star(area, [1, 5, 9], starred=True))
    finish_choosing(row=Import.objects.get(pk=row.pk))
    assert advance_one_import(clock=lambda: now) == 1
    row.refresh_from_db()
    assert row.state == State.KEPT
    return row


def desk() -> Iterator[list[Any]]:
    """What the desk holds, without the keys that count on from one import to the next."""
    of = ("candidate__name", "candidate__channels", "candidate__company_key", "situation", "must_answer")
    yield list(Outreach.objects.order_by("pk").values_list(*of, "opened_at", *DECISION_FIELDS))
    words = (
        "kind",
        "channel",
        "note",
        "hard",
        "returns_on",
        "tone",
        "subject",
        "text",
        "source",
        "key",
        "until",
    )
    yield list(Event.objects.order_by("pk").values_list("candidate__name", "outreach__code", "at", *words))
    yield list(Identity.objects.order_by("pk").values_list("candidate__name", "kind", "value", "alike"))


def test_a_crowd_is_brought_in_by_several_processes_as_by_one(
    member: Any, crowd: Scenario, tmp_path: Path, settings: Any
) -> None:
    now = crowd.exported_at + timedelta(days=1)
    settings.IMPORT_PROCESSES = 0
    alone = brought(member, crowd, tmp_path / "alone.zip", now)
    by_one = list(desk())
    Candidate.objects.order_by("pk").delete()
    settings.IMPORT_PROCESSES = 2
    together = brought(member, crowd, tmp_path / "together.zip", now)
    assert together.result["kept"] == alone.result["kept"] > LARGE
    assert together.summary == alone.summary
    assert together.result["open"] == alone.result["open"] > 0
    assert list(desk()) == by_one
    assert redecide_all(now=now) == len(by_one[0])
    assert list(desk()) == by_one
    assert not list(folder().iterdir())


def test_who_is_found_off_limits_once_the_past_was_decided_is_held_back(
    member: Any, crowd: Scenario, tmp_path: Path, settings: Any
) -> None:
    now = crowd.exported_at + timedelta(days=1)
    settings.IMPORT_PROCESSES = 2
    brought(member, crowd, tmp_path / "first.zip", now)
    queued = Outreach.objects.filter(in_queue=True).exclude(candidate__company="").order_by("pk").first()
    assert queued is not None
    name, company = queued.candidate.name, queued.candidate.company
    Candidate.objects.order_by("pk").delete()
    put_off_limits(member=member, company=f"{company} SAS", why=WhyOffLimits.CLIENT, until_on=None, now=now)
    brought(member, crowd, tmp_path / "again.zip", now)
    held = Outreach.objects.get(candidate__name=name, is_open=True)
    assert (held.held, held.in_queue) == ("off_limits", False)
    assert held.events.exists()


@pytest.fixture(scope="module")
def long_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of few people and long cells, which is worth reading by two."""
    scenario = told(3)
    for number in range(1 + WORTH_IT // 2_000):
        who = replace(scenario.someone(), position=f"Développeuse {number} " + "données, " * 220)
        scenario.connect(who, 200)
        scenario.talk((scenario.owner, who, 100, f"Bonjour {number}, " + "une équipe à Nantes. " * 100))
    return compose(tmp_path_factory.mktemp("long") / "export.zip", scenario)


def test_an_archive_read_by_two_says_the_same(long_rows: Path, tmp_path: Path) -> None:
    with opened(long_rows) as archive:
        sizes = {member.name: member.size for member in archive.members}
    assert min(sizes["Connections.csv"], sizes["messages.csv"]) > WORTH_IT
    heard_alone: list[Progress] = []
    heard: list[Progress] = []
    alone = read_archive(long_rows, tmp_path / "alone", heard=heard_alone.append)
    with more_hands(1) as hands:
        together = read_archive(long_rows, tmp_path / "together", heard=heard.append, hands=hands)
    assert read_in(together) == read_in(alone)
    assert heard[-1] == heard_alone[-1]
    assert [each.bytes_read for each in heard] == sorted(each.bytes_read for each in heard)
    for area in (alone, together):
        area.wipe()
    assert not list(tmp_path.iterdir())


def read_in(area: Area) -> list[Any]:
    tables = (
        "SELECT * FROM people ORDER BY id",
        "SELECT * FROM addresses ORDER BY person_id, channel, value",
        "SELECT person_id, at, kind, note, label, external_key, text FROM facts ORDER BY person_id, at, sequence",
        "SELECT * FROM left_out ORDER BY reason, file",
        "SELECT * FROM left_out_lines ORDER BY reason, file, line",
        "SELECT * FROM meta ORDER BY name",
        "SELECT name FROM sqlite_master ORDER BY name",
    )
    return [area.database.execute(table).fetchall() for table in tables]


@pytest.mark.parametrize("processes", [0, 1])
def test_a_file_damaged_where_another_process_reads_is_refused_all_the_same(
    long_rows: Path, tmp_path: Path, processes: int
) -> None:
    whole = long_rows.read_bytes()
    at = whole.index(b"Connections.csv") + 4_000
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(whole[:at] + bytes(each ^ 0xFF for each in whole[at : at + 400]) + whole[at + 400 :])
    with more_hands(processes) as hands, pytest.raises(BadArchive) as refused:
        read_archive(damaged, tmp_path / "area", hands=hands)
    assert refused.value.code == BadArchiveCode.DAMAGED
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.zip"]


def test_a_reading_by_two_that_is_given_up_leaves_nothing(long_rows: Path, tmp_path: Path) -> None:
    asked: Callable[[], bool] = iter([False] * 4 + [True] * 1_000).__next__
    with more_hands(1) as hands, pytest.raises(Cancelled):
        read_archive(long_rows, tmp_path / "area", asked_to_stop=asked, hands=hands)
    assert not list(tmp_path.iterdir())
