"""Who asks to be left alone is heard, and nobody else."""

# ruff: noqa: E501 -- messages stand as they come

import pytest

from relance.mail.incoming import Kind, classify
from tests.mail.goes_on import GOES_ON as ONLY_SOUND_LIKE_IT
from tests.mail.letters import ALIAS, alone, letter
from tests.mail.stops import STOPS as IN_THEIR_OWN_WORDS

STOPS = [
    "STOP", "Stop svp", "Merci de ne plus me contacter.", "Bonjour,\nMerci de me retirer de votre liste.\nCordialement", "Ne m'écrivez plus jamais.", "Désinscrivez-moi.", "Je ne souhaite plus recevoir vos messages.",
    "Veuillez supprimer mes données de votre base (RGPD).", "Unsubscribe", "Please remove me from your list.", "Do not contact me again.", "Please stop emailing me.", "Arrêtez de m'envoyer des mails.", "I don't want to receive your emails.", "Je m'oppose au traitement de mes données.",
]  # fmt: skip


@pytest.mark.parametrize("text", STOPS)
def test_who_asks_to_be_left_alone_is_heard(text: str) -> None:
    footer = "\n\n> Pour ne plus recevoir de message, répondez STOP.\n"
    assert classify(letter(text + footer)).kind is Kind.UNSUBSCRIBE


GOES_ON = [
    "Oui, jeudi.", "N'hésitez pas à me recontacter.", "Ne me contactez pas avant septembre.", "Je me suis désinscrite de LinkedIn, écrivez-moi ici.", "Don't stop, this is great.", "I will stop by your office on Monday.",
    "Mon préavis s'arrête en juin.", "Je ne cherche plus.", "Pouvez-vous retirer la clause du contrat ?", "Contactez plutôt ma collègue.", "Please don't remove me from your list!",
]  # fmt: skip


@pytest.mark.parametrize("text", GOES_ON)
def test_nobody_is_silenced_by_words_said_of_something_else(text: str) -> None:
    footer = "\n\nLe 06/07/2026 à 09:12, Maud a écrit :\n> Pour ne plus recevoir de message, répondez STOP.\n"
    assert classify(letter(text + footer)).kind is Kind.HUMAN


@pytest.mark.parametrize("text", IN_THEIR_OWN_WORDS)
def test_who_asks_in_their_own_words_is_heard(text: str) -> None:
    assert classify(letter(text)).kind is Kind.UNSUBSCRIBE


@pytest.mark.parametrize("text", ONLY_SOUND_LIKE_IT)
def test_who_only_sounds_like_it_is_not_silenced(text: str) -> None:
    assert classify(letter(text)).kind is Kind.HUMAN


FEET = [
    "Unsubscribe | Your Privacy Rights\n2026 Lune Inc., all rights reserved.",
    "If you don't see images below, click to view online.\n\nSubscribe | Unsubscribe | Change Email\nClick \"unsubscribe\" above if you do not wish to continue to receive it.",
    "You are receiving this newsletter because you signed up. Click here to unsubscribe.\nThis email was sent to ines@exemple.example",
    "Vous recevez cette lettre car vous êtes inscrite.\nPour ne plus la recevoir, cliquez ici.\nGérer vos préférences · Se désabonner",
    "Ce message vous a été envoyé par Lune. Si vous ne souhaitez plus recevoir nos offres, écrivez à stop@lune.example.",
    "Le numéro de mars est paru : quatre façons de lire une trace, un entretien avec l'équipe de Nantes, et les sorties du mois. Il est en ligne depuis ce matin, avec les commentaires des lecteurs et les corrections du précédent numéro.\n\nSe désinscrire",
]  # fmt: skip


@pytest.mark.parametrize("text", FEET)
def test_a_way_out_that_is_offered_is_not_taken(text: str) -> None:
    assert classify(letter(text, "Les nouvelles de mars")).kind is not Kind.UNSUBSCRIBE


def test_the_button_of_a_mail_program_is_an_opt_out_though_a_program_sent_it() -> None:
    assert (
        classify(alone("", "unsubscribe", To=ALIAS, Auto_Submitted="auto-generated")).kind is Kind.UNSUBSCRIBE
    )
    away = classify(
        letter(
            "Absente. Pour ne plus me contacter ici : paul@brume.example.",
            "Absence",
            Auto_Submitted="auto-replied",
        )
    )
    assert away.kind is Kind.AUTO_REPLY
