"""The house looks after its own source: short files, used templates, true sentences, one clock, one owner."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.db.models import UniqueConstraint
from script.messages import extracted

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "relance"
TEMPLATES = SOURCE / "web" / "templates"
LONGEST = 400


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def test_files_are_short() -> None:
    long = {path.name: len(path.read_text("utf-8").splitlines()) for path in python_files()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_modules_have_names_that_say_something() -> None:
    empty = {"utils.py", "helpers.py", "manager.py", "managers.py", "service.py", "services.py", "base.py"}
    assert [path for path in python_files() if path.name in empty] == []


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def test_every_template_is_used() -> None:
    said = "\n".join(path.read_text("utf-8") for path in [*templates(), *SOURCE.rglob("*.py")])
    unused = []
    for path in templates():
        name = path.relative_to(TEMPLATES).as_posix()
        by_others = name.split("/")[0] in {"account", "allauth", "mfa"} or re.fullmatch(
            r"\d{3}(_\w+)?\.html", name
        )
        if not by_others and not re.search(rf"[\"']{re.escape(name)}(#\w+)?[\"']", said):
            unused.append(name)
    assert unused == []


def test_every_icon_is_drawn() -> None:
    drawn = set(
        re.findall(r'<symbol id="i-([a-z0-9-]+)"', (TEMPLATES / "shell/sprite.html").read_text("utf-8"))
    )
    used = {
        name
        for path in templates()
        for name in re.findall(r'{% icon "([a-z0-9-]+)"', path.read_text("utf-8"))
    }
    assert used - drawn == set()


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("inline script", r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>"),
        ("inline style", r"<style|\sstyle="),
        ("inline handler", r"\son[a-z]+=[\"']"),
        ("something loaded from elsewhere", r"(?:src|<link[^>]*href)=[\"']https?:"),
    ],
)
def test_templates_keep_the_strict_policy(what: str, pattern: str) -> None:
    assert [path.name for path in templates() if re.search(pattern, path.read_text("utf-8"))] == [], what


EDGES = ("web", "cli", "worker", "config")
CLOCKS = {
    ("timezone", "now"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}


def clocks_read(source: str) -> list[tuple[str, str]]:
    return [
        (node.value.id, node.attr)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCKS
    ]


def test_the_clock_is_read_at_the_edges_alone() -> None:
    assert clocks_read("def late(): return timezone.now()") == [("timezone", "now")], "the check itself sees"
    inside = [path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] not in EDGES]
    assert {path.name: found for path in inside if (found := clocks_read(path.read_text("utf-8")))} == {}


def test_no_sentence_stands_in_the_method_or_the_engine() -> None:
    for room in ("cadence", "method"):
        for path in (SOURCE / room).rglob("*.py"):
            text = path.read_text("utf-8")
            if path.name == "models.py":
                continue  # a field's verbose name is its label
            assert "gettext" not in text, path


def test_every_table_belongs_to_an_organisation() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("relance.")]
    without = {
        model.__name__ for model in ours if not any(f.name == "organisation" for f in model._meta.fields)
    }
    assert without == {"Organisation", "User", "SignInLink"}, "accounts and what lets somebody in"
    for model in ours:
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                assert constraint.fields[0] == "organisation", constraint.name
        unique = {field.name for field in model._meta.fields if field.unique and not field.primary_key}
        assert unique <= {"email", "digest", "token"}, f"{model.__name__}: accounts and global tokens"


def test_every_setting_is_documented() -> None:
    read = set(re.findall(r"RELANCE_[A-Z_]+", (SOURCE / "config/environment.py").read_text("utf-8")))
    told = set(re.findall(r"RELANCE_[A-Z_]+", (ROOT / "docs/settings.md").read_text("utf-8")))
    assert read == told


def catalogue(language: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    with (SOURCE / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {
            _both(message.id): _both(message.string)
            for message in read_po(file, locale=language)
            if message.id
        }


def _both(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", text))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_is_translated(language: str) -> None:
    said = {_both(message.id) for message in extracted() if message.id}
    known = catalogue(language)
    assert said - set(known) == set(), "run script/messages"
    assert set(known) - said == set(), "run script/messages"
    assert [ids[0] for ids, strings in known.items() if not all(strings)] == []
    for ids, strings in known.items():
        for string in strings:
            assert placeholders(string) <= placeholders(" ".join(ids)), ids[0]


def french() -> Iterator[str]:
    for strings in catalogue("fr").values():
        yield from strings


def test_french_is_set_as_french_is_printed() -> None:
    straight = [text for text in french() if re.search(r"\w'\w", text)]
    assert straight == [], "the apostrophe is ’"
    bare = [text for text in french() if re.search(r"[^\s\u00a0\u202f%(\d] [;:?!»]|« ", text)]
    assert bare == [], "a no-break space stands before ; : ? ! » and after «"


def test_nothing_of_a_machine_or_a_registry_is_kept() -> None:
    hosts = "|".join(("py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.org", r"deb\.deb" + r"ian\.org"))
    paths = r"(^|[^A-Za-z0-9_.])/(wo" + r"rk|ro" + r"ot|ho" + r"me)/[a-z]"
    wrong = []
    for path in tracked():
        if path.suffix in {".png", ".svg"}:
            continue
        text = path.read_text("utf-8", errors="replace")
        if re.search(hosts, text) or re.search(paths, text, re.MULTILINE) or "../sha" + "red" in text:
            wrong.append(path.name)
    assert wrong == []


def test_dependencies_are_pinned_with_hashes() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    pins = (ROOT / "requirements.txt").read_text("utf-8")
    for name in wanted:
        bare = re.split(r"[\[<>=]", name)[0]
        assert re.search(rf"^{re.escape(bare)}==", pins, re.MULTILINE), bare
    for block in re.split(r"\n(?=\S)", pins.strip()):
        assert "--hash=sha256:" in block, block[:60]
