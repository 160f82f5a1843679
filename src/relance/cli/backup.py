"""Copy the whole desk to one file: database and keys."""

import argparse
import hashlib
import json
import os
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from relance import __version__
from relance.cli.refusal import Refusal
from relance.cli.storage import check_sqlite, copy_database, database_file

DATABASE = "relance.sqlite3"
KEYS = ("secret.key", "fingerprint.key", "vault.key", "secret.old", "fingerprint.old", "vault.old")
MANIFEST = "manifest.json"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", type=Path, help="where to write it (default: a dated file beside the data)"
    )


def run(options: argparse.Namespace) -> int:
    target = back_up(options.file, now=timezone.now())
    print(_("Backup written: %(file)s") % {"file": target})
    print(_("It holds the people's data and the desk's keys: keep it where only you can read it."))
    return 0


def back_up(file: Path | None, *, now: datetime) -> Path:
    """Write one zip with the database, the keys and their digests; nobody else may read it. Raises Refusal."""
    source = database_file()
    if source is None:
        raise Refusal(
            _("This desk is on PostgreSQL: copy it with pg_dump, and the keys of %(folder)s beside it.")
            % {"folder": settings.DATA_DIR}
        )
    if not source.exists():
        raise Refusal(_("There is no desk yet in %(data)s.") % {"data": settings.DATA_DIR})
    check_sqlite()
    target = (file or settings.BACKUPS / f"relance-{now:%Y%m%d-%H%M%S}.zip").expanduser().resolve()
    if target.exists():
        raise Refusal(_("%(file)s exists already; nothing was overwritten.") % {"file": target})
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".relance-backup-") as folder:
        copy = Path(folder) / DATABASE
        copy_database(copy)
        parts = {
            DATABASE: copy,
            **{k: settings.DATA_DIR / k for k in KEYS if (settings.DATA_DIR / k).exists()},
        }
        manifest = {
            "relance": __version__,
            "made_at": now.isoformat(),
            "sha256": {name: digest(path) for name, path in parts.items()},
        }
        draft = Path(folder) / "backup.zip"
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            for name, path in parts.items():
                archive.write(path, name)
        if os.name == "posix":
            draft.chmod(0o600)
        draft.replace(target)
    return target


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
