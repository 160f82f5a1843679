"""People known by a tool's own number: its files meet on them, whatever is read first. All are invented."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.imports.jobs import advance_one_import
from relance.method.candidates.models import Avoidance, Candidate, Fingerprint, Identity
from relance.method.outreach.models import Event, Outreach
from tests.cli.conftest import Relance, data, relance
from tests.imports.some_tables import delimited, gem_log, gem_people, talent_hub_people
from tests.imports.test_tables import Give, confirm, give, keep_all, kept, latest, page

__all__ = ["data", "give", "relance"]

LOG, PEOPLE = gem_log(), gem_people()
ZIA, MARC, ADA = "Zia Corvellec", "Marc Odemer", "Ada Quellec"
PAST = {ZIA: ["message_sent", "message_sent"], MARC: ["message_sent", "reply"], ADA: ["message_sent"]}


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def known_by(name: str) -> list[tuple[str, str]]:
    rows = Identity.objects.filter(candidate__name=name).order_by("kind", "value")
    return list(rows.values_list("kind", "value"))


@pytest.mark.parametrize(
    "files",
    [(LOG, PEOPLE), (PEOPLE, LOG), (LOG, PEOPLE, LOG, PEOPLE), (PEOPLE, LOG, PEOPLE, LOG)],
    ids=["log_first", "people_first", "log_first_twice", "people_first_twice"],
)
def test_both_files_land_on_the_same_people(
    desk: Client, now: datetime, give: Give, files: Sequence[bytes]
) -> None:
    for file in files:
        give(file)
        assert latest().state == "read", "both files of the tool are known"
        keep_all(desk, now)
    assert kept() == PAST
    assert known_by(ZIA) == [("linkedin", "zia-corvellec-exemple"), ("source_number", "gem:7a")]
    assert known_by(MARC) == [
        ("email", "marc@exemple.example"), ("linkedin", "marc-odemer-exemple"), ("source_number", "gem:8"),
    ]  # fmt: skip
    ada = Outreach.objects.get(candidate__name=ADA)
    assert (ada.action, ada.channel, ada.is_open) == ("contact", "linkedin", True)
    assert ADA in page_of(desk, "/")


def page_of(desk: Client, address: str) -> str:
    return desk.get(address, follow=True).content.decode()


def test_who_has_a_number_alone_waits_for_an_address(desk: Client, now: datetime, give: Give) -> None:
    shown = give(LOG)
    assert latest().summary["refused"] == 1, "a row that names nobody is of no use, whatever its number"
    assert latest().summary["groups"]["without_address"] == 2
    assert "Sans adresse pour l’instant" in shown
    keep_all(desk, now)
    ada = Candidate.objects.get(name=ADA)
    assert ada.channels == ""
    outreach = Outreach.objects.get(candidate=ada)
    assert (outreach.action, outreach.code, outreach.channel) == ("stop", "unreachable", "")
    assert ADA not in page_of(desk, "/")
    assert MARC in page_of(desk, "/")
    sheet = page_of(desk, f"/personnes/{ada.pk}/")
    assert "Gem 9" in sheet, "what is kept of them is told"
    for address in (f"/personnes/{ada.pk}/", f"/personnes/?ajouter={ada.pk}", "/personnes/?q=gem"):
        assert "gem:9" not in page_of(desk, address), "it reaches nobody"
    assert ADA in page_of(desk, "/personnes/?q=quellec")
    assert ADA not in page_of(desk, "/personnes/?q=gem").split("<main", 1)[1]
    table = desk.post("/personnes/export/", {"format": "csv"})
    text = b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
    assert ADA in text
    assert "gem:9" not in text


def test_people_not_kept_leave_nothing(desk: Client, now: datetime, give: Give) -> None:
    give(LOG)
    for group in ("waiting", "silent", "without_address"):
        desk.post(f"/bienvenue/{latest().pk}/choix/", {"geste": "laisser_groupe", "groupe": group})
    desk.post(f"/bienvenue/{latest().pk}/garder/")
    advance_one_import(clock=lambda: now)
    assert latest().state == "kept"
    assert not Identity.objects.exists()
    assert not Candidate.objects.exists()
    assert not Fingerprint.objects.exists()


def test_who_was_set_aside_is_recognised_by_the_number(desk: Client, now: datetime, give: Give) -> None:
    shown = give(LOG)
    person = re.findall(r'name="qui" value="(\d+)"', shown.split(ZIA)[0])[-1]
    desk.post(f"/bienvenue/{latest().pk}/choix/", {"geste": f"cote:{person}"})
    keep_all(desk, now)
    assert ZIA not in kept()
    assert Fingerprint.objects.filter(avoidance=Avoidance.SET_ASIDE).exists()
    assert not Identity.objects.filter(value="gem:7a").exists()
    give(PEOPLE)
    assert latest().summary["groups"]["aside"] == 1
    keep_all(desk, now)
    assert ZIA not in kept()
    give(delimited([["Nom", "Profil LinkedIn"], [ZIA, "linkedin.com/in/zia-corvellec-exemple"]]).encode())
    confirm(desk, now, page(desk))
    assert latest().summary["groups"]["aside"] == 1, "the profile that came with the number is known too"


def test_a_person_known_by_their_profile_takes_over_whom_a_number_alone_named(
    desk: Client, now: datetime, give: Give
) -> None:
    give(delimited([["Nom", "Profil LinkedIn"], [ZIA, "linkedin.com/in/zia-corvellec-exemple"]]).encode())
    confirm(desk, now, page(desk))
    keep_all(desk, now)
    before = Candidate.objects.get(name=ZIA)
    give(LOG)
    keep_all(desk, now)
    assert Candidate.objects.filter(name=ZIA).count() == 2, "nothing says yet that they are one"
    give(PEOPLE)
    keep_all(desk, now)
    assert Candidate.objects.get(name=ZIA) == before
    assert [str(each.kind) for each in Event.objects.filter(candidate=before)] == PAST[ZIA]
    assert Outreach.objects.get(candidate=before, is_open=True).channel == "linkedin"
    assert "Les séparer" in page_of(desk, f"/personnes/{before.pk}/"), "it can be taken back"


def test_two_who_can_be_reached_are_told_and_not_joined(desk: Client, now: datetime, give: Give) -> None:
    give(delimited([["Nom", "Profil LinkedIn"], ["Marc O.", "linkedin.com/in/marc-odemer-exemple"]]).encode())
    confirm(desk, now, page(desk))
    keep_all(desk, now)
    for file in (LOG, PEOPLE):
        give(file)
        keep_all(desk, now)
    one, other = Candidate.objects.get(name="Marc O."), Candidate.objects.get(name=MARC)
    assert [one.pk, other.pk] in latest().result["alike"]
    assert f"/{one.pk}/" in page(desk)


def test_a_number_stays_when_the_sheet_is_changed(desk: Client, now: datetime, give: Give) -> None:
    give(PEOPLE)
    keep_all(desk, now)
    zia = Candidate.objects.get(name=ZIA)
    form = desk.get(f"/personnes/{zia.pk}/modifier/").context["form"]
    typed = {name: form.initial.get(name) or "" for name in form.fields}
    answer = desk.post(f"/personnes/{zia.pk}/modifier/", {**typed, "societe": "Brumelle"})
    assert answer.status_code == 302
    zia.refresh_from_db()
    assert zia.company == "Brumelle"
    assert ("source_number", "gem:7a") in known_by(ZIA)
    assert zia.channels == "linkedin"


def test_numbers_of_two_tools_are_two(desk: Client, now: datetime, give: Give) -> None:
    give(talent_hub_people(("8", "Autre", "Kerbihan", "autre@exemple.example")))
    keep_all(desk, now)
    give(LOG)
    keep_all(desk, now)
    assert known_by("Autre Kerbihan") == [
        ("email", "autre@exemple.example"),
        ("source_number", "talent_hub:8"),
    ]
    assert kept()[MARC] == PAST[MARC]


def test_a_number_of_a_tool_not_known_holds_for_one_name(desk: Client, now: datetime, give: Give) -> None:
    mails = [["Identifiant candidat", "Nom", "Mail"], ["41", "Rose Templier", "rose@exemple.example"],
             ["42", "Hugo Aubrac", "hugo@exemple.example"]]  # fmt: skip
    dated = [["Identifiant candidat", "Nom", "Profil LinkedIn", "Dernier contact"],
             ["41", "TEMPLIER Rose", "linkedin.com/in/rose-templier-exemple", "04/03/2026"],
             ["42", "Nora Penhoët", "linkedin.com/in/nora-penhoet-exemple", "04/03/2026"],
             ["43", "Sans Adresse", "", "04/03/2026"]]  # fmt: skip
    for rows in (mails, dated):
        confirm(desk, now, give(delimited(rows, ";").encode()))
        keep_all(desk, now)
    assert latest().summary["refused"] == 1, "of a tool that is not known a number alone is no person"
    found = kept()
    assert found["Hugo Aubrac"] == []
    assert found["Nora Penhoët"] == ["message_sent"]
    rose = Candidate.objects.get(identities__value="rose@exemple.example")
    assert rose.identities.filter(value="rose-templier-exemple").exists()
    assert len(found) == 3


def together(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, content in files:
            packed.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("names", [("a_log.csv", "b_people.csv"), ("b_log.csv", "a_people.csv")])
def test_both_files_in_one_zip(desk: Client, now: datetime, give: Give, names: tuple[str, str]) -> None:
    files = list(zip(names, (LOG, PEOPLE), strict=True))
    shown = give(together(*sorted(files)), "gem.zip")
    assert latest().state == "read", "nobody is asked which of the two"
    assert "Gem (event log), Gem (candidate info)" in shown
    assert "9 lignes lues." in shown
    assert f"{names[0]}, ligne 7" in shown, "the row that names nobody is told with its file"
    groups = latest().summary["groups"]
    assert (groups["silent"], groups["waiting"], groups["without_address"]) == (2, 1, 0)
    answer = desk.get(f"/bienvenue/{latest().pk}/refusees/")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0].endswith(
        "event_metadata;candidate_linkedin_url;candidate_title;candidate_company;candidate_location"
    )
    assert lines[1].startswith(f"{names[0]} 7;non;")
    desk.post(f"/bienvenue/{latest().pk}/garder/")
    advance_one_import(clock=lambda: now)
    assert kept() == PAST
    assert Outreach.objects.get(candidate__name=ADA).channel == "linkedin"
    give(together(*files), "gem.zip")
    keep_all(desk, now)
    assert kept() == PAST


def test_two_files_of_two_tools_are_asked_about(desk: Client, now: datetime, give: Give) -> None:
    hub = talent_hub_people(("8", "Autre", "Kerbihan", "autre@exemple.example"))
    shown = give(together(("log.csv", LOG), ("hub.csv", hub)), "deux.zip")
    assert latest().state == "mapping"
    assert "log.csv" in shown
    assert "hub.csv" in shown


@pytest.mark.parametrize("first", ["log.csv", "people.csv"])
def test_both_files_at_the_terminal(relance: Relance, tmp_path: Path, first: str) -> None:
    (tmp_path / "log.csv").write_bytes(LOG)
    (tmp_path / "people.csv").write_bytes(PEOPLE)
    second = {"log.csv": "people.csv", "people.csv": "log.csv"}[first]
    groups = "waiting,silent,without_address,contacts"
    for file in (first, second, first):
        done = relance("import", str(tmp_path / file), "--keep", groups)
        assert done.returncode == 0, done.stderr
    assert "3 people were known already." in done.stdout
    (tmp_path / "both.zip").write_bytes(together(("log.csv", LOG), ("people.csv", PEOPLE)))
    done = relance("import", str(tmp_path / "both.zip"))
    assert "Gem (event log), Gem (candidate info)" in done.stdout
    assert "log.csv, row 7" in done.stdout
    assert "3 people were known already." in done.stdout
    done = relance("import", str(tmp_path / "both.zip"), "--sheet", "people.csv")
    assert "3 rows read." in done.stdout
