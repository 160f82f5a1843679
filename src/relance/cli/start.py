"""Set the desk up, serve it, and print a link that lets its owner in.

Brings the database to this version, serves web and worker on http://localhost:8000, and goes on until
Ctrl+C. Listens on this machine only, unless told otherwise.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from relance.accounts.actions import issue_link
from relance.cli.desk import make_ready
from relance.cli.refusal import Refusal
from relance.cli.serving import attended, web_server
from relance.cli.signin import link_to, remember_address


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (default 8000)")
    parser.add_argument(
        "--listen", default="127.0.0.1", metavar="ADDRESS", help="the address to listen on (default loopback)"
    )
    parser.add_argument("--no-link", action="store_true", help="print no sign-in link")


def run(options: argparse.Namespace) -> int:
    now = timezone.now()
    _check_port(options.listen, options.port)
    user, warnings = make_ready(now)
    for warning in warnings:
        print(warning)
    print(_("Data: %(folder)s") % {"folder": settings.DATA_DIR}, flush=True)
    children = [
        subprocess.Popen(attended(command), env=_environment(), stdin=subprocess.PIPE)
        for command in (web_server(options.listen, options.port), [sys.executable, "-m", "relance.worker"])
    ]
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        _wait_until_served(options.listen, options.port, children[0])
        remember_address(f"http://localhost:{options.port}")
        print(_("Relance is served on http://localhost:%(port)s") % {"port": options.port})
        if not options.no_link:
            print(
                _("Come in (this link serves once, for %(minutes)s minutes):\n  %(link)s")
                % {"minutes": settings.SIGN_IN_LINK_MINUTES, "link": link_to(issue_link(user=user, now=now))}
            )
        print(_("Ctrl+C stops it."), flush=True)
        return _watch(children)
    finally:
        _stop(children)


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _environment() -> dict[str, str]:
    return {**os.environ, "RELANCE_DATA": str(settings.DATA_DIR), "PYTHONUNBUFFERED": "1"}


def _check_port(address: str, port: int) -> None:
    if not 0 < port < 65536:
        raise Refusal(_("%(port)s is no port: choose one between 1 and 65535.") % {"port": port})
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # elsewhere the option would let two programs share the port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise Refusal(
                _(
                    "Port %(port)s of %(address)s cannot be used (%(why)s). Perhaps Relance runs already: open "
                    "http://localhost:%(port)s, or choose another port: relance start --port %(other)s"
                )
                % {"port": port, "address": address, "why": error.strerror, "other": port + 1}
            ) from error


def _wait_until_served(address: str, port: int, web: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise Refusal(_("The web server stopped at once; its own words are above."))
        try:
            with socket.create_connection(("127.0.0.1" if address == "0.0.0.0" else address, port), 1):  # noqa: S104
                return
        except OSError:
            time.sleep(0.1)
    raise Refusal(_("The web server does not answer after a minute."))


def _watch(children: list["subprocess.Popen[bytes]"]) -> int:
    """Wait for Ctrl+C, a termination, or the end of a child."""
    while all(child.poll() is None for child in children):
        time.sleep(0.3)
    return next(child.returncode for child in children if child.poll() is not None) or 1


def _stop(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
