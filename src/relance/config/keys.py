"""The installation's own secrets: from the environment, else from a file only its owner reads."""

import os
import secrets
import stat
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def key_from(given: str, path: Path, *, check_mode: bool) -> str:
    """Return the key given by the environment, else the one kept at `path`, made on first use.

    Raises ImproperlyConfigured when somebody else may read the file.
    """
    if given:
        return given
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(48))
    return secret_in(path, check_mode=check_mode)


def secret_in(path: Path, *, check_mode: bool) -> str:
    """Return what a file of one secret holds.

    Raises ImproperlyConfigured when it is not there, or when somebody else may read it.
    """
    if not path.is_file():
        raise ImproperlyConfigured(f"{path} is not there.")
    if check_mode and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ImproperlyConfigured(f"{path} can be read by other accounts. Run: chmod 600 {path}")
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, key: str) -> None:
    """Two processes may start at once: the first to create the file gives the key to both."""
    draft = path.with_suffix(f".{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
