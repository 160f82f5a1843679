"""The welcome as it is read: the end of an import, the choice, and the gestures on it."""

import re
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from relance.imports.actions import give_archive
from relance.imports.jobs import advance_one_import
from relance.imports.linkedin.reasons import LeftOut
from relance.imports.mailbox.reasons import MailLeftOut
from relance.imports.models import Import, State
from relance.imports.phrases import left_out
from relance.imports.tables.reasons import RowProblem
from relance.method.candidates.models import Candidate
from relance.method.writing.actions import plant_starters
from tests.imports.compose import compose
from tests.imports.scenario import moved
from tests.imports.stories import told
from tests.people import candidate

pytestmark = pytest.mark.database

NAMES = ("Inès Aubrac", "Paul Kermeur", "Zoé Valmy")


def ended(member: Any, now: datetime, **result: Any) -> Import:
    """An import of a newer archive that is over."""
    base = {"kept": 0, "set_aside": 0, "open": 0, "known": 3, "accepted": [], "answered": [], "moved": []}
    return Import.objects.create(
        organisation=member.organisation, member=member, token="a" * 32, reader="worker", source="linkedin",
        given_at=now, state=State.KEPT, result={**base, "alike": [], **result}, ended_at=now,
    )  # fmt: skip


def named(member: Any, now: datetime, *names: str) -> list[Candidate]:
    return [
        candidate(member, now, name, identities=(("email", f"p{n}@exemple.example"),))
        for n, name in enumerate(names)
    ]


def news(client: Client) -> str:
    """The list of news, as written on the page."""
    shown = unescape(client.get("/bienvenue/").content.decode()).replace("\xa0", " ")
    return shown[shown.index("Nouvelles") :].split("</section>")[0]


def linked(person: Candidate) -> str:
    return f'<a href="/personnes/{person.pk}/">{person.name}</a>'


def test_the_news_of_a_newer_archive_name_whom_they_are_about(
    desk: Client, member: Any, now: datetime
) -> None:
    ines, paul, zoe = named(member, now, *NAMES)
    ended(
        member, now, accepted=[ines.pk, paul.pk], answered=[zoe.pk], moved=[[paul.pk, "Solvane", "Brumelle"]]
    )
    said = news(desk)
    assert f"2 ont accepté votre invitation : {linked(ines)}, {linked(paul)}." in said
    assert f"1 a répondu : {linked(zoe)}." in said
    assert f"{linked(paul)} a changé de société : Solvane, maintenant Brumelle" in said
    assert desk.get(f"/personnes/{zoe.pk}/").status_code == 200
    part = desk.get("/bienvenue/", headers={"HX-Request": "true"}).content.decode()
    assert linked(zoe) in unescape(part), "said too where the page is swapped in"


def test_of_many_some_twenty_are_named_and_the_rest_counted(desk: Client, member: Any, now: datetime) -> None:
    people = named(member, now, *(f"Inès {chr(65 + n)}ubrac" for n in range(26)), "Paul Kermeur")
    keys = [person.pk for person in people]
    ended(member, now, accepted=keys, answered=keys[:21], moved=[[pk, "Solvane", "Brumelle"] for pk in keys])
    accepted, answered = news(desk).split("<li>")[2:4]
    assert accepted.count("<a ") == answered.count("<a ") == 20
    assert accepted.split("</li>")[0].endswith(" et 7 autres.")
    assert answered.split("</li>")[0].endswith(" et 1 autre.")
    assert news(desk).count("maintenant Brumelle") == 20
    assert "7 autres ont changé de société." in news(desk)


def test_who_is_gone_is_counted_and_who_is_another_firm_s_is_never_named(
    desk: Client, member: Any, stranger: Any, now: datetime
) -> None:
    plant_starters(organisation=stranger.organisation, now=now)
    (theirs,) = named(stranger, now, "Léo Ailleurs")
    (ours,) = named(member, now, "Inès Aubrac")
    gone = ours.pk + 1_000
    ended(
        member, now, accepted=[theirs.pk, gone], answered=[theirs.pk, ours.pk],
        moved=[[theirs.pk, "Solvane", "Brumelle"]],
    )  # fmt: skip
    said = news(desk)
    assert "Léo" not in said
    assert f"/personnes/{theirs.pk}/" not in said
    assert f"/personnes/{gone}/" not in said
    assert "2 ont accepté votre invitation.</li>" in said
    assert f"2 ont répondu : {linked(ours)} et 1 autre." in said
    assert "1 a changé de société." in said


def test_a_result_without_any_key_is_still_told(desk: Client, member: Any, now: datetime) -> None:
    row = ended(member, now - timedelta(days=90))
    row.result = {"kept": 4, "set_aside": 0, "known": 3}
    row.save()
    assert "3 personnes étaient déjà dans le carnet." in news(desk)


@pytest.fixture
def choosing(desk: Client, member: Any, now: datetime, tmp_path: Path) -> Import:
    """An archive that was read, and is being chosen among."""
    archive = compose(tmp_path / "archive.zip", moved(told(2), now))
    row = give_archive(member=member, chunks=[archive.read_bytes()], now=now)
    assert advance_one_import(clock=lambda: now) == 1
    row.refresh_from_db()
    assert row.state == State.READ, row.problem
    return row


def pressed(desk: Client, row: Import, gesture: str, **more: Any) -> str:
    """Where a gesture leads."""
    answer = desk.post(
        f"/bienvenue/{row.pk}/choix/", {"geste": gesture, "groupe": "accepted", **more}, follow=False
    )
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def page(desk: Client, address: str) -> str:
    return unescape(desk.get(address).content.decode()).replace("\xa0", " ")


def test_a_gesture_leads_back_to_where_it_was_made(desk: Client, choosing: Import) -> None:
    someone = re.findall(r'id="e-(\d+)"', page(desk, "/bienvenue/?groupe=accepted"))[1]
    place = pressed(desk, choosing, f"etoile:{someone}")
    assert place == f"/bienvenue/#e-{someone}"
    starred = re.search(rf'<button class="star" id="e-{someone}".*?aria-pressed="(\w+)"', page(desk, place))
    assert starred
    assert starred[1] == "true"
    assert pressed(desk, choosing, "garder_groupe") == "/bienvenue/#g-accepted"
    assert pressed(desk, choosing, "laisser", qui=[someone]) == "/bienvenue/#g-accepted"
    assert 'id="g-accepted" tabindex="-1"' in page(desk, "/bienvenue/")
    within = {"seul": "accepted", "page": "1"}
    assert (
        pressed(desk, choosing, f"sans_etoile:{someone}", **within)
        == f"/bienvenue/?groupe=accepted&page=1#e-{someone}"
    )


@pytest.mark.parametrize("gesture", ["cote", "etoile", "garder", "laisser", "reprendre"])
def test_a_gesture_on_nobody_is_answered_with_a_sentence(
    desk: Client, choosing: Import, gesture: str
) -> None:
    group = "silent"
    place = pressed(desk, choosing, gesture, groupe=group)
    assert place == "/bienvenue/?personne=silent#personne"
    shown = page(desk, place)
    assert shown.count("Personne n’est coché dans ce groupe") == 1
    section = shown[shown.index('id="g-silent"') :].split("</section>")[0]
    assert 'role="alert"' in section
    assert "Personne n’est coché" not in page(desk, "/bienvenue/"), "said once"


def test_one_of_anything_is_said_in_the_singular(desk: Client, choosing: Import) -> None:
    choosing.summary["left_out"] = {"unknown_header": 1, "duplicate": 1, "sponsored": 1, "spam": 2}
    choosing.save()
    someone = re.findall(r'id="e-(\d+)"', page(desk, "/bienvenue/?groupe=accepted"))[0]
    pressed(desk, choosing, "laisser_groupe")
    pressed(desk, choosing, "garder", qui=[someone])
    shown = page(desk, "/bienvenue/")
    assert "1 gardée, tout garder" in shown
    left_out = re.findall(r"<li>(.*?)</li>", shown[shown.index("Ce qui n’a pas servi") :])
    assert left_out[:4] == [
        "2 messages classés indésirables", "1 ligne en double", "1 message sponsorisé",
        "1 fichier aux colonnes inconnues",
    ]  # fmt: skip
    choosing.state, choosing.stage, choosing.done, choosing.total = State.READING, "messages", 1, 12
    choosing.save()
    assert "1 message sur 12" in page(desk, "/bienvenue/")
    choosing.state, choosing.stage = State.KEEPING, ""
    choosing.save()
    assert "1 personne sur 12" in page(desk, "/bienvenue/")


@pytest.mark.parametrize("reason", [*LeftOut, *MailLeftOut, *RowProblem])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_reason_has_both_its_numbers(language: str, reason: str) -> None:
    with translation.override(language):
        one, several = left_out(reason, 1), left_out(reason, 2)
    assert one.startswith("1 ")
    assert several.startswith("2 ")
    assert one[2:] != several[2:]


@pytest.mark.parametrize(
    ("took", "says"),
    [
        (timedelta(milliseconds=400), "Archive lue en moins d’une seconde"),
        (timedelta(seconds=3), "lue en 3 s"),
    ],
)
def test_how_long_it_took_is_never_nothing(
    desk: Client, choosing: Import, took: timedelta, says: str
) -> None:
    assert choosing.ended_at
    choosing.started_at = choosing.ended_at - took
    choosing.save()
    assert says in page(desk, "/bienvenue/")
