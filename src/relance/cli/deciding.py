"""Decide on cases written as JSON: a case or a list of cases in, a list of decisions out."""

import argparse
import json
import sys
from pathlib import Path

from relance.cadence.decide import decide
from relance.cadence.wire import BadCase, Problem, read_cases, write_decision
from relance.cli.refusal import Refusal

SAYS = {
    Problem.NOT_JSON: "this is no JSON ({value})",
    Problem.MISSING: "{path} is missing",
    Problem.UNKNOWN_FIELD: "{path} is no field of a case",
    Problem.WRONG_TYPE: "{path} cannot be {value}",
    Problem.UNKNOWN_WORD: "{path}: {value} is no word of the method",
    Problem.NOT_A_DATETIME: "{path}: {value} is no instant",
    Problem.NAIVE_DATETIME: "{path}: {value} lacks its zone, as in 2026-03-02T09:00:00+01:00",
    Problem.NOT_A_DATE: "{path}: {value} is no day, as 2026-03-02",
    Problem.OUT_OF_RANGE: "{path}: {value} is out of range",
    Problem.UNKNOWN_TIMEZONE: "{path}: {value} is no time zone",
    Problem.UNKNOWN_REGION: "{path}: {value} is no region known to the calendar",
    Problem.DUPLICATE: "{path}: {value} stands twice",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a file of cases, or - for standard input")


def run(options: argparse.Namespace) -> int:
    try:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text(encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{options.file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"{options.file}: this is no UTF-8 text") from error
    try:
        cases = read_cases(text)
        decisions = [
            write_decision(decide(case.outreach, now=case.now, elsewhere=case.elsewhere)) for case in cases
        ]
    except BadCase as error:
        value = json.dumps(error.value, ensure_ascii=False, default=str)[:80]
        where = error.path or "the case"
        raise Refusal(SAYS[error.problem].format(path=where, value=value)) from error
    print(json.dumps(decisions, ensure_ascii=False, indent=1))
    return 0
