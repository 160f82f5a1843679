"""What is handed to servers names commands, options, settings and files that exist. None of it is built here."""

import argparse
import configparser
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from relance.cli.main import COMMANDS
from tests.house.test_source import variables
from tests.house.tree import ROOT, read, tracked

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]


def unit(path: Path) -> configparser.ConfigParser:
    """A unit, read strictly: a key that stands twice is an error."""
    parser = configparser.ConfigParser(
        interpolation=None, strict=True, delimiters=("=",), comment_prefixes=("#",)
    )
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(read(path))
    return parser


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load(read(DEPLOY / "compose.yaml")))


def understood(words: list[str]) -> bool:
    """Whether `relance` knows the command and all its options."""
    name, *options = words
    if name not in COMMANDS:
        return False
    parser = argparse.ArgumentParser(exit_on_error=False)
    import_module(COMMANDS[name][0]).arguments(parser)
    try:
        return not parser.parse_known_args(options)[1]
    except argparse.ArgumentError:
        return False


def relance_words() -> Iterator[tuple[str, list[str]]]:
    """Every call of `relance` in units, compose file and image."""
    for path in SERVICES:
        words = shlex.split(unit(path)["Service"]["ExecStart"].replace("%i", "8000"))
        if Path(words[0]).name == "relance":
            yield path.name, words[1:]
    for name, service in compose()["services"].items():
        if service.get("command", [""])[0] == "relance":
            yield f"compose {name}", service["command"][1:]
    found = re.search(r"^CMD \[(.*)\]$", read(DEPLOY / "Containerfile"), re.MULTILINE)
    assert found
    yield "Containerfile", [word.strip().strip('"') for word in found[1].split(",")][1:]


def test_every_command_is_one_of_ours() -> None:
    assert understood(["web", "--port", "8000"])
    assert not understood(["web", "--portal", "8000"])
    assert not understood(["dance"])
    called = dict(relance_words())
    assert {words[0] for words in called.values()} == {"prepare", "web", "worker"}
    assert {name for name, words in called.items() if not understood(words)} == set()


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_units_name_units_that_are_there_and_are_hardened(path: Path) -> None:
    found = unit(path)
    names = " ".join(value for key, value in found["Unit"].items() if key in {"Requires", "After", "Wants"})
    ours = {name for name in names.split() if name.startswith("relance")}
    assert ours <= {each.name for each in UNITS}
    service = found["Service"]
    assert service["User"] == "relance"
    for key in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "LockPersonality"):
        assert service[key] == "yes"
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"], service["UMask"]) == (
        "strict",
        "",
        "0077",
    )
    assert service["StateDirectoryMode"] == "0700"


def test_every_timer_has_its_service() -> None:
    for path in UNITS:
        if path.suffix == ".timer":
            assert path.with_suffix(".service") in UNITS
            assert "OnCalendar" in unit(path)["Timer"]


def test_the_compose_file_holds_together() -> None:
    found = compose()
    services = found["services"]
    for name, service in services.items():
        assert set(service.get("depends_on", [])) <= set(services), name
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in found["volumes"] or (DEPLOY / source).is_file(), f"{name}: {source}"
        assert set(service.get("secrets", [])) <= set(found["secrets"])
        if "build" in service:
            assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
        else:
            assert re.fullmatch(r"[a-z]+:\d+", service["image"]), "a version, and nobody's registry"
    for name in ("web", "worker", "prepare"):
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["read_only"] is True


def test_the_image_copies_what_is_there_and_names_no_registry() -> None:
    text = read(DEPLOY / "Containerfile")
    base = re.search(r"^ARG BASE=(\S+)$", text, re.MULTILINE)
    assert base
    assert re.fullmatch(r"python:3\.\d+-slim", base[1])
    kept = {path.relative_to(ROOT).parts[0] for path in tracked()}
    copied = [
        word
        for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE)
        for word in line.split()[:-1]
    ]
    assert copied
    assert set(copied) <= kept
    assert "USER relance" in text


def test_the_environment_sets_settings_that_exist() -> None:
    known = variables(read(ROOT / "docs/settings.md"))
    assert variables(read(DEPLOY / "relance.env.example")) <= known
    units = " ".join(read(path) for path in UNITS)
    assert variables(units) <= known


def test_proxies_take_the_largest_archive_and_say_who_asks() -> None:
    for name, size in (("Caddyfile", r"max_size (\d+)MB"), ("nginx.conf", r"client_max_body_size (\d+)m;")):
        text = read(DEPLOY / name)
        assert text.count("{") == text.count("}")
        limit = re.search(size, text)
        assert limit, name
        assert int(limit[1]) > 300, "the default of RELANCE_UPLOAD_LIMIT_MB"
        assert "X-Forwarded-For" in text
        assert "access_log off" in text or name == "Caddyfile", "addresses carry one-time links"
