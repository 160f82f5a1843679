"""The code of an app, asked for after a password alone."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django.test import Client

from relance.accounts.actions import issue_link
from relance.accounts.models import Membership

PHRASE = "une phrase assez longue"


@pytest.fixture(autouse=True)
def clock(now: datetime) -> Any:
    with time_machine.travel(now, tick=False) as moving:
        yield moving


def body(response: Any) -> str:
    return str(response.content.decode())


def code_at(secret: str, now: datetime) -> str:
    return str(format_hotp_value(hotp_value(secret, int(now.timestamp()) // 30)))


@pytest.fixture
def known(member: Membership) -> dict[str, str]:
    member.user.set_password(PHRASE)
    member.user.save()
    return {"login": "maud@ormel.example", "password": PHRASE}


def signed_in(known: dict[str, str]) -> Client:
    """A browser that has just said its password once more: the ways in are changed by nobody else."""
    browser = Client()
    browser.post("/compte/login/", known)
    asked = browser.get("/compte/2fa/totp/activate/").headers["Location"]
    assert asked.startswith("/compte/reauthenticate/")
    browser.post(asked, {"password": PHRASE})
    return browser


def switched_on(known: dict[str, str], now: datetime) -> tuple[Client, str]:
    """A browser in which the code was switched on, and the app's secret."""
    browser = signed_in(known)
    page = body(browser.get("/compte/2fa/totp/activate/"))
    secret = seed_on(page)
    answer = browser.post("/compte/2fa/totp/activate/", {"code": code_at(secret, now)})
    assert answer.headers["Location"] == "/compte/2fa/recovery-codes/"
    return browser, secret


def seed_on(page: str) -> str:
    found = re.search(r'class="secret"><code>([A-Z2-7]+)</code>', page)
    assert found
    return found[1]


def as_stored(row: Session) -> Any:
    """What whoever reads the database alone finds: signed and packed, but not locked."""
    salt = "django.contrib.sessions.SessionStore"
    return signing.loads(row.session_data, salt=salt, serializer=JSONSerializer)


def test_the_picture_is_a_path_of_our_own(known: dict[str, str]) -> None:
    browser = signed_in(known)
    response = browser.get("/compte/2fa/totp/activate/")
    page = body(response)
    assert 'class="qr__ink"' in page
    assert "data:image" not in page
    assert "img-src 'self';" in response.headers["Content-Security-Policy"] + ";"
    assert "Content-Language" in response.headers
    wrong = browser.post("/compte/2fa/totp/activate/", {"code": "000000"})
    assert 'id="code-dit"' in body(wrong)
    assert not Authenticator.objects.exists()


def test_the_seed_being_set_up_is_stored_locked(known: dict[str, str], now: datetime, settings: Any) -> None:
    browser = signed_in(known)
    shown = seed_on(body(browser.get("/compte/2fa/totp/activate/")))
    told = [as_stored(row) for row in Session.objects.order_by("pk")]
    assert any("mfa.totp.secret" in row for row in told)
    assert not any(shown in str(row) for row in told)
    wrong = {"code": "000000"}
    settings.KEYS = {**settings.KEYS, "vault": ("f" * 48, *settings.KEYS["vault"])}
    again = seed_on(body(browser.post("/compte/2fa/totp/activate/", wrong)))
    assert again == shown, "a change of key goes on reading"
    settings.KEYS = {**settings.KEYS, "vault": ("e" * 48,)}
    again = seed_on(body(browser.post("/compte/2fa/totp/activate/", wrong)))
    assert again != shown, "a lost key shows another seed"


def test_a_password_alone_no_longer_lets_in(known: dict[str, str], now: datetime, clock: Any) -> None:
    _browser, secret = switched_on(known, now)
    clock.shift(timedelta(minutes=2))
    other = Client()
    assert other.post("/compte/login/", known).headers["Location"] == "/compte/2fa/authenticate/"
    assert other.get("/touches/").status_code == 302, "not in yet"
    assert "Et le code" in body(other.get("/compte/2fa/authenticate/"))
    assert 'id="code-dit"' in body(other.post("/compte/2fa/authenticate/", {"code": "000000"}))
    right = code_at(secret, now + timedelta(minutes=2))
    assert other.post("/compte/2fa/authenticate/", {"code": right}).headers["Location"] == "/"
    assert other.get("/touches/").status_code == 200
    again = Client()
    again.post("/compte/login/", known)
    used = again.post("/compte/2fa/authenticate/", {"code": right})
    assert used.status_code == 200, "a code serves once"


def test_a_recovery_code_serves_once(known: dict[str, str], now: datetime) -> None:
    browser, _secret = switched_on(known, now)
    codes = re.findall(r"<li><code>(\d{8})</code></li>", body(browser.get("/compte/2fa/recovery-codes/")))
    assert len(codes) == 10
    for expected in (302, 200):
        other = Client()
        other.post("/compte/login/", known)
        assert other.post("/compte/2fa/authenticate/", {"code": codes[0]}).status_code == expected


def test_the_link_of_the_terminal_stays_a_whole_door(
    known: dict[str, str], member: Membership, now: datetime
) -> None:
    switched_on(known, now)
    other = Client()
    answer = other.post(f"/entrer/{issue_link(user=member.user, now=now)}/")
    assert answer.headers["Location"] == "/"
    assert other.get("/touches/").status_code == 200


def test_it_is_switched_off_again(known: dict[str, str], now: datetime) -> None:
    browser, _secret = switched_on(known, now)
    assert "Demandé après le mot de passe" in body(browser.get("/reglages/compte/"))
    assert "Désactiver le code" in body(browser.get("/compte/2fa/totp/deactivate/"))
    browser.post("/compte/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists(), "recovery codes go with it"
    assert Client().post("/compte/login/", known).headers["Location"] == "/"


def test_codes_are_tried_a_few_times_only(known: dict[str, str], now: datetime, clock: Any) -> None:
    _browser, secret = switched_on(known, now)
    other = Client()
    other.post("/compte/login/", known)
    for number in range(5):
        other.post("/compte/2fa/authenticate/", {"code": f"00000{number}"})
    clock.shift(timedelta(seconds=60))
    right = code_at(secret, now + timedelta(seconds=60))
    assert other.post("/compte/2fa/authenticate/", {"code": right}).status_code == 200, "too many tries"
    clock.shift(timedelta(minutes=6))
    later = code_at(secret, now + timedelta(minutes=7))
    assert other.post("/compte/2fa/authenticate/", {"code": later}).status_code == 302


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_pages_are_ours_in_both_languages(
    known: dict[str, str], member: Membership, now: datetime, language: str
) -> None:
    member.user.language = language
    member.user.save()
    browser, _secret = switched_on(known, now)
    said = {"fr": "Codes de secours", "en": "Recovery codes"}[language]
    assert said in body(browser.get("/compte/2fa/recovery-codes/"))
    assert said in body(browser.get("/compte/2fa/"))
    for address in ("/compte/2fa/recovery-codes/generate/", "/compte/2fa/reauthenticate/"):
        page = body(browser.get(address))
        assert 'class="btn' in page
        assert f'<html lang="{language}">' in page
