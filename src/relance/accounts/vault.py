"""What must be read again but not by who reads the database: locked with a key of its own."""

import base64
import hashlib

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction

MARK = "v1:"
"""Before every locked text; a text without it was stored in the clear, by an earlier version."""
HELD = ("secret", "seed")
AT_ONCE = 200


class Unreadable(Exception):
    """None of the vault's keys, present or former, opens it."""


def lock(text: str) -> str:
    """The text as it is stored."""
    return MARK + _vault().encrypt(text.encode()).decode("ascii")


def unlock(stored: str) -> str:
    """The text as it was. Raises Unreadable."""
    if not stored.startswith(MARK):
        return stored
    try:
        return _vault().decrypt(stored.removeprefix(MARK)).decode()
    except InvalidToken as error:
        raise Unreadable from error


def lock_seeds_anew() -> int:
    """Lock the secrets of the second step with the key of today; returns how many were locked otherwise."""
    count, last = 0, 0
    rows = Authenticator.objects.filter(type__in=["totp", "recovery_codes"]).order_by("pk")
    while page := list(rows.filter(pk__gt=last).values_list("pk", "data")[:AT_ONCE]):
        count += sum(_lock_one_anew(pk) for pk, data in page if _anew(data) != data)
        last = page[-1][0]
    return count


def _vault() -> MultiFernet:
    return MultiFernet([_fernet(key) for key in settings.KEYS["vault"]])


def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"relance vault\n" + key.encode()).digest()))


def locked_anew(stored: str) -> str:
    """The same text under the key of today: as it stands where it is that already, or where no key opens it."""
    try:
        _fernet(settings.KEYS["vault"][0]).decrypt(stored.removeprefix(MARK))
    except InvalidToken:
        try:
            return lock(unlock(stored))
        except Unreadable:  # its key is lost: it is given again
            return stored
    return stored


def _anew(data: dict[str, object]) -> dict[str, object]:
    return {
        name: locked_anew(value) if name in HELD and isinstance(value, str) else value
        for name, value in data.items()
    }


@transaction.atomic
def _lock_one_anew(pk: int) -> int:
    row = Authenticator.objects.select_for_update().get(pk=pk)
    row.data = _anew(row.data)
    row.save(update_fields=["data"])
    return 1
