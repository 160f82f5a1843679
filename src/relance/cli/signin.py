"""Print a new one-time link that lets in."""

import argparse

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from relance.accounts.actions import issue_link


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--email", default="", help="for whom (default: the desk's owner)")


def run(options: argparse.Namespace) -> int:
    from relance.cli.desk import the_member

    member = the_member(options.email)
    print(
        _("Come in (this link serves once, for %(minutes)s minutes):\n  %(link)s")
        % {
            "minutes": settings.SIGN_IN_LINK_MINUTES,
            "link": link_to(issue_link(user=member.user, now=timezone.now())),
        }
    )
    return 0


def remember_address(address: str) -> None:
    """Keep where the desk was last served, for the links of `relance signin`."""
    (settings.DATA_DIR / "address").write_text(address, encoding="ascii")


def link_to(secret: str) -> str:
    """The whole address of a one-time link."""
    kept = settings.DATA_DIR / "address"
    if settings.CSRF_TRUSTED_ORIGINS:  # a proxy with TLS stands in front: that is where people come in
        return f"{settings.CSRF_TRUSTED_ORIGINS[0]}/entrer/{secret}/"
    address = kept.read_text(encoding="ascii").strip() if kept.exists() else "http://localhost:8000"
    return f"{address}/entrer/{secret}/"
