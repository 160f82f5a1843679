"""Tables brought through the doors that are promised: the page and the command."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from relance.imports.area_files import MARK, folder
from relance.imports.jobs import advance_one_import, wipe_what_is_over
from relance.imports.models import Import, TableMapping
from relance.method.candidates.models import Avoidance, Candidate, Fingerprint, WhyOffLimits
from relance.method.candidates.off_limits import put_off_limits
from relance.method.outreach.models import Event, Outreach
from tests.cli.conftest import Relance, data, relance
from tests.imports import some_tables
from tests.imports.some_tables import ALL, Given, delimited, workbook
from tests.people import written_to

__all__ = ["data", "relance"]

GROUPS = ("waiting", "accepted", "silent", "pending", "without_address", "cold", "contacts")
SELECTED = re.compile(r'<select id="c-\d+" name="(colonne-\d+)">.*?<option value="(\w+)" selected>', re.S)
LABELS = re.compile(r'<label class="column__n" for="c-(\d+)">(.*?)</label>')


@pytest.fixture(autouse=True)
def _at_that_moment(request: pytest.FixtureRequest) -> Iterator[None]:
    if "relance" in request.fixturenames:
        yield
        return
    with time_machine.travel(request.getfixturevalue("now"), tick=False):
        yield


Give = Callable[..., str]


@pytest.fixture
def give(desk: Client, now: datetime) -> Give:
    """Give a table at the door, let the worker look at it; returns the page that follows."""

    def run(content: bytes, name: str = "table.csv") -> str:
        file = SimpleUploadedFile(name, content, content_type="application/octet-stream")
        assert desk.post("/bienvenue/archive/", {"archive": file}).status_code == 302
        return work(desk, now)

    return run


def work(desk: Client, now: datetime) -> str:
    assert advance_one_import(clock=lambda: now) == 1
    return page(desk)


def page(desk: Client, query: str = "") -> str:
    return unescape(desk.get(f"/bienvenue/{query}").content.decode())


def latest() -> Import:
    return Import.objects.order_by("-pk")[0]


def columns_of(shown: str) -> dict[str, str]:
    chosen = dict(SELECTED.findall(shown))
    return {label: chosen[f"colonne-{place}"] for place, label in LABELS.findall(shown)}


def confirm(desk: Client, now: datetime, shown: str, **changes: str) -> str:
    """Press the button of the page of columns, some of them changed by their labels."""
    told = dict(SELECTED.findall(shown))
    places = {label: f"colonne-{place}" for place, label in LABELS.findall(shown)}
    told |= {places[label]: field for label, field in changes.items()}
    sheet = re.search(r'name="feuille" value="(\d+)"', shown)
    assert sheet
    desk.post(f"/bienvenue/{latest().pk}/colonnes/", {**told, "feuille": sheet[1], "dates": "by_column"})
    return work(desk, now)


def keep_all(desk: Client, now: datetime) -> None:
    pk = latest().pk
    for group in GROUPS:
        desk.post(f"/bienvenue/{pk}/choix/", {"geste": "garder_groupe", "groupe": group})
    desk.post(f"/bienvenue/{pk}/garder/")
    work(desk, now)
    assert latest().state == "kept"


def kept() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for person in Candidate.objects.order_by("pk"):
        facts = Event.objects.filter(candidate=person).order_by("at", "pk").values_list("kind", flat=True)
        found[person.name] = [str(kind) for kind in facts if kind != "snoozed"]
    return found


@pytest.mark.parametrize("compose", ALL, ids=lambda each: each.__name__)
def test_understood_without_a_hand_at_the_door(
    desk: Client, now: datetime, give: Give, compose: Callable[[], Given]
) -> None:
    given = compose()
    shown = give(given.content, given.name)
    assert latest().source == "table"
    if given.asked:
        assert latest().state == "mapping"
        found = columns_of(shown)
        assert {label: found[label] for label in given.columns} == given.columns
        confirm(desk, now, shown)
    else:
        found = columns_of(page(desk, "?colonnes=1"))
        assert {label: found[label] for label in given.columns} == given.columns
    assert latest().state == "read"
    assert not Candidate.objects.exists(), "nothing is stored before it is kept"
    keep_all(desk, now)
    aside = {name for name, facts in given.people.items() if "opt_out" in facts}
    assert kept() == {name: facts for name, facts in given.people.items() if name not in aside}
    assert Fingerprint.objects.filter(avoidance=Avoidance.OPTED_OUT).exists() is bool(aside)
    assert not [path for path in folder().iterdir() if path.name != MARK], "the table is erased"
    for address in (
        "/",
        "/personnes/",
        *(f"/personnes/{one.pk}/" for one in Candidate.objects.order_by("pk")),
    ):
        assert desk.get(address, follow=True).status_code == 200


def test_understood_without_a_hand_at_the_terminal(relance: Relance, tmp_path: Path) -> None:
    for compose in ALL:
        given = compose()
        file = tmp_path / given.name
        file.write_bytes(given.content)
        answer = relance("import", str(file), "--keep", ",".join(GROUPS), "--json")
        assert answer.returncode == 0, (given.name, answer.stderr)
        report = json.loads(answer.stdout)
        assert {label: report["columns"][label] for label in given.columns} == given.columns
        told = report["result"]["kept"] + report["result"]["set_aside"] + report["result"]["known"]
        assert told == len(given.people)


def test_the_same_table_again_is_not_asked_about_and_doubles_nothing(
    desk: Client, now: datetime, give: Give
) -> None:
    given = some_tables.french_ats()
    confirm(desk, now, give(given.content))
    keep_all(desk, now)
    before = kept()
    assert TableMapping.objects.count() == 1
    give(given.content)
    assert latest().state == "read", "the columns are remembered"
    keep_all(desk, now)
    assert kept() == before
    assert latest().result["kept"] == 0


def test_remembered_for_one_firm_alone(
    desk: Client, now: datetime, give: Give, stranger: Any, client: Client
) -> None:
    given = some_tables.recruitee()
    confirm(desk, now, give(given.content))
    client.force_login(stranger.user)
    file = SimpleUploadedFile("t.csv", given.content)
    client.post("/bienvenue/archive/", {"archive": file})
    advance_one_import(clock=lambda: now)
    assert latest().state == "mapping"


def test_a_person_is_stored_as_the_table_says(desk: Client, now: datetime, give: Give) -> None:
    confirm(desk, now, give(some_tables.french_ats().content))
    keep_all(desk, now)
    person = Candidate.objects.get(name="Inès Aubrac")
    assert (person.first_name, person.role) == ("Inès", "Cheffe d’œuvre")
    assert "Commentaire : Très bien ; à revoir\nrappeler mardi" in person.note
    assert "TJM : 450,50 €" in person.note
    identities = set(person.identities.order_by("pk").values_list("kind", "value"))
    assert identities == {("email", "ines.aubrac@exemple.example"), ("phone", "+33612345678")}
    snoozed = Event.objects.get(candidate=person, kind="snoozed")
    assert snoozed.until is not None
    assert f"{snoozed.until:%Y-%m-%d %H:%M}" == "2026-03-19 23:00", "the 20th in Paris"
    assert Outreach.objects.get(candidate=person).code == "snoozed"


def test_a_column_may_be_changed_before_and_after_it_was_read(
    desk: Client, now: datetime, give: Give
) -> None:
    rows = [["Nom", "Mail", "Machin"], ["Inès Aubrac", "ines@exemple.example", "05/03/2026"]]
    shown = give(delimited(rows, ";").encode())
    assert columns_of(shown)["Machin"] == "ignored"
    shown = confirm(desk, now, shown, Machin="contact_on")
    assert "Vous avez écrit 1 fois" in shown
    assert latest().summary["groups"]["silent"] == 1
    confirm(desk, now, page(desk, "?colonnes=1"), Machin="ignored")
    assert latest().summary["groups"]["silent"] == 0
    assert latest().summary["groups"]["contacts"] == 1


def test_columns_that_name_nobody_are_refused(desk: Client, now: datetime, give: Give) -> None:
    shown = give(delimited([["Nom", "Mail"], ["Inès", "ines@exemple.example"]], ";").encode())
    told = {"feuille": "1", "colonne-0": "full_name", "colonne-1": "full_name"}
    answer = desk.post(f"/bienvenue/{latest().pk}/colonnes/", told)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert latest().state == "mapping"
    assert columns_of(shown)["Mail"] == "email"


def test_a_sheet_is_chosen(desk: Client, now: datetime, give: Give) -> None:
    heads = ["Nom", "Prénom", "Mail"]
    book = workbook(
        ("Janvier", [heads, ["Aubrac", "Inès", "ines@exemple.example"]]),
        ("Février", [heads, ["Templier", "Hugo", "hugo@exemple.example"]]),
    )
    shown = give(book, "deux.xlsx")
    assert "Janvier" in shown
    assert "Février" in shown
    confirm(desk, now, page(desk, "?feuille=2"))
    keep_all(desk, now)
    assert list(kept()) == ["Hugo Templier"]


def test_rows_that_are_refused_are_told_and_sent_back(desk: Client, now: datetime, give: Give) -> None:
    rows = [
        ["Nom", "Mail", "Tel", "Dernier contact", "Statut"],
        ["Inès Aubrac", "ines@exemple.example", "", "31/02/2026", ""],
        ["Personne Perdue", "", "", "", ""],
        ["Mal Écrite", "ines@", "", "", ""],
        ["Rose Templier", "rose@exemple.example", "", "02/03/2026", "Refus"],
        ["=1+1", "", "12", "", ""],
    ]
    shown = confirm(desk, now, give(delimited(rows, ";").encode()))
    assert "5 lignes lues." in shown
    assert "3 sont refusées." in shown
    assert "ligne 3" in shown
    assert "Ni mail, ni téléphone" in shown
    answer = desk.get(f"/bienvenue/{latest().pk}/refusees/")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    lines = text.removeprefix("\ufeff").splitlines()
    assert (
        lines[0] == "Ligne;Prise;Pourquoi, et que faire;Colonne;Cellule;Nom;Mail;Tel;Dernier contact;Statut"
    )
    assert [line.split(";")[:2] for line in lines[1:]] == [
        ["2", "oui"], ["3", "non"], ["4", "non"], ["5", "oui"], ["6", "non"],
    ]  # fmt: skip
    assert "31/02/2026" in lines[1]
    assert "'=1+1" in text
    keep = desk.get("/bienvenue/?groupe=silent").content.decode()
    assert "non gardée" in keep, "a refusal without a date is the recruiter's to judge"


def test_refused_rows_are_nobody_elses(
    desk: Client, now: datetime, give: Give, stranger: Any, client: Client
) -> None:
    confirm(desk, now, give(delimited([["Nom", "Mail"], ["A B", "a@b.example"]], ";").encode()))
    client.force_login(stranger.user)
    assert client.get(f"/bienvenue/{latest().pk}/refusees/").status_code == 404
    assert client.post(f"/bienvenue/{latest().pk}/colonnes/").status_code == 404


REFUSED = {
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ancien format d’Excel"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" +
                 "EncryptedPackage".encode("utf-16-le") + b"\0" * 99, "mot de passe"),
    "page": (b"<html><body><table><tr><td>Nom</td></tr></table></body></html>", "page web"),
    "header alone": (b"Nom;Mail\r\n", "vide"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_to_do(give: Give, name: str) -> None:
    content, says = REFUSED[name]
    shown = give(content, "candidats.xls")
    assert latest().state == "refused"
    assert says in shown[shown.index('role="alert"') :][:700]
    assert not [path for path in folder().iterdir() if path.name != MARK]


def test_a_column_named_at_the_terminal_is_remembered(relance: Relance, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(delimited([["Who", "Machin"], ["Inès Aubrac", "ines@exemple.example"]], ";").encode())
    refused = relance("import", str(file), "--map", "Nothing=email")
    assert refused.returncode == 2
    assert "Nothing" in refused.stderr
    answer = relance("import", str(file), "--map", "Who=full_name", "--keep", "contacts")
    assert answer.returncode == 0, answer.stderr
    assert "Who: Full name" in answer.stdout
    assert "1 person kept." in answer.stdout
    again = json.loads(relance("import", str(file), "--json").stdout)
    assert again["columns"] == {"Who": "full_name", "Machin": "email"}
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "old format" in relance("import", str(file)).stderr


def test_what_the_desk_did_itself_is_not_brought_back(
    desk: Client, member: Any, now: datetime, give: Give
) -> None:
    outreach = written_to(member, now)
    sent = Event.objects.get(outreach=outreach, kind="message_sent")
    mail = outreach.candidate.identities.get(kind="email").value
    heads = ["Nom", "Mail", "Dernier contact", "Dernière réponse"]
    answered = f"{sent.at + timedelta(days=3):%d/%m/%Y}"
    confirm(
        desk,
        now,
        give(delimited([heads, ["Inès Aubrac", mail, f"{sent.at:%d/%m/%Y}", answered]], ";").encode()),
    )
    keep_all(desk, now)
    facts = (
        Event.objects.filter(candidate=outreach.candidate).order_by("at", "pk").values_list("kind", "source")
    )
    assert list(facts) == [("message_sent", ""), ("reply", "table")]


def test_who_is_not_to_be_contacted_is_recognised_later(desk: Client, now: datetime, give: Give) -> None:
    give(some_tables.lemlist().content)
    confirm(desk, now, page(desk))
    keep_all(desk, now)
    assert not Candidate.objects.filter(name="Lise Kermorvan").exists()
    give(delimited([["Nom", "Mail"], ["Lise Kermorvan", "Lise@example.example"]], ";").encode())
    confirm(desk, now, page(desk))
    assert latest().summary["groups"]["aside"] == 1


def test_the_tones_of_gem(desk: Client, now: datetime, give: Give) -> None:
    give(some_tables.gem().content)
    keep_all(desk, now)
    perrine = Candidate.objects.get(name="Perrine Locmaria")
    facts = (
        Event.objects.filter(candidate=perrine).order_by("at", "pk").values_list("kind", "channel", "tone")
    )
    assert list(facts) == [
        ("message_sent", "inmail", ""), ("message_sent", "email", ""), ("reply", "", "negative"),
    ]  # fmt: skip
    assert Outreach.objects.get(candidate=perrine).code == "answered"


def test_a_table_nobody_came_back_to_is_wiped(now: datetime, give: Give) -> None:
    give(some_tables.recruitee().content)
    assert latest().state == "mapping"
    wipe_what_is_over(now=now + timedelta(days=8))
    assert latest().state == "cancelled"
    assert not [path for path in folder().iterdir() if path.name != MARK]


def test_who_is_known_and_asked_to_be_left_alone_is_stopped(
    desk: Client, member: Any, now: datetime, give: Give
) -> None:
    outreach = written_to(member, now)
    mail = outreach.candidate.identities.get(kind="email").value
    give(delimited([["Nom", "Mail", "Opt-out"], ["Inès Aubrac", mail, "VRAI"]], ";").encode())
    confirm(desk, now, page(desk))
    assert latest().summary["groups"]["aside"] == 0
    keep_all(desk, now)
    outreach.refresh_from_db()
    assert (outreach.action, outreach.code) == ("stop", "opted_out")
    assert Fingerprint.objects.filter(avoidance=Avoidance.OPTED_OUT).exists()


def test_an_off_limits_company_is_held(desk: Client, member: Any, now: datetime, give: Give) -> None:
    put_off_limits(member=member, company="Brumelle SAS", why=WhyOffLimits.CLIENT, until_on=None, now=now)
    heads = ["Nom", "Mail", "Société", "Dernier contact"]
    rows = [heads, ["Inès Aubrac", "ines@exemple.example", "BRUMELLE", "04/03/2026"]]
    give(delimited(rows, ";").encode())
    confirm(desk, now, page(desk))
    keep_all(desk, now)
    assert Outreach.objects.get().held == "off_limits"
