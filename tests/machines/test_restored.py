"""A backup comes back on another machine: people, keys, passwords, codes and those to leave alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.machines.fleet import KEYS, Browser, Machine, served
from tests.own_database import own_database, own_postgresql, postgresql_tool

PHRASE = "une phrase assez longue"
PLANT = f"""
import django
django.setup()
from django.utils import timezone
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from relance.accounts.models import Membership
from relance.method.candidates.actions import leave_alone
from relance.method.candidates.models import Avoidance
from tests.people import written_to
now = timezone.now()
maud = Membership.objects.get()
maud.user.name, maud.user.email = "Maud Keravel", "maud@ormel.example"
maud.user.set_password("{PHRASE}")
maud.user.save()
written_to(maud, now, "Inès Aubrac")
leave_alone(organisation_id=maud.organisation_id, pairs=[("email", "paix@exemple.example")],
            avoidance=Avoidance.OPTED_OUT, member=maud, now=now)
TOTP.activate(maud.user, "JBSWY3DPEHPK3PXP")
print(RecoveryCodes.activate(maud.user).get_unused_codes()[0])
"""


def backed_up(machine: Machine, folder: Path) -> Path:
    """One file: what `relance backup` writes, or what pg_dump does."""
    if "RELANCE_DATABASE_URL" not in machine.environment:
        file = folder / "desk.zip"
        assert machine.run("backup", str(file)).returncode == 0
        return file
    assert "pg_dump" in machine.run("backup").stderr, "it says what to do"
    tool = postgresql_tool("pg_dump")
    if tool is None:
        pytest.skip("pg_dump is not on this machine")
    file = folder / "desk.dump"
    url = machine.environment["RELANCE_DATABASE_URL"]
    subprocess.run([tool, "--format=custom", f"--file={file}", f"--dbname={url}"], check=True)
    return file


@contextmanager
def elsewhere(machine: Machine, file: Path, home: Path) -> Iterator[Machine]:
    """Another machine: another home and data folder, and another, empty database, into which the file goes."""
    home.mkdir()
    environment = {**machine.environment, "HOME": str(home), "RELANCE_DATA": str(home / "desk")}
    server = os.environ.get("RELANCE_DATABASE_URL", "")
    if not server:
        other = Machine(environment)
        done = other.run("restore", str(file))
        assert done.returncode == 0, done.stderr
        yield other
        return
    tool = postgresql_tool("pg_restore")
    assert tool is not None
    with own_postgresql(server) as url:
        other = Machine({**environment, "RELANCE_DATABASE_URL": url})
        subprocess.run([tool, "--no-owner", f"--dbname={url}", str(file)], check=True)
        other.folder.mkdir()
        assert "secret.key" in other.run("prepare").stderr, "without the keys it does not begin"
        for key in KEYS:
            shutil.copy(machine.folder / key, other.folder / key)
        assert "relance keys --accept area" in other.run("prepare").stderr
        assert other.run("keys", "--accept", "area").returncode == 0
        assert other.run("prepare").returncode == 0
        yield other


@pytest.mark.database
def test_a_backup_comes_back_on_another_machine(tmp_path: Path) -> None:
    with own_database(tmp_path / "desk") as environment:
        first = Machine(environment)
        assert first.run("prepare").returncode == 0
        planted = subprocess.run(
            [sys.executable, "-c", PLANT],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        recovery_code = planted.stdout.strip()
        with elsewhere(first, backed_up(first, tmp_path), tmp_path / "home") as other:
            assert "NOT" not in other.run("keys").stdout
            with served([other], tmp_path / "log"):
                comes_in_and_sees_the_people(other, recovery_code)


def comes_in_and_sees_the_people(machine: Machine, recovery_code: str) -> None:
    maud = Browser()
    maud.get(machine, "/compte/login/")
    asked = maud.post(machine, "/compte/login/", {"login": "maud@ormel.example", "password": PHRASE})
    assert asked.headers["Location"] == "/compte/2fa/authenticate/"
    maud.get(machine, "/compte/2fa/authenticate/")
    entered = maud.post(machine, "/compte/2fa/authenticate/", {"code": recovery_code})
    assert entered.headers["Location"] == "/", "its seed is locked with the vault's key, which came along"
    assert "Inès Aubrac" in maud.get(machine, "/personnes/")
    refused = maud.post(
        machine, "/personnes/ajouter/",
        {"nom": "Paix", "moyen": "mail", "adresse": "paix@exemple.example", "texte": "Bonjour.", "quand": ""},
    )  # fmt: skip
    assert refused.status_code == 409, "who is to be left alone is recognised by the fingerprint's key"
