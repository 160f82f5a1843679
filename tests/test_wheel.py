"""The wheel alone is enough: all it needs is in it, and installed in an empty venv it gives a working `relance`."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import ROOT, SOURCE, tracked
from tests.serving import Served, alive, children_of

CASES = ROOT / "tests" / "cadence" / "cases.json"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from what git tracks, by the pinned builder, with nothing downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    for path in tracked():
        target = folder / "source" / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, folder / "source"],
        check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `relance` of an empty venv whose dependencies are this environment's, without this checkout."""
    environment = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    subprocess.run(
        [
            sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python",
            environment / "bin" / "python", "install", "--no-index", "--no-deps", wheel,
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    inside = next(environment.glob("lib/python*/site-packages"))
    # A .pth read from a .pth is not followed: the editable install of the checkout stays out.
    (inside / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return environment / "bin" / "relance"


def run(command: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [command, *words],
        env=bare(),
        cwd=command.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def bare() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PYTHON"))}


def test_the_wheel_holds_what_it_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {path.relative_to(SOURCE.parent).as_posix() for path in tracked() if path.is_relative_to(SOURCE)}
    for suffix in (".html", ".css", ".js", ".toml", ".svg", "migrations/0001_initial.py", "py.typed"):
        assert any(name.endswith(suffix) for name in wanted), suffix
    assert wanted - names == set()
    assert {f"relance/locale/{language}/LC_MESSAGES/django.mo" for language in ("fr", "en")} <= names
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == {"relance"}
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)


def test_installed_it_runs_from_itself_alone(installed: Path) -> None:
    where = run(installed.with_name("python"), "-c", "import relance; print(relance.__file__)")
    assert where.stdout.startswith(str(installed.parent.parent)), where.stdout + where.stderr
    assert run(installed, "--version").stdout.startswith("relance ")
    decided = run(installed, "decide", str(CASES))
    assert decided.returncode == 0, decided.stderr
    assert len(json.loads(decided.stdout)) == len(json.loads(CASES.read_text("utf-8")))


def test_installed_it_serves_and_stops(installed: Path, tmp_path: Path) -> None:
    with Served([str(installed)], tmp_path / "desk", bare() | {"LC_ALL": "fr_FR.UTF-8"}) as desk:
        page = desk.get("/compte/login/")
        assert "Ouvrez votre cahier" in page, "the sign-in page, in French"
        asked = set(re.findall(r"""(?:src|href)="(/static/[^"]+)""", page)) | {"/static/relance/js/desk.js"}
        assert {path.rsplit(".", 1)[1] for path in asked} >= {"css", "js", "svg"}
        for path in asked:
            assert desk.get(path), f"{path} is served"
        children = children_of(desk.process.pid)
        assert len(children) >= 2, "web and worker are processes of their own"
        desk.process.terminate()
        assert desk.process.wait(timeout=20) in {0, 130, 143}
    assert not [child for child in children if alive(child)]
