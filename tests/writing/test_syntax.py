"""The syntax of templates."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.method.writing.syntax import Slot, Text, Variable, fill, parse, slots, variables, without_marks
from relance.method.writing.variables import VARIABLES, code_of
from relance.method.writing.words import Language

marked = st.text(alphabet=st.sampled_from("{}[]|ab é\nprénom"), max_size=80)
values = st.dictionaries(st.sampled_from(sorted(VARIABLES)), marked | st.text(max_size=20), max_size=4)


def test_a_text_is_cut_into_its_pieces() -> None:
    pieces = parse("Bonjour {prénom|vous}, [un détail] !")
    assert pieces == (
        Text("Bonjour ", 0),
        Variable("{prénom|vous}", 8, "prénom", "first_name", "vous"),
        Text(", ", 21),
        Slot("[un détail]", 23, "un détail"),
        Text(" !", 34),
    )


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("Bonjour {prénom},", "Bonjour Inès,"),
        ("Hello {First Name},", "Hello Inès,"),
        ("{ PRENOM }", "Inès"),
        ("{poste|ce poste}", "ce poste"),
        ("{poste|}", ""),
        ("{poste}", "{poste}"),
        ("{entreprise}", "{entreprise}"),
        ("{inconnu|x}", "{inconnu|x}"),
        ("{source|[où ?]}", "[où ?]"),
        ("[ce que {prénom} aime]", "[ce que {prénom} aime]"),
        ("{prénom", "{prénom"),
        ("prénom} ]", "prénom} ]"),
        ("{{prénom}}", "{Inès}"),
        ("{prénom|a|b}{poste|a|b}", "Inèsa|b"),
    ],
)
def test_filling(template: str, filled: str) -> None:
    assert fill(template, {"first_name": "Inès", "company": " \n"}) == filled


def test_a_line_break_ends_a_variable_and_not_a_slot() -> None:
    assert not variables("{pré\nnom}")
    assert slots("[deux\nlignes]")[0].hint == "deux\nlignes"


def test_what_is_left_empty_is_still_to_be_written() -> None:
    assert [mark.source for mark in (*variables("{} []"), *slots("{} []"))] == ["{}", "[]"]


def test_brackets_of_a_value_are_no_slot() -> None:
    values = {"first_name": "Zoé [she/her]", "company": "{Acmé}"}
    text = fill("Bonjour {prénom} de {entreprise}, [un détail]", values)
    assert text == "Bonjour Zoé [she/her] de {Acmé}, [un détail]"
    assert [slot.hint for slot in slots(text, values.values())] == ["un détail"]
    assert not variables(text, values.values())
    assert without_marks(text, values.values()) == "Bonjour Zoé [she/her] de {Acmé}, "


def test_a_value_of_brackets_alone_hides_nothing() -> None:
    assert slots("[un détail]", ["]", "[", "[]"])


def test_a_bracket_of_a_value_closes_no_stray_one() -> None:
    text = fill("[ {prénom}", {"first_name": "a]"})
    assert not slots(text, ["a]"])


@given(marked | st.text())
def test_the_pieces_are_the_text(text: str) -> None:
    pieces = parse(text)
    assert "".join(piece.source for piece in pieces) == text
    assert all(text[piece.start : piece.end] == piece.source for piece in pieces)
    assert all(piece.source for piece in pieces)


@given(marked, values)
def test_filling_without_values_changes_no_text_without_fallback(text: str, given: dict[str, str]) -> None:
    assert fill(text.replace("|", ""), {}) == text.replace("|", "")
    filled = fill(text, given)
    assert all(piece.source in filled for piece in parse(text) if not isinstance(piece, Variable))


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_value_is_never_syntax(before: str, value: str) -> None:
    plain = before.translate(str.maketrans("", "", "{}[]"))
    named = f"n{value}"
    text = fill(f"{plain}{{prénom}}", {"first_name": named})
    assert text == plain + named
    assert without_marks(text, [named]) == text


@pytest.mark.parametrize("hostile", ["[", "{", "[{", "{[", "[]", "{a", "[a{", "{prénom|"])
def test_hostile_texts_take_linear_time(hostile: str) -> None:
    text = hostile * 200_000
    begun = time.process_time()
    parse(text)
    fill(text, {"first_name": "Inès"})
    assert time.process_time() - begun < 8


def test_every_variable_has_its_names_in_both_languages_and_they_never_clash() -> None:
    for code, variable in VARIABLES.items():
        assert code_of(code) == code
        for language in Language:
            assert variable.name(language)
            assert all(code_of(name) == code for name in variable.names[language])
