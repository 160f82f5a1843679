"""The database file: is it sound, and the copies that are made of it."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from relance.cli.refusal import Refusal

KEPT = 5
# facts: a rare fault of 3.7.0-3.51.2 when a WAL is reset under load; 3.50.7 and 3.44.6 have the mend too.
SQLITE_WITHOUT_THE_WAL_FAULT = (3, 51, 3)
OLDEST_SQLITE = (3, 31, 0)


def database_file() -> Path | None:
    """The SQLite file of this desk, or None on PostgreSQL."""
    return Path(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None


def is_new_desk() -> bool:
    """Whether there is no SQLite file with anything in it yet."""
    file = database_file()
    return file is not None and not (file.exists() and file.stat().st_size)


def check_sqlite() -> list[str]:
    """Check the library and the file. Raises Refusal; returns warnings as sentences."""
    file = database_file()
    if file is None:
        return []
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise Refusal(
            _("SQLite %(found)s is too old, Relance needs 3.31 or newer: update Python or the system.")
            % {"found": sqlite3.sqlite_version}
        )
    if not is_new_desk():
        _check_file(file)
    if sqlite3.sqlite_version_info < SQLITE_WITHOUT_THE_WAL_FAULT:
        return [
            _(
                "SQLite %(found)s has a rare fault under load that 3.51.3 mends. Copies of the database are "
                "kept in %(folder)s."
            )
            % {"found": sqlite3.sqlite_version, "folder": settings.BACKUPS}
        ]
    return []


def _check_file(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file, timeout=20)) as database:
            answer = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer != "ok":
        raise Refusal(
            _(
                "The database %(file)s is damaged (%(answer)s). Nothing was changed. The last copies are in "
                "%(folder)s: relance restore brings one back."
            )
            % {"file": file, "answer": answer, "folder": settings.BACKUPS}
        )


def copy_database(target: Path) -> None:
    """Copy the live SQLite database to `target`, whole and consistent, while others go on writing."""
    source = database_file()
    assert source is not None
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    with closing(sqlite3.connect(source, timeout=20)) as live, closing(sqlite3.connect(draft)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    draft.chmod(0o600)
    draft.replace(target)


def migrations_waiting() -> bool:
    """Whether the code knows migrations that the database has not had."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def copy_before_migrating(now: datetime) -> Path | None:
    """Keep a copy of the database before it changes shape; the last five stay."""
    if database_file() is None:
        return None
    target = settings.BACKUPS / f"before-migration-{now:%Y%m%d-%H%M%S-%f}.sqlite3"
    copy_database(target)
    for old in sorted(settings.BACKUPS.glob("before-migration-*.sqlite3"))[:-KEPT]:
        old.unlink()
    return target
