"""The templates: none forgotten, every drawing there, and the strict policy kept."""

import re

import pytest

from tests.house.tree import SOURCE, TEMPLATES, python_files, read, templates

BY_OTHERS = re.compile(
    r"(account|allauth|mfa|socialaccount|usersessions)/.+"  # allauth asks for these by name
    r"|(400|403|403_csrf|404|429|500)\.html"  # and Django for these
)


def unused(names: list[str], said: str) -> list[str]:
    """The templates that nothing names, whole or by one of their partials."""
    return [
        name
        for name in names
        if not BY_OTHERS.fullmatch(name) and not re.search(rf"[\"']{re.escape(name)}(#[\w-]+)?[\"']", said)
    ]


def ours() -> str:
    source = [path for path in python_files() if path.is_relative_to(SOURCE)]
    return "\n".join(read(path) for path in [*templates(), *source])


def test_every_template_is_used() -> None:
    said = '{% include "a/one.html#part" %} render(request, "a/two.html")'
    assert unused(["a/one.html", "a/two.html", "a/three.html"], said) == ["a/three.html"]
    assert unused([path.relative_to(TEMPLATES).as_posix() for path in templates()], ours()) == []


def named(said: str) -> set[str]:
    return set(re.findall(r"""["']([\w-]+/[\w/-]+\.html)(?:#[\w-]+)?["']""", said))


def test_every_template_named_is_there() -> None:
    assert named('render(request, "today/gone.html#pane")') == {"today/gone.html"}
    there = {path.relative_to(TEMPLATES).as_posix() for path in templates()}
    assert {name for name in named(ours()) - there if not BY_OTHERS.fullmatch(name)} == set()


KEPT_FOR_LATER = {
    "book", "briefcase", "chart", "cv", "dial", "disk", "dots", "flag", "inbox", "more", "offline", "out", "pen",
    "quick", "quote", "right", "spin", "swap", "trash", "unsure",
}  # fmt: skip
"""Drawings of the design whose screens are still to come; a drawing in neither place is not kept."""


def icons_in(template: str) -> set[str]:
    return set(re.findall(r"""{% icon ["']([\w-]+)["']""", template))


def test_every_icon_is_drawn_and_every_drawing_is_used() -> None:
    assert icons_in('{% icon "mail" "i--s" %}{% icon row.icon %}') == {"mail"}
    sprite = read(TEMPLATES / "shell/sprite.html")
    drawn = set(re.findall(r'<symbol id="i-([\w-]+)"', sprite))
    used = set().union(*(icons_in(read(path)) for path in templates()))
    assert used - drawn == set()
    said = ours().replace(sprite, "")
    by_code = {name for name in drawn if re.search(rf"[\"'](i-)?{name}[\"']|#i-{name}\b", said)}
    assert drawn - used - by_code - KEPT_FOR_LATER == set(), "drawn, and shown nowhere"


POLICY = {
    "inline script": (
        r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)[^>]*>",
        "<script>alert(1)</script>",
        '<script type="module" src="{% static "x.js" %}"></script>',
    ),
    "inline style": (r"<style|\sstyle\s*=", '<p style="color: red">', '<p class="style">'),
    "inline handler": (r"\s(on[a-z]+|hx-on[:\w-]*)\s*=", '<a onclick="x()">', '<a data-on="x">'),
    "address that is code": (r"javascript:", '<a href="javascript:x()">', '<a href="/javascript/">'),
    "something loaded from elsewhere": (
        r"""<(script|img|link|iframe|source|use|object|embed)\b[^>]*\b(src|href|data|srcset)\s*=\s*["'](https?:)?//""",
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<a href="https://www.linkedin.com/in/exemple-ines/">',
    ),
}


@pytest.mark.parametrize("what", POLICY)
def test_templates_keep_the_strict_policy(what: str) -> None:
    pattern, bad, good = POLICY[what]
    assert re.search(pattern, bad)
    assert not re.search(pattern, good)
    assert [path.name for path in templates() if re.search(pattern, read(path), re.IGNORECASE)] == []


def test_style_sheets_and_scripts_load_nothing_from_elsewhere() -> None:
    for path in (SOURCE / "web/static").rglob("*"):
        if path.suffix in {".css", ".js", ".svg"}:
            assert not re.search(r"""(@import|url\(|import|fetch\()\s*["'(]*\s*(https?:)?//""", read(path)), (
                path.name
            )
