"""The rules are data with a version: whoever changes them says so, and stored messages are understood again."""

import hashlib
import re
from pathlib import Path

from relance.mail.incoming import VERSION, rulebook

RULES = Path(rulebook.__file__).parent / "rules"
KNOWN = {1: "f2a0ef76de351487", 2: "2f3db6b46a028526", 3: "44f233c5f733cb8b", 4: "b68351287b6de8ce"}


def digest() -> str:
    whole = hashlib.sha256()
    for path in sorted(RULES.glob("*.toml")):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()[:16]


def test_a_change_of_the_rules_raises_their_version() -> None:
    assert KNOWN.get(VERSION) == digest(), f"raise VERSION and write down {digest()!r}"


def test_every_pattern_sees_what_it_is_written_for() -> None:
    """Rules are matched on folded text: a capital or an accent in one would never match."""
    wrong = []
    for path in RULES.glob("*.toml"):
        for pattern in _strings(rulebook.rules(path.stem)):
            re.compile(pattern.replace("{name}", "x"))
            plain = re.sub(r"\\[A-Za-z]", "", pattern)
            if re.search(r"[A-ZÀÂÇÉÈÊËÎÏÔÙÛÜàâçéèêëîïôùûü’]", plain):
                wrong.append((path.name, pattern))
    assert wrong == []


def _strings(rules: object) -> list[str]:
    if isinstance(rules, dict):
        return [each for value in rules.values() for each in _strings(value)]
    if isinstance(rules, list):
        return [each for value in rules for each in _strings(value)]
    return [rules] if isinstance(rules, str) else []
