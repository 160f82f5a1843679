"""A key that is lost or was changed is noticed at the first command, and former keys still read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from relance.config.environment import read_environment
from relance.config.keys import KeyRefused, keys_from
from tests.cli.conftest import Relance

DESK = [sys.executable, "-m", "relance.cli.main"]


def in_french(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}
    environment = {**bare, "RELANCE_DATA": str(data), "LC_ALL": "fr_FR.UTF-8", **more}
    return subprocess.run(
        [*DESK, *words], env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("name", ["secret", "fingerprint", "vault"])
def test_a_lost_key_is_noticed_at_once_and_told_in_both_languages(
    relance: Relance, data: Path, name: str
) -> None:
    assert relance("prepare").returncode == 0
    assert relance("queue").returncode == 0
    kept = (data / f"{name}.key").read_text()
    (data / f"{name}.key").unlink()
    for word in ("queue", "start", "web", "worker", "prepare", "signin", "redecide"):
        answer = relance(word)
        assert answer.returncode == 2, word
        assert f"The {name} key is not this desk's" in answer.stderr
        assert f"relance keys --accept {name}" in answer.stderr
    assert f"La clé {name} n’est pas celle de ce bureau" in in_french(data, "queue").stderr
    assert "NOT THE DESK'S" in relance("keys").stdout
    (data / f"{name}.key").write_text(kept)
    assert relance("queue").returncode == 0, "put back, all is well"


def test_a_key_that_is_lost_for_good_is_gone_on_without(relance: Relance, data: Path) -> None:
    relance("prepare")
    (data / "secret.key").unlink()
    assert relance("queue").returncode == 2
    done = relance("keys", "--accept", "secret")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Done: everybody signs in again.")
    assert relance("queue").returncode == 0


def test_a_change_keeps_the_former_key_and_other_machines_are_told(
    relance: Relance, data: Path, tmp_path: Path
) -> None:
    relance("prepare")
    before = (data / "secret.key").read_text()
    assert relance("keys", "--change", "secret").returncode == 0
    assert (data / "secret.key").read_text() != before
    assert (data / "secret.old").read_text() == before
    assert (data / "secret.old").stat().st_mode & 0o077 == 0
    assert relance("queue").returncode == 0
    late = in_french(data, "queue", RELANCE_SECRET_KEY=before)
    assert late.returncode == 2
    assert "a été remplacée par une autre" in late.stderr
    (data / "secret.old").unlink()
    assert relance("queue").returncode == 0, "once known, the new one stands alone"
    refused = in_french(
        data, "keys", "--change", "secret", RELANCE_SECRET_KEY=(data / "secret.key").read_text()
    )
    assert refused.returncode == 2
    assert "RELANCE_SECRET_KEY_OLD" in refused.stderr


def test_the_environment_changes_a_key_too(relance: Relance, data: Path) -> None:
    first, second = "a" * 40, "b" * 40
    assert in_french(data, "prepare", RELANCE_VAULT_KEY=first).returncode == 0
    assert in_french(data, "queue", RELANCE_VAULT_KEY=second).returncode == 2
    assert in_french(data, "queue", RELANCE_VAULT_KEY=second, RELANCE_VAULT_KEY_OLD=first).returncode == 0
    assert in_french(data, "queue", RELANCE_VAULT_KEY=second).returncode == 0
    assert not (data / "vault.key").exists()


def test_a_key_comes_from_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("c" * 40 + "\n")
    given = read_environment({"RELANCE_SECRET_KEY_FILE": str(file), "RELANCE_SECRET_KEY_OLD": "d" * 40}).keys
    file.chmod(0o640)
    with pytest.raises(KeyRefused, match="chmod 600"):
        keys_from(given["secret"], name="secret", folder=tmp_path, check_mode=True)
    file.chmod(0o600)
    found = keys_from(given["secret"], name="secret", folder=tmp_path, check_mode=True)
    assert found == ("c" * 40, "d" * 40)
    (tmp_path / "secret.old").write_text("e" * 40)
    (tmp_path / "secret.old").chmod(0o644)
    with pytest.raises(KeyRefused, match="chmod 600"):
        keys_from(given["secret"], name="secret", folder=tmp_path, check_mode=True)
    with pytest.raises(KeyRefused, match="fewer than 32"):
        keys_from(
            read_environment({"RELANCE_SECRET_KEY": "short"}).keys["secret"],
            name="secret", folder=tmp_path / "none", check_mode=True,
        )  # fmt: skip


def test_a_file_that_others_read_is_told_in_french(relance: Relance, data: Path) -> None:
    relance("prepare")
    (data / "fingerprint.key").chmod(0o604)
    answer = in_french(data, "start")
    assert answer.returncode == 2
    assert answer.stderr.startswith("relance start: D’autres comptes peuvent lire")
    assert answer.stderr.count("\n") == 1
