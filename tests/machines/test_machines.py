"""Three web processes and three workers with one database between them: what one grants, another refuses."""

import re
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.imports.compose import compose
from tests.imports.scenario import moved
from tests.imports.stories import told
from tests.machines.fleet import RELANCE, Browser, Machine, Planted, machines, planted, same_keys, served
from tests.own_database import own_database


def at_once(asks: list[tuple[Browser, Machine, str, str]]) -> list[tuple[int, str]]:
    """Each asks its machine for its outreach's permit, all at the same moment."""
    ready = threading.Barrier(len(asks))
    answers: dict[int, tuple[int, str]] = {}

    def ask(place: int) -> None:
        browser, machine, path, text = asks[place]
        ready.wait(timeout=20)
        answer = browser.post(machine, path, {"texte": text, "canal_actuel": "email"})
        answers[place] = (answer.status_code, answer.text)

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(len(asks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [answers[place] for place in range(len(asks))]


def prepare_at_once(machine: Machine, times: int) -> None:
    """Machines that start together make one desk."""
    running = [
        subprocess.Popen([*RELANCE, "prepare"], env=machine.environment, stdout=subprocess.DEVNULL)
        for _ in range(times)
    ]
    assert [process.wait(timeout=60) for process in running] == [0] * times
    count = (
        "import django; django.setup(); from relance.accounts.models import Organisation;"
        "print(Organisation.objects.count())"
    )
    said = subprocess.run(
        [sys.executable, "-c", count], env=machine.environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "1"


def refuse_strangers(fleet: list[Machine]) -> None:
    """A machine with keys or a temporary area of its own does not begin to serve."""
    late = fleet[1]
    said = late.run("web", "--port", str(late.port))
    assert said.returncode == 2
    assert "RELANCE" not in said.stdout
    assert "secret.key" in said.stderr
    same_keys(fleet)
    apart = Machine({**late.environment, "RELANCE_TEMPORARY": str(late.folder / "apart")})
    said = apart.run("worker", "--once")
    assert said.returncode == 2
    assert "RELANCE_TEMPORARY" in said.stderr


@pytest.mark.database
def test_the_guard_the_hand_over_and_imports_hold_across_machines(tmp_path: Path) -> None:
    with own_database(tmp_path / "desk") as environment:
        fleet = machines(environment, tmp_path)
        prepare_at_once(fleet[0], 3)
        if fleet[0].folder != fleet[1].folder:
            refuse_strangers(fleet)
        known = planted(fleet[0], ROOT)
        with served(fleet, tmp_path / "log"):
            journey(fleet, known, tmp_path)
        log = (tmp_path / "log").read_text()
        assert "Traceback" not in log
        assert "failed" not in log


def journey(fleet: list[Machine], known: Planted, folder: Path) -> None:
    first, second, third = fleet
    maud, theo = Browser(), Browser()
    maud.enter(first, known["maud"])
    theo.enter(second, known["theo"])
    assert "Maud" in maud.get(third, "/reglages/"), "one session, every machine"
    hers, person = known["hers"]

    path = f"/aujourdhui/{hers}/permis/"
    refused = theo.post(second, path, {"texte": "Une idée ?", "canal_actuel": "email"})
    assert refused.status_code == 409
    assert f'href="/personnes/{person}/passation/"' in refused.text
    page = theo.get(third, f"/personnes/{person}/passation/")
    assert re.search(r"Maud lui écrit déjà\W+[^,]*\d[^,]*, sans réponse", page), "who, and since when"
    for said in ("Ce qui la libère", "90 jours sans personne"):
        assert said in page, said

    theo.post(second, f"/personnes/{person}/passation/demander/", {"mot": "Quartelle cherche son profil."})
    asked = maud.wait_for(third, "/", r"/passations/(\d+)/repondre/")
    assert maud.post(first, asked[0], {"reponse": "passer"}).status_code == 302
    assert theo.post(third, path, {"texte": "Une idée ?", "canal_actuel": "email"}).status_code == 302
    assert maud.post(first, path, {"texte": "Une autre ?", "canal_actuel": "email"}).status_code == 409

    for outreach in known["both"]:
        path = f"/aujourdhui/{outreach}/permis/"
        answers = at_once([(maud, first, path, "Celle de Maud ?"), (theo, second, path, "Celle de Théo ?")])
        assert sorted(status for status, _page in answers) == [302, 409]
        lost = next(page for status, page in answers if status == 409)
        assert "/passation/" in lost, "the way to who has them and what frees them"

    bring_the_same_archive(maud, theo, fleet, folder)


def bring_the_same_archive(maud: Browser, theo: Browser, fleet: list[Machine], folder: Path) -> None:
    """Given on one machine, chosen on another, kept on a third, by two at once."""
    made = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    archive = compose(folder / f"Basic_LinkedInDataExport_{made:%m-%d-%Y}.zip", moved(told(4), made))
    content = archive.read_bytes()
    for browser, machine in ((maud, fleet[0]), (theo, fleet[1])):
        given = browser.post(machine, "/bienvenue/archive/", {}, {"archive": ("a.zip", content)})
        assert given.status_code == 302
    finishes = [
        browser.wait_for(machine, "/bienvenue/", r"/bienvenue/\d+/garder/")[0]
        for browser, machine in ((maud, fleet[1]), (theo, fleet[2]))
    ]
    for browser, machine, finish in ((maud, fleet[2], finishes[0]), (theo, fleet[0], finishes[1])):
        assert browser.post(machine, finish, {}).status_code == 302
    for browser, machine in ((maud, fleet[0]), (theo, fleet[1])):
        browser.wait_for(machine, "/bienvenue/", "Commencer la journée")
