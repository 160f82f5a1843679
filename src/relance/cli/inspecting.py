"""Say what a LinkedIn archive holds. Nothing is stored."""

import argparse
import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from relance.cli.archives import refusal_of
from relance.imports.linkedin.inspect import inspect
from relance.imports.linkedin.reasons import BadArchive


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the archive LinkedIn gave, a folder, or one of its CSV files")
    parser.add_argument("--json", action="store_true", help="everything, as JSON")


def run(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="relance-") as folder:
        try:
            report = inspect(options.file, scratch=Path(folder) / "area", now=datetime.now(UTC))
        except BadArchive as error:
            raise refusal_of(error) from error
        except FileNotFoundError as error:
            raise refusal_of(error) from error
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return 0
    for name, value in report.items():
        if isinstance(value, dict | list):
            print(f"{name}: {len(value)}" if name not in {"baseline", "left_out"} else f"{name}: {value}")
        else:
            print(f"{name}: {value}")
    return 0
