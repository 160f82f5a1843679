"""Likeness of two messages, without greeting, signature and quoted text."""

import time

import pytest

from relance.cadence.guard import similarity
from relance.cadence.texts import own_words

BODY = "Votre conférence sur les moteurs de rendu m'a donné envie de vous parler de notre équipe."
OTHER = "We are three people building a database in Rust, remote first, and I liked your last talk."


@pytest.mark.parametrize(
    "dressed",
    [
        f"Bonjour Ana,\n\n{BODY}\n\nCordialement,\nHélène Ly\n06 12 34 56 78",
        f"Bonjour Ana, {BODY}\n\nBonne journée,\nH.",
        f"Hello,\n{BODY}\n-- \nHélène",
        f"{BODY}\n\nLe lun. 2 mars 2026 à 10:00, Ana <ana@exemple.fr> a écrit :\n> Bonjour",
        f"{BODY.upper()}\n> quoted\nBien à vous",
    ],
)
def test_dress_makes_no_other_text(dressed: str) -> None:
    assert similarity(dressed, BODY) == 1.0
    assert similarity(BODY, dressed) == 1.0


def test_english_dress() -> None:
    assert own_words(f"Hi Ana,\n{OTHER}\n\nBest regards,\nH.") == own_words(OTHER)
    assert own_words(f"Dear Ana,\n{OTHER}\n\nOn Mon, Ana wrote:\n> no") == own_words(OTHER)


def test_other_texts() -> None:
    assert similarity(BODY, OTHER) < 0.5
    assert similarity("", "") == 0.0
    assert similarity("Bonjour,", "Bonjour,") == 0.0
    assert similarity(BODY, BODY.replace("rendu", "jeu")) >= 0.9
    assert similarity(BODY, f"{BODY} {OTHER}") < 0.9


def test_a_closing_word_in_the_text_is_no_signature() -> None:
    text = "Merci pour votre réponse si rapide et si complète, elle m'a aidée à comprendre votre projet."
    assert len(own_words(f"Bonjour,\n{text}\n{BODY}")) > 20


def test_quick_for_long_texts() -> None:
    long = " ".join(f"{BODY} {number}" for number in range(22))
    begun = time.perf_counter()
    for number in range(5):
        similarity(long, long.replace("équipe", f"équipe {number}"))
    assert time.perf_counter() - begun < 1
