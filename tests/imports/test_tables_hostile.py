"""Whatever is given: a sentence or an area, never a crash; whatever stands in one row, the others are read."""

import io
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relance.imports.area import Area
from relance.imports.tables.actions import phone_form
from relance.imports.tables.fields import Field
from relance.imports.tables.guessing import is_usable
from relance.imports.tables.plan import Plan, guessed
from relance.imports.tables.read import look, read_table
from relance.imports.tables.reasons import BadTable, BadTableCode
from relance.imports.tables.values import day_proved, mails, phones, when
from relance.imports.telling_apart import source_of
from tests.imports.some_tables import ALL, delimited, workbook

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
GIVEN = [compose().content for compose in ALL]
GOOD = [[f"Personne Numéro{each}", f"p{each}@exemple.example", "02/03/2026"] for each in range(12)]
HEAD = ["Nom", "Mail", "Dernier contact"]


def read(content: bytes, folder: Path, plan: Plan | None = None) -> Area:
    file, scratch = folder / "table", folder / "area"
    file.write_bytes(content)
    scratch.unlink(missing_ok=True)
    guesses = look(file)
    place = max(range(len(guesses)), key=lambda each: guesses[each].score)
    plan = plan or guessed(place, guesses[place])
    return read_table(
        file, scratch, plan, guesses[plan.sheet].labels, zone=PARIS, phone_form=phone_form("FR"), now=NOW
    )


def mails_of(area: Area) -> set[str]:
    rows = area.database.execute("SELECT value FROM addresses WHERE channel = 'email'")
    return {row[0] for row in rows}


cells = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)


@MANY
@given(bad=st.lists(cells, min_size=1, max_size=9), place=st.integers(0, 12), sign=st.sampled_from(";,\t"))
def test_a_row_of_anything_sinks_no_other(tmp_path: Path, bad: list[str], place: int, sign: str) -> None:
    rows = [*GOOD[:place], bad, *GOOD[place:]]
    area = read(delimited([HEAD, *rows], sign).encode(), tmp_path)
    assert {row[1] for row in GOOD} <= mails_of(area)
    area.wipe()


@MANY
@given(
    bad=st.text(st.sampled_from("a;\"' \t,é@.0123456789/="), min_size=1, max_size=80),
    place=st.integers(0, 12),
)
def test_a_line_that_is_no_row_costs_at_most_the_one_after_it(tmp_path: Path, bad: str, place: int) -> None:
    lines = [delimited([row], ";").rstrip() for row in GOOD]
    text = "\n".join([";".join(HEAD), *lines[:place], bad, *lines[place:], ""])
    area = read(text.encode(), tmp_path)
    assert len({row[1] for row in GOOD} - mails_of(area)) <= 1
    told = area.database.execute("SELECT count(*) FROM table_problems").fetchone()[0]
    if len({row[1] for row in GOOD} - mails_of(area)):
        assert told, "what was lost is told"
    area.wipe()


@MANY
@given(content=st.binary(max_size=3_000))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "given"
    file.write_bytes(content)
    assert source_of(file) in {"table", "linkedin"}
    with suppress(BadTable):
        read(content, tmp_path).wipe()


def test_a_zip_whose_file_has_no_name(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("a", delimited([HEAD, *GOOD]))
    content = stream.getvalue()
    file = tmp_path / "given"
    for at in (content.index(b"PK\x03\x04") + 30, content.rindex(b"PK\x01\x02") + 46):
        content = content[:at] + b"\0" + content[at + 1 :]
    file.write_bytes(content)
    assert source_of(file) in {"table", "linkedin"}
    with pytest.raises(BadTable):
        read(content, tmp_path)


@settings(MANY, max_examples=120)
@given(data=st.data(), which=st.sampled_from(range(len(ALL))))
def test_a_real_table_with_bytes_changed(tmp_path: Path, data: st.DataObject, which: int) -> None:
    content = bytearray(GIVEN[which])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    file = tmp_path / "given"
    file.write_bytes(content)
    source_of(file)
    with suppress(BadTable):
        read(bytes(content), tmp_path).wipe()


@MANY
@given(
    rows=st.lists(st.lists(cells, max_size=6), max_size=8),
    columns=st.lists(st.sampled_from(Field), min_size=6, max_size=6),
)
def test_any_columns_over_any_rows(tmp_path: Path, rows: list[list[str]], columns: list[Field]) -> None:
    content = delimited([["a", "b", "c", "d", "e", "f"], *rows]).encode()
    if not is_usable(columns) or not any(any(each.strip() for each in row) for row in rows):
        return
    try:
        area = read(content, tmp_path, Plan(0, 1, tuple(columns)))
    except (BadTable, ValueError):  # nothing but a header; or fewer columns seen than said
        return
    for _person, facts in area.histories():
        assert all(fact.at <= NOW for fact in facts), "nothing is made up, and nothing is to come"
    area.wipe()


@MANY
@given(cells)
def test_any_cell_as_any_value(cell: str) -> None:
    when(cell, True, PARIS)
    mails(cell)
    phones(cell)
    day_proved([cell])


def test_a_stray_quote_refuses_its_own_row(tmp_path: Path) -> None:
    text = 'Nom;Mail\nInès;ines@exemple.example\nPaul;"paul@exemple.example\nRose;rose@exemple.example\n'
    area = read(text.encode(), tmp_path)
    assert mails_of(area) == {"ines@exemple.example", "rose@exemple.example"}
    assert area.database.execute("SELECT number, problem FROM table_problems").fetchall() == [
        (3, "unclosed_quote")
    ]


def bomb(size: int) -> bytes:
    stream = io.BytesIO(workbook(("A", [HEAD, *GOOD])))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/picture.xml", b"\0" * size)
    return stream.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(BadTable) as refused:
        read(bomb(60_000_000), tmp_path)
    assert refused.value.code is BadTableCode.TOO_LARGE


def test_a_row_far_below_is_read_all_the_same(tmp_path: Path) -> None:
    rows = [HEAD, *GOOD, *([[]] * 30_000), ["Loin Endessous", "loin@exemple.example", "02/03/2026"]]
    assert len(mails_of(read(workbook(("A", rows)), tmp_path))) == 13


@pytest.mark.parametrize("kind", ["xl/workbook.bin", "content.xml", "Index/Document.iwa"])
def test_other_workbooks_are_refused_with_what_to_do(tmp_path: Path, kind: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr(kind, b"whatever")
    file = tmp_path / "given"
    file.write_bytes(stream.getvalue())
    assert source_of(file) == "table"
    with pytest.raises(BadTable) as refused:
        look(file)
    assert refused.value.code is BadTableCode.OTHER_SHEET


def test_linkedins_own_files_stay_linkedins(tmp_path: Path) -> None:
    file = tmp_path / "Connections.csv"
    file.write_text(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nA,B,,,,,12 Mar 2026\n"
    )
    assert source_of(file) == "linkedin"


@pytest.mark.parametrize(
    ("written", "day_first", "means"),
    [
        ("03/04/2026", True, "2026-04-03 12:00"), ("03/04/2026", False, "2026-03-04 12:00"),
        ("13/04/26", False, "2026-04-13 12:00"), ("1/2/26", True, "2026-02-01 12:00"),
        ("12/03/2026 14:05", True, "2026-03-12 13:05"), ("12/03/2026 14h05", True, "2026-03-12 13:05"),
        ("3/4/26, 2:05 PM", False, "2026-03-04 13:05"), ("2026-03-12", True, "2026-03-12 12:00"),
        ("2026-03-12T10:00:00.000Z", True, "2026-03-12 10:00"), ("2026-03-12 10:00:00+02:00", True, "2026-03-12 08:00"),
        ("12 mars 2026", True, "2026-03-12 12:00"), ("1er févr. 2026", True, "2026-02-01 12:00"),
        ("Mar 12, 2026", True, "2026-03-12 12:00"), ("lun. 02/03/2026", True, "2026-03-02 12:00"),
        ("1773302400", True, "2026-03-12 08:00"), ("1773302400000", True, "2026-03-12 08:00"),
        ("46093", True, "2026-03-12 12:00"), ("31/02/2026", True, None), ("hier", True, None), ("12/2026", True, None),
    ],
)  # fmt: skip
def test_dates(written: str, day_first: bool, means: str | None) -> None:
    found = when(written, day_first, PARIS)
    assert (f"{found.at.astimezone(UTC):%Y-%m-%d %H:%M}" if found else None) == means


def test_one_column_decides_for_itself(tmp_path: Path) -> None:
    rows = [
        ["Name", "Email", "Last contacted", "Applied on"],
        ["Ann A", "ann@example.example", "01/13/2026", "02/03/2026"],
        ["Bob B", "bob@example.example", "02/03/2026", "13/01/2026"],
    ]
    area = read(delimited(rows).encode(), tmp_path)
    facts = {
        (person, str(fact.kind)): f"{fact.at:%m-%d}" for person, found in area.histories() for fact in found
    }
    assert facts == {
        (1, "message_sent"): "01-13", (2, "message_sent"): "02-03",
        (1, "application_received"): "03-02", (2, "application_received"): "01-13",
    }  # fmt: skip


def test_rows_of_one_person_are_joined_and_shared_phones_are_not(tmp_path: Path) -> None:
    rows = [
        ["Nom", "Mail", "Téléphone", "LinkedIn"],
        ["Inès Aubrac", "ines@exemple.example", "06 11 22 33 44", ""],
        ["Inès Aubrac", "", "0611223344", "https://www.linkedin.com/in/ines-exemple"],
        ["Rose Templier", "rose@exemple.example", "0611223344", ""],
        ["I. Aubrac", "ines@exemple.example", "", "https://www.linkedin.com/in/ines-exemple"],
    ]
    area = read(delimited(rows, ";").encode(), tmp_path)
    assert [person.full_name for person in area.people()] == ["Inès Aubrac", "Rose Templier"]
    assert area.left_out() == {"shared_phone": 1}
