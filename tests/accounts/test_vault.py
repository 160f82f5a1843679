"""Seeds of codes are locked in the database, and open after a change of key."""

from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.db import connection

from relance.accounts.vault import Unreadable, lock, unlock
from relance.cli.keyring import lock_all_anew
from relance.method.candidates.actions import leave_alone, let_back
from relance.method.candidates.models import Avoidance, Fingerprint
from relance.method.candidates.queries import avoided
from relance.method.delivery.logins import login_of
from relance.method.delivery.models import Mailbox

FRESH = "f" * 48


@pytest.fixture(autouse=True)
def clock(now: datetime) -> Any:
    import time_machine

    with time_machine.travel(now, tick=False) as moving:
        yield moving


def changed(settings: Any, name: str, *, keep: bool = True) -> None:
    former = settings.KEYS[name] if keep else ()
    settings.KEYS = {**settings.KEYS, name: (FRESH, *former)}


def everything_stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator ORDER BY id")
        return str(cursor.fetchall())


def lets_in(member: Any, secret: str, now: datetime) -> bool:
    from django.core.cache import cache

    cache.clear()  # a code serves once
    code = format_hotp_value(hotp_value(secret, int(now.timestamp()) // 30))
    return bool(TOTP(Authenticator.objects.get(user=member.user, type="totp")).validate_code(code))


def test_nothing_of_the_second_step_is_stored_in_the_clear(member: Any, now: datetime) -> None:
    secret = generate_totp_secret()
    TOTP.activate(member.user, secret)
    codes = RecoveryCodes.activate(member.user).get_unused_codes()
    assert secret not in everything_stored()
    assert not any(code in everything_stored() for code in codes)
    assert lets_in(member, secret, now)


def test_a_change_of_key_goes_on_reading_and_locks_anew(member: Any, now: datetime, settings: Any) -> None:
    secret = generate_totp_secret()
    TOTP.activate(member.user, secret)
    codes = RecoveryCodes.activate(member.user).get_unused_codes()
    changed(settings, "vault")
    assert lets_in(member, secret, now)
    assert lock_all_anew() == 2
    assert lock_all_anew() == 0
    changed(settings, "vault", keep=False)
    assert lets_in(member, secret, now), "the former key is needed no more"
    recovery = RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))
    assert recovery.get_unused_codes() == codes


def test_a_mailboxs_password_follows_the_key(member: Any, now: datetime, settings: Any) -> None:
    mailbox = Mailbox.objects.create(
        organisation=member.organisation, member=member, address="maud@ormel.example", username="maud",
        secret=lock("un mot de passe"), smtp_host="smtp.ormel.example", smtp_port=465, smtp_security="tls",
        imap_host="imap.ormel.example", imap_port=993, imap_security="tls", connected_at=now,
    )  # fmt: skip
    changed(settings, "vault")
    assert login_of(mailbox, now=now).secret == "un mot de passe"
    assert (lock_all_anew(), lock_all_anew()) == (1, 0)
    changed(settings, "vault", keep=False)
    mailbox.refresh_from_db()
    assert login_of(mailbox, now=now).secret == "un mot de passe"


def test_what_an_earlier_version_stored_in_the_clear_is_locked(member: Any, now: datetime) -> None:
    secret = generate_totp_secret()
    row = Authenticator.objects.create(user=member.user, type="totp", data={"secret": secret})
    assert lets_in(member, secret, now)
    assert lock_all_anew() == 1
    row.refresh_from_db()
    assert secret not in row.data["secret"]
    assert lets_in(member, secret, now)


def test_a_lost_key_opens_nothing_and_breaks_nothing(member: Any, now: datetime, settings: Any) -> None:
    secret = generate_totp_secret()
    TOTP.activate(member.user, secret)
    stored = lock("un texte")
    changed(settings, "vault", keep=False)
    assert not lets_in(member, secret, now)
    assert not lets_in(member, "", now), "an empty seed would have codes that all can count"
    assert lock_all_anew() == 0
    with pytest.raises(Unreadable):
        unlock(stored)


def test_people_set_aside_under_a_former_key_are_recognised(
    member: Any, now: datetime, settings: Any
) -> None:
    pairs = [("email", "ines@exemple.example")]
    here = member.organisation_id
    leave_alone(organisation_id=here, pairs=pairs, avoidance=Avoidance.SET_ASIDE, member=member, now=now)
    before = settings.KEYS["fingerprint"]
    changed(settings, "fingerprint")
    assert avoided(here, pairs, Avoidance.SET_ASIDE)
    leave_alone(organisation_id=here, pairs=pairs, avoidance=Avoidance.SET_ASIDE, member=member, now=now)
    let_back(organisation_id=here, pairs=pairs, avoidance=Avoidance.SET_ASIDE)
    assert not Fingerprint.objects.exists()
    settings.KEYS = {**settings.KEYS, "fingerprint": before}
    leave_alone(organisation_id=here, pairs=pairs, avoidance=Avoidance.SET_ASIDE, member=member, now=now)
    changed(settings, "fingerprint", keep=False)
    assert not avoided(here, pairs, Avoidance.SET_ASIDE), "without the former key nobody is recognised"
