"""The rules as data: TOML files beside this module, read once. Patterns are matched on folded text.

`VERSION` is raised with every change to them (a test holds the two together), so that a message
understood by older rules can be told and understood again.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

VERSION = 4
_FOLDER = Path(__file__).parent / "rules"


@cache
def rules(name: str) -> dict[str, Any]:
    """A file of rules as it is written."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def listed(name: str, *path: str) -> list[str]:
    """A list of strings in a file of rules."""
    found: Any = rules(name)
    for step in path:
        found = found[step]
    return [str(each) for each in found]


@cache
def pattern(name: str, *path: str) -> re.Pattern[str]:
    """A list of patterns in a file of rules, as one."""
    return any_of(tuple(listed(name, *path)))


@cache
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern that matches where any of these does; `$` and `^` stand for the ends of lines."""
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.MULTILINE)
