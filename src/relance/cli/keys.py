"""Show the keys of the desk by their short names, change one, or go on without one that is lost."""

import argparse
import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from relance.accounts.keys import accept, identify, remembered, short_name
from relance.cli.desk import require_database
from relance.cli.keyring import AREA, check_keys, known_keys, what_is_lost
from relance.cli.refusal import Refusal

NAMES = ("secret", "fingerprint", "vault")


def arguments(parser: argparse.ArgumentParser) -> None:
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--change", choices=NAMES, help="make a new key, the present one being kept for reading"
    )
    either.add_argument(
        "--accept",
        choices=(*NAMES, AREA),
        help="take the key that is here for the desk's own: it is lost for good",
    )


def run(options: argparse.Namespace) -> int:
    require_database()
    now = timezone.now()
    if options.accept:
        accept(name=options.accept, key=known_keys()[options.accept][0], now=now)
        print(_("Done: %(lost)s.") % {"lost": what_is_lost(options.accept)})
    elif options.change:
        check_keys(now)
        _change(options.change, now)
        print(_("Changed. Stop and start Relance; on other machines, copy %(name)s.key and %(name)s.old first.") % {
            "name": options.change})  # fmt: skip
    _show()
    return 0


def _show() -> None:
    known = remembered()
    for name, (current, *old) in known_keys().items():
        here, row = short_name(name, current), known.get(name)
        state = (
            _("not seen yet") if row is None else _("as known") if row.digest == here else _("NOT THE DESK'S")
        )
        print(f"{name:<12} {here}  {state}" + (f"  + {len(old)}" if old else ""))


def _change(name: str, now: datetime) -> None:
    if name not in settings.KEYS_IN_FILES:
        raise Refusal(
            _("The %(name)s key comes from the environment: put it into RELANCE_%(upper)s_KEY_OLD, and a new one "
              "in its place; this one was just drawn: %(fresh)s")
            % {"name": name, "upper": name.upper(), "fresh": new_key()}
        )  # fmt: skip
    folder, (current, *old) = Path(settings.DATA_DIR), settings.KEYS[name]
    fresh = new_key()
    # The former one is kept first: stopped between the two, both are there.
    _write(folder / f"{name}.old", "\n".join([current, *old]))
    _write(folder / f"{name}.key", fresh)
    settings.KEYS[name] = (fresh, current, *old)
    identify(name=name, keys=settings.KEYS[name], now=now)


def new_key() -> str:
    return secrets.token_urlsafe(48)


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    draft.replace(path)
