"""The files of the house, as git knows them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "relance"
TEMPLATES = SOURCE / "web" / "templates"


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    """What git tracks, and what it would if asked: a file forgotten by `git add` is looked at all the same."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return tuple(ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file())


def python_files() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


def called(path: Path) -> str:
    """A file by its place in the house, never by its place on the machine."""
    return path.relative_to(ROOT).as_posix()
