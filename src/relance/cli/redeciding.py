"""Rebuild every stored decision from the events."""

import argparse

from django.utils import timezone
from django.utils.translation import ngettext

from relance.cli.desk import require_desk
from relance.method.outreach.decisions import redecide_all


def arguments(parser: argparse.ArgumentParser) -> None:
    """Takes no option of its own."""


def run(_options: argparse.Namespace) -> int:
    require_desk()
    count = redecide_all(now=timezone.now())
    print(ngettext("%(count)s decision rebuilt.", "%(count)s decisions rebuilt.", count) % {"count": count})
    return 0
