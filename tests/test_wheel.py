"""The wheel alone is enough: templates, static files, messages, migrations, and a working `relance`."""

import os
import shutil
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.test_journey import free_port

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    shutil.copytree(
        ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "*.mo", "__pycache__", ".*_cache", "dist")
    )
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(copy)],
        check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_what_it_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "relance/locale/fr/LC_MESSAGES/django.mo", "relance/locale/en/LC_MESSAGES/django.mo",
        "relance/web/templates/today/today.html", "relance/web/static/relance/css/base.css",
        "relance/web/static/relance/js/desk.js", "relance/method/writing/starters/first_message.toml",
        "relance/method/outreach/migrations/0001_initial.py", "relance/py.typed",
    ):  # fmt: skip
        assert name in names
    assert not [name for name in names if name.startswith("tests/")]


def test_installed_in_an_empty_environment_it_serves(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    inside = next(environment.glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(inside)
    # Its dependencies are those of this environment, without the checkout's own path.
    (inside / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    python = environment / "bin" / "python"
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PYTHON"))
    }
    where = subprocess.run(
        [python, "-c", "import relance; print(relance.__file__)"], capture_output=True, text=True, check=True,
        env=variables, cwd=tmp_path,
    )  # fmt: skip
    assert where.stdout.startswith(str(inside))
    port = free_port()
    served = subprocess.Popen(
        [python, "-m", "relance.cli.main", "start", "--port", str(port), "--data", str(tmp_path / "data")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=variables, cwd=tmp_path,
    )  # fmt: skip
    try:
        page, deadline = "", time.monotonic() + 60
        while not page and time.monotonic() < deadline:
            try:
                page = (
                    urllib.request.urlopen(f"http://localhost:{port}/compte/login/", timeout=5)
                    .read()
                    .decode()
                )
            except (OSError, urllib.error.URLError):
                time.sleep(0.2)
        assert "Bonjour. Ouvrez votre cahier." in page
        style = urllib.request.urlopen(f"http://localhost:{port}/static/relance/css/base.css", timeout=5)
        assert style.status == 200
    finally:
        served.terminate()
        served.wait(timeout=20)
