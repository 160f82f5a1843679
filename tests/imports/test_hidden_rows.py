"""Rows that a workbook hides: told before anything is read, left out where the recruiter says so."""

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client

from tests.cli.conftest import Relance, data, relance
from tests.imports.test_tables import _at_that_moment, confirm, give, latest, page, work

__all__ = ["_at_that_moment", "data", "give", "relance"]

HEADER = ["Nom", "Prénom", "E-mail", "Dernière relance"]
LEVER = ["Full-Name", "Email", "Date-Added", "Stage", "Archive-Reason", "Origin"]


def filtered(header: list[str] = HEADER, *, columns_too: bool = False, rows_too: bool = True) -> bytes:
    """Five people under a title; a filter hides two, and a blank row is hidden by hand."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Candidats"])
    sheet.append(header)
    for number in range(5):
        if header is HEADER:
            sheet.append([f"Roux{number}", "Ana", f"ana{number}@exemple.example", ""])
        else:
            sheet.append(
                [f"Ana Roux{number}", f"ana{number}@exemple.example", "2026-01-05", "", "", "Sourced"]
            )
    sheet.auto_filter.ref = f"A2:{'ABCDEF'[len(header) - 1]}7"
    if rows_too:
        for number in (1, 4, 6, 9):
            sheet.row_dimensions[number].hidden = True
    if columns_too:
        sheet.column_dimensions["A"].hidden = True
    book.create_sheet("Archive").append(["à part"])
    book.worksheets[1].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def mails_read(row: Any) -> list[str]:
    from contextlib import closing

    from relance.imports.area_files import open_area

    with closing(open_area(row)) as area:
        return [key for (key,) in area.database.execute("SELECT key FROM people ORDER BY key")]


def all_mails(*numbers: int) -> list[str]:
    return [f"ana{number}@exemple.example" for number in numbers]


def test_they_are_told_and_read_like_the_others(desk: Client, now: datetime, give: Any) -> None:
    shown = give(filtered(), "candidats.xlsx")
    assert "2 lignes sont masquées dans votre classeur" in shown
    assert "1 feuille masquée n’est pas lue" in shown
    assert 'name="sans_masquees">' in shown, "not ticked"
    told = confirm(desk, now, shown)
    assert mails_read(latest()) == all_mails(0, 1, 2, 3, 4)
    assert "5 lignes lues" in told
    assert "masquée" not in told


def test_they_are_left_out_where_it_is_ticked(desk: Client, now: datetime, give: Any) -> None:
    shown = give(filtered(), "candidats.xlsx")
    confirm(desk, now, shown)
    again = page(desk, "?colonnes=1")
    fields = {"feuille": "1", "dates": "by_column", "sans_masquees": "on"}
    desk.post(f"/bienvenue/{latest().pk}/colonnes/", fields)
    told = work(desk, now)
    assert "masquées dans votre classeur" in again
    assert mails_read(latest()) == all_mails(0, 2, 4)
    assert "3 lignes lues" in told
    assert "2 lignes masquées ont été laissées de côté" in told
    assert 'name="sans_masquees" checked>' in page(desk, "?colonnes=1")


@pytest.mark.parametrize("hides", [True, False])
def test_a_known_table_is_asked_about_only_if_it_hides_some(give: Any, hides: bool) -> None:
    shown = give(filtered(LEVER, columns_too=True, rows_too=hides), "lever.xlsx")
    assert latest().state == ("mapping" if hides else "read")
    assert ("masquées dans votre classeur" in shown) is hides


def test_at_the_terminal(relance: Relance, tmp_path: Any) -> None:
    file = tmp_path / "candidats.xlsx"
    file.write_bytes(filtered())
    plain, without = relance("import", file), relance("import", file, "--without-hidden")
    assert "5 rows read." in plain.stdout
    assert "2 of them are hidden in the workbook" in plain.stdout
    assert "1 hidden sheet was not read." in plain.stdout
    assert "3 rows read." in without.stdout
    assert "2 hidden rows were left out." in without.stdout


def test_a_sheet_of_entities_is_refused(desk: Client, give: Any) -> None:
    import zipfile

    source, made = zipfile.ZipFile(io.BytesIO(filtered())), io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for each in source.infolist():
            content = source.read(each)
            if each.filename.endswith("sheet1.xml"):
                content = b'<!DOCTYPE worksheet [<!ENTITY a "aaaa">]>' + content
            target.writestr(each, content)
    give(made.getvalue(), "candidats.xlsx")
    assert latest().state == "refused"
