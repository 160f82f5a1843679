"""Say what a LinkedIn archive holds. Nothing is stored."""

import argparse
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from relance.cli.refusal import Refusal
from relance.imports.linkedin.inspect import inspect
from relance.imports.linkedin.reasons import BadArchive


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="the archive LinkedIn gave, a folder, or one of its CSV files"
    )
    parser.add_argument("--json", action="store_true", help="everything, as JSON")


def run(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="relance-") as folder:
        try:
            report = inspect(options.file, scratch=Path(folder) / "area", now=datetime.now(UTC))
        except BadArchive as error:
            raise Refusal(refused(error)) from error
        except OSError as error:
            raise Refusal(f"{options.file}: {error.strerror}") from error
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return 0
    for name, value in report.items():
        if isinstance(value, list) or (isinstance(value, dict) and name == "accepted_outgoing"):
            print(f"{name}: {len(value)}")
        else:
            print(f"{name}: {json.dumps(value) if isinstance(value, dict) else value}")
    return 0


def refused(error: BadArchive) -> str:
    """The sentence of an archive that cannot be used."""
    from relance.cli.main import speak_without_desk
    from relance.imports.phrases import problem

    speak_without_desk()
    return problem(str(error.code), error.values)
