"""The checks before sending."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.cadence.words import Channel, Situation
from relance.method.writing.checks import CheckCode, Draft, Earlier, Finding, Level, check
from relance.method.writing.words import Language, Purpose
from tests.writing.conftest import likeness

NOTE: Mapping[str, Any] = {"purpose": Purpose.INVITATION_NOTE, "channel": Channel.LINKEDIN}
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
GOOD = """Bonjour Inès,

Un point neuf sur le poste : les astreintes tournent entre huit personnes. Votre article sur la
dérive des horloges m'a fait penser à cela. Est-ce que cela change quelque chose pour vous ?

Maud"""
FIRST = """Bonjour Inès,

Je recrute pour un poste : lead back-end. Voulez-vous que je vous en dise plus ?

Maud"""


def findings(text: str, **fields: Any) -> list[Finding]:
    given: dict[str, Any] = {
        "channel": Channel.EMAIL,
        "language": Language.FR,
        "situation": Situation.FIRST_MESSAGE,
        "purpose": Purpose.FOLLOW_UP,
        "step": 1,
        **fields,
    }
    return list(check(Draft(text=text, **given), likeness))


def codes(text: str, **fields: Any) -> set[CheckCode]:
    return {finding.code for finding in findings(text, **fields) if finding.level is not Level.OK}


def the(code: CheckCode, found: list[Finding]) -> Finding:
    return next(finding for finding in found if finding.code is code)


def told(text: str, days: int = 0, channel: Channel = Channel.EMAIL) -> Earlier:
    return Earlier(text, AT + timedelta(days=days), channel)


def test_a_good_follow_up_has_nothing_against_it() -> None:
    assert codes(GOOD, earlier=(told(FIRST),)) == set()


def test_what_blocks_comes_first_and_what_is_well_last() -> None:
    levels = [finding.level for finding in findings(f"{GOOD} C'est urgent, {{poste}} [ici]")]
    assert levels == sorted(levels, key=list(Level).index)
    assert {Level.BLOCK, Level.TODO, Level.OK} == set(levels)


def test_what_is_left_to_write_blocks_where_it_stands() -> None:
    found = findings("Bonjour {prénom}, [un détail] ?", subject="{poste}")
    marks = [(f.code, f.values["mark"], f.values["start"]) for f in found if f.level is Level.BLOCK]
    assert marks == [
        (CheckCode.UNRESOLVED_VARIABLE, "{poste}", None),
        (CheckCode.UNRESOLVED_VARIABLE, "{prénom}", 8),
        (CheckCode.UNFILLED_SLOT, "[un détail]", 18),
    ]


def test_brackets_of_a_name_block_nothing() -> None:
    values = {"first_name": "Inès [she/her]"}
    assert CheckCode.UNFILLED_SLOT in codes(GOOD.replace("Inès", "Inès [she/her]"))
    assert codes(GOOD.replace("Inès", "Inès [she/her]"), values=values) == set()


def test_the_words_of_a_slot_are_for_the_recruiter() -> None:
    text = "Salut Inès, tu vas bien ? [ce que vous avez vu : urgent ?]"
    assert codes(text) == {CheckCode.UNFILLED_SLOT}


def test_the_same_text_blocks_whatever_its_channel() -> None:
    found = findings(GOOD, earlier=(told(FIRST), told(GOOD, 2, Channel.LINKEDIN)))
    same = the(CheckCode.SAME_TEXT, found)
    assert same.level is Level.BLOCK
    assert same.values == {"percent": 100, "sent_at": AT + timedelta(days=2), "channel": "linkedin"}


@pytest.mark.parametrize(
    ("degree", "code"),
    [(0.69, None), (0.7, CheckCode.RESEMBLES), (0.899, CheckCode.RESEMBLES), (0.9, CheckCode.SAME_TEXT)],
)
def test_degrees_of_likeness(degree: float, code: CheckCode | None) -> None:
    draft = Draft(
        text=GOOD,
        channel=Channel.EMAIL,
        language=Language.FR,
        situation=Situation.FIRST_MESSAGE,
        purpose=Purpose.FOLLOW_UP,
        step=1,
        earlier=(told(FIRST),),
    )
    found = [f.code for f in check(draft, lambda _one, _other: degree) if "percent" in f.values]
    assert found == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("length", "fields", "level"),
    [
        (200, NOTE, None),
        (201, NOTE, Level.BLOCK),
        (300, {**NOTE, "note_limit": 300}, None),
        (
            301,
            {**NOTE, "note_limit": 300},
            Level.BLOCK,
        ),
        (1900, {"channel": Channel.INMAIL}, None),
        (1901, {"channel": Channel.INMAIL}, Level.BLOCK),
        (10, {"channel": Channel.INMAIL, "subject": "s" * 201}, Level.BLOCK),
        (1900, {"channel": Channel.LINKEDIN}, None),
        (1901, {"channel": Channel.LINKEDIN}, Level.TODO),
        (459, {"channel": Channel.SMS}, None),
        (460, {"channel": Channel.SMS}, Level.BLOCK),
        (20_000, {"channel": Channel.EMAIL}, None),
    ],
)
def test_lengths(length: int, fields: Mapping[str, Any], level: Level | None) -> None:
    found = findings("a" * length, **fields)
    if level is None:
        assert CheckCode.TOO_LONG not in {finding.code for finding in found}
        assert the(CheckCode.FITS, found).level is Level.OK
    else:
        assert the(CheckCode.TOO_LONG, found).level is level


def test_a_template_filled_by_variables_alone_is_not_personal() -> None:
    template = "Bonjour {prénom},\n\nUn point : [un détail]. Cela vous parle ?"
    fields = {"template": template, "values": {"first_name": "Inès", "detail": "PyConFR"}}
    bare = "Bonjour Inès,\n\nUn point : . Cela vous parle ?"
    assert codes(bare, **fields) == {CheckCode.NO_PERSONAL_ELEMENT}
    own = findings(bare.replace(": .", ": votre passage chez Vélimar."), **fields)
    assert the(CheckCode.PERSONAL_ELEMENT, own).level is Level.OK
    assert codes(bare.replace(": .", ": PyConFR."), **fields) == set()


def test_a_text_that_says_nothing_new() -> None:
    again = "Bonjour Inès,\n\nJe reviens pour ce poste de lead back-end. Qu'en dites-vous ?"
    assert codes(again, earlier=(told(FIRST),)) == {CheckCode.NO_NEW_ANGLE}
    assert codes(again, earlier=(told(FIRST),), new_angle=True) == set()
    assert codes(again) == set()


@pytest.mark.parametrize(
    "words",
    [
        "Sans réponse de votre part, je reviens vers vous.",
        "Je me permets de vous relancer.",
        "Je me permets de te\u00a0relancer",
        "Vous n’avez toujours pas répondu à mon message.",
        "Tu ne m'as pas répondu.",
        "Je n’ai pas reçu de réponse.",
        "Sauf erreur, je n'ai pas eu votre retour.",
        "n'ayant pas eu de retour",
        "Malgré mes nombreux messages",
        "Mes précédents mails",
        "mon mail est resté sans réponse",
        "j'attends toujours",
        "Votre silence m'étonne.",
        "JE ME PERMETS DE VOUS RECONTACTER",
    ],
)
def test_reproaches(words: str) -> None:
    assert CheckCode.REPROACH in codes(words)


@pytest.mark.parametrize(
    "words",
    [
        "Aucune réponse n’est attendue.",
        "Je n’ai pas de réponse toute faite.",
        "Pas besoin de répondre.",
        "Sans réponse, je classe.",
        "Je n’ai pas de poste à vous proposer.",
        "Merci de votre réponse.",
        "Vous avez répondu à ma question.",
        "Votre retour sur PyTorch m’intéresse.",
        "L’équipe relance un chantier.",
        "Rien d’urgent, sans urgence, ce n’est pas urgent.",
        "Un logiciel pour les urgences de l’hôpital.",
        "La médecine d'urgence",
        "Dans mon dernier message, je parlais du salaire.",
        "Le client final est suisse.",
        "C’est votre dernier poste qui m’a fait penser à vous.",
    ],
)
def test_plain_words_blame_and_hurry_nobody(words: str) -> None:
    assert not codes(words) & {CheckCode.REPROACH, CheckCode.PRESSURE}


@pytest.mark.parametrize(
    "words",
    [
        "C’est urgent.",
        "Dernière relance avant clôture",
        "C'est ta derniere chance",
        "Répondez au plus vite",
        "dès demain, dans les plus brefs délais",
        "Ne manquez pas ce poste",
        "une opportunité unique",
        "Il ne reste que deux places",
        "réponse sous 48 h",
        "ASAP",
    ],
)
def test_pressure(words: str) -> None:
    assert CheckCode.PRESSURE in codes(words)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("I haven't heard back from you.", CheckCode.REPROACH),
        ("I haven’t received a reply", CheckCode.REPROACH),
        ("You still haven't replied.", CheckCode.REPROACH),
        ("You never got back to me", CheckCode.REPROACH),
        ("Just following up on this.", CheckCode.REPROACH),
        ("Despite my messages", CheckCode.REPROACH),
        ("This is your last chance", CheckCode.PRESSURE),
        ("Final reminder", CheckCode.PRESSURE),
        ("It's urgent", CheckCode.PRESSURE),
        ("Let me know as soon as possible", CheckCode.PRESSURE),
        ("Nothing urgent.", None),
        ("It is not urgent", None),
        ("No reply needed.", None),
        ("I never received training in this", None),
        ("Have you heard of the project?", None),
        ("You didn't come to the talk, it was recorded.", None),
        ("If I don't hear, I'll close it.", None),
    ],
)
def test_english_manners(words: str, code: CheckCode | None) -> None:
    found = codes(words, language=Language.EN) & {CheckCode.REPROACH, CheckCode.PRESSURE}
    assert found == (set() if code is None else {code})


def test_the_words_are_quoted_as_typed() -> None:
    found = findings("Bonjour,\n\nC’est très URGENT, dernière\u00a0chance ?")
    assert [f.values["words"] for f in found if f.code is CheckCode.PRESSURE] == [
        "URGENT",
        "dernière\u00a0chance",
    ]


def test_what_is_quoted_under_the_text_is_not_judged() -> None:
    assert codes(GOOD + "\n\n> Tu viens ? C'est urgent, tu sais ?", earlier=(told(FIRST),)) == set()


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("Tu veux que je t’en parle ?", True),
        ("Je t’écris demain ?", True),
        ("Ça vous dit ?", False),
        ("On prend rendez-vous ?", False),
        ("Le ton du poste, les tests TU, le TA ?", False),
        ("Ils disent « tu verras », et vous ?", False),
        ("On en parle ?", False),
    ],
)
def test_the_address_of_the_first_message_is_kept(text: str, mixed: bool) -> None:
    assert (CheckCode.MIXED_ADDRESS in codes(text, earlier=(told(FIRST),))) is mixed


def test_tu_may_speak_of_a_company_as_chez_vous() -> None:
    assert CheckCode.MIXED_ADDRESS not in codes("Tu dirais quoi de l’ambiance chez vous ?")
    assert CheckCode.MIXED_ADDRESS in codes("Tu dirais quoi de votre parcours ?")


def test_only_the_first_message_sets_the_address() -> None:
    earlier = (told("Tu viens ?", 3), told(FIRST))
    found = findings("Tu as vu ?", earlier=earlier)
    assert the(CheckCode.MIXED_ADDRESS, found).values == {"first": "vous"}


@pytest.mark.parametrize(
    ("text", "purpose", "code"),
    [
        ("Un ? Deux ?", Purpose.FOLLOW_UP, CheckCode.SEVERAL_QUESTIONS),
        ("Vraiment ??", Purpose.FOLLOW_UP, None),
        ("Voir https://exemple.fr/?a=1 ?", Purpose.FOLLOW_UP, None),
        ("Rien.", Purpose.FOLLOW_UP, CheckCode.NO_QUESTION),
        ("Rien.", Purpose.REFUSAL, None),
        ("Rien.", Purpose.INVITATION_NOTE, None),
        ("Rien.", Purpose.YOUR_TURN, None),
    ],
)
def test_questions(text: str, purpose: Purpose, code: CheckCode | None) -> None:
    assert codes(text, purpose=purpose) == (set() if code is None else {code})


def test_a_first_contact_says_where_from_and_that_one_may_object() -> None:
    first = {"purpose": Purpose.FIRST_ACTION, "step": 0, "first_contact": True}
    notice = "\nJ’ai trouvé votre profil sur LinkedIn, vous pouvez vous y opposer."
    assert codes(FIRST, **first) == {CheckCode.NO_NOTICE}
    assert codes(FIRST + notice, **first) == set()
    assert codes(FIRST + "\nVotre profil vient de LinkedIn.", **first) == {CheckCode.NO_NOTICE}
    assert codes(FIRST, **first, notice_present=True) == set()
    assert codes(FIRST, **{**first, "purpose": Purpose.INVITATION_NOTE}) == set()
    assert codes(FIRST, **first, situation=Situation.APPLICATION) == set()
    english = "I found your profile on LinkedIn; you can object to my keeping it. Shall I say more?"
    assert codes(english, **first, language=Language.EN) == set()


@given(
    st.text(max_size=200),
    st.text(max_size=60),
    st.sampled_from(list(product(Channel, Language, Purpose))),
    st.lists(st.text(max_size=60), max_size=2),
)
def test_no_text_makes_it_fail(
    text: str, template: str, kind: tuple[Channel, Language, Purpose], earlier: list[str]
) -> None:
    channel, language, purpose = kind
    found = findings(
        text,
        subject=template,
        template=template,
        channel=channel,
        language=language,
        purpose=purpose,
        earlier=tuple(told(other) for other in earlier),
        values={"first_name": template, "detail": text},
    )
    if not text.strip() and purpose is not Purpose.INVITATION_NOTE:
        assert [finding.code for finding in found] == [CheckCode.EMPTY]
        return
    assert sum(finding.code in {CheckCode.FITS, CheckCode.TOO_LONG} for finding in found) == 1
