"""Django's own commands, for those who build Relance."""

import argparse

from django.core.management import execute_from_command_line


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, help="a Django command and its options")


def run(options: argparse.Namespace) -> int:
    execute_from_command_line(["relance manage", *options.words])
    return 0
