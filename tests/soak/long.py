"""The long form of the mail soak, on a database of its own. Run: script/soak mail [--messages 200 ...]."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.own_database import own_database


def main(words: list[str]) -> int:
    with (
        tempfile.TemporaryDirectory(prefix="relance-soak-") as folder,
        own_database(Path(folder) / "desk") as environment,
    ):
        command = [sys.executable, "-m", "tests.soak.mail", *words]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
