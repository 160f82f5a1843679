"""Tries are counted for all processes together."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

ATTEMPT = """
import django
django.setup()
from django.test import Client
client = Client(REMOTE_ADDR="203.0.113.9")
for _ in range({times}):
    print(client.post({address!r}, {sent!r}).status_code)
"""


def body(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def folder(tmp_path: Path) -> dict[str, str]:
    """The environment of a desk of its own, on SQLite, which several processes open."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}
    environment = kept | {
        "RELANCE_DATA": str(tmp_path / "desk"),
        "RELANCE_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "relance.config.settings",
    }
    code = (
        "import django; django.setup(); from django.core.management import call_command as c;"
        "c('migrate', verbosity=0); c('createcachetable', verbosity=0)"
    )
    (tmp_path / "desk").mkdir()
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    return environment


def tried(environment: dict[str, str], address: str, sent: dict[str, str], times: int) -> list[str]:
    """The statuses that a process of its own gets."""
    code = ATTEMPT.format(times=times, address=address, sent=sent)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.split()


@pytest.mark.parametrize("address", ["/entrer/inconnu/", "/rejoindre/inconnu/"])
def test_links_of_one_machine_in_two_processes(folder: dict[str, str], address: str) -> None:
    assert tried(folder, address, {}, 15) == ["410"] * 15
    assert tried(folder, address, {}, 8) == ["410"] * 5 + ["429"] * 3


def test_logins_of_one_machine_in_two_processes(folder: dict[str, str]) -> None:
    sent = {"login": "qui@ormel.example", "password": "au hasard"}
    assert tried(folder, "/compte/login/", sent, 20) == ["200"] * 20
    assert tried(folder, "/compte/login/", sent, 12) == ["200"] * 10 + ["429"] * 2


def test_a_password_is_not_guessed_at(member: Any, client: Client) -> None:
    member.user.set_password("une phrase assez longue")
    member.user.save()
    for number in range(5):
        client.post("/compte/login/", {"login": member.user.email, "password": f"essai {number}"})
    right = {"login": member.user.email, "password": "une phrase assez longue"}
    elsewhere = Client(REMOTE_ADDR="203.0.113.10")
    assert elsewhere.post("/compte/login/", right).status_code == 200, "the account rests, from anywhere"


def test_too_often_is_a_page_of_the_house(client: Client, db: None, settings: Any) -> None:
    settings.LINKS_OPENED = "1/m/ip"
    client.get("/entrer/inconnu/")
    response = client.get("/entrer/inconnu/")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "60"
    assert 'class="letter"' in body(response)
    assert Client(REMOTE_ADDR="203.0.113.11").get("/entrer/inconnu/").status_code == 200
