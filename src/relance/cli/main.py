"""`relance`: reads the words of a command, sets the desk up, and calls one domain function."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from relance import __version__
from relance.cli.refusal import Refusal

COMMANDS = {
    "start": ("relance.cli.start", "set the desk up, serve it, and print a link that lets its owner in"),
    "signin": ("relance.cli.signin", "print a new one-time link that lets in"),
    "inspect": ("relance.cli.inspecting", "say what a LinkedIn archive holds; nothing is stored"),
    "import": (
        "relance.cli.importing",
        "read a LinkedIn archive or a table (CSV, XLSX) and keep whom you choose",
    ),
    "queue": ("relance.cli.queue", "print today's queue"),
    "decide": ("relance.cli.deciding", "decide on cases written as JSON"),
    "redecide": ("relance.cli.redeciding", "rebuild every stored decision from the events"),
    "backup": ("relance.cli.backup", "copy the whole desk to one file: database and keys"),
    "restore": ("relance.cli.restore", "bring a backup back, the present desk being kept aside"),
    "keys": ("relance.cli.keys", "show the keys by their short names, change one, or go on without one"),
    "prepare": ("relance.cli.prepare", "bring the desk to this version without serving it"),
    "web": ("relance.cli.serving", "serve the pages alone, for servers of several processes or machines"),
    "worker": ("relance.cli.work", "do the background work (relance start runs it)"),
    "manage": ("relance.cli.manage", "Django's own commands, for those who build Relance"),
}
WITHOUT_DESK = {"decide", "inspect"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 found wanting, 2 not understood or refused."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = words[0] if words else ""
    if name not in COMMANDS:
        return _help(words)
    _say_in_utf8()
    try:
        if name not in WITHOUT_DESK:
            _set_up_django(words[1:])
        return _run(name, words[1:])
    except Refusal as refusal:
        print(f"relance {name}: {refusal}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of a pipe had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _run(name: str, words: Sequence[str]) -> int:
    command = import_module(COMMANDS[name][0])
    parser = argparse.ArgumentParser(prog=f"relance {name}", description=command.__doc__)
    if name not in WITHOUT_DESK:
        _add_data(parser)
    command.arguments(parser)
    return int(command.run(parser.parse_args(words)))


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", metavar="DIR", help="where the data lives (default: this account's data directory)"
    )


def _help(words: Sequence[str]) -> int:
    if words[:1] == ["--version"]:
        print(f"relance {__version__}")
        return 0
    lines = [f"relance {__version__}", "", "usage: relance COMMAND [options]", ""]
    lines += [f"  {name:<9} {summary}" for name, (_module, summary) in COMMANDS.items()]
    lines += ["", "relance COMMAND --help says more."]
    asked = not words or words[0] in {"-h", "--help", "help"}
    print("\n".join(lines), file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def _say_in_utf8() -> None:
    """A Windows console of 1252 must not stop a sentence with an accent."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def _set_up_django(words: Sequence[str]) -> None:
    """The desk's folder must be known before the settings are read, and these before any model."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    _add_data(early)
    data = early.parse_known_args(words)[0].data
    if data:
        os.environ["RELANCE_DATA"] = data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relance.config.settings")
    from django.core.exceptions import ImproperlyConfigured

    from relance.cli.messages import compile_messages, speak

    compile_messages()
    import django

    try:
        django.setup()
    except (ImproperlyConfigured, OSError) as error:
        raise Refusal(_said(error)) from error
    speak()


def _said(error: Exception) -> str:
    """What the settings found wrong, in the terminal's language where the sentence has a translation."""
    sentence, values = getattr(error, "sentence", ""), getattr(error, "values_told", {})
    from relance.cli.messages import without_settings

    return without_settings(sentence) % values if sentence else str(error)


def speak_without_desk() -> None:
    """Let a command that needs no desk speak in sentences all the same."""
    import django
    from django.conf import settings

    from relance.cli.messages import LOCALE, compile_messages, speak

    compile_messages()
    if not settings.configured:
        settings.configure(USE_I18N=True, LOCALE_PATHS=[LOCALE], LANGUAGE_CODE="fr")
        django.setup()
    speak()


if __name__ == "__main__":
    raise SystemExit(main())
