"""The list as a file: who may, what is in it, and no cell that a spreadsheet would run."""

import csv
import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client

from relance.method.candidates.models import Trace
from tests.people import candidate, written_to
from tests.web.test_hand_over import as_


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def file(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.post(f"/personnes/export/{query}")
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_everybody_filtered_as_on_the_screen_and_traced(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    candidate(member, now, "Rose Templier", identities=(("email", "rose@exemple.example"),))
    rows = file(desk)
    assert [row["Nom"] for row in rows] == ["Inès Aubrac", "Rose Templier"]
    assert rows[0]["Mail"] == "ines-aubrac@exemple.example"
    assert rows[0]["LinkedIn"] == "https://www.linkedin.com/in/exemple-ines-aubrac/"
    assert "Relance 1" in rows[0]["Où l’on en est"]
    assert rows[0]["Suivi par"] == "Maud Keravel"
    assert [row["Nom"] for row in file(desk, "?q=templier")] == ["Rose Templier"]
    assert [row["Nom"] for row in file(desk, "?etat=sans")] == ["Rose Templier"]
    assert [row["Nom"] for row in file(desk, "?etat=relancer")] == ["Inès Aubrac"]
    assert Trace.objects.filter(act="exported", candidate=outreach.candidate, member=member).count() == 2


def test_in_the_language_of_who_asks(desk: Client, member: Any, now: datetime) -> None:
    written_to(member, now)
    member.user.language = "en"
    member.user.save()
    text = b"".join(desk.post("/personnes/export/").streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith("\ufeffName,First name,")
    assert "Follow-up 1" in text


@pytest.mark.parametrize("evil", ["=1+1", "+33 HACK", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(desk: Client, member: Any, now: datetime, evil: str) -> None:
    person = candidate(member, now)
    person.company, person.note = evil, evil
    person.save()
    row = file(desk)[0]
    assert row["Société"] == f"'{evil}"
    assert row["Note"] == f"'{evil}"


def book(client: Client, query: str = "") -> list[list[Any]]:
    response = client.post(f"/personnes/export/{query}", {"format": "xlsx"})
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="relance-2026-03-10.xlsx"'
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows()]


def test_as_a_workbook_too_traced_the_same(desk: Client, member: Any, now: datetime) -> None:
    written_to(member, now)
    candidate(member, now, "Rose Templier", identities=(("email", "rose@exemple.example"),))
    cells = [[cell.value for cell in row] for row in book(desk)]
    wanted = file(desk)
    assert [dict(zip(cells[0], [value or "" for value in row], strict=True)) for row in cells[1:]] == wanted
    assert len(book(desk, "?q=templier")) == 2
    assert Trace.objects.filter(act="exported", member=member).count() == 5


@pytest.mark.parametrize(
    "evil", ["=1+1", "+33 HACK", "@SUM(A1)", "=cmd|'/c calc'!A1", "a & <b> \x01 😀 é\nx"]
)
def test_every_cell_of_a_workbook_is_text(desk: Client, member: Any, now: datetime, evil: str) -> None:
    person = candidate(member, now)
    person.company, person.note = evil[:1], evil
    person.save()
    rows = book(desk)
    assert {cell.data_type for row in rows for cell in row if cell.value} <= {"s", "inlineStr"}
    assert rows[1][-1].value == evil.replace("\x01", "")
    assert rows[1][-1].quotePrefix


def test_who_may(
    desk: Client, member: Any, colleague: Any, manager_member: Any, stranger: Any, now: datetime
) -> None:
    written_to(member, now)
    for one in (colleague, manager_member):
        assert as_(one).post("/personnes/export/").status_code == 403
        assert "export" not in as_(one).get("/personnes/").content.decode()
    assert file(as_(stranger)) == []
    assert desk.get("/personnes/export/").status_code == 405
    assert not Trace.objects.filter(act="exported").exists()


def test_many_are_sent_in_batches(
    desk: Client, member: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relance.method.outreach.exporting.A_BATCH", 3)
    for index in range(10):
        written_to(member, now, f"Personne Numéro{index}")
        candidate(
            member, now, f"Autre Numéro{index}", identities=(("email", f"autre{index}@exemple.example"),)
        )
    assert len({row["Nom"] for row in file(desk)}) == 20
