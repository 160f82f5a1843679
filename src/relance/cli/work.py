"""Do the background work: read imports, keep decisions true."""

import argparse

from django.utils import timezone

from relance.worker.loop import serve


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")


def run(options: argparse.Namespace) -> int:
    serve(clock=timezone.now, once=options.once)
    return 0
