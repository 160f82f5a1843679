"""Do the background work: read imports, keep decisions true."""

import argparse
import os
import subprocess
import sys

from relance.cli.desk import require_desk


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")


def run(options: argparse.Namespace) -> int:
    require_desk()
    command = [sys.executable, "-m", "relance.worker", *(["--once"] if options.once else [])]
    if os.name == "posix":
        os.execv(sys.executable, command)  # noqa: S606 - ourselves, as a process that signals reach
    return subprocess.call(command)
