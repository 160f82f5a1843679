"""Who wrote, to whom, in answer to what; lists and notices; what LinkedIn tells."""

# ruff: noqa: E501 -- messages stand as they come

from datetime import UTC, datetime, timedelta

import pytest

from relance.mail.incoming import VERSION, Kind, LinkedIn, classify
from tests.mail.letters import ALIAS, INES, OURS, TOKEN, alone, letter, report


def test_an_answer_of_a_person_says_all_that_matching_needs() -> None:
    came = classify(
        letter(
            "Oui, jeudi.\n",
            To=f"Maud <{ALIAS.upper()}>",
            Reply_To="ines@perso.example",
            Cc="paul@ormel.example",
        )
    )
    assert (came.kind, came.why, came.rules_version) == (Kind.HUMAN, "person", VERSION)
    assert (came.sender, came.sender_name, came.reply_to) == (INES, "Inès Tavernier", "ines@perso.example")
    assert came.subject == "Re: Un poste à Lyon"
    assert came.addressed_to == (ALIAS, "paul@ormel.example")
    assert came.tokens == (TOKEN,)
    assert came.in_reply_to == (OURS,)
    assert came.message_id == "<r1@brume.example>"
    assert came.sent_at == datetime(2026, 7, 6, 7, 12, tzinfo=UTC)
    assert came.sent_at.utcoffset() == timedelta(hours=2)


def test_a_sender_encoded_whole_is_still_a_sender() -> None:
    came = classify(letter("Oui.", From=f"Inès Tavernier <{INES}>"))
    assert (came.kind, came.sender, came.sender_name) == (Kind.HUMAN, INES, "Inès Tavernier")


def test_ids_come_in_the_order_of_their_trust() -> None:
    came = classify(
        letter(
            "x",
            In_Reply_To="Votre message du 6 juillet <b@x.example>",
            References="<a@x.example> <b@x.example> <c@x.example>",
            X_MS_Exchange_Parent_Message_Id="<p@x.example>",
        )
    )
    assert came.in_reply_to == ("<p@x.example>", "<b@x.example>", "<c@x.example>", "<a@x.example>")
    returned = classify(
        report(status="5.1.1", diagnostic="550 5.1.1 User unknown", In_Reply_To="<z@x.example>")
    )
    assert returned.in_reply_to == (OURS, "<z@x.example>")
    assert returned.returned_tokens == (TOKEN,)


NOTICES: list[dict[str, str]] = [
    {"List_Id": "<lettre.brume.example>"}, {"List_Unsubscribe": "<mailto:x@brume.example>"}, {"Precedence": "bulk"}, {"From": "no-reply@brume.example"}, {"From": "ne-pas-repondre@brume.example"},
    {"Auto_Submitted": "auto-generated"}, {"Feedback_ID": "1:2:brume"},
]  # fmt: skip


@pytest.mark.parametrize("marks", NOTICES, ids=str)
def test_lists_and_notices_are_no_answers(marks: dict[str, str]) -> None:
    assert (
        classify(alone("Les nouvelles de la semaine.", "La lettre", **marks)).kind
        is Kind.LIST_OR_NOTIFICATION
    )


TOLD = [
    ("Paul Aubert a accepté votre invitation", LinkedIn.INVITATION_ACCEPTED, "Paul Aubert"),
    ("Paul Aubert accepted your invitation", LinkedIn.INVITATION_ACCEPTED, "Paul Aubert"),
    ("Élodie Le Guen vous a envoyé un message", LinkedIn.MESSAGE, "Élodie Le Guen"),
    ("Paul just messaged you", LinkedIn.MESSAGE, "Paul"),
    ("Nouveau message de Paul Aubert", LinkedIn.MESSAGE, "Paul Aubert"),
    ("You have a new message from Paul Aubert", LinkedIn.MESSAGE, "Paul Aubert"),
    ("Vous avez un nouvel InMail de Paul Aubert", LinkedIn.INMAIL, "Paul Aubert"),
    ("Félicitez Paul Aubert pour ses 5 ans chez Brume", LinkedIn.WORK_ANNIVERSARY, "Paul Aubert"),
    ("Congratulate Paul Aubert on 5 years at Brume", LinkedIn.WORK_ANNIVERSARY, "Paul Aubert"),
    ("Félicitez Paul Aubert pour son nouveau poste", LinkedIn.NEW_POSITION, "Paul Aubert"),
    ("Congratulate Paul Aubert on the new role", LinkedIn.NEW_POSITION, "Paul Aubert"),
    ("Paul Aubert souhaite rejoindre votre réseau", LinkedIn.INVITATION_RECEIVED, "Paul Aubert"),
    ("Paul Aubert wants to connect", LinkedIn.INVITATION_RECEIVED, "Paul Aubert"),
    ("Votre profil a été vu 12 fois", LinkedIn.OTHER, ""),
]


@pytest.mark.parametrize(("subject", "matter", "name"), TOLD)
def test_mails_of_linkedin_tell_a_matter_and_a_name(subject: str, matter: LinkedIn, name: str) -> None:
    came = classify(
        alone(
            "…",
            subject,
            From="LinkedIn <messages-noreply@linkedin.com>",
            List_Unsubscribe="<https://x.example>",
        )
    )
    assert (came.kind, came.linkedin, came.linkedin_name) == (Kind.LIST_OR_NOTIFICATION, matter, name)


def test_words_of_a_person_through_linkedin_never_count_as_their_mail() -> None:
    came = classify(
        letter("Oui, jeudi.", "Re: Un poste", From="Paul Aubert via LinkedIn <inmail-hit-reply@linkedin.com>")
    )
    assert (came.kind, came.linkedin, came.linkedin_name) == (
        Kind.LIST_OR_NOTIFICATION,
        LinkedIn.INMAIL,
        "Paul Aubert",
    )
