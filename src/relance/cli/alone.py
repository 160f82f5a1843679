"""One process at a time brings a desk to this version: the others wait for it."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from relance.cli.refusal import Refusal

MAKING_READY = 7_352_623
"""By which number PostgreSQL knows the lock; any would do."""
LOCK = "preparing.lock"
PATIENCE = 120.0
A_LOOK = 0.2


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock on making ready until the block ends. Raises Refusal after two minutes of waiting, on SQLite."""
    with _held_by_file() if connection.vendor == "sqlite" else _held_by_server():
        yield


@contextmanager
def _held_by_server() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MAKING_READY])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MAKING_READY])


@contextmanager
def _held_by_file() -> Iterator[None]:
    """An empty SQLite file beside the desk, locked whole: every system frees it when a process dies."""
    path = Path(settings.DATA_DIR) / LOCK
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as lock:
        _wait_for(lock, path)
        yield  # closing rolls back, and that frees it


def _wait_for(lock: sqlite3.Connection, path: Path) -> None:
    deadline, told = time.monotonic() + PATIENCE, False
    while True:
        try:
            lock.execute("BEGIN EXCLUSIVE")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
        if time.monotonic() > deadline:
            raise Refusal(
                _(
                    "Another relance has been preparing this desk for two minutes (%(folder)s). Look at what it "
                    "says, or stop it, then begin again."
                )
                % {"folder": path.parent}
            )
        if not told:
            told = True
            print(
                _("Another relance is preparing this desk (%(folder)s): waiting for it.") % {"folder": path.parent},
                file=sys.stderr,
                flush=True,
            )  # fmt: skip
        time.sleep(A_LOOK)
