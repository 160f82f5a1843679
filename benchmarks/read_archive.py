"""How fast and in how much memory an archive is read into the temporary area.

`python -m benchmarks.read_archive [CONNECTIONS INVITATIONS MESSAGES [C4 M10 I3]]` composes an archive of that
size, reads it in a process of its own, and prints rows per second, the peak of memory above that of
an archive of ten rows, and the ratio to `sqlite3 .import` of the same rows by Python's own csv.
"""

import csv
import io
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from tests.imports.compose import Variant, compose
from tests.imports.stories import sized

from relance.imports.linkedin.inspect import report
from relance.imports.linkedin.read import read_archive

_THREE = {"connections.csv", "messages.csv", "invitations.csv"}


def measured(archive: Path, scratch: Path) -> dict[str, float]:
    """Read one archive in this process and tell its seconds, rows and peak memory in MiB."""
    rows = 0

    def heard(progress: object) -> None:
        nonlocal rows
        rows = getattr(progress, "rows", 0)

    began = time.perf_counter()
    area = read_archive(archive, scratch, heard=heard)
    read = time.perf_counter() - began
    area_bytes = scratch.stat().st_size
    report(area)
    whole = time.perf_counter() - began
    area.wipe()
    peak = _peak_kib() / 1024
    return {
        "seconds": read,
        "with_report": whole,
        "rows": rows,
        "peak_mib": peak,
        "area_mib": area_bytes / 2**20,
    }


def _peak_kib() -> int:
    """Return this program's own peak; `ru_maxrss` also holds its parent's before the exec."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(
            int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")
        )
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def bare_import(archive: Path, scratch: Path) -> float:
    """Return the seconds of putting every record of the three files into bare tables."""
    began = time.perf_counter()
    database = sqlite3.connect(scratch, isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("BEGIN")
    with zipfile.ZipFile(archive) as opened:
        names = [name for name in opened.namelist() if name.lower() in _THREE]
        for number, name in enumerate(names):
            with opened.open(name) as stream:
                reader = csv.reader(io.TextIOWrapper(stream, "utf-8", newline=""))
                rows = (row for row in reader if len(row) > 3)
                width = len(next(rows))
                database.execute(f"CREATE TABLE t{number} ({','.join(f'c{n}' for n in range(width))})")
                database.executemany(f"INSERT INTO t{number} VALUES ({','.join('?' * width)})", rows)
    database.execute("COMMIT")
    database.close()
    return time.perf_counter() - began


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(Path(sys.argv[2]), Path(sys.argv[3]))))
        return
    sizes = [int(each) for each in sys.argv[1:4]] or [30_000, 20_000, 100_000]
    variant = Variant(*sys.argv[4:7])
    with tempfile.TemporaryDirectory() as folder:
        small = compose(Path(folder) / "small.zip", sized(10, 10, 10), variant)
        large = compose(Path(folder) / "large.zip", sized(*sizes), variant)
        told = []
        for archive in (small, large):
            command = [
                sys.executable,
                "-m",
                "benchmarks.read_archive",
                "--one",
                str(archive),
                f"{folder}/area",
            ]
            told.append(
                json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            )
        bare = bare_import(large, Path(folder) / "bare")
        few, many = told
        print(f"archive            {large.stat().st_size / 2**20:8.1f} MiB")
        print(f"rows               {many['rows']:8.0f}")
        print(f"read into the area {many['seconds']:8.2f} s  {many['rows'] / many['seconds']:.0f} rows/s")
        print(f"with the analysis  {many['with_report']:8.2f} s")
        print(f"bare import        {bare:8.2f} s  ratio {many['seconds'] / bare:.1f}")
        above = many["peak_mib"] - few["peak_mib"]
        print(f"peak memory        {many['peak_mib']:8.1f} MiB, {above:.1f} above ten rows")
        print(f"area               {many['area_mib']:8.1f} MiB")


if __name__ == "__main__":
    main()
