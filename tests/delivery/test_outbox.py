"""The outbox on a real SMTP server: once, in the thread, and not after what stops it."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from relance.cadence.words import Channel, Kind, Tone
from relance.mail.sending import Outcome, Told
from relance.method.delivery.departures import send_what_is_due
from relance.method.delivery.models import Mailbox, Outgoing
from relance.method.delivery.outbox import (
    NoAddress,
    TooLate,
    cancel,
    claims,
    note_crashed,
    queue,
    say_it_did_not,
    say_it_left,
    settle,
)
from relance.method.outreach.actions import record, record_answer
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach, Permit
from relance.method.outreach.permits import permit
from tests.mail_servers import Post, header
from tests.people import written_to

pytestmark = pytest.mark.database


def queued(member: Any, mailbox: Any, now: datetime, name: str = "Inès Aubrac", **identity: Any) -> Outgoing:
    outreach = written_to(member, now, name, **identity)
    taken = permit(
        outreach=outreach, member=member, channel=Channel.EMAIL, text=f"Un point nouveau, {name} ?",
        subject="Lead back-end", now=now,
    )  # fmt: skip
    return queue(permit=taken, mailbox=mailbox, now=now)


def read_again(mailbox: Any, at: datetime) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(read_at=at, next_send_at=None)


def round_at(clock: Any, mailbox: Any, at: datetime) -> int:
    """A round of the worker at an instant, the mailbox just read."""
    clock.now = at
    read_again(mailbox, at)
    return send_what_is_due(clock=clock)


def test_sent_once_threaded_and_recorded(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    outgoing = queued(member, mailbox, now)
    assert round_at(clock, mailbox, now) == 0, "half a minute to take it back"
    assert round_at(clock, mailbox, now + timedelta(seconds=31)) == 1
    assert round_at(clock, mailbox, now + timedelta(minutes=2)) == 0
    assert len(server.kept) == 1
    raw = server.kept[0].raw
    outgoing.refresh_from_db()
    assert outgoing.state == "sent"
    assert header(raw, "Message-ID") == outgoing.message_id
    assert header(raw, "Reply-To") == f"Maud Keravel <maud+r-{outgoing.token}@ormel.example>"
    assert header(raw, "List-Unsubscribe") == "", "absences answer no list"
    assert Permit.objects.get().ended_at is not None
    fact = Event.objects.latest("pk")
    assert (fact.kind, fact.channel, fact.at) == (Kind.MESSAGE_SENT, "email", outgoing.claimed_at)


def test_the_next_one_hangs_on_the_first(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    first = queued(member, mailbox, now)
    round_at(clock, mailbox, now + timedelta(minutes=1))
    later = now + timedelta(days=8)
    outreach = Outreach.objects.get()
    taken = permit(
        outreach=outreach,
        member=member,
        channel=Channel.EMAIL,
        text="Un second point ?",
        subject="Re: Lead",
        now=later,
    )
    queue(permit=taken, mailbox=mailbox, now=later)
    round_at(clock, mailbox, later + timedelta(minutes=1))
    assert header(server.kept[1].raw, "In-Reply-To") == first.message_id
    assert header(server.kept[1].raw, "References") == first.message_id


def test_outside_the_window_it_waits_for_the_morning(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    evening = now.replace(hour=21)
    outgoing = queued(member, mailbox, evening)
    assert round_at(clock, mailbox, evening + timedelta(hours=3)) == 0
    assert outgoing.due_at == (now + timedelta(days=1)).replace(hour=8, minute=30)
    assert round_at(clock, mailbox, outgoing.due_at) == 1


def test_taken_back_until_it_leaves(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    outgoing = queued(member, mailbox, now)
    cancel(outgoing=outgoing, now=now)
    assert round_at(clock, mailbox, now + timedelta(minutes=1)) == 0
    assert Permit.objects.get().ended_at is not None
    assert Outreach.objects.get().in_queue, "the person is proposed again"
    again = queued(member, mailbox, now, "Rose Templier")
    round_at(clock, mailbox, now + timedelta(minutes=1))
    with pytest.raises(TooLate):
        cancel(outgoing=again, now=now)


STOPS = [
    (Kind.REPLY, {"channel": Channel.EMAIL, "tone": Tone.POSITIVE}, "answered"),
    (Kind.OPT_OUT, {}, "held"),
    (Kind.CLOSED, {}, "held"),
    (Kind.BOUNCE, {"channel": Channel.EMAIL, "hard": True}, "held"),
    (Kind.AUTO_REPLY, {"channel": Channel.EMAIL, "returns_on": date(2026, 3, 20)}, "held"),
    (Kind.MESSAGE_SENT, {"channel": Channel.LINKEDIN, "text": "Et par ici ?"}, "held"),
]


@pytest.mark.parametrize(("kind", "values", "problem"), STOPS)
def test_never_after_what_stops_it(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime, kind: Kind, values: Any, problem: str
) -> None:
    outgoing = queued(member, mailbox, now)
    at = now + timedelta(seconds=5)
    record(outreach=outgoing.outreach, entries=[Entry(kind, at=at, **values)], now=at)
    assert round_at(clock, mailbox, now + timedelta(minutes=1)) == 0
    assert server.kept == []
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.problem) == ("cancelled", problem)
    assert Permit.objects.get().ended_at is not None


def test_an_unread_mailbox_sends_nothing(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    outgoing = queued(member, mailbox, now)
    clock.now = now + timedelta(minutes=6)
    assert send_what_is_due(clock=clock) == 0
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.problem) == ("ready", "unread")
    assert round_at(clock, mailbox, now + timedelta(minutes=7)) == 1
    outgoing.refresh_from_db()
    assert (outgoing.state, outgoing.problem) == ("sent", "")


def test_thirty_seconds_apart_and_fifty_a_day(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(daily_cap=2)
    for name in ("Inès Aubrac", "Rose Templier", "Ilan Castelnau"):
        queued(member, mailbox, now, name)
    clock.now = now + timedelta(minutes=1)
    assert send_what_is_due(clock=clock) == 1
    assert send_what_is_due(clock=clock) == 0, "the next one in thirty seconds"
    clock.now += timedelta(seconds=30)
    assert send_what_is_due(clock=clock) == 1
    clock.now += timedelta(minutes=3)
    assert send_what_is_due(clock=clock) == 0, "the day's cap"
    read_again(mailbox, now + timedelta(days=1))
    clock.now = now + timedelta(days=1)
    assert send_what_is_due(clock=clock) == 1
    assert len(server.kept) == 3


@pytest.mark.parametrize(
    ("to", "state", "bounced"),
    [
        ("inconnu@exemple.example", "failed", True),
        ("léa@exemple.example", "failed", True),
        ("refuse@exemple.example", "failed", False),
        ("plus-tard@exemple.example", "ready", None),
        ("coupe@exemple.example", "to_check", None),
    ],
)
def test_what_the_server_says(
    member: Any,
    mailbox: Any,
    server: Post,
    clock: Any,
    now: datetime,
    to: str,
    state: str,
    bounced: bool | None,
) -> None:
    outgoing = queued(member, mailbox, now, identities=(("email", to),))
    round_at(clock, mailbox, now + timedelta(minutes=1))
    outgoing.refresh_from_db()
    assert outgoing.state == state
    bounces = Event.objects.filter(kind=Kind.BOUNCE).order_by("pk").values_list("hard", flat=True)
    assert list(bounces) == ([] if bounced is None else [bounced])
    for minute in range(2, 5):
        round_at(clock, mailbox, now + timedelta(minutes=minute))
    assert len(server.kept) == (1 if to.startswith("coupe") else 0), "what may have left is not sent again"


def test_a_mailbox_without_spacing_has_its_turn_and_lets_others_have_theirs(
    member: Any, mailbox: Any, server: Post, now: datetime
) -> None:
    for name in ("Inès Aubrac", "Rose Templier", "Ilan Castelnau"):
        queued(member, mailbox, now, name)
    Mailbox.objects.filter(pk=mailbox.pk).update(spacing=0, read_at=now + timedelta(minutes=1))
    seconds = count(1)

    def passing() -> datetime:
        return now + timedelta(minutes=1, seconds=next(seconds))

    first = send_what_is_due(clock=passing)
    assert 1 <= first < 3, "five seconds are over before all have left"
    assert first + send_what_is_due(clock=passing) + send_what_is_due(clock=passing) == 3
    assert len(server.kept) == 3


def test_an_address_no_mail_can_bear_spoils_no_other(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(spacing=0)
    queued(member, mailbox, now, "Léa Brisson", identities=(("email", "léa@exemple.example"),))
    queued(member, mailbox, now, "Rose Templier", identities=(("email", "rose@ormél.example"),))
    assert round_at(clock, mailbox, now + timedelta(minutes=1)) == 2
    assert [one.recipients for one in server.kept] == [["rose@xn--orml-dpa.example"]]


def test_later_is_tried_again_then_given_up(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    outgoing = queued(member, mailbox, now, identities=(("email", "plus-tard@exemple.example"),))
    at, tries = now + timedelta(minutes=1), 0
    while outgoing.state == "ready" and tries < 60:
        tries += round_at(clock, mailbox, at)
        at += timedelta(minutes=30)
        outgoing.refresh_from_db()
        if at - now > timedelta(days=4):
            break
    assert (outgoing.state, outgoing.problem) == ("failed", "gave_up")
    assert 4 <= tries <= 20
    assert Permit.objects.get().ended_at is not None


def test_a_crash_in_the_middle_waits_to_be_checked(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    outgoing = queued(member, mailbox, now)
    at = now + timedelta(minutes=1)
    claimed = next(claims(clock=lambda: at, mailbox=mailbox), None)
    assert claimed is not None
    assert next(claims(clock=lambda: at + timedelta(minutes=1), mailbox=mailbox), None) is None
    assert note_crashed(now=at + timedelta(minutes=4)) == 0
    assert note_crashed(now=at + timedelta(minutes=6)) == 1
    assert round_at(clock, mailbox, at + timedelta(minutes=7)) == 0
    assert server.kept == []
    outgoing.refresh_from_db()
    assert outgoing.state == "to_check"
    settle(claimed=claimed, outcome=Outcome(Told.SENT, 250), now=at + timedelta(minutes=8))
    outgoing.refresh_from_db()
    assert outgoing.state == "sent", "a late process still says what it knows"


@pytest.mark.parametrize("left", [True, False])
def test_the_recruiter_settles_what_is_to_be_checked(
    member: Any, mailbox: Any, clock: Any, now: datetime, left: bool
) -> None:
    outgoing = queued(member, mailbox, now)
    at = now + timedelta(minutes=1)
    next(claims(clock=lambda: at, mailbox=mailbox), None)
    note_crashed(now=at + timedelta(minutes=6))
    later = at + timedelta(minutes=9)
    (say_it_left if left else say_it_did_not)(outgoing=outgoing, now=later)
    outgoing.refresh_from_db()
    assert outgoing.state == ("sent" if left else "failed")
    assert Event.objects.filter(kind=Kind.MESSAGE_SENT).count() == (2 if left else 1)
    assert Outreach.objects.get().in_queue is not left
    with pytest.raises(TooLate):
        say_it_left(outgoing=outgoing, now=later)


def test_a_broken_mailbox_loses_nothing(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    outgoing = queued(member, mailbox, now)
    Mailbox.objects.filter(pk=mailbox.pk).update(smtp_port=1)
    round_at(clock, mailbox, now + timedelta(minutes=1))
    outgoing.refresh_from_db()
    mailbox.refresh_from_db()
    assert (outgoing.state, mailbox.fault) == ("ready", "no_server")
    Mailbox.objects.filter(pk=mailbox.pk).update(smtp_port=server.port)
    assert round_at(clock, mailbox, now + timedelta(hours=1)) == 1


def test_nobody_without_an_address(member: Any, mailbox: Any, now: datetime) -> None:
    with pytest.raises(NoAddress):
        queued(member, mailbox, now, identities=(("linkedin", "exemple-ines"),))


def test_an_answer_comes_back_in_their_thread(
    member: Any, mailbox: Any, server: Post, clock: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    record_answer(outreach=outreach, tone=Tone.POSITIVE, now=now, member=member, text="Oui ?")
    outreach.refresh_from_db()
    night = now.replace(hour=23)
    taken = permit(outreach=outreach, member=member, channel=Channel.EMAIL, text="Merci !", now=night)
    queue(permit=taken, mailbox=mailbox, now=night, at_once=True)
    assert round_at(clock, mailbox, night + timedelta(minutes=1)) == 1, "an answer waits for no window"
