"""How long a table of 100,000 rows takes to be read into the temporary area, and how much memory.

    python -m benchmarks.read_table [rows]

The reference, in the same run on the same bytes, is the standard library's `csv.reader` going through them:
what anybody pays who only opens the table. An XLSX of a tenth of the rows is read beside it, openpyxl alone
being its reference.
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import django
import openpyxl

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relance.config.settings")
os.environ.setdefault("RELANCE_DATA", tempfile.mkdtemp(prefix="relance-benchmark-"))
django.setup()

from relance.imports.tables.actions import phone_form  # noqa: E402
from relance.imports.tables.plan import guessed  # noqa: E402
from relance.imports.tables.read import look, read_table  # noqa: E402

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
HEAD = [
    "Civilité", "Nom", "Prénom", "E-mail", "Téléphone", "Poste", "Société", "Étape", "Date de candidature",
    "Dernière relance", "TJM", "Commentaire",
]  # fmt: skip


def rows_of(count: int) -> list[list[str]]:
    """A French ATS: half with a contact, a tenth with a note of two lines, one in a hundred with nobody in it."""
    rows = []
    for each in range(count):
        on = NOW - timedelta(days=each % 200)
        rows.append([
            "Mme" if each % 2 else "M.", f"NOM{each}", f"Prénom{each}",
            "" if each % 100 == 7 else f"p{each}@exemple.example",
            "" if each % 100 == 7 else f"06{each % 100_000_000:08d}", "Ingénieure d’études", f"Société {each % 900}",
            "À relancer", f"{on:%d/%m/%Y}", f"{on:%d/%m/%Y %H:%M}" if each % 2 else "", "450,50 €",
            "Très bien ; à revoir\nrappeler mardi" if each % 10 == 0 else "",
        ])  # fmt: skip
    return rows


def written(rows: list[list[str]], folder: Path) -> tuple[Path, Path]:
    """The table as CSV, and its first tenth as XLSX."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(HEAD)
    writer.writerows(rows)
    text, book = folder / "table.csv", folder / "table.xlsx"
    text.write_bytes(stream.getvalue().encode("cp1252"))
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("Candidats")
    for row in [HEAD, *rows[: len(rows) // 10]]:
        sheet.append(row)
    made.save(book)
    return text, book


def seconds(run: Callable[[], object]) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun


def bare_csv(file: Path) -> int:
    with file.open(encoding="cp1252", newline="") as stream:
        return sum(1 for _ in csv.reader(stream, delimiter=";"))


def bare_book(file: Path) -> int:
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    count = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return count


def whole(file: Path, scratch: Path) -> tuple[int, int]:
    guesses = look(file)
    area = read_table(
        file, scratch, guessed(0, guesses[0]), guesses[0].labels, zone=ZoneInfo("Europe/Paris"),
        phone_form=phone_form("FR"), now=NOW,
    )  # fmt: skip
    people = int(area.database.execute("SELECT count(*) FROM people").fetchone()[0])
    refused = int(area.recall("refused") or 0)
    area.wipe()
    return people, refused


def memory() -> float:
    """The most this process ever held, in MiB (Linux; what it began from does not count the process before it)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def one(file: Path) -> None:
    """Measure one table, in a process that holds nothing else."""
    before = memory()
    bare = bare_csv if file.suffix == ".csv" else bare_book
    reference = min(seconds(lambda: bare(file)) for _ in range(3))
    begun = time.process_time()
    people, refused = whole(file, file.with_suffix(".area"))
    taken = time.process_time() - begun
    print(
        f"{file.name}: {people:,} people, {refused:,} rows refused, {taken:.2f} s of one processor;"
        f" opened alone {reference:.2f} s; ratio {taken / reference:.1f}; memory grew by {memory() - before:.0f} MiB"
    )


def main(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="relance-") as folder:
        for file in written(rows_of(count), Path(folder)):
            subprocess.run([sys.executable, "-m", "benchmarks.read_table", str(file)], check=True)


if __name__ == "__main__":
    if sys.argv[1:] and not sys.argv[1].isdigit():
        one(Path(sys.argv[1]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
