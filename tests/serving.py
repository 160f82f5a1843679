"""`relance start` as a process, for tests that look at it from outside."""

import os
import re
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from types import TracebackType


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A desk served on a free port until the block ends."""

    def __init__(self, command: list[str], data: Path, environment: dict[str, str], *words: str) -> None:
        self.command, self.data, self.environment, self.words = command, data, environment, words
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.said = ""

    def __enter__(self) -> "Served":
        self.process = subprocess.Popen(
            [*self.command, "start", "--port", str(self.port), "--data", str(self.data), *self.words],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env=self.environment, cwd=self.data.parent,
        )  # fmt: skip
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if "Ctrl+C" in line:
                return self
        raise AssertionError(f"it stopped: {self.said}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=20)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return str(answer.read().decode())


def children_of(pid: int) -> list[int]:
    """The processes that a process started, and those that these started."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(child): int(parent) for child, parent in (line.split() for line in listed.splitlines())}
    found, seen = [], {pid}
    while fresh := {child for child, parent in parents.items() if parent in seen} - seen:
        seen |= fresh
        found += sorted(fresh)
    return found


def alive(pid: int, *, within: float = 5) -> bool:
    """Whether a process is still there after a moment's patience. One that only waits to be reaped is not."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            if re.search(r"^State:\s+Z", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE):
                return False
        except (OSError, FileNotFoundError):
            return False
        time.sleep(0.1)
    return True
