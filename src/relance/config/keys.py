"""The installation's own secrets: from the environment, else from a file only its owner reads."""

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_noop

SHORTEST = 32
"""Characters: what is shorter can be guessed."""
OPEN_TO_OTHERS = gettext_noop("%(file)s can be read by other accounts. Run: chmod 600 %(file)s")
NOT_THERE = gettext_noop("%(file)s is not there.")
TOO_SHORT = gettext_noop("The %(name)s key has fewer than 32 characters: it could be guessed.")


class KeyRefused(ImproperlyConfigured):
    """A key cannot be used. `sentence` is in English, with `values`: no language is known yet."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values)
        self.sentence = sentence
        self.values_told = values


@dataclass(frozen=True, slots=True)
class Given:
    """What the environment says of one key: itself, or the file that holds it, and the former ones."""

    value: str = ""
    file: Path | None = None
    old: tuple[str, ...] = ()


def keys_from(given: Given, *, name: str, folder: Path, check_mode: bool) -> tuple[str, ...]:
    """The key to write with, then the former ones, which are still read.

    Without a word of the environment it stands in `<name>.key` of the folder, made on first use, and the
    former ones in `<name>.old`, one a line. Raises KeyRefused when somebody else may read a file.
    """
    current = given.value
    if not current:
        path = given.file or folder / f"{name}.key"
        if given.file is None and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_once(path, new_key())
        current = secret_in(path, check_mode=check_mode)
    kept = folder / f"{name}.old"
    former = secret_in(kept, check_mode=check_mode).split() if kept.exists() else []
    keys = tuple(dict.fromkeys((current, *given.old, *former)))
    if any(len(key) < SHORTEST for key in keys):
        raise KeyRefused(TOO_SHORT, name=name)
    return keys


def secret_in(path: Path, *, check_mode: bool) -> str:
    """Return what a file of secrets holds.

    Raises KeyRefused when it is not there, or when somebody else may read it.
    """
    if not path.is_file():
        raise KeyRefused(NOT_THERE, file=path)
    if check_mode and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyRefused(OPEN_TO_OTHERS, file=path)
    return path.read_text(encoding="ascii").strip()


def new_key() -> str:
    return secrets.token_urlsafe(48)


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
