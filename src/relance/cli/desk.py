"""Making a desk ready: folder, database, owner."""

import os
import stat
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from relance.accounts.actions import found_desk
from relance.accounts.models import Membership, Organisation, User
from relance.accounts.queries import active_membership, member_of, owner
from relance.cli.alone import alone
from relance.cli.keyring import check_keys, lock_all_anew
from relance.cli.refusal import Refusal
from relance.cli.storage import check_sqlite, copy_before_migrating, is_new_desk, migrations_waiting
from relance.method.writing.actions import plant_starters


def make_ready(now: datetime) -> tuple[User, list[str]]:
    """Bring the desk to this version: folder, checks, copy, migrations, owner, templates.

    Returns the owner and warnings as sentences. Raises Refusal; may run again at any time.
    """
    _own_folder(Path(settings.DATA_DIR))
    with alone():
        return _made_ready(now)


def _made_ready(now: datetime) -> tuple[User, list[str]]:
    is_new = is_new_desk()
    warnings = check_sqlite()
    if migrations_waiting():
        copy = None if is_new else copy_before_migrating(now)
        if copy:
            warnings.append(_("Database copied to %(copy)s before its migration.") % {"copy": copy})
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    check_keys(now)
    lock_all_anew()
    user = owner()
    if user is None:
        user = found_desk(language=translation.get_language() or "fr").user
    for organisation in Organisation.objects.order_by("pk").iterator():
        plant_starters(organisation=organisation, now=now)  # those that came with a later version
    return user, warnings


def _own_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(
            _("%(folder)s cannot be made: %(error)s") % {"folder": folder, "error": error}
        ) from error
    if not os.access(folder, os.W_OK):
        raise Refusal(_("%(folder)s cannot be written to by this account.") % {"folder": folder})
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        folder.chmod(0o700)


def require_desk() -> None:
    """Go on only with a desk of this version, and with its own keys. Raises Refusal."""
    require_database()
    check_keys(timezone.now())


def require_database() -> None:
    """Go on only with a database of this version. Raises Refusal."""
    if is_new_desk() or migrations_waiting():
        raise Refusal(
            _("There is no desk of this version yet in %(data)s: relance start makes it.")
            % {"data": settings.DATA_DIR}
        )


def the_member(email: str = "") -> Membership:
    """The member a command speaks for: the owner, or the one with that mail address. Raises Refusal."""
    require_desk()
    user = member_of(email=email) if email else owner()
    membership = active_membership(user=user) if user else None
    if membership is None:
        raise Refusal(_("Nobody here has the address %(email)s.") % {"email": email or "–"})
    return membership


def ready_member(now: datetime, email: str = "") -> Membership:
    """The member a command speaks for, on a desk brought to this version first. Raises Refusal."""
    make_ready(now)
    return the_member(email)
