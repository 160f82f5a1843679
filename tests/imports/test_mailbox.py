"""The last 60 days of a mailbox, on a real server: sorted, chosen among, kept once."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

import pytest

from relance.imports import choices
from relance.imports.actions import choose, finish_choosing
from relance.imports.area_files import MARK, folder, open_area
from relance.imports.groups import Group
from relance.imports.jobs import advance_one_import
from relance.imports.mailbox.actions import give_mailbox
from relance.imports.models import Import, State
from relance.mail.reading import reader
from relance.method.answers.jobs import read_what_is_due
from relance.method.answers.models import Received
from relance.method.candidates.models import Avoidance, Candidate, Identity
from relance.method.candidates.queries import avoided
from relance.method.delivery.models import Folder, Mailbox, MailId
from relance.method.measure.models import Baseline
from relance.method.outreach.models import Event, Outreach
from tests.mail.letters import INES as PARTED
from tests.mail.letters import report
from tests.mail_servers import PASSWORD, Box, imap

pytestmark = pytest.mark.database
ME = "Maud Keravel <maud@ormel.example>"
INES = "ines.aubrac@brume.example"
HOSTILE = (
    b"\r\n",
    b"\x00\xff\xfe rien d'un message",
    b"From: \x00\x01@\r\nTo: <<<>>>\r\nDate: hier\r\n\r\n\x00",
    b"From: " + b"=?utf-8?b?" * 4000 + b"\r\nMessage-ID: <a@b>\r\n\r\nx",
    b"From: x@y.example\r\nDate: Mon, 99 Foo 99999 99:99:99 +9999\r\n\r\n\xed\xa0\x80",
    b"From: =?utf-8?q?=ED=A0=80=00?= <z@y.example>\r\nSubject: =?utf-8?q?=ED=A0=80=00?=\r\n\r\n\x00oui",
    b"Content-Type: multipart/mixed; boundary=a\r\nFrom: p@q.example\r\n\r\n" + b"--a\r\n" * 3000,
)


@dataclass
class Office:
    """A mailbox with a past, and a clock that the test moves."""

    member: Any
    mailbox: Mailbox
    box: Box
    now: datetime
    count: int = 0

    def __call__(self) -> datetime:
        return self.now

    def put(self, raw: bytes, where: str, at: datetime | None = None) -> None:
        with reader(self.box.server, self.box.login) as inside:
            inside.append(where, raw, at or self.now)

    def mail(
        self, sender: str, to: str, text: str = "Bonjour", *, days: float, answers: str = "",
        filed: float | None = None, **headers: str,
    ) -> str:  # fmt: skip
        """A mail of so many days ago, filed in the folder of its side; returns its id."""
        self.count += 1
        at = self.now - timedelta(days=days)
        message = EmailMessage()
        message["From"], message["To"] = sender, to
        message["Subject"] = headers.pop("Subject", "Un poste à Lyon")
        message["Date"] = format_datetime(at)
        message["Message-ID"] = message_id = f"<m{self.count}@{sender.rpartition('@')[2].strip('>')}>"
        if answers:
            message["In-Reply-To"] = answers
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        self.put(
            message.as_bytes(),
            "Sent" if "maud" in sender.lower() else "INBOX",
            at if filed is None else self.now - timedelta(days=filed),
        )
        return message_id

    def advance(self) -> Import:
        """The worker takes the import on until it is somebody else's turn."""
        for _ in range(50):
            advance_one_import(clock=self)
            row = Import.objects.latest("pk")
            if row.state not in {State.WAITING, State.READING, State.KEEPING} or row.stage == "silent":
                break
        return row

    def read(self) -> Import:
        give_mailbox(member=self.member, mailbox=self.mailbox, now=self.now)
        row = self.advance()
        assert row.state == State.READ, row.problem
        return row

    def keep(self, row: Import, *groups: Group) -> Import:
        choose(row=row, choice=lambda area: choices.keep_only(area, groups))
        finish_choosing(row=row)
        return self.advance()

    def live(self) -> None:
        """The live reading has its turn."""
        Mailbox.objects.update(next_read_at=None)
        read_what_is_due(clock=self)


@pytest.fixture
def past(member: Any, now: datetime) -> Iterator[Office]:
    from relance.accounts import vault

    with imap() as box:
        mailbox = Mailbox.objects.create(
            organisation=member.organisation, member=member, address="maud@ormel.example",
            sender_name="Maud Keravel", username="maud", secret=vault.lock(PASSWORD),
            smtp_host="127.0.0.1", smtp_port=1, smtp_security="none",
            imap_host="127.0.0.1", imap_port=box.port, imap_security="none", connected_at=now,
        )  # fmt: skip
        with reader(box.server, box.login) as inside:
            inside._box.folder.create("Sent")
        yield Office(member, mailbox, box, now.astimezone(UTC))


def compose(past: Office) -> None:
    """Silent: Inès, Hugo. Waiting: Léa, Nour. What is nobody's: the rest."""
    past.mail(ME, f"Ines <{INES}>", days=12)
    first = past.mail(ME, '"TAVERNIER, Léa" <lea@falaise.example>', days=20)
    past.mail("Léa Tavernier <lea@falaise.example>", ME, "Oui, jeudi ?", days=2, answers=first)
    past.mail(ME, "hugo@brume.example", days=30)
    past.mail(ME, "Hugo Lenoir <hugo@brume.example>", "Je reviens vers vous", days=22)
    past.mail("Nour Haddad <nour@lande.example>", ME, "Je cherche un poste", days=3)
    past.mail(ME, "Théo <theo@ormel.example>", days=4)
    past.mail("Théo <theo@ormel.example>", ME, days=4)
    past.mail(ME, "a@un.example, b@deux.example, c@trois.example, d@quatre.example", days=4)
    past.mail(ME, "a@un.example, b@deux.example", days=4)
    past.mail(ME, "no-reply@billets.example", days=4)
    past.mail("Billets <no-reply@billets.example>", ME, days=4)
    past.mail(
        "Lettre <lettre@revue.example>", ME, days=4, List_Id="<revue.example>", List_Unsubscribe="<x:y>"
    )
    past.mail(ME, "vieux@brume.example", days=200)
    past.mail(ME, "demenage@brume.example", days=200, filed=1)


def people_of(row: Import) -> dict[str, list[str]]:
    with closing(open_area(row)) as area:
        shown = {group.value: [each.name for each in choices.people_in(area, group)] for group in Group}
    return {group: names for group, names in shown.items() if names}


def test_the_groups_are_right_and_say_what_was_left_out(past: Office) -> None:
    compose(past)
    row = past.read()
    assert people_of(row) == {
        "waiting": ["Léa Tavernier", "Nour Haddad"],
        "silent": ["Ines Aubrac", "Hugo Lenoir"],
    }
    assert row.summary["left_out"] == {
        "mail_among_us": 2, "mail_machine": 3, "mail_several": 2, "mail_too_old": 1,
    }  # fmt: skip
    with closing(open_area(row)) as area:
        kept = {group.value: each[1] for group, each in choices.counts(area).items() if each[0]}
    assert kept == {"waiting": 1, "silent": 2}, "who was never written to is not kept unless one says so"


def test_only_who_is_kept_is_stored_with_the_mailbox_gone_from_the_area(past: Office) -> None:
    compose(past)
    row = past.keep(past.read(), Group.SILENT)
    assert (row.state, row.result["kept"]) == (State.KEPT, 2)
    assert sorted(Candidate.objects.values_list("name", flat=True)) == ["Hugo Lenoir", "Ines Aubrac"]
    assert set(Identity.objects.values_list("value", flat=True)) == {INES, "hugo@brume.example"}
    assert {kind for (kind,) in Event.objects.values_list("kind")} == {"message_sent"}
    assert Event.objects.count() == MailId.objects.count() == 3
    assert not MailId.objects.filter(outreach=None).exists()
    assert [path.name for path in folder().iterdir() if path.name != MARK] == []
    assert not Baseline.objects.exists(), "sixty days tell no rate"
    assert not Received.objects.exists()


def test_the_live_reading_doubles_nothing_even_from_the_beginning(past: Office) -> None:
    compose(past)
    past.keep(past.read(), Group.SILENT, Group.WAITING)
    before = list(Event.objects.order_by("pk").values_list("candidate", "kind", "key"))
    past.live()
    cursors = {each.role: each.last_uid for each in Folder.objects.order_by("pk")}
    assert min(cursors.values()) > 0, "it begins at the end, as it always does"
    Folder.objects.update(uidvalidity=1, last_uid=0)
    past.live()
    assert {each.role: each.last_uid for each in Folder.objects.order_by("pk")} == cursors
    assert list(Event.objects.order_by("pk").values_list("candidate", "kind", "key")) == before
    assert len(before) == 6
    assert not Received.objects.exists()
    again = past.keep(past.read(), *Group)
    assert (again.result["kept"], again.result["known"]) == (0, 4)
    assert Event.objects.count() == 6


def test_what_comes_while_one_chooses_is_not_lost(past: Office) -> None:
    compose(past)
    row = past.read()
    sent = "<m1@ormel.example>"
    past.now += timedelta(hours=5)
    past.mail(f"Inès Aubrac <{INES}>", ME, "Oui, volontiers", days=0, answers=sent)
    past.mail(ME, "hugo@brume.example", "Un dernier mot", days=0)
    past.live()
    assert not Event.objects.exists(), "nobody is known yet"
    past.keep(row, Group.SILENT)
    assert Received.objects.get().text == "Oui, volontiers"
    ines = Outreach.objects.get(candidate__name="Ines Aubrac")
    assert ines.action == "answer"
    assert Event.objects.filter(candidate__name="Hugo Lenoir", kind="message_sent").count() == 3


def test_a_mailbox_that_is_silent_at_the_end_is_asked_again(past: Office) -> None:
    compose(past)
    row = past.read()
    Mailbox.objects.update(imap_port=1)
    row = past.keep(row, Group.SILENT)
    assert (row.state, row.stage) == (State.KEEPING, "silent")
    Mailbox.objects.update(imap_port=past.box.port)
    past.now += timedelta(seconds=30)
    assert advance_one_import(clock=past) == 0
    past.now += timedelta(minutes=1)
    row = past.advance()
    assert (row.state, row.result["kept"]) == (State.KEPT, 2)
    assert Event.objects.count() == 3


def test_answers_come_into_the_thread_of_what_was_brought_in(past: Office) -> None:
    first = past.mail(ME, f"Inès Aubrac <{INES}>", days=12)
    past.keep(past.read(), Group.SILENT)
    past.live()
    past.now += timedelta(hours=1)
    past.mail("I. A. <perso@ailleurs.example>", ME, "Je réponds d’ici", days=0, answers=first)
    past.live()
    received = Received.objects.get()
    assert (received.candidate.name, received.matched_by) == ("Inès Aubrac", "thread")


def test_an_answer_put_away_is_an_answer(past: Office) -> None:
    first = past.mail(ME, f"Inès Aubrac <{INES}>", days=12)
    answer = EmailMessage()
    answer["From"], answer["To"], answer["In-Reply-To"] = INES, ME, first
    answer["Message-ID"], answer["Date"] = "<put-away@brume.example>", format_datetime(past.now)
    answer.set_content("Oui, avec plaisir")
    with reader(past.box.server, past.box.login) as inside:
        inside._box.folder.create("Archive")
    past.put(answer.as_bytes(), "Archive")
    assert people_of(past.read()) == {"waiting": ["Inès Aubrac"]}


def test_machines_say_what_they_say(past: Office) -> None:
    away = past.mail(ME, "Inès Aubrac <ines@lande.example>", days=4)
    past.mail(
        "Inès Aubrac <ines@lande.example>", ME, "Je suis absente jusqu'au 20 mars 2026 inclus.", days=4,
        answers=away, Subject="Réponse automatique : absence", Auto_Submitted="auto-replied",
    )  # fmt: skip
    past.mail(ME, PARTED, days=6)
    past.put(report(status="5.1.1", diagnostic="smtp; 550 5.1.1 User unknown"), "INBOX")
    stop = past.mail(ME, "assez@brume.example", days=9)
    past.mail("assez@brume.example", ME, "STOP", days=8, answers=stop)
    past.keep(past.read(), Group.SILENT, Group.COLD, Group.WAITING, Group.CONTACTS)
    facts = {event.kind: event for event in Event.objects.exclude(kind="message_sent").order_by("pk")}
    assert set(facts) == {"auto_reply", "bounce", "opt_out"}
    assert str(facts["auto_reply"].returns_on) == "2026-03-21"
    assert facts["bounce"].hard
    org = past.member.organisation_id
    assert avoided(org, [("email", "assez@brume.example")], Avoidance.OPTED_OUT)
    assert not avoided(org, [("email", PARTED)], Avoidance.OPTED_OUT)


def test_hostile_mails_do_not_stop_it(past: Office) -> None:
    for raw in HOSTILE:
        for where in ("INBOX", "Sent"):
            past.put(raw, where)
    compose(past)
    row = past.keep(past.read(), *Group)
    assert row.state == State.KEPT
    assert Candidate.objects.filter(name="Ines Aubrac").exists()


def test_it_is_read_in_turns_with_true_progress(past: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relance.imports.mailbox.read.AT_ONCE", 5)
    compose(past)
    give_mailbox(member=past.member, mailbox=past.mailbox, now=past.now)
    told = []
    while advance_one_import(clock=past):
        row = Import.objects.get()
        if row.state == State.READ:
            break
        told.append((row.stage, row.done, row.total))
    assert told == [("messages", 5, 14), ("messages", 10, 14)]
    assert len(people_of(Import.objects.get())["silent"]) == 2


def test_a_worker_that_dies_leaves_it_to_another(past: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relance.imports.mailbox.read.AT_ONCE", 5)
    compose(past)
    give_mailbox(member=past.member, mailbox=past.mailbox, now=past.now)
    advance_one_import(clock=past)
    Import.objects.update(lease="dead", leased_until=past.now - timedelta(seconds=1))
    assert len(people_of(past.advance())["silent"]) == 2


def test_what_cannot_be_read_is_refused_with_nothing_left(past: Office) -> None:
    Mailbox.objects.update(imap_port=1)
    past.mailbox.refresh_from_db()
    give_mailbox(member=past.member, mailbox=past.mailbox, now=past.now)
    row = past.advance()
    assert (row.state, row.problem) == (State.REFUSED, "mailbox_unreachable")
    with imap("autre") as empty:
        Mailbox.objects.update(imap_port=empty.port, username="autre")
        give_mailbox(member=past.member, mailbox=Mailbox.objects.get(), now=past.now)
        row = past.advance()
    assert (row.state, row.problem) == (State.REFUSED, "mailbox_without_sent")
    assert [path.name for path in folder().iterdir() if path.name != MARK] == []
