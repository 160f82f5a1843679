"""Bring a backup back, the present desk being kept aside."""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from relance.cli.backup import DATABASE, KEYS, MANIFEST, digest
from relance.cli.refusal import Refusal
from relance.cli.storage import database_file

LARGEST = 50_000_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that relance backup wrote")


def run(options: argparse.Namespace) -> int:
    kept = restore(options.file.expanduser().resolve(), now=timezone.now())
    print(_("The desk of %(file)s is back.") % {"file": options.file})
    if kept:
        print(_("What was here before is kept in %(folder)s") % {"folder": kept})
    return 0


def restore(file: Path, *, now: datetime) -> Path | None:
    """Replace this desk by a backup after checking every byte of it. Raises Refusal and changes nothing.

    Returns the folder in which the former desk is kept, or None when there was none.
    """
    target = database_file()
    if target is None:
        raise Refusal(_("This desk is on PostgreSQL: bring its copy back with pg_restore."))
    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as folder:
        parts = _checked_parts(file, Path(folder))
        connections.close_all()
        _nobody_works_on(target)
        kept = _set_aside(target, data / "backups" / f"before-restore-{now:%Y%m%d-%H%M%S}")
        for name, part in parts.items():
            if os.name == "posix":
                part.chmod(0o600)
            part.replace(target if name == DATABASE else data / name)
    _make_ready()
    return kept


def _make_ready() -> None:
    """In a process of its own: this one has read the keys that were here before."""
    words = [sys.executable, "-m", "relance.cli.main", "prepare"]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise Refusal(done.stderr.strip().removeprefix("relance prepare: "))


def _checked_parts(file: Path, folder: Path) -> dict[str, Path]:
    wrong = Refusal(_("%(file)s is no whole backup of Relance. Nothing was changed.") % {"file": file})
    if not file.is_file():
        raise Refusal(_("%(file)s is not there.") % {"file": file})
    try:
        with zipfile.ZipFile(file) as archive:
            sums = json.loads(archive.read(MANIFEST))["sha256"]
            if DATABASE not in sums or set(sums) - {DATABASE, *KEYS}:
                raise wrong
            if sum(archive.getinfo(name).file_size for name in sums) > LARGEST:
                raise wrong
            parts = {name: Path(archive.extract(name, folder)) for name in sums}
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as error:
        raise wrong from error
    if any(digest(part) != sums[name] for name, part in parts.items()):
        raise wrong
    with closing(sqlite3.connect(parts[DATABASE])) as database:
        if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise wrong
    return parts


def _nobody_works_on(file: Path) -> None:
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as database:
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise Refusal(_("Relance is running on this desk: stop it first, then restore.")) from error


def _set_aside(target: Path, folder: Path) -> Path | None:
    if not target.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in (target, *(target.parent / key for key in KEYS)):
        if path.exists():
            path.rename(folder / path.name)
    for leftover in ("-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    return folder
