"""The page of a fault, through the door of the web server, when the database itself is what failed."""

import io
import re
from typing import Any
from wsgiref.types import WSGIApplication
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection


@pytest.fixture
def server() -> WSGIApplication:
    """The application as a web server loads it, on a desk whose sessions cannot be read."""
    assert not settings.DEBUG
    return get_wsgi_application()


@pytest.fixture
def broken(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_session RENAME TO gone")


def asked(server: WSGIApplication, **environ: Any) -> tuple[str, dict[str, str], str]:
    """Ask for Today with a session's cookie: the status, the headers and the page."""
    told: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> Any:
        told["status"], told["headers"] = status, dict(headers)

    request: dict[str, Any] = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={'k' * 32}", **environ}
    setup_testing_defaults(request)
    request["HTTP_HOST"] = "localhost"
    page = b"".join(server(request, start))
    return told["status"], told["headers"], page.decode()


@pytest.mark.parametrize(
    ("accepted", "language", "said"),
    [("fr-FR", "fr", "Relance a trébuché."), ("en-GB,en;q=0.8", "en", "Relance stumbled.")],
)
def test_the_page_needs_no_database_and_speaks_the_browsers_language(
    broken: None, server: WSGIApplication, accepted: str, language: str, said: str
) -> None:
    status, headers, page = asked(server, HTTP_ACCEPT_LANGUAGE=accepted)
    assert status.startswith("500")
    assert f'<html lang="{language}">' in page
    assert said in page
    assert headers["Content-Language"] == language


def test_its_headers_are_those_of_every_page(broken: None, server: WSGIApplication) -> None:
    _, headers, page = asked(server)
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers
    assert not re.search(r"<style|style=|<script(?! src=)| on\w+=", page)


def test_it_offers_again_only_what_was_asked_for_and_keeps_no_address(
    broken: None, server: WSGIApplication
) -> None:
    _, _, page = asked(server, PATH_INFO="/entrer/jeton-de-maud/", QUERY_STRING="q=jeton-de-maud")
    assert '<a class="btn btn--primary" href="">' in page
    assert "jeton-de-maud" not in page
    _, _, posted = asked(server, REQUEST_METHOD="POST", CONTENT_LENGTH="0", **{"wsgi.input": io.BytesIO()})
    assert 'href=""' not in posted
