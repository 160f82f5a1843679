"""Files as other programs save them, and files nobody meant."""

import tempfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.imports.linkedin.inspect import inspect
from relance.imports.linkedin.read import read_archive
from relance.imports.linkedin.reasons import BadArchive
from tests.imports.compose import Variant, files
from tests.imports.stories import told

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
ROW = "Zoé,Éxemplaire,https://www.linkedin.com/in/zo%C3%A9,,,,12 Mar 2020\r\nHugo,Fictif,,,,,13 Mar 2026"
WITH_SEMICOLONS = (HEADER + ROW).replace(",", ";")


def said(data: bytes, now: datetime | None = None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        return inspect(data, scratch=Path(folder) / "area", now=now)


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + ROW).encode(),
        (HEADER + ROW).encode("utf-8-sig"),
        (HEADER + ROW).encode("utf-16"),
        (HEADER + ROW).encode("cp1252"),
        WITH_SEMICOLONS.encode("cp1252"),
        ("sep=;\r\n" + WITH_SEMICOLONS).encode(),
        (HEADER + ROW).replace(",", "\t").encode(),
        ("Notes:\r\n\r\n\r\nune ligne de plus\r\n" + HEADER + ROW).encode(),
        (HEADER + ROW).replace("\r\n", "\r").encode(),
    ],
    ids=["plain", "mark", "utf-16", "cp1252", "semicolons", "sep", "tabs", "preamble", "old mac"],
)
def test_however_it_was_saved(data: bytes) -> None:
    found = said(data)
    assert found["export_date"] == "2026-03-13"
    assert found["direction_unknown_because_older_than_180_days"] == 1
    assert found["left_out"] == {}


INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,"
    "FOLDER\n"
)


def dated(kind: str, on: date) -> bytes:
    """One file of one good row and one of that day."""
    if kind == "connections":
        rows = [
            f"P{n},Fictif,https://www.linkedin.com/in/p{n},,,,{each}\n" for n, each in enumerate((GOOD, on))
        ]
        return (HEADER + "".join(rows)).encode()
    if kind == "invitations":
        rows = [
            f'Maud,P{n},"{each.month}/{each.day}/{each.year:04}, 9:00 AM",,OUTGOING,'
            f"https://www.linkedin.com/in/maud,https://www.linkedin.com/in/p{n}\n"
            for n, each in enumerate((GOOD, on))
        ]
        return (INVITATIONS + "".join(rows)).encode()
    rows = [
        f"c{n},,P{n},https://www.linkedin.com/in/p{n},Maud,https://www.linkedin.com/in/maud,"
        f"{each} 23:59:59 UTC,,Oui,INBOX\n"
        for n, each in enumerate((GOOD, on))
    ]
    return (MESSAGES + "".join(rows)).encode()


GOOD = date(2026, 3, 9)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["connections", "invitations", "messages"])
@pytest.mark.parametrize(
    ("on", "now", "left_out"),
    [
        (date(9999, 12, 31), NOW, 1),
        (date(9999, 12, 31), None, 1),
        (date(2101, 1, 1), None, 1),
        (date(1, 1, 1), None, 1),
        (date(2002, 12, 30), NOW, 1),
        (date(2026, 3, 13), NOW, 1),
        (date(2026, 3, 13), None, 0),
        (date(2026, 3, 10), NOW, 0),
        (date(2003, 5, 6), NOW, 0),
    ],
)
def test_a_row_of_no_possible_day_is_left_out_alone(
    kind: str, on: date, now: datetime | None, left_out: int
) -> None:
    found = said(dated(kind, on), now)
    assert found["left_out"].get("bad_date", 0) == left_out
    assert found["export_date"] == str(GOOD if left_out else max(GOOD, on))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_rubbish_is_refused_and_breaks_nothing(data: bytes) -> None:
    with pytest.raises(BadArchive):
        said(data)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["Connections.csv", "messages.csv", "Invitations.csv"]), st.data())
def test_a_damaged_file_is_read_as_far_as_it_can_be(name: str, data: st.DataObject) -> None:
    """Any bytes changed anywhere: rows are lost and counted, nothing else."""
    pieces = dict(files(told(1), Variant()))
    damaged = bytearray(b"".join(pieces[name]))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(600, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    assert said(bytes(damaged))["export_date"]


@pytest.mark.parametrize("zipped", [False, True])
def test_a_nul_in_a_row_drops_no_file(zipped: bool, tmp_path: Path) -> None:
    data = (HEADER + ROW).replace("Fictif", "Fic\0tif").encode()
    if zipped:
        with ZipFile(tmp_path / "export.zip", "w") as archive:
            archive.writestr("Connections.csv", data)
        data = (tmp_path / "export.zip").read_bytes()
    with closing(read_archive(data, tmp_path / "area")) as area:
        assert area.left_out() == {}
        names = [row[0] for row in area.database.execute("SELECT full_name FROM people ORDER BY full_name")]
        assert names == ["Hugo Fictif", "Zoé Éxemplaire"]


def test_a_nul_in_the_header_or_before_it_is_no_table() -> None:
    for data in ("\0\n" + HEADER + ROW, HEADER.replace("Company", "Comp\0any") + ROW):
        with pytest.raises(BadArchive):
            said(data.encode())
