"""What comes in is told apart: every kind, and what looks like another."""

from datetime import UTC, datetime, timedelta

import pytest

from relance.mail.incoming import VERSION, Cause, Kind, LinkedIn, classify
from tests.mail import letters
from tests.mail.letters import ALIAS, INES, MAUD, OURS, TOKEN, alone, letter, report


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


HARD = [
    ("5.1.1", "550 5.1.1 <ines@brume.example>: Recipient address rejected: User unknown in virtual mailbox table", Cause.UNKNOWN_PERSON),
    ("5.1.1", "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]", Cause.UNKNOWN_PERSON),
    ("5.5.0", "550 5.5.0 Service unavailable LPN007_416", Cause.UNKNOWN_PERSON),
    ("5.7.1", "550 5.7.1 <ines@brume.example>... User unknown", Cause.UNKNOWN_PERSON),
    ("5.0.0", "550-5.1.1 The email account that you tried to reach does not exist.", Cause.UNKNOWN_PERSON),
    ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", Cause.UNKNOWN_PERSON),
    ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", Cause.UNKNOWN_PERSON),
    ("5.4.4", "Host or domain name not found. Name service error for name=brume.example type=A: Host not found", Cause.NO_SUCH_HOST),
    ("5.1.6", "551 5.1.6 Recipient has moved", Cause.MOVED),
    ("5.1.0", "556 5.1.10 Null MX: domain does not accept mail", Cause.TAKES_NO_MAIL),
]  # fmt: skip
SOFT = [
    ("5.2.2", "552 5.2.2 The email account that you tried to reach is over quota", Cause.FULL),
    ("4.2.2", "452 4.2.2 Mailbox full", Cause.FULL),
    ("5.2.0", "550 5.2.0 Mail rejete. Mail rejected. OFR_506 [506]", Cause.POLICY),
    ("5.5.0", "550 5.5.0 Service refuse. Veuillez essayer plus tard. Service refused, please try later. OFR005_505", Cause.POLICY),
    ("5.1.1", "550 5.1.1 <ines@brume.example> Sender has sent to too many recipients this hour", Cause.POLICY),
    ("5.7.1", "550 5.7.1 Message rejected as spam by content filtering", Cause.POLICY),
    ("5.7.515", "550 5.7.515 Access denied, sending domain does not meet the required authentication level", Cause.POLICY),
    ("5.3.4", "552 5.3.4 Message size exceeds fixed limit", Cause.TOO_LARGE),
    ("4.1.1", "450 4.1.1 <ines@brume.example>: Recipient address rejected: User unknown", Cause.UNKNOWN_PERSON),
    ("4.4.1", "connect to mx.brume.example[192.0.2.1]:25: Connection timed out", Cause.UNREACHABLE),
    ("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled", Cause.SUSPENDED),
]  # fmt: skip


@pytest.mark.parametrize(("status", "diagnostic", "cause"), HARD)
def test_a_dead_address_is_named(status: str, diagnostic: str, cause: Cause) -> None:
    came = classify(report(status=status, diagnostic=diagnostic))
    assert (came.kind, came.cause) == (Kind.BOUNCE_HARD, cause), came.why
    assert came.recipients == (INES,)


@pytest.mark.parametrize(("status", "diagnostic", "cause"), SOFT)
def test_what_says_nothing_about_the_address_is_never_hard(
    status: str, diagnostic: str, cause: Cause
) -> None:
    came = classify(report(status=status, diagnostic=diagnostic))
    assert (came.kind, came.cause) == (Kind.BOUNCE_SOFT, cause), came.why


def test_a_delay_is_never_a_bounce_and_a_delivery_is_nothing() -> None:
    late = classify(
        report(status="4.4.1", diagnostic="Connection timed out", action="delayed", subject="Delayed Mail")
    )
    assert (late.kind, late.recipients, late.in_reply_to) == (Kind.DELAY, (INES,), (OURS,))
    unknown = classify(report(status="4.1.1", diagnostic="450 4.1.1 User unknown", action="delayed"))
    assert unknown.kind is Kind.DELAY
    assert (
        classify(report(status="2.0.0", diagnostic="", action="delivered")).kind is Kind.LIST_OR_NOTIFICATION
    )


OLD = {
    "qmail": ("failure notice", "Hi. This is the qmail-send program at mx.brume.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<ines.tavernier@brume.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <maud@ormel.example>\nMessage-ID: <5f0c2a@ormel.example>\n", Kind.BOUNCE_HARD),
    "exim": ("Mail delivery failed: returning message to sender", "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ines.tavernier@brume.example\n    host mx.brume.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<ines.tavernier@brume.example>:\n    550 5.1.1 user unknown\n", Kind.BOUNCE_HARD),
    "full": ("Returned mail", "The following recipient could not be reached:\n\n<ines.tavernier@brume.example>: mailbox is full\n", Kind.BOUNCE_SOFT),
    "french": ("Échec de la remise de votre message", "Votre message n'a pas pu être remis à ines.tavernier@brume.example.\nL'adresse est introuvable.\n", Kind.BOUNCE_HARD),
    "warning": ("Warning: message delayed 24 hours", "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours.\n  ines.tavernier@brume.example\nNo action is required on your part. Delivery attempts will continue.\n", Kind.DELAY),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "text", "kind"), OLD.values(), ids=OLD.keys())
def test_a_notice_without_a_standard_report_is_read_by_its_words(subject: str, text: str, kind: Kind) -> None:
    came = classify(
        alone(text, subject, From="Mail Delivery System <MAILER-DAEMON@mx.ormel.example>", Return_Path="<>")
    )
    assert (came.kind, came.recipients) == (kind, (INES,)), came.why
    by_stranger = classify(alone(text, subject, From="support@brume.example", Return_Path="<>"))
    assert by_stranger.kind is kind
    if "Message-ID" in text:
        assert came.in_reply_to == (OURS,)


ABSENCES = [
    ("Réponse automatique : Un poste à Lyon", ""),
    ("Réponse automatique\u00a0: Un poste à Lyon", "Bonjour, je suis absente."),
    ("Absence du bureau", "Bonjour, merci de contacter Paul."),
    ("Absente pour congés", ""),
    ("Congés Re: Un poste à Lyon", "En congés."),
    ("Message d’absence", ""),
    ("Fermeture estivale Re: Un poste", "Nos bureaux sont fermés."),
    ("Automatic reply: Un poste à Lyon", ""),
    ("Out of Office AutoReply: Un poste", ""),
    ("Inès Tavernier is out of the office.", "I will be out of the office from 06/07."),
    ("Abwesenheitsnotiz: Un poste", ""),
    ("Respuesta automática: Un poste", ""),
    ("自動応答: Un poste", ""),
]


@pytest.mark.parametrize(("subject", "text"), ABSENCES)
def test_an_absence_is_known_by_its_subject_alone(subject: str, text: str) -> None:
    came = classify(alone(text, subject))
    assert (came.kind, came.away) == (Kind.AUTO_REPLY, True), came.why


MARKS = [
    {"Auto-Submitted": "auto-replied (vacation)"},
    {"X-Autoreply": "yes"},
    {"X-Autorespond": "1"},
    {"Precedence": "auto_reply"},
    {"X-Apple-Action": "VACATION"},
    {"X-MS-Exchange-Inbox-Rules-Loop": INES},
    {"Auto-Submitted": "auto-generated", "X-MS-Exchange-Generated-Message-Source": "Mailbox Rules Agent"},
    {"X-FC-MachineGenerated": "true"},
    {"X-Autogenerated": "Reply"},
]


@pytest.mark.parametrize("marks", MARKS, ids=str)
def test_an_automatic_reply_is_known_by_the_marks_of_its_program(marks: dict[str, str]) -> None:
    came = classify(
        letter(
            "Je suis absente jusqu'au 17 juillet inclus.",
            **{name.replace("-", "_"): value for name, value in marks.items()},
        )
    )
    assert came.kind is Kind.AUTO_REPLY
    assert str(came.return_date) == "2026-07-18"


BY_WORDS = [
    "Bonjour,\n\nJe suis actuellement en congés. Pour toute urgence, merci de contacter Paul Aubert. Je prendrai connaissance de votre message à mon retour.",
    "Bonjour,\nNotre cabinet est exceptionnellement fermé du 3 au 21 août. Nous répondrons à partir du 24.",
    "Hello, I am out of the office until 17 July. For urgent matters, please contact Paul.",
    "Bonjour, je suis en séminaire et en mon absence vous pouvez joindre Paul. Je serai de retour le 9.",
    "Cette boîte n'est pas surveillée, merci de ne pas répondre à ce message.",
    "Notre équipe prend quelques jours de repos, nous revenons le lundi 27 juillet.",
    "En séminaire jusqu'au 17 juillet inclus.",
    "Toute l'équipe sera absente du 27 juillet au 21 août inclus.",
    "Message automatique - le cabinet est fermé jusqu'au 3 août.",
    "Bonjour, le secrétariat est joignable du lundi au vendredi. Pour toute urgence, contactez Paul.",
    "I am currently travelling, with uneven access to my email. Back in the office on Thursday.",
]


@pytest.mark.parametrize("text", BY_WORDS)
def test_an_absence_without_any_mark_is_known_by_its_words(text: str) -> None:
    assert classify(alone(text, "Re: Un poste à Lyon")).kind is Kind.AUTO_REPLY


PEOPLE = [
    "Bien reçu, merci.",
    "Je suis en déplacement, appelez-moi jeudi.",
    "I'm out until the 14th but yes, let's talk.",
    "On est fermés pour la saison, recontactez-nous en octobre.",
    "Oui, on en parle après mes vacances ?",
    "Je suis absente cette semaine mais votre proposition m'intéresse.",
    "Je rentre de congés lundi, je vous réponds à ce moment-là.",
    "Pas intéressé par ce poste, bonne continuation.",
    "Actuellement en vacances, je regarde votre offre à mon retour le 20 !",
    "Non merci.",
    "ok",
    "Je suis en congés, renvoyez-moi cela en septembre.",
    "Bonjour Maud, je suis en formation jusqu'au 12.",
    "Nous sommes fermés en ce moment, je ne suis pas intéressée.",
    "Je ne travaille plus chez Brume depuis mars, je suis à mon compte.",
]


@pytest.mark.parametrize("text", PEOPLE)
@pytest.mark.parametrize(
    "marks",
    [
        {},
        {"X_Auto_Response_Suppress": "All"},
        {"Auto_Submitted": "no (a person)"},
        {"X_AutoFooter": "yes"},
        {"X_Autorespond": "dont"},
        {"List_Id": "<equipe.brume.example>", "Precedence": "list"},
    ],
)
def test_no_person_is_taken_for_a_robot(text: str, marks: dict[str, str]) -> None:
    came = classify(letter(f"{text}\n\n> Bonjour Inès\n> Auto-Submitted: auto-replied\n", **marks))
    assert came.kind is Kind.HUMAN, came.why
    assert came.reply_text == text


def test_a_person_who_answers_a_notice_is_a_person() -> None:
    answered = "D'accord, à votre retour alors.\n\n> Je suis absente jusqu'au 17.\n"
    assert classify(letter(answered, "Re: Réponse automatique : Un poste")).kind is Kind.HUMAN
    assert classify(letter(answered, "RE: Inès Tavernier is out of the office")).kind is Kind.HUMAN
    forwarded = letters.MIMEMultipart()
    forwarded.attach(letters.MIMEText("Voici ce que j'ai reçu.\n", "plain", "utf-8"))
    forwarded.attach(letters.MIMEMessage(letters.outgoing()))
    assert classify(letters.headed(forwarded, "Tr: Undelivered Mail", In_Reply_To=OURS)).kind is Kind.HUMAN


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


def test_an_abuse_report_is_a_complaint() -> None:
    whole = letters.MIMEMultipart("report", report_type="feedback-report")
    whole.attach(letters.MIMEText("This is an email abuse report.", "plain"))
    whole.attach(letters.MIMEMessage(letters.outgoing()))
    came = classify(letters.headed(whole, "FW: Un poste à Lyon", From="fbl@brume.example"))
    assert (came.kind, came.in_reply_to, came.returned_tokens) == (Kind.COMPLAINT, (OURS,), (TOKEN,))


def test_a_complaint_without_the_standard_form_is_one_and_a_failed_authentication_is_none() -> None:
    whole = letters.MIMEMultipart()
    whole.attach(letters.MIMEMessage(letters.outgoing()))
    assert classify(letters.headed(whole, "complaint about message from 192.0.2.1")).kind is Kind.COMPLAINT
    report = letters.MIMEMultipart("report", report_type="feedback-report")
    form = letters.MIMENonMultipart("message", "feedback-report")
    form.set_payload([letters.fields({"Feedback-Type": "auth-failure", "Version": "1"})])
    report.attach(form)
    assert classify(letters.headed(report, "Report")).kind is Kind.LIST_OR_NOTIFICATION


def test_a_report_is_read_whatever_ends_its_lines_and_brackets_its_ids() -> None:
    raw = report(status="5.1.1", diagnostic="550 5.1.1 User unknown").replace(
        OURS.encode(), OURS.strip("<>").encode()
    )
    for end in (b"\n", b"\r\n", b"\r"):
        came = classify(raw.replace(b"\n", end))
        assert (came.kind, came.recipients, came.in_reply_to) == (Kind.BOUNCE_HARD, (INES,), (OURS,))


def test_a_server_that_answers_like_a_person_is_still_a_server() -> None:
    text = "Error: Invalid user address\n\n550 - Requested action not taken: no such user here\n\nRCPT TO: ines.tavernier@brume.example\n"
    assert classify(letter(text, From="post_master@brume.example")).kind is Kind.BOUNCE_HARD
    whole = letters.MIMEMultipart()
    whole.attach(
        letters.MIMEText(f"Could not be delivered to: <{INES}>\nAs their mailbox is full.\n", "plain")
    )
    whole.attach(letters.MIMEMessage(letters.outgoing()))
    came = classify(letters.headed(whole, "Notification", From="no-reply@brume.example"))
    assert (came.kind, came.cause, came.in_reply_to) == (Kind.BOUNCE_SOFT, Cause.FULL, (OURS,))


CHALLENGES = [
    ("noreply@mailinblack.com", "Votre message est en attente", "Pour que votre message parvienne à ines.tavernier@brume.example, cliquez ici pour vous authentifier."),
    ("noreply@invitations.mailinblack.com", "Demande d'authentification", "Cliquez sur le lien pour confirmer votre adresse."),
    ("gw@mib.brume.example", "Votre e-mail", "Un clic pour délivrer votre email !"),
    ("accueil@brume.example", "Re: Un poste", "Votre message est en attente de validation."),
    ("accueil@brume.example", "Votre email : validation requise", ""),
    ("ines.tavernier@spamenmoins.com", "Authentification requise", "Merci de cliquer sur le lien afin que votre message me parvienne."),
    ("antispam@brume.example", "Please verify your message", "Your message is being held. Please click the link to verify you are a human. You are not on my guest list."),
]  # fmt: skip


@pytest.mark.parametrize(("sender", "subject", "text"), CHALLENGES)
def test_a_filter_that_asks_for_a_click_has_not_delivered(sender: str, subject: str, text: str) -> None:
    assert classify(alone(text, subject, From=sender)).kind is Kind.CHALLENGE


def test_the_name_of_a_filter_proves_nothing() -> None:
    link = "Oui, voyez https://url.mailinblack.com/?k=1 pour mon CV.\n"
    assert classify(letter(link)).kind is Kind.HUMAN
    refused = report(status="5.1.1", diagnostic="550 5.1.1 User unknown (mx.mailinblack.com)")
    assert classify(refused).kind is Kind.BOUNCE_HARD


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


def test_who_left_or_moved_is_told() -> None:
    left = classify(
        alone(
            "Inès Tavernier ne fait plus partie de la société. Contactez Paul.",
            "Réponse automatique : Un poste",
        )
    )
    assert (left.kind, left.left_company, left.cause, left.away) == (
        Kind.AUTO_REPLY,
        True,
        Cause.LEFT_COMPANY,
        False,
    )
    moved = classify(
        alone("Mon adresse e-mail a changé, écrivez à ines@lune.example.", "Changement d'adresse")
    )
    assert (moved.kind, moved.cause) == (Kind.AUTO_REPLY, Cause.MOVED)


def test_a_receipt_is_automatic_and_nobody_is_away() -> None:
    whole = letters.MIMEMultipart("report", report_type="disposition-notification")
    whole.attach(letters.MIMEText("Votre message a été lu.", "plain", "utf-8"))
    came = classify(letters.headed(whole, "Lu : Un poste à Lyon"))
    assert (came.kind, came.away, came.return_date) == (Kind.AUTO_REPLY, False, None)


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


def test_maud_is_no_recipient_of_her_own_bounce() -> None:
    came = classify(
        alone(
            f"Could not deliver from {MAUD} to {INES}: user unknown\n",
            "Undelivered mail",
            From="postmaster@brume.example",
        )
    )
    assert came.recipients == (INES,)
