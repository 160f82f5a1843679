"""What is copied, what may not be asked or kept, and what a text message costs."""

from collections.abc import Callable

import pytest

from relance.cadence.guard import similarity
from relance.cadence.words import Channel, Situation
from relance.method.writing.checks import CheckCode, Draft, Finding, check
from relance.method.writing.sms import sms_safe, sms_segments
from relance.method.writing.wording import past_pay, sensitive
from relance.method.writing.words import Language, Purpose

TEMPLATE = "Bonjour {prénom},\n\nJe recrute pour un poste de lead à Nantes. [accroche]\n\nQu’en dites-vous ?"
HOOK = "Votre conférence sur les files de messages à Lyon m’a donné envie de vous écrire aujourd’hui."


def text(name: str, hook: str = HOOK) -> str:
    return TEMPLATE.replace("{prénom}", name).replace("[accroche]", hook)


def found(
    body: str, *others: str, template: str | None = TEMPLATE, channel: Channel = Channel.LINKEDIN
) -> dict[CheckCode, Finding]:
    draft = Draft(
        text=body, channel=channel, language=Language.FR, situation=Situation.FIRST_MESSAGE,
        purpose=Purpose.FOLLOW_UP, step=1, template=template, values={"first_name": "Inès"},
        others=lambda: others,
    )  # fmt: skip
    return {finding.code: finding for finding in check(draft, similarity)}


def test_the_same_hook_to_two_people_shows() -> None:
    told = found(text("Inès"), text("Karim"), text("Rose"), text("Tess", "Votre dépôt de cartes m’a plu."))
    assert told[CheckCode.COPY_PASTE].values == {"count": 2}


def test_the_template_itself_and_few_words_are_no_copy() -> None:
    other = "Vos billets sur la mémoire des compilateurs, lus d’une traite hier soir dans le train."
    assert CheckCode.COPY_PASTE not in found(text("Inès"), text("Karim", other))
    assert CheckCode.COPY_PASTE not in found(text("Inès", "Bravo."), text("Karim", "Bravo."))


def test_without_a_template_the_whole_text_is_ones_own() -> None:
    assert CheckCode.COPY_PASTE in found(text("Inès"), text("Karim"), template=None)


def test_what_is_meant_for_many_is_left_out() -> None:
    angle = "L’équipe compte six personnes, sans astreinte, avec deux jours de télétravail par semaine."
    draft = Draft(
        text=text("Inès", angle), channel=Channel.EMAIL, language=Language.FR, situation=Situation.FIRST_MESSAGE,
        purpose=Purpose.FOLLOW_UP, step=1, template=TEMPLATE, shared=(angle,),
        others=lambda: [text("Karim", angle)],
    )  # fmt: skip
    assert CheckCode.COPY_PASTE not in {finding.code for finding in check(draft, similarity)}


def test_the_others_are_asked_for_only_where_there_is_something_to_compare() -> None:
    def never() -> list[str]:
        raise AssertionError("asked for")

    asked: Callable[[], list[str]] = never
    for body in (TEMPLATE.replace("{prénom}", "Inès"), text("Inès", "Bravo.")):
        draft = Draft(
            text=body, channel=Channel.EMAIL, language=Language.FR, situation=Situation.FIRST_MESSAGE,
            purpose=Purpose.FOLLOW_UP, step=1, template=TEMPLATE, values={"first_name": "Inès"}, others=asked,
        )  # fmt: skip
        check(draft, similarity)


@pytest.mark.parametrize(
    ("language", "said", "words"),
    [
        ("fr", "Quel est votre salaire actuel ?", "salaire actuel"),
        ("fr", "Votre rémunération actuelle me serait utile.", "rémunération actuelle"),
        ("fr", "Combien gagnez-vous aujourd’hui ?", "Combien gagnez"),
        ("fr", "Pouvez-vous m’envoyer vos fiches de paie ?", "fiches de paie"),
        ("en", "What is your current salary?", "current salary"),
        ("en", "How much do you currently make?", "How much do you currently make"),
    ],
)
def test_past_pay_is_not_to_be_asked(language: str, said: str, words: str) -> None:
    assert past_pay(said, Language(language)) == (words,)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Le salaire proposé : 58–64 k€. Quelles sont vos attentes ?"),
        ("fr", "Votre poste actuel vous plaît-il ? La rémunération est dans la fourchette annoncée."),
        ("fr", "Je vous transmets la fourchette : 60 k€ fixe et variable."),
        ("en", "The range is 58–64k. What would you expect?"),
    ],
)
def test_the_pay_that_is_offered_may_be_said(language: str, said: str) -> None:
    assert past_pay(said, Language(language)) == ()


@pytest.mark.parametrize(
    ("language", "note", "families"),
    [
        ("fr", "A fait un burn-out l’an dernier.", {"health"}),
        ("fr", "RQTH, en fauteuil", {"health"}),
        ("fr", "Enceinte, congé maternité en mai", {"family"}),
        ("fr", "Deux enfants, vient de divorcer… divorcée", {"family"}),
        ("fr", "d’origine algérienne, fort accent", {"origin"}),
        ("fr", "Musulmane, fait le ramadan", {"beliefs"}),
        ("fr", "syndiqué CGT", {"beliefs"}),
        ("fr", "Trop vieux pour l’équipe", {"age"}),
        ("fr", "Une vraie connasse au téléphone", {"disrespect"}),
        ("fr", "casier judiciaire ?", {"offences"}),
        ("en", "On sick leave, pregnant", {"health", "family"}),
        ("en", "Too old, thick accent", {"age", "origin"}),
    ],
)
def test_what_a_note_may_not_hold(language: str, note: str, families: set[str]) -> None:
    assert {family for family, _words in sensitive(note, Language(language))} == families


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("fr", "7 ans d’expérience, lead depuis 3 ans, très bon contact. Préfère le télétravail."),
        ("fr", "Préavis de trois mois, libre en septembre. Rappeler après ses vacances."),
        ("fr", "Travaille dans la santé (Doctolib), a dirigé une équipe handball."),
        ("fr", "Veut de la croissance, cherche du sens. Ne veut pas de Java."),
        ("fr", "Anglais courant, accent mis sur la qualité. Originaire de Brest par le train de 8 h."),
        ("fr", "Bonne gestion du legacy, ingénieur agile, ambiance familiale appréciée"),
        ("en", "Seven years of Go, likes small teams, free in September."),
        ("en", "Works in healthcare software; wants remote."),
    ],
)
def test_what_serves_the_position_stays(language: str, note: str) -> None:
    assert [sensitive(note, each) for each in (Language(language), *Language)] == [()] * (1 + len(Language))


def test_a_text_message_says_what_its_accents_cost() -> None:
    body = "Bonjour Inès, c’est Maud : un mot sur le poste de lead à Nantes ? " + "Rappelez-moi ici. " * 3
    told = found(body, channel=Channel.SMS)
    assert told[CheckCode.SMS_COSTS].values == {"count": 2, "safe": 1}
    plain = sms_safe(body)
    assert sms_segments(plain).segments == 1
    assert CheckCode.SMS_COSTS not in found(plain, channel=Channel.SMS)
    assert CheckCode.SMS_COSTS not in found(body, channel=Channel.EMAIL)
