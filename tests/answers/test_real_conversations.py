"""Whole conversations through a provider of Exim and Dovecot: each message on the wire both ways."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from relance.accounts.models import Absence
from relance.cadence.words import Channel, Kind
from relance.mail.reading import reader
from relance.method.answers.jobs import read_what_is_due
from relance.method.answers.models import Received
from relance.method.answers.watching import Watchers
from relance.method.candidates.models import Avoidance
from relance.method.candidates.queries import avoided
from relance.method.delivery.departures import send_what_is_due
from relance.method.delivery.logins import imap_of, login_of
from relance.method.delivery.models import Mailbox, Outgoing
from relance.method.delivery.outbox import queue
from relance.method.outreach.models import Event, Outreach
from relance.method.outreach.permits import permit
from tests.mail_servers import PASSWORD, header
from tests.people import written_to
from tests.post_office import AWAY_UNTIL, LACKING, WHY, PostOffice, post_office

pytestmark = [pytest.mark.database, pytest.mark.skipif(LACKING, reason=WHY)]


@pytest.fixture(scope="module")
def served() -> Iterator[PostOffice]:
    with post_office() as running:
        yield running


@dataclass
class Desk:
    """A desk whose clock is the servers' own, and its mailbox, connected through the page."""

    member: Any
    mailbox: Mailbox
    office: PostOffice
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return timezone.now() + self.ahead

    def writes(self, name: str) -> bytes:
        """A follow-up to somebody at brume.example who is silent: it leaves at once, as it was sent."""
        address = f"{name.split()[0].lower()}@brume.example"
        before = len(self.office._in(address.partition("@")[0], "INBOX"))
        outreach = written_to(
            self.member, self(), name, ago=timedelta(days=8), identities=(("email", address),)
        )
        self.follows_up(outreach, "Un point nouveau : deux jours de télétravail. Qu’en dites-vous ?")
        outgoing = Outgoing.objects.get(outreach=outreach)
        assert outgoing.state == "sent"
        if address.startswith(("inconnu", "plein", "lent")):
            return b""
        return self.office.came_to(address.partition("@")[0], at_least=before + 1)[-1]

    def follows_up(self, outreach: Outreach, text: str) -> Outgoing:
        taken = permit(
            outreach=outreach, member=self.member, channel=Channel.EMAIL, text=text, subject="Lead back-end",
            now=self(),
        )  # fmt: skip
        outgoing = queue(permit=taken, mailbox=self.mailbox, now=self(), at_once=True)
        self.ahead += timedelta(minutes=1)
        self.reads()
        send_what_is_due(clock=self)
        return outgoing

    def writes_back(self, raw: bytes, text: str, *, sender: str, to: str = "") -> None:
        """They answer from their mail program, a minute later."""
        self.ahead += timedelta(minutes=1)
        answer = answer_to(raw, text, sender=sender, at=self(), to=to)
        self.office.post(answer, sender, to or header(raw, "Reply-To"))

    def reads(self) -> None:
        Mailbox.objects.update(next_read_at=None)
        read_what_is_due(clock=self)

    def takes_in(self, count: int) -> Received:
        """Read until that many messages were taken in: servers take their time."""
        for _ in range(60):
            self.reads()
            if Received.objects.count() >= count:
                return Received.objects.latest("pk")
            time.sleep(0.25)
        raise AssertionError(f"{Received.objects.count()} of {count} were taken in")


@pytest.fixture
def wire(desk: Client, member: Any, served: PostOffice, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("relance.method.delivery.connecting.records_of", lambda _domain: None)
    Absence.objects.all().delete()  # the servers' clock may stand in the firm's quiet days
    _emptied(served, "maud")
    answer = desk.post(
        "/reglages/boites/relier/",
        {
            "adresse": "maud@ormel.example", "nom": "Maud Keravel", "mot_de_passe": PASSWORD, "identifiant": "maud",
            "imap": "127.0.0.1", "imap_port": str(served.imap_port), "imap_securite": "none",
            "smtp": "127.0.0.1", "smtp_port": str(served.smtp_port), "smtp_securite": "none",
        },
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    mailbox = Mailbox.objects.get()
    assert (mailbox.takes_plus, mailbox.files_sent) == (True, False)
    Mailbox.objects.update(spacing=0)
    made = Desk(member, Mailbox.objects.get(), served)
    made.reads()
    return made


def _emptied(office: PostOffice, name: str) -> None:
    from relance.mail.sending import Login

    with reader(office.imap, Login(name, PASSWORD)) as inside:
        for folder in ("INBOX", "Sent", "Archive"):
            inside._box.folder.set(folder)
            inside._box.delete(list(inside._box.uids()))


def answer_to(
    raw: bytes, text: str, *, sender: str, at: datetime, to: str = "", threaded: bool = True
) -> bytes:
    """An answer as a mail program writes it."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to or header(raw, "Reply-To")
    message["Subject"] = f"Re: {header(raw, 'Subject')}"
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain="brume.example")
    if threaded:
        message["In-Reply-To"] = header(raw, "Message-ID")
        message["References"] = f"{header(raw, 'References')} {header(raw, 'Message-ID')}".strip()
    message.set_content(f"{text}\n\nLe mar. 10 mars 2026 à 09:31, Maud Keravel a écrit :\n> Bonjour\n")
    return message.as_bytes()


def stands() -> list[str]:
    rows = Event.objects.filter(retractions=None).exclude(kind="retracted")
    return list(rows.order_by("at", "pk").values_list("kind", flat=True))


def test_a_second_follow_up_is_in_the_thread_and_filed(wire: Desk) -> None:
    first = wire.writes("Karim Doré")
    assert header(first, "From") == "Maud Keravel <maud@ormel.example>"
    wire.ahead += timedelta(days=8)
    wire.follows_up(Outreach.objects.get(), "Et l’équipe : six personnes, aucune astreinte. Un mot ?")
    again = wire.office.came_to("karim", at_least=2)[-1]
    assert header(again, "In-Reply-To") == header(first, "Message-ID")
    assert header(first, "Message-ID") in header(again, "References")
    wire.reads()
    filed = wire.office.came_to("maud", folder="Sent", at_least=2)
    assert {header(one, "Message-ID") for one in filed} == {
        header(first, "Message-ID"), header(again, "Message-ID"),
    }  # fmt: skip
    assert stands() == [Kind.MESSAGE_SENT] * 3


def test_an_answer_is_seen_and_the_recruiter_owes_the_next_word(wire: Desk) -> None:
    raw = wire.writes("Nils Carrel")
    wire.writes_back(raw, "Oui, parlons-en jeudi.", sender="nils@brume.example")
    received = wire.takes_in(1)
    assert (received.kind, received.matched_by, received.text, received.outgoing_id) == (
        "human", "token", "Oui, parlons-en jeudi.", Outgoing.objects.get().pk,
    )  # fmt: skip
    assert stands() == [Kind.MESSAGE_SENT, Kind.MESSAGE_SENT, Kind.REPLY]
    outreach = Outreach.objects.get()  # in the evening it is owed the next morning
    assert outreach.code in {"your_turn", "too_early"}
    assert outreach.reasons[0]["code"] == "reply"


def test_an_answer_that_came_just_before_stops_what_was_to_leave(wire: Desk) -> None:
    first = wire.writes("Lou Ferrand")
    wire.ahead += timedelta(days=8)
    wire.writes_back(first, "Oui, volontiers.", sender="lou@brume.example")
    wire.office.came_to("maud", at_least=2)  # the trial, and the answer
    outgoing = wire.follows_up(
        Outreach.objects.get(), "Une dernière idée, le télétravail : qu’en pensez-vous ?"
    )
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.problem) == ("cancelled", "answered")
    assert len(wire.office.came_to("lou")) == 1


def test_an_absence_holds_until_the_return(wire: Desk) -> None:
    wire.writes("Absente Aubrac")
    received = wire.takes_in(1)
    assert (received.kind, received.returns_on) == ("auto_reply", AWAY_UNTIL + timedelta(days=1))
    assert Outreach.objects.get().code == "away"


@pytest.mark.parametrize(
    ("name", "kind", "hard"),
    [("Inconnu", "bounce_hard", True), ("Plein", "bounce_soft", False), ("Lent", "delay", None)],
)
def test_what_exim_returns(wire: Desk, name: str, kind: str, hard: bool | None) -> None:
    wire.writes(f"{name} Exemple")
    received = wire.takes_in(1)
    assert (received.kind, received.outgoing_id) == (kind, Outgoing.objects.get().pk)
    bounces = list(Event.objects.filter(kind=Kind.BOUNCE).values_list("hard", flat=True))
    assert bounces == ([] if hard is None else [hard])


def test_refused_at_the_door_fails_and_says_so(wire: Desk) -> None:
    outreach = written_to(
        wire.member, wire(), "Refus Exemple", ago=timedelta(days=8),
        identities=(("email", "refuse@brume.example"),),
    )  # fmt: skip
    outgoing = wire.follows_up(outreach, "Un point nouveau ?")
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.problem, outgoing.code) == ("failed", "refused", 550)
    assert "5.7.1" in outgoing.words


def test_an_opt_out_is_obeyed(wire: Desk) -> None:
    raw = wire.writes("Rose Templier")
    wire.writes_back(raw, "Merci de ne plus me contacter.", sender="rose@brume.example")
    wire.takes_in(1)
    assert Outreach.objects.get().code == "opted_out"
    pairs = [("email", "rose@brume.example")]
    assert avoided(wire.member.organisation_id, pairs, Avoidance.OPTED_OUT)


def test_an_answer_from_an_alias(wire: Desk) -> None:
    """Another address, to the bare one: the thread says who it is."""
    raw = wire.writes("Ines Aubrac")
    wire.writes_back(raw, "Je vous écris d’ici.", sender="perso@brume.example", to="maud@ormel.example")
    received = wire.takes_in(1)
    assert (received.matched_by, received.candidate.name) == ("thread", "Ines Aubrac")
    assert stands()[-1] == Kind.REPLY


def test_the_recruiters_own_program_is_seen_too(wire: Desk) -> None:
    raw = wire.writes("Tess Morvan")
    wire.reads()
    own = answer_to(
        raw,
        "J’oubliais : le poste est à Nantes.",
        sender="maud@ormel.example",
        at=wire(),
        to="tess@brume.example",
    )
    wire.office.files("maud", own, "Sent")
    before = stands()
    wire.reads()
    assert stands() == [*before, Kind.MESSAGE_SENT]
    wire.reads()
    assert stands() == [*before, Kind.MESSAGE_SENT]
    assert Event.objects.latest("pk").text == "J’oubliais : le poste est à Nantes."


def test_it_is_entered_with_the_password_alone(wire: Desk) -> None:
    with reader(imap_of(wire.mailbox), login_of(wire.mailbox, now=wire())) as inside:
        assert inside.sent_folder() == "Sent"


@pytest.mark.django_db(transaction=True)
def test_an_answer_rings(wire: Desk) -> None:
    """Dovecot says it (IDLE) the moment it comes, and the reading of two minutes later is not waited for."""
    raw = wire.writes("Yann Kermeur")
    watchers = Watchers(wire)
    assert watchers.look_after() == 1
    assert watchers.look_after() == 0, "one is enough"
    later = wire() + timedelta(minutes=10)
    Mailbox.objects.update(next_read_at=later)
    time.sleep(1.5)
    assert Mailbox.objects.get().next_read_at == later, "nothing came"
    wire.writes_back(raw, "Oui, parlons-en.", sender="yann@brume.example")
    deadline = time.monotonic() + 15
    while Mailbox.objects.get().next_read_at == later and time.monotonic() < deadline:
        time.sleep(0.1)
    read_what_is_due(clock=wire)
    assert Received.objects.get().text == "Oui, parlons-en."
    watchers.stop()
    Mailbox.objects.update(disconnected_at=wire())
    wire.office.files("maud", b"Subject: fin\r\n\r\nfin\r\n", "INBOX")
    for thread in watchers.running.values():
        thread.join(timeout=20)
        assert not thread.is_alive()


def test_an_answer_that_a_rule_of_the_mailbox_files_past_the_inbox(wire: Desk) -> None:
    raw = wire.writes("Zora Lemaire")
    wire.ahead += timedelta(minutes=1)
    sender = "zora@brume.example"
    wire.office.files("maud", answer_to(raw, "Oui, volontiers.", sender=sender, at=wire()), "Archive")
    received = wire.takes_in(1)
    assert (received.candidate.name, received.text) == ("Zora Lemaire", "Oui, volontiers.")


def test_what_is_put_away_by_hand_long_after_is_no_news(wire: Desk) -> None:
    raw = wire.writes("Ugo Massart")
    old = answer_to(raw, "Un vieux mot.", sender="ugo@brume.example", at=wire() - timedelta(days=30))
    with reader(imap_of(wire.mailbox), login_of(wire.mailbox, now=wire())) as inside:
        inside.append("Archive", old, wire() - timedelta(days=30))
    wire.reads()
    wire.reads()
    assert not Received.objects.exists()
