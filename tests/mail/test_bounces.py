"""What was not delivered, told from what was, with the cause; and complaints."""

# ruff: noqa: E501 -- messages stand as they come

from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

import pytest

from relance.mail.incoming import Cause, Kind, classify
from tests.mail import letters
from tests.mail.letters import INES, MAUD, OURS, TOKEN, alone, letter, report

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
    whole = MIMEMultipart()
    whole.attach(MIMEText(f"Could not be delivered to: <{INES}>\nAs their mailbox is full.\n", "plain"))
    whole.attach(MIMEMessage(letters.outgoing()))
    came = classify(letters.headed(whole, "Notification", From="no-reply@brume.example"))
    assert (came.kind, came.cause, came.in_reply_to) == (Kind.BOUNCE_SOFT, Cause.FULL, (OURS,))


def test_maud_is_no_recipient_of_her_own_bounce() -> None:
    came = classify(
        alone(
            f"Could not deliver from {MAUD} to {INES}: user unknown\n",
            "Undelivered mail",
            From="postmaster@brume.example",
        )
    )
    assert came.recipients == (INES,)


def test_an_abuse_report_is_a_complaint() -> None:
    whole = MIMEMultipart("report", report_type="feedback-report")
    whole.attach(MIMEText("This is an email abuse report.", "plain"))
    whole.attach(MIMEMessage(letters.outgoing()))
    came = classify(letters.headed(whole, "FW: Un poste à Lyon", From="fbl@brume.example"))
    assert (came.kind, came.in_reply_to, came.returned_tokens) == (Kind.COMPLAINT, (OURS,), (TOKEN,))


def test_a_complaint_without_the_standard_form_is_one_and_a_failed_authentication_is_none() -> None:
    whole = MIMEMultipart()
    whole.attach(MIMEMessage(letters.outgoing()))
    assert classify(letters.headed(whole, "complaint about message from 192.0.2.1")).kind is Kind.COMPLAINT
    report = MIMEMultipart("report", report_type="feedback-report")
    form = MIMENonMultipart("message", "feedback-report")
    form.set_payload([letters.fields({"Feedback-Type": "auth-failure", "Version": "1"})])
    report.attach(form)
    assert classify(letters.headed(report, "Report")).kind is Kind.LIST_OR_NOTIFICATION


def test_people_who_write_about_bounces_are_people() -> None:
    asked = "Bonjour,\nj'ai reçu « 550 user unknown » pour paul@brume.example, une idée ?\n"
    assert classify(alone(asked, "Undelivered mail")).kind is Kind.HUMAN
    listed = "The relay says 550 5.1.1 user unknown for paul@brume.example and I cannot deliver.\n"
    assert (
        classify(alone(listed, "Mail delivery problem", List_Id="<exim.brume.example>")).kind
        is not Kind.BOUNCE_HARD
    )
