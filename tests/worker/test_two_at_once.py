"""A large table in hand: mail does not wait for it, and a worker asked to stop gives it back."""

import json
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from relance.imports.actions import give_archive
from relance.imports.jobs import advance_one_import
from relance.imports.models import Import
from tests.house.tree import ROOT
from tests.mail_servers import imap, post
from tests.own_database import own_database

HEADER = (
    "First name,Last name,Email,Phone number,Job title,Company,Location,Pipeline stage,Note,"
    "Note visibility,Tags\n"
)
PLANT = """
import sys, django
django.setup()
from django.utils import timezone
from relance.accounts.actions import found_desk
from relance.imports.actions import give_archive
from relance.method.delivery.models import Mailbox
from tests.worker.test_two_at_once import table
now, member = timezone.now(), found_desk(name="Ormel")
from relance.accounts.vault import lock
Mailbox.objects.create(
    organisation=member.organisation, member=member, address="maud@ormel.example", username="maud",
    secret=lock(sys.argv[3]), smtp_host="127.0.0.1", smtp_port=int(sys.argv[1]), smtp_security="none",
    imap_host="127.0.0.1", imap_port=int(sys.argv[2]), imap_security="none", connected_at=now,
)
give_archive(member=member, chunks=[table(60_000)], now=now)
"""
LOOK = """
import json, sys, django
django.setup()
from relance.imports.models import Import
from relance.method.delivery.models import Mailbox
for _ in sys.stdin:
    row, box = Import.objects.get(), Mailbox.objects.get()
    print(json.dumps([row.state, row.lease, row.done, box.read_at is not None, box.fault]), flush=True)
"""


def table(rows: int) -> bytes:
    lines = (
        f"Ana{n},Roux,ana{n}@exemple.example,,Développeuse,Solvane,Lyon,Contacted,,ONLY_ME,\n"
        for n in range(rows)
    )
    return (HEADER + "".join(lines)).encode()


def python(code: str, *words: str, environment: dict[str, str], **more: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *words], env=environment, cwd=ROOT, text=True, encoding="utf-8", **more
    )


@pytest.mark.database
def test_mail_is_read_while_a_large_table_is_and_a_stop_is_clean(tmp_path: Path) -> None:
    from tests.mail_servers import PASSWORD

    with own_database(tmp_path / "desk") as environment, post() as out, imap() as box:
        planted = python(PLANT, str(out.port), str(box.port), PASSWORD, environment=environment)
        assert planted.wait(timeout=60) == 0
        looking = python(LOOK, environment=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert looking.stdin is not None
        assert looking.stdout is not None

        def look() -> tuple[str, str, int, bool, str]:
            assert looking.stdin is not None
            assert looking.stdout is not None
            looking.stdin.write("\n")
            looking.stdin.flush()
            found: tuple[str, str, int, bool, str] = tuple(json.loads(looking.stdout.readline()))
            return found

        worker = subprocess.Popen([sys.executable, "-m", "relance.worker"], env=environment)
        try:
            deadline = time.monotonic() + 60
            while not ((seen := look())[2] and seen[3]):
                assert time.monotonic() < deadline, seen
                assert seen[0] in {"waiting", "reading"}, f"the mail waited for the table: {seen}"
                time.sleep(0.05)
            assert seen[0] == "reading"
            assert seen[1], "somebody holds the table"
            assert not seen[4]
            asked_at = time.monotonic()
            worker.terminate()
            assert worker.wait(timeout=20) == 0
            assert time.monotonic() - asked_at < 9, "`relance start` kills after ten seconds"
            assert look()[:2] == ("reading", ""), "given back, whoever comes takes it at once"
        finally:
            worker.kill()
            worker.wait(timeout=10)
            looking.communicate(timeout=10)


def test_what_was_given_back_is_read_anew_and_whole(member: Any, now: datetime) -> None:
    asked: list[int] = []

    def stopping() -> bool:
        asked.append(1)
        return len(asked) > 1

    with time_machine.travel(now, tick=False):
        give_archive(member=member, chunks=[table(3_000)], now=now)
        assert advance_one_import(clock=lambda: now, stopping=stopping) == 1
        row = Import.objects.get()
        assert (row.state, row.lease, len(asked)) == ("reading", "", 2)
        assert advance_one_import(clock=lambda: now) == 1
    row.refresh_from_db()
    assert row.state == "read"
    assert "3000" in json.dumps(row.summary)
