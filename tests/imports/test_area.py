"""The temporary area: filled by any source, read in order, wiped whole."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from relance.cadence.words import Channel, Kind, Tone
from relance.imports.area import LINES_KEPT, Area
from relance.imports.area_words import Address, Fact, KeyKind, Person

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ZOE = Person(
    1, KeyKind.EMAIL, "zoe@example.org", "Zoé Brandt-Fictif", "Zoé", "Brandt-Fictif", "zoé brandt-fictif",
    "Contoso",
    "Ingénieure", date(2026, 5, 2), AT, True, "", (Address(Channel.EMAIL, "zoe@example.org", certain=False),),
)  # fmt: skip
SENT = Fact(
    1, AT, Kind.MESSAGE_SENT, b"a", channel=Channel.EMAIL, subject="Poste", text="Bonjour", attachments=1
)
REPLY = Fact(1, AT, Kind.REPLY, b"b", order=1, channel=Channel.EMAIL, text="Oui")


def test_another_source_fills_it_by_the_same_door(tmp_path: Path) -> None:
    area = Area.create(tmp_path / "area")
    area.add_people([ZOE, ZOE])
    area.add_facts([REPLY, SENT, SENT])
    area.remember("exported_on", "2026-06-13")
    area.close()
    area = Area.open(tmp_path / "area")
    beside = Area.open(tmp_path / "area")
    assert area.people() == beside.people() == [ZOE]
    beside.close()
    assert area.people(after=1) == []
    assert list(area.histories()) == [(1, [SENT, REPLY])]
    assert [moment.kind for moment in next(area.timelines())[1]] == [Kind.MESSAGE_SENT, Kind.REPLY]
    assert area.exported_on() == date(2026, 6, 13)
    assert area.recall("nothing") is None
    [(_, events, words)] = area.worded_pasts(until=1)
    assert [event.tone for event in events] == [None, Tone.UNKNOWN]
    assert words == [(b"a".hex(), "Poste", "Bonjour"), (b"b".hex(), "", "Oui")]
    area.wipe()


def test_what_is_left_out_is_counted_whole_and_its_lines_are_bounded(tmp_path: Path) -> None:
    area = Area.create(tmp_path / "area")
    area.leave_out("bad_date", "messages.csv", 1_000, range(1_000))
    area.leave_out("bad_date", "Connections.csv", 2, [3, 4])
    assert area.left_out() == {"bad_date": 1_002}
    assert len(area.left_out_lines()) == LINES_KEPT
    area.wipe()


def test_wiping_leaves_no_file(tmp_path: Path) -> None:
    area = Area.create(tmp_path / "area")
    (tmp_path / "area-wal").touch()
    with pytest.raises(FileExistsError):
        Area.create(tmp_path / "area")
    area.wipe()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        Area.open(tmp_path / "area")
