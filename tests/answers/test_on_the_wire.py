"""Whole conversations on real servers: sent, answered, and stopped by any answer."""

from datetime import date, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import pytest

from relance.cadence.words import Channel, Kind
from relance.method.answers.models import Received
from relance.method.answers.triage import it_is_them, not_them, set_aside, set_tone
from relance.method.candidates.models import Avoidance
from relance.method.candidates.queries import avoided
from relance.method.delivery.models import Folder, Mailbox, Outgoing
from relance.method.delivery.outbox import queue
from relance.method.outreach.models import Event, Outreach
from relance.method.outreach.permits import permit
from tests.answers.conftest import Desk
from tests.mail_servers import header
from tests.people import candidate, written_to

pytestmark = pytest.mark.database


def approach(wire: Desk, name: str = "Inès Aubrac", **more: Any) -> Outgoing:
    """A follow-up that is on its way."""
    outreach = written_to(wire.member, wire.now, name, **more)
    return follow_up(wire, outreach)


def follow_up(wire: Desk, outreach: Outreach, text: str = "Un point nouveau ?") -> Outgoing:
    taken = permit(
        outreach=outreach,
        member=wire.member,
        channel=Channel.EMAIL,
        text=text,
        subject="Lead back-end",
        now=wire.now,
    )
    return queue(permit=taken, mailbox=wire.mailbox, now=wire.now)


def sent(wire: Desk, name: str = "Inès Aubrac", **more: Any) -> bytes:
    """A follow-up that left: the message as the server got it."""
    approach(wire, name, **more)
    wire.work(minutes=1)
    return wire.post.kept[-1].raw


def kinds() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_an_answer_is_seen_and_stops_everything(wire: Desk) -> None:
    raw = sent(wire)
    wire.now += timedelta(hours=2)
    wire.answer(raw, "Oui, parlons-en jeudi.")
    wire.work()
    received = Received.objects.get()
    assert received.tone == "positive", "proposed; it is the recruiter who says"
    assert (received.kind, received.matched_by, received.text) == ("human", "token", "Oui, parlons-en jeudi.")
    outreach = Outreach.objects.get()
    assert (outreach.action, outreach.code) == ("answer", "your_turn")
    assert kinds()[-1] == Kind.REPLY
    wire.work()
    assert Received.objects.count() == 1


def test_an_answer_that_comes_while_one_is_on_its_way_stops_it(wire: Desk) -> None:
    raw = sent(wire)
    wire.now += timedelta(days=8)
    outgoing = follow_up(wire, Outreach.objects.get(), "Encore un point ?")
    wire.answer(raw, "Désolée du retard, oui !")
    wire.work(minutes=1)
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.problem) == ("cancelled", "answered")
    assert len(wire.post.kept) == 1


@pytest.mark.parametrize(
    ("headers", "by"),
    [
        ({"To": "maud@ormel.example"}, "thread"),
        ({"To": "maud@ormel.example", "In-Reply-To": "", "References": ""}, "address"),
        ({"To": "Maud <MAUD@ormel.example>", "In-Reply-To": "Your message of Monday"}, "thread"),
    ],
)
def test_without_a_token_the_thread_then_the_address(wire: Desk, headers: dict[str, str], by: str) -> None:
    raw = sent(wire)
    wire.answer(raw, "Oui.", **{name.replace("-", "_"): value for name, value in headers.items()})
    wire.work(minutes=1)
    assert Received.objects.get().matched_by == by
    assert kinds()[-1] == Kind.REPLY


def test_from_another_address_in_the_thread(wire: Desk) -> None:
    raw = sent(wire)
    wire.answer(raw, "Je réponds d’ici.", sender="I. A. <perso@ailleurs.example>")
    wire.work(minutes=1)
    assert Received.objects.get().candidate.name == "Inès Aubrac"
    assert kinds()[-1] == Kind.REPLY


def test_from_an_unknown_address_and_no_thread_it_is_asked(wire: Desk) -> None:
    raw = sent(wire)
    wire.answer(
        raw, "Je réponds d’ici.", sender="Ines Aubrac <perso@ailleurs.example>", To="maud@ormel.example",
        In_Reply_To="", References="",
    )  # fmt: skip
    wire.work(minutes=1)
    received = Received.objects.get()
    assert (received.matched_by, received.event) == ("name", None)
    assert Kind.REPLY not in kinds()
    it_is_them(received=received, member=wire.member, now=wire.now)
    assert kinds()[-1] == Kind.REPLY
    not_them(received=received, member=wire.member, now=wire.now)
    assert kinds()[-1] == Kind.RETRACTED


def test_strangers_leave_nothing(wire: Desk) -> None:
    sent(wire)
    wire.answer(
        b"From: x\r\nSubject: Bonjour\r\nMessage-ID: <z@z.example>\r\n\r\n", "Une offre pour vous.",
        sender="Promo <promo@vente.example>", To="maud@ormel.example",
    )  # fmt: skip
    wire.work(minutes=1)
    assert not Received.objects.exists()


def test_out_of_office_holds_until_the_return(wire: Desk) -> None:
    raw = sent(wire)
    wire.answer(
        raw, "Je suis absente du bureau jusqu’au 20 mars 2026 inclus. Pour toute urgence, écrivez à mon équipe.",
        Subject="Réponse automatique : Lead back-end", Auto_Submitted="auto-replied",
    )  # fmt: skip
    wire.work(minutes=1)
    received = Received.objects.get()
    assert (received.kind, received.returns_on) == ("auto_reply", date(2026, 3, 21))
    outreach = Outreach.objects.get()
    assert (outreach.action, outreach.code) == ("wait", "away")
    assert kinds()[-1] == Kind.AUTO_REPLY


def test_an_opt_out_is_obeyed_at_once_and_by_everybody(wire: Desk) -> None:
    raw = sent(wire)
    wire.answer(raw, "STOP. Merci de ne plus me contacter.")
    wire.work(minutes=1)
    assert kinds()[-1] == Kind.OPT_OUT
    pairs = [("email", "ines-aubrac@exemple.example")]
    assert avoided(wire.member.organisation_id, pairs, Avoidance.OPTED_OUT)
    assert Outreach.objects.get().code == "opted_out"


def bounce(original: bytes, to: str, status: str, diagnostic: str) -> bytes:
    """A delivery status notification (RFC 3464) that returns the headers of ours."""
    returned = original.split(b"\r\n\r\n", 1)[0].decode()
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.exemple.example\r\nTo: maud@ormel.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <bounce@mx.exemple.example>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry: {diagnostic}\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.exemple.example\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; {diagnostic}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{returned}\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("status", "diagnostic", "kind", "hard"),
    [
        ("5.1.1", "550 5.1.1 User unknown", "bounce_hard", True),
        ("5.2.2", "552 5.2.2 Mailbox full", "bounce_soft", False),
    ],
)
def test_a_bounce_is_known_by_what_it_returns(
    wire: Desk, status: str, diagnostic: str, kind: str, hard: bool
) -> None:
    raw = sent(wire)
    wire.arrives(bounce(raw, "ines-aubrac@exemple.example", status, diagnostic))
    wire.work(minutes=1)
    received = Received.objects.get()
    assert (received.kind, received.outgoing_id) == (kind, Outgoing.objects.get().pk)
    event = Event.objects.latest("pk")
    assert (event.kind, event.hard) == (Kind.BOUNCE, hard)


def test_our_own_mail_is_no_answer(wire: Desk) -> None:
    raw = sent(wire)
    wire.answer(raw, "Je me mets en copie.", sender="Maud Keravel <maud@ormel.example>")
    wire.work(minutes=1)
    assert not Received.objects.exists()
    assert Kind.REPLY not in kinds()


def test_two_mailboxes_that_get_the_same_mail_count_it_once(wire: Desk) -> None:
    raw = sent(wire)
    other = Mailbox.objects.get()
    other.pk, other.address = None, "recrutement@ormel.example"
    other.save()
    wire.work()
    wire.answer(raw, "Oui.")
    wire.work(minutes=1)
    wire.work(minutes=1)
    assert Received.objects.count() == 1
    assert kinds().count(Kind.REPLY) == 1


def by_hand(wire: Desk, to: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Maud Keravel <maud@ormel.example>"
    message["To"] = to
    message["Subject"] = "Une idée"
    message["Date"] = format_datetime(wire.now)
    message["Message-ID"] = f"<by-hand-{abs(hash(to))}@ormel.example>"
    message.set_content("Bonjour, une idée pour vous.")
    return message.as_bytes()


def test_what_was_sent_from_ones_own_program_is_a_contact(wire: Desk) -> None:
    with_folder(wire)
    person = candidate(wire.member, wire.now, "Rose Templier")
    wire.arrives(by_hand(wire, "rose-templier@exemple.example"), "Sent")
    wire.arrives(by_hand(wire, "inconnu@exemple.example"), "Sent")
    wire.work(minutes=1)
    event = Event.objects.get()
    assert (event.candidate_id, event.kind, event.text) == (
        person.pk, Kind.MESSAGE_SENT, "Bonjour, une idée pour vous.",
    )  # fmt: skip
    wire.work(minutes=1)
    assert Event.objects.count() == 1


def with_folder(wire: Desk) -> None:
    """A provider with a folder for what is sent, known to the desk."""
    from relance.mail.reading import reader

    with reader(wire.box.server, wire.box.login) as inside:
        inside._box.folder.create("Sent")
    wire.work()


def test_what_we_sent_is_filed_once(wire: Desk) -> None:
    from relance.mail.reading import reader

    with_folder(wire)
    raw = sent(wire)
    wire.work(minutes=1)
    wire.work(minutes=1)
    with reader(wire.box.server, wire.box.login) as inside:
        inside.open("Sent")
        filed = list(inside.fetch(inside.uids_after(0)))
    assert len(filed) == 1
    assert header(filed[0].raw, "Message-ID") == header(raw, "Message-ID")
    assert kinds().count(Kind.MESSAGE_SENT) == 2, "the first message, and this one once"


@pytest.mark.parametrize("state", ["to_check", "sending"])
def test_what_was_cut_short_is_found_among_those_sent(wire: Desk, state: str) -> None:
    """Also while the lease of the crashed claim still runs: the copy is read only once."""
    with_folder(wire)
    outgoing = approach(wire)
    leased = {"lease": "x", "leased_until": wire.now + timedelta(minutes=5)} if state == "sending" else {}
    Outgoing.objects.update(state=state, claimed_at=wire.now, **leased)
    from relance.method.delivery.departures import composed

    outgoing.refresh_from_db()
    wire.arrives(composed(outgoing), "Sent")
    wire.work(minutes=1)
    outgoing.refresh_from_db()
    assert outgoing.state == "sent"
    assert wire.post.kept == []


def test_a_mailbox_rebuilt_is_read_again_and_doubles_nothing(wire: Desk) -> None:
    raw = sent(wire)
    wire.answer(raw, "Oui.")
    wire.work(minutes=1)
    Folder.objects.update(uidvalidity=7)
    wire.work(minutes=1)
    assert Received.objects.count() == 1
    assert kinds().count(Kind.REPLY) == 1


def test_a_mailbox_that_cannot_be_read_lets_nothing_leave(wire: Desk) -> None:
    outgoing = approach(wire)
    Mailbox.objects.update(imap_port=1)
    wire.work(minutes=6)
    wire.mailbox.refresh_from_db()
    outgoing.refresh_from_db()
    assert (wire.mailbox.fault, outgoing.state, outgoing.problem) == ("no_server", "ready", "unread")
    Mailbox.objects.update(imap_port=wire.box.port)
    wire.work(minutes=6)
    outgoing.refresh_from_db()
    assert outgoing.state == "sent"
    assert Mailbox.objects.get().fault == ""


def test_the_tone_is_the_recruiters(wire: Desk) -> None:
    from relance.cadence.words import Tone

    raw = sent(wire)
    wire.answer(raw, "Pas avant septembre, mais pourquoi pas.")
    wire.work(minutes=1)
    received = Received.objects.get()
    set_tone(received=received, tone=Tone.LATER, member=wire.member, now=wire.now, resume_on=date(2026, 9, 1))
    received.refresh_from_db()
    assert received.sorting == "sorted"
    stands = Event.objects.filter(kind=Kind.REPLY, retractions=None)
    assert [event.tone for event in stands] == ["later"]
    assert stands.get().at == received.sent_at
    assert Outreach.objects.filter(situation="keep_in_touch").count() == 1


def test_set_aside_keeps_what_was_recorded(wire: Desk) -> None:
    raw = sent(wire)
    wire.answer(raw, "Merci, bien reçu.")
    wire.work(minutes=1)
    set_aside(received=Received.objects.get(), member=wire.member, now=wire.now)
    assert kinds()[-1] == Kind.REPLY


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00", b"From: x\r\n" * 3000, b"Content-Type: multipart/mixed\r\n\r\n--"]
)
def test_rubbish_stops_no_reading(wire: Desk, raw: bytes) -> None:
    good = sent(wire)
    if raw:
        wire.arrives(raw)
    wire.answer(good, "Oui.")
    wire.work(minutes=1)
    assert Received.objects.count() == 1


def test_other_rules_read_again_what_waits(wire: Desk) -> None:
    from relance.method.answers.reading_again import read_again

    raw = sent(wire)
    wire.answer(raw, "Oui, parlons-en.")
    wire.work(minutes=1)
    Received.objects.update(rules_version=0, kind="auto_reply", tone="")
    assert read_again(now=wire.now) == 1
    received = Received.objects.get()
    assert (received.kind, received.tone) == ("human", "positive")
    assert Event.objects.filter(kind=Kind.REPLY, retractions=None).count() == 1, (
        "recorded once, as what it is"
    )
    assert read_again(now=wire.now) == 0
