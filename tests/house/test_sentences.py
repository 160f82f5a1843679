"""What the desk says: all of it in both languages, and French set as French is printed."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po
from script.messages import extracted

from tests.house.tree import SOURCE

Said = dict[tuple[str | None, tuple[str, ...]], tuple[str, ...]]


def forms(text: object) -> tuple[str, ...]:
    """A message's forms: one, or singular and plural."""
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def catalogue(language: str) -> Said:
    with (SOURCE / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {
            (message.context, forms(message.id)): forms(message.string)
            for message in read_po(file, locale=language)
            if message.id
        }


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_catalogues_hold_what_is_said_and_nothing_else(language: str) -> None:
    said = {(message.context, forms(message.id)) for message in extracted() if message.id}
    assert len(said) > 200
    known = set(catalogue(language))
    assert said - known == set(), "script/messages brings them in"
    assert known - said == set(), "script/messages takes them out"


def placeholders(text: str) -> set[str]:
    """What a sentence leaves to be filled: %(name)s, and the {} or {name} of a format."""
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}", text))


def wrong(known: Said) -> list[str]:
    """The messages without a translation, or whose translation leaves something else to be filled.

    A singular may leave the number out (« une personne »), the last form may not.
    """
    bad = []
    for (_context, ids), strings in known.items():
        wanted = placeholders(ids[-1])
        exact = (
            all(placeholders(string) <= wanted for string in strings) and placeholders(strings[-1]) == wanted
        )
        if not all(strings) or not exact:
            bad.append(ids[0])
    return bad


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_is_translated(language: str) -> None:
    assert wrong({(None, ("Good day",)): ("",)}) == ["Good day"]
    assert wrong({(None, ("%(n)s day", "%(n)s days")): ("un jour", "%(n)s jours")}) == []
    assert wrong({(None, ("To %(name)s",)): ("À %(nom)s",)}) == ["To %(name)s"]
    assert wrong({(None, ("{} is in",)): ("Entré",)}) == ["{} is in"]
    assert wrong(catalogue(language)) == []


SPACES = "\u00a0\u202f"
BADLY_SET = {
    "the apostrophe is ’": r"\w'\w",
    "a no-break space stands before ; : ? ! » and %": r"[^\W\d_\)»\]’] [;:?!»](?!\))|\d [%€]",
    "no space stands before ; ? ! »": r"[a-zà-ÿ][;?!»](?![\w=/])",
    "a no-break space stands after «": r"«(?![" + SPACES + r"])",
    "three dots are one sign": r"\.\.\.",
}


def badly_set(text: str) -> list[str]:
    """What is wrong with the typography of a French text. Addresses and markup are left out."""
    bare = re.sub(r"https?://\S+|<[^>]+>|&\w+;|%\(\w+\)[sd]|\{\w*\}", "X", text)
    return [why for why, pattern in BADLY_SET.items() if re.search(pattern, bare)]


def french() -> Iterator[str]:
    for strings in catalogue("fr").values():
        yield from strings


def test_french_is_set_as_french_is_printed() -> None:
    for bad in ("l'offre", "Pourquoi ?", "Pourquoi?", "« oui »", "encore...", "19 %"):
        assert badly_set(bad), bad
    for good in (
        "l’offre\u00a0: 19\u202f% «\u00a0oui\u00a0»\u202f!",
        "à 9:30",
        "https://exemple.example/?a=1",
    ):
        assert badly_set(good) == [], good
    assert {text: why for text in french() if (why := badly_set(text))} == {}
