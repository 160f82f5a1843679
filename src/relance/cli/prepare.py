"""Bring the desk to this version without serving it: its database, owner and templates; check its keys.

`relance start` does it by itself. With several processes, run it once before they are started.
"""

import argparse

from django.utils import timezone
from django.utils.translation import gettext as _

from relance.cli.desk import make_ready


def arguments(parser: argparse.ArgumentParser) -> None:
    """Takes no option of its own."""


def run(_options: argparse.Namespace) -> int:
    _user, warnings = make_ready(timezone.now())
    for warning in warnings:
        print(warning)
    print(_("The desk is ready."))
    return 0
