"""Serve the pages alone: one of several web processes, on one machine or on several.

The database is brought to this version by `relance prepare` before, and `relance worker` runs beside.
"""

import argparse
import os
import subprocess
import sys

from relance.cli.desk import require_desk


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default 8000)")
    parser.add_argument(
        "--listen", default="127.0.0.1", metavar="ADDRESS", help="the address to listen on (default loopback)"
    )
    parser.add_argument(
        "--processes", type=int, default=1, help="how many processes share the port (default 1)"
    )
    parser.add_argument("--threads", type=int, default=4, help="requests at once in each process (default 4)")


def run(options: argparse.Namespace) -> int:
    require_desk()
    command = web_server(options.listen, options.port, processes=options.processes, threads=options.threads)
    if os.name == "posix":
        os.execv(sys.executable, command)  # noqa: S606 - ourselves, as a process that signals reach
    return subprocess.call(command)


def web_server(listen: str, port: int, *, processes: int = 1, threads: int = 4) -> list[str]:
    """The command that serves the pages. No access log: addresses carry one-time links."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", listen, "--port", str(port),
        "--workers", str(processes), "--blocking-threads", str(threads), "--no-access-log", "--log-level", "warning",
        "--workers-kill-timeout", "5", "relance.config.wsgi:application",
    ]  # fmt: skip


def attended(command: list[str]) -> list[str]:
    """The same module, run so that it ends when its standard input does."""
    python, as_module, *words = command
    return [python, as_module, "relance.cli.attended", *words]
