"""The long form of the races, on the database of the environment. Run: script/soak [tries]."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.own_database import own_database

TRIES = 10_000


def main(words: list[str]) -> int:
    tries = int(words[0]) if words else TRIES
    with (
        tempfile.TemporaryDirectory(prefix="relance-soak-") as folder,
        own_database(Path(folder) / "desk") as environment,
    ):
        command = [sys.executable, "-m", "tests.races.contest", "--tries", str(tries)]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
