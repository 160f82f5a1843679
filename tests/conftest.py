"""What all tests share: a desk of their own, a member signed in, and skips that are told."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

# Before any import of Django's settings: a folder of this process's own.
_DATA = tempfile.mkdtemp(prefix="relance-tests-")
os.environ["RELANCE_DATA"] = _DATA
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relance.config.settings")

import django  # noqa: E402

from relance.cli.messages import compile_messages  # noqa: E402

compile_messages()
django.setup()

NO_SKIPS = os.environ.get("RELANCE_NO_SKIPS") == "1"
PARIS = ZoneInfo("Europe/Paris")


def pytest_unconfigure() -> None:
    shutil.rmtree(_DATA, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that touches the database is run on PostgreSQL too, but what needs a browser."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        touches = {"db", "transactional_db", "live_server"} & names or item.get_closest_marker("django_db")
        if touches and not {"page", "chromium"} & names:
            item.add_marker(pytest.mark.database)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under `script/test --no-skips` what would be skipped has failed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and skips are not allowed: {report.longrepr}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Leave the reasons of what was skipped for `script/test`, which tells them last of all."""
    kept = os.environ.get("RELANCE_SKIPS")
    if not kept or hasattr(terminalreporter.config, "workerinput"):
        return
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])}
    with Path(kept).open("a", encoding="utf-8") as file:
        file.writelines(f"{reason.removeprefix('Skipped: ')}\n" for reason in sorted(reasons))


@pytest.fixture
def now() -> datetime:
    """A Tuesday morning in Paris, no holiday near."""
    return datetime(2026, 3, 10, 9, 30, tzinfo=PARIS)


@pytest.fixture
def member(db: None, now: datetime) -> Any:
    """The owner of a new desk, with its templates."""
    from relance.accounts.actions import found_desk
    from relance.method.writing.actions import plant_starters

    membership = found_desk(name="Ormel")
    membership.user.name, membership.user.email = "Maud Keravel", "maud@ormel.example"
    membership.user.save()
    plant_starters(organisation=membership.organisation, now=now)
    return membership


@pytest.fixture
def stranger(db: None) -> Any:
    """The owner of another desk: nothing of the first is theirs."""
    from relance.accounts.actions import found_desk

    membership = found_desk(name="Brumelle")
    membership.user.email = "autre@brumelle.example"
    membership.user.save()
    return membership


@pytest.fixture
def colleague(member: Any) -> Any:
    """A recruiter of the same firm."""
    return _joined(member, "Théo Lancelin", "theo@ormel.example", "recruiter")


@pytest.fixture
def manager_member(member: Any) -> Any:
    """A manager of the same firm."""
    return _joined(member, "Solène Gauthier", "solene@ormel.example", "manager")


def _joined(member: Any, name: str, email: str, role: str) -> Any:
    from relance.accounts.models import Membership, User

    user = User.objects.create_user(email, name=name)
    return Membership.objects.create(organisation=member.organisation, user=user, role=role)


@pytest.fixture
def desk(client: Any, member: Any) -> Any:
    """A browser without JavaScript in which the member is signed in."""
    client.force_login(member.user)
    return client


@pytest.fixture
def chromium() -> str:
    """Where Chromium is; the test is skipped, and told, on a machine without it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("Chromium is not on this machine")
    return found


@pytest.fixture(autouse=True)
def _temporary_area(settings: Any, tmp_path: Path) -> None:
    settings.TEMPORARY_AREA = tmp_path / "temporary"
    settings.BACKUPS = tmp_path / "backups"
