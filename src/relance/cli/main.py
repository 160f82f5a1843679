"""`relance`: reads the words of a command, sets the desk up, and calls one domain function."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from relance import __version__

COMMANDS = {
    "start": "relance.cli.start",
    "worker": "relance.cli.work",
    "signin": "relance.cli.signin",
    "decide": "relance.cli.deciding",
    "inspect": "relance.cli.inspecting",
    "import": "relance.cli.importing",
    "queue": "relance.cli.queue",
    "redecide": "relance.cli.redeciding",
    "backup": "relance.cli.backup",
    "restore": "relance.cli.restore",
    "manage": "relance.cli.manage",
}
WITHOUT_DESK = {"decide", "inspect"}


class Refusal(Exception):
    """A clear sentence for whoever typed the command; nothing was changed. Exit code 2."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 found wanting, 2 not understood or refused."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    name = next((word for word in arguments if not word.startswith("-")), "")
    if name not in COMMANDS:
        return _help(arguments)
    _say_in_utf8()
    command = import_module(COMMANDS[name])
    parser = argparse.ArgumentParser(prog=f"relance {name}", description=command.__doc__)
    if name not in WITHOUT_DESK:
        parser.add_argument(
            "--data", metavar="DIR", help="where the data lives (default: this account's data directory)"
        )
    command.arguments(parser)
    arguments.remove(name)
    options = parser.parse_args(arguments)
    if getattr(options, "data", None):
        os.environ["RELANCE_DATA"] = options.data
    try:
        if name not in WITHOUT_DESK:
            _set_up_django()
        return int(command.run(options) or 0)
    except Refusal as refusal:
        print(f"relance {name}: {refusal}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _help(arguments: Sequence[str]) -> int:
    if "--version" in arguments:
        print(f"relance {__version__}")
        return 0
    lines = [f"relance {__version__}", "", "usage: relance COMMAND [options]", ""]
    for name, module in COMMANDS.items():
        summary = (import_module(module).__doc__ or "").strip().splitlines()[0]
        lines.append(f"  {name:<9} {summary}")
    lines += ["", "relance COMMAND --help says more."]
    asked = not arguments or arguments[0] in {"-h", "--help", "help"}
    print("\n".join(lines), file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def _say_in_utf8() -> None:
    """A Windows console of 1252 must not stop a sentence with an accent."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relance.config.settings")
    from django.core.exceptions import ImproperlyConfigured

    from relance.cli.messages import compile_messages, speak

    compile_messages()
    import django

    try:
        django.setup()
    except (ImproperlyConfigured, OSError) as error:
        raise Refusal(str(error)) from error
    speak()


if __name__ == "__main__":
    raise SystemExit(main())
