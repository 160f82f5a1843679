"""Are the keys, and the temporary area, of this machine those that the desk knows?"""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from relance.accounts.keys import KeyNotOurs, identify
from relance.accounts.vault import lock_seeds_anew
from relance.cli.refusal import Refusal
from relance.imports.area_files import area_mark
from relance.method.delivery.locking_anew import lock_mailboxes_anew

AREA = "area"


def known_keys() -> dict[str, tuple[str, ...]]:
    """Every key there is; with PostgreSQL the mark of the temporary area too, which machines must share."""
    keys = dict(settings.KEYS)
    if connection.vendor != "sqlite":
        keys[AREA] = (area_mark(),)
    return keys


def lock_all_anew() -> int:
    """Lock all that the vault holds with its key of today; returns how much was locked otherwise."""
    return lock_seeds_anew() + lock_mailboxes_anew()


def check_keys(now: datetime) -> None:
    """Remember the keys on a first start, compare them later. Raises Refusal, which says what to do."""
    for name, keys in known_keys().items():
        try:
            identify(name=name, keys=keys, now=now)
        except KeyNotOurs as error:
            raise Refusal(_sentence(error)) from error


def _sentence(error: KeyNotOurs) -> str:
    values = {
        "name": error.name, "expected": error.expected, "found": error.found, "data": settings.DATA_DIR,
        "folder": settings.TEMPORARY_AREA, "lost": what_is_lost(error.name),
    }  # fmt: skip
    if error.name == AREA:
        return _(
            "The temporary area %(folder)s is not the one the desk's other machines use. Give RELANCE_TEMPORARY "
            "the folder that they share; if it was emptied or has moved, run: relance keys --accept area"
        ) % (values)
    if error.is_former:
        return _(
            "The %(name)s key of this machine (%(found)s) was replaced by another (%(expected)s). Copy "
            "%(name)s.key and %(name)s.old from the machine where it was changed to %(data)s, or give this one the "
            "same environment."
        ) % (values)
    return _(
        "The %(name)s key is not this desk's: %(expected)s is expected, %(found)s was found. Put %(name)s.key back "
        "into %(data)s (a backup holds it; on another machine, copy it), or the former key into %(name)s.old. If it "
        "is lost for good, run: relance keys --accept %(name)s - then %(lost)s."
    ) % (values)


def what_is_lost(name: str) -> str:
    """What it costs to go on without a key."""
    return {
        "secret": _("everybody signs in again"),
        "fingerprint": _("people to leave alone who were erased are no longer recognised"),
        "vault": _(
            "whoever had a code at sign-in sets it up again, and passwords of mailboxes are given again"
        ),
        AREA: _("imports under way are given again"),
    }[name]
