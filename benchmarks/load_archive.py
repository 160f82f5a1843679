"""From an archive to a desk: everything kept, decisions included, against `sqlite3 .import` of the same CSVs.

Run: python -m benchmarks.load_archive [connections invitations messages]. Both in one run, one after the other.
The reference is short, so that it is taken three times and the middle one counts. Seconds are those of the clock;
those of the processors, all processes together, tell more on a machine that others are using.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from tests.imports.compose import compose
from tests.imports.scenario import moved
from tests.imports.stories import sized

GROUPS = "waiting,accepted,silent,pending,cold,contacts"


def main(connections: int, invitations: int, messages: int) -> None:
    from datetime import UTC, datetime

    with tempfile.TemporaryDirectory(prefix="relance-bench-") as name:
        folder = Path(name)
        now = datetime.now(UTC).replace(microsecond=0)
        archive = compose(folder / "export.zip", moved(sized(connections, invitations, messages), now))
        rows = connections + invitations + messages
        reference = bare_import(archive, folder)
        began, worked = time.perf_counter(), processors()
        report = brought_in(archive, folder)
        whole, worked = time.perf_counter() - began, processors() - worked
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        seconds = report["seconds"]
        print(
            f"{rows:,} rows, {report['result']['kept']:,} people kept, {report['result']['open']:,} outreaches open"
        )
        print(f"  {seconds:.1f} s ({rows / seconds:,.0f} rows/s), {whole:.1f} s with the command's start")
        print(f"  {worked:.1f} s of processors, that start and all processes included")
        print(f"  {peak} MiB of memory at most in one process")
        if reference:
            clock, worked_bare = reference
            print(
                f"  sqlite3 .import of the same CSVs: {clock:.2f} s ({worked_bare:.2f} of a processor);"
                f" ratio {seconds / clock:.1f}"
            )
        again = brought_in(archive, folder)
        print(
            f"  {again['seconds']:.1f} s for the same archive again, {again['result']['known']:,} people known"
        )


def brought_in(archive: Path, folder: Path) -> dict[str, Any]:
    """What the command says of an archive that was brought in, everybody kept."""
    answer = subprocess.run(
        [sys.executable, "-m", "relance.cli.main", "import", str(archive), "--keep", GROUPS, "--json"],
        env={**os.environ, "RELANCE_DATA": str(folder / "desk")}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    report: dict[str, Any] = json.loads(answer.stdout)
    return report


def processors() -> float:
    """The seconds that the processes that ended so far took of processors."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bare_import(archive: Path, folder: Path) -> tuple[float, float] | None:
    """The time `sqlite3` takes to bring the three CSVs into tables of text, by the clock and of a processor.

    None where there is no sqlite3.
    """
    program = shutil.which("sqlite3")
    if not program:
        print("  sqlite3 is not on this machine: no reference")
        return None
    zipfile.ZipFile(archive).extractall(folder / "csv")
    plain = folder / "csv" / "plain.csv"  # without the three lines before the header, which it does not know
    lines = (folder / "csv" / "Connections.csv").read_text("utf-8").split("\n", 3)
    plain.write_text(lines[3], "utf-8")
    orders = [f".import --csv {folder}/csv/{file} {table}" for file, table in
              (("messages.csv", "m"), ("plain.csv", "c"), ("Invitations.csv", "i"))]  # fmt: skip
    times, worked = [], []
    for turn in range(3):
        began, before = time.perf_counter(), processors()
        subprocess.run(
            [program, str(folder / f"bare{turn}.sqlite3"), *orders], check=True, capture_output=True
        )
        times.append(time.perf_counter() - began)
        worked.append(processors() - before)
    return statistics.median(times), statistics.median(worked)


if __name__ == "__main__":
    words = [int(word) for word in sys.argv[1:]] or [30_000, 20_000, 100_000]
    main(*words)
