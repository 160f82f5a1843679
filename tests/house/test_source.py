"""The house looks after its own source: short files, plain names, one clock, nothing of a machine."""

import ast
import re
import tomllib
from pathlib import Path

from tests.house.tree import ROOT, SOURCE, called, python_files, read, tracked

WORTH_A_LOOK, LONGEST = 300, 400


def over(limit: int, lengths: dict[str, int]) -> dict[str, int]:
    return {name: lines for name, lines in lengths.items() if lines > limit}


def test_files_are_short() -> None:
    lengths = {called(path): len(read(path).splitlines()) for path in python_files()}
    print(f"over {WORTH_A_LOOK} lines, worth a look:", over(WORTH_A_LOOK, lengths) or "none")  # noqa: T201
    assert over(LONGEST, {"long.py": 401, "short.py": 400}) == {"long.py": 401}
    assert over(LONGEST, lengths) == {}


EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "managers", "service", "services", "base"}


def says_nothing(name: str) -> bool:
    """Whether a part of a path, folder or module, is one of the names that fit anything."""
    return name.removesuffix(".py") in EMPTY_WORDS


def test_modules_have_names_that_say_something() -> None:
    assert says_nothing("utils.py")
    assert says_nothing("services")
    assert not says_nothing("batches.py")
    names = [called(path) for path in python_files()]
    assert [name for name in names if any(says_nothing(part) for part in name.split("/"))] == []


INSIDE = ("cadence", "mail", "accounts", "method", "imports")
CLOCKS = {"now", "utcnow", "today"}
SINCE = {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "localtime", "gmtime"}
READS_THE_CLOCK = {
    ("imports/jobs.py", "time.monotonic"): "spaces out what the bar of progress is told, and decides nothing",
    ("accounts/models.py", "auto_now_add"): "when an account was made: shown to nobody, no rule leans on it",
}


def clocks_read(source: str) -> set[str]:
    """Every way in which a module asks what time it is."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = (
                node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            )
            if node.attr in CLOCKS and owner in {"timezone", "datetime", "date", "dt"}:
                found.add(f"{owner}.{node.attr}")
            if node.attr in SINCE and owner == "time":
                found.add(f"time.{node.attr}")
        elif isinstance(node, ast.ImportFrom):
            wanted = {"time": SINCE, "django.utils.timezone": CLOCKS}.get(node.module or "", set())
            found |= {f"{node.module}.{name.name}" for name in node.names if name.name in wanted}
        elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
            found.add(node.arg)
    return found


def test_the_clock_is_read_at_the_edges_alone() -> None:
    assert clocks_read("import datetime as dt\ndef f(): return dt.datetime.now()") == {"datetime.now"}
    assert clocks_read("from time import time") == {"time.time"}
    assert clocks_read("timezone.now(); date.today(); time.time()") == {
        "timezone.now",
        "date.today",
        "time.time",
    }
    assert clocks_read("def f(now): return now.date()") == set()
    found = {
        (path.relative_to(SOURCE).as_posix(), clock)
        for path in python_files()
        if path.is_relative_to(SOURCE) and path.relative_to(SOURCE).parts[0] in INSIDE
        for clock in clocks_read(read(path))
    }
    assert found - set(READS_THE_CLOCK) == set()
    assert set(READS_THE_CLOCK) - found == set(), "an exception that is no longer needed"


def test_no_sentence_stands_in_the_method_or_the_engine() -> None:
    for room in ("cadence", "method"):
        for path in (SOURCE / room).rglob("*.py"):
            if path.name != "models.py":  # a field's verbose name is its label
                assert "gettext" not in read(path), called(path)


def variables(text: str) -> set[str]:
    return set(re.findall(r"\bRELANCE_[A-Z][A-Z_]*\b", text))


def test_every_setting_is_documented() -> None:
    assert variables("`RELANCE_DATA`, RELANCE_HTTPS=yes") == {"RELANCE_DATA", "RELANCE_HTTPS"}
    used = variables(read(SOURCE / "config/environment.py"))
    assert used == variables(read(ROOT / "docs/settings.md"))
    elsewhere = set().union(*(variables(read(path)) for path in SOURCE.rglob("*.py")))
    assert elsewhere - used == set(), "config/environment.py is the only place that reads the environment"


HOSTS = (
    "py" + "pi.org",
    "python" + "hosted",
    "npm" + "js.",
    "deb.deb" + "ian",
    "jsd" + "elivr",
    "unp" + "kg.com",
)
PLACES = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|Us" + r"ers/\w+)(?=/|\b)(?!\w)")


def strangers_in(text: str) -> list[str]:
    """The registry hosts, machine paths and neighbouring folders that a text names."""
    found = [host for host in HOSTS if host in text] + PLACES.findall(text)
    return [*found, "../sha" + "red"] if "../sha" + "red" in text else found


def test_nothing_of_a_machine_or_a_registry_is_kept() -> None:
    for bad in (
        "see /wo" + "rk/main/x.py",
        "https://py" + "pi.org/simple",
        '"/ro' + 'ot"',
        "/ho" + "me/ines/x",
    ):
        assert strangers_in(bad), bad
    assert strangers_in("a framework/works, at home/here, 24/7") == []
    kept = [path for path in tracked() if path.suffix not in {".png", ".ico", ".woff2"}]
    assert {called(path): found for path in kept if (found := strangers_in(read(path)))} == {}


def without_hash(pins: str) -> list[str]:
    """The pinned packages that no hash follows."""
    return [block[:60] for block in re.split(r"\n(?=\S)", pins.strip()) if "--hash=sha256:" not in block]


def test_dependencies_are_pinned_with_hashes() -> None:
    assert without_hash("a==1 \\\n    --hash=sha256:0\nb==2") == ["b==2"]
    project = tomllib.loads(read(ROOT / "pyproject.toml"))
    for file, wanted in (
        ("requirements.txt", project["project"]["dependencies"]),
        ("requirements-postgresql.txt", project["project"]["optional-dependencies"]["postgresql"]),
        ("requirements-dev.txt", project["dependency-groups"]["dev"]),
    ):
        pins = read(ROOT / file)
        assert without_hash(pins) == []
        for name in wanted:
            bare = re.split(r"[\[<>=]", name)[0]
            assert re.search(rf"^{re.escape(bare)}(\[[\w,-]+\])?==", pins, re.MULTILINE), f"{file}: {bare}"


def test_scripts_may_be_run() -> None:
    for path in [*(ROOT / "script").iterdir(), ROOT / ".ci/run"]:
        if path.is_file() and read(path).startswith("#!"):
            assert Path(path).stat().st_mode & 0o100, called(path)


def undecided(text: str) -> bool:
    """Whether a merge was kept without being settled."""
    return re.search(r"^(<{7} |={7}$|>{7} )", text, re.MULTILINE) is not None


def test_no_merge_is_left_undecided() -> None:
    assert undecided("a\n" + "<" * 7 + " HEAD\nb\n")
    assert undecided("a\n" + "=" * 7 + "\nb\n")
    assert not undecided("Title\n" + "=" * 5)
    assert [called(path) for path in tracked() if undecided(read(path))] == []
