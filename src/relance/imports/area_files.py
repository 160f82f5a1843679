"""Where the temporary area of an import stands, and how it is wiped."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from relance.imports.area import Area
from relance.imports.models import Import


def folder() -> Path:
    """The temporary area's folder, which nobody but this account reads."""
    path = Path(settings.TEMPORARY_AREA)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


MARK = ".area"


def area_mark() -> str:
    """What this area is told from others by, made on first use: machines that share it read the same."""
    path = folder() / MARK
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(16))
    return path.read_text(encoding="ascii")


def upload_of(row: Import) -> Path:
    """The file as it was given."""
    return folder() / f"{row.token}.upload"


def scratch_of(row: Import) -> Path:
    """What was read of it."""
    return folder() / f"{row.token}.area"


def seen_of(row: Import) -> Path:
    """What was understood of a table by its first rows, for its columns to be confirmed."""
    return folder() / f"{row.token}.upload.seen"


def save_upload(row: Import, chunks: Iterable[bytes]) -> int:
    """Write what was given to the temporary area and return its size in bytes."""
    size = 0
    handle = os.open(upload_of(row), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            size += file.write(chunk)
    return size


def open_area(row: Import) -> Area:
    """The area of an import that was read. Raises FileNotFoundError when it was wiped."""
    return Area.open(scratch_of(row))


def wipe(row: Import) -> None:
    """Remove the file given and all that was read of it."""
    for path in (upload_of(row), scratch_of(row)):
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink(missing_ok=True)
