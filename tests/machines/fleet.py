"""Several machines of one desk, as folders and ports: web processes and workers that share the database alone."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

import requests

from tests.serving import free_port

RELANCE = [sys.executable, "-m", "relance.cli.main"]
KEYS = ("secret.key", "fingerprint.key", "vault.key")

PLANT = """
import json, django
django.setup()
from datetime import timedelta
from django.utils import timezone
from relance.accounts.actions import issue_link
from relance.accounts.models import Absence, Membership, User
from relance.method.outreach.overriding import override_colleague
from tests.people import written_to
now = timezone.now()
Absence.objects.all().delete()  # whatever the day on which this runs
maud = Membership.objects.get()
maud.user.name, maud.user.email = "Maud Keravel", "maud@ormel.example"
maud.user.save()
def joined(name, mail):
    user = User.objects.create_user(mail, name=name)
    return Membership.objects.create(organisation=maud.organisation, user=user, role="recruiter")
theo = joined("Théo Lancelin", "theo@ormel.example")
hers = written_to(maud, now, "Inès Aubrac", ago=timedelta(days=9))
both = [written_to(maud, now, f"Personne {n}", ago=timedelta(days=9)) for n in range(4)]
why = "Vu avec Maud ce matin même."
for one in both:
    override_colleague(candidate=one.candidate, recruiter=theo, manager=maud, reason=why, now=now)
print(json.dumps({
    "maud": issue_link(user=maud.user, now=now), "theo": issue_link(user=theo.user, now=now),
    "hers": [hers.pk, hers.candidate_id], "both": [one.pk for one in both],
}))
"""


@dataclass
class Machine:
    """One host: a data folder of its own, a web process on a port of its own, a worker."""

    environment: dict[str, str]
    port: int = field(default_factory=free_port)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def folder(self) -> Path:
        return Path(self.environment["RELANCE_DATA"])

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*RELANCE, *words], env=self.environment, capture_output=True, text=True, encoding="utf-8",
            check=False, timeout=60,
        )  # fmt: skip

    def answers(self) -> bool:
        try:
            return requests.get(self.address + "/compte/login/", timeout=5).status_code == 200
        except requests.ConnectionError:
            return False


def machines(environment: dict[str, str], folder: Path, count: int = 3) -> list[Machine]:
    """On PostgreSQL each with its own folder, but for the temporary area; on SQLite they are one machine."""
    if "RELANCE_DATABASE_URL" not in environment:
        return [Machine(environment) for _ in range(count)]
    shared = {"RELANCE_TEMPORARY": str(folder / "shared")}
    return [
        Machine({**environment, **shared, "RELANCE_DATA": str(folder / f"host-{n}")}) for n in range(count)
    ]


def same_keys(fleet: list[Machine]) -> None:
    first = fleet[0].folder
    for machine in fleet[1:]:
        machine.folder.mkdir(exist_ok=True)
        for key in KEYS:
            if machine.folder != first:
                shutil.copy(first / key, machine.folder / key)


@contextmanager
def served(fleet: list[Machine], log: Path) -> Iterator[None]:
    """Every machine serves the pages and does background work, until the block ends."""
    running = []
    with log.open("w") as said:
        for machine in fleet:
            for words in (("web", "--port", str(machine.port)), ("worker",)):
                running.append(subprocess.Popen([*RELANCE, *words], env=machine.environment, stderr=said))
        try:
            deadline = time.monotonic() + 60
            while not all(machine.answers() for machine in fleet):
                assert time.monotonic() < deadline, log.read_text()
                assert all(process.poll() is None for process in running), log.read_text()
                time.sleep(0.1)
            yield
            assert all(process.poll() is None for process in running), log.read_text()
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=20)


class Planted(TypedDict):
    maud: str
    theo: str
    hers: tuple[int, int]
    both: list[int]


def planted(machine: Machine, root: Path) -> Planted:
    done = subprocess.run(
        [sys.executable, "-c", PLANT],
        env=machine.environment,
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    found: Planted = json.loads(done.stdout)
    return found


class Browser:
    """Somebody's browser, which may speak to any of the machines."""

    def __init__(self) -> None:
        self.session = requests.Session()

    def get(self, machine: Machine, path: str) -> str:
        answer = self.session.get(machine.address + path, timeout=60)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return answer.text

    def post(self, machine: Machine, path: str, data: dict[str, str], files: Any = None) -> requests.Response:
        token = self.session.cookies.get("csrftoken") or ""
        return self.session.post(
            machine.address + path, data=data, files=files, headers={"X-CSRFToken": token}, timeout=60,
            allow_redirects=False,
        )  # fmt: skip

    def enter(self, machine: Machine, secret: str) -> None:
        self.get(machine, f"/entrer/{secret}/")
        assert self.post(machine, f"/entrer/{secret}/", {}).status_code == 302

    def wait_for(self, machine: Machine, path: str, pattern: str) -> re.Match[str]:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            found = re.search(pattern, self.get(machine, path))
            if found:
                return found
            time.sleep(0.3)
        raise AssertionError(f"{pattern} never stood on {path}")
