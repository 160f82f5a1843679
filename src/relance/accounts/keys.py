"""Recognising the installation's keys: the database remembers a short name of each, never the key."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from relance.accounts.models import InstalledKey


class KeyNotOurs(Exception):
    """The key is not the one this desk was made with; `is_former` when it was once, and was changed since."""

    def __init__(self, name: str, *, expected: str, found: str, is_former: bool) -> None:
        super().__init__(name)
        self.name, self.expected, self.found, self.is_former = name, expected, found, is_former


def short_name(name: str, key: str) -> str:
    """Sixteen hexadecimal digits that tell one key from another and say nothing of it."""
    return hmac.new(key.encode(), f"relance {name}".encode(), hashlib.sha256).hexdigest()[:16]


@transaction.atomic
def identify(*, name: str, keys: Sequence[str], now: datetime) -> bool:
    """Compare a key (then its former ones) with what is remembered; the first time, remember it.

    A key whose predecessor is among the former ones was changed on purpose and is remembered from `now`
    (UTC) on. Returns whether anything was remembered. Raises KeyNotOurs.
    """
    current, *old = [short_name(name, key) for key in keys]
    row, made = InstalledKey.objects.select_for_update().get_or_create(
        name=name, defaults={"digest": current, "since": now}
    )
    if made or row.digest == current:
        return made
    if row.digest not in old:
        raise KeyNotOurs(name, expected=row.digest, found=current, is_former=current in row.former)
    _remember(row, current, now)
    return True


@transaction.atomic
def accept(*, name: str, key: str, now: datetime) -> None:
    """Take the present key for the desk's own, the former being lost for good."""
    current = short_name(name, key)
    row, made = InstalledKey.objects.select_for_update().get_or_create(
        name=name, defaults={"digest": current, "since": now}
    )
    if not made and row.digest != current:
        _remember(row, current, now)


def _remember(row: InstalledKey, current: str, now: datetime) -> None:
    row.former = [each for each in (*row.former, row.digest) if each != current][-50:]
    row.digest, row.since = current, now
    row.save(update_fields=["digest", "since", "former"])


def remembered() -> dict[str, InstalledKey]:
    """What the database knows of each key."""
    return {row.name: row for row in InstalledKey.objects.order_by("name")[:20]}
