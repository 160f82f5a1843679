"""The log keeps where something failed and as what kind, never whose data it was."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

SECRET = "jeton-de-maud-ormel-example"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What would reach stderr: the formatter that the settings name, on the root logger."""
    logging_settings: dict[str, Any] = settings.LOGGING
    plain = logging_settings["formatters"]["plain"]
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(import_string(plain["()"])(plain["format"]))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_a_page_that_fails_is_told_by_its_route_and_kind(db: None, log: io.StringIO, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.house.failing_urls"
    response = Client(raise_request_exception=False).get(f"/entrer/{SECRET}/?q={SECRET}")
    assert response.status_code == 500
    said = log.getvalue()
    assert SECRET not in said
    assert "entrer/<str:secret>/" in said
    assert "builtins.ValueError" in said
    assert "failing_urls.py" in said
    page = response.content.decode()
    assert SECRET not in page
    told = re.search(r"<code>(\w{3}-\w{3})</code>", page)
    assert told is not None, "the page names the incident"
    assert f"incident {told[1]} in entrer/<str:secret>/" in said
    assert "script-src" in response.headers["Content-Security-Policy"]


def test_an_address_that_is_nobodys_is_not_kept(db: None, log: io.StringIO) -> None:
    assert Client().get(f"/nulle-part/{SECRET}/").status_code in {302, 404}
    assert SECRET not in log.getvalue()


def test_a_job_that_fails_is_told_by_its_kind(log: io.StringIO) -> None:
    try:
        raise LookupError(SECRET)
    except LookupError:
        logging.getLogger("relance.worker").exception("%s failed", "read_imports")
    said = log.getvalue()
    assert "read_imports failed" in said
    assert "builtins.LookupError" in said
    assert SECRET not in said


def test_the_server_writes_no_line_for_each_request() -> None:
    from relance.cli.serving import web_server

    assert "--no-access-log" in web_server("127.0.0.1", 8000)
