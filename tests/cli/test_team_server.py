"""What the commands of a team server say and refuse."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Relance
from tests.cli.test_keys import in_french


def test_the_link_leads_to_the_name_behind_the_proxy(relance: Relance, data: Path) -> None:
    assert relance("prepare").returncode == 0
    assert "  http://localhost:8000/entrer/" in relance("signin").stdout
    said = in_french(data, "signin", RELANCE_HTTPS="yes", RELANCE_HOSTS="relance.ormel.example").stdout
    assert "  https://relance.ormel.example/entrer/" in said


def test_nothing_serves_a_database_of_another_version(relance: Relance, data: Path) -> None:
    for word in ("web", "worker"):
        answer = relance(word)
        assert (answer.returncode, answer.stderr.count("\n")) == (2, 1), "there is no desk yet"
    assert relance("prepare").returncode == 0
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        latest = "SELECT MAX(name) FROM django_migrations WHERE app = 'accounts'"
        database.execute(f"DELETE FROM django_migrations WHERE app = 'accounts' AND name = ({latest})")
        database.commit()
    for word in ("web", "worker"):
        assert relance(word).returncode == 2, word


def test_preparing_again_changes_nothing(relance: Relance, data: Path) -> None:
    assert relance("prepare").returncode == 0
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        before = list(database.iterdump())
    assert relance("prepare").returncode == 0
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        assert list(database.iterdump()) == before
