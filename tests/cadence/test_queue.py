"""The meter of an outreach, and its place in the queue (METHOD, Words and Priority)."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from relance.cadence.decision import Decision
from relance.cadence.history import Event, Outreach
from relance.cadence.meter import meter
from relance.cadence.priority import rank, sheltered
from relance.cadence.words import Action, Channel, Code, Kind, Situation

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def sent(hours: float, channel: Channel = Channel.EMAIL) -> Event:
    return Event(AT + timedelta(hours=hours), Kind.MESSAGE_SENT, channel=channel)


def test_a_burst_counts_once() -> None:
    call = Event(AT, Kind.CALL_UNANSWERED, voicemail=True)
    told = meter(Outreach(Situation.CV_DATABASE, (sent(30), sent(5), sent(6, Channel.SMS), call)))
    assert (told.contacts_made, told.follow_ups_sent, told.planned, told.cap) == (2, 1, 2, 3)
    assert told.contacts[0].channels == (Channel.CALL, Channel.EMAIL, Channel.SMS)
    assert told.contacts[0].end == AT + timedelta(hours=6)
    assert not told.answered


def test_nothing_yet() -> None:
    told = meter(Outreach(Situation.FIRST_MESSAGE, ()))
    assert (told.contacts_made, told.follow_ups_sent, told.contacts) == (0, 0, ())


def test_a_note_leaves_room_for_two() -> None:
    invited = Event(AT, Kind.INVITATION_SENT, note=True)
    assert meter(Outreach(Situation.LINKEDIN_INVITATION, (invited,))).planned == 2
    assert meter(Outreach(Situation.LINKEDIN_INVITATION, (invited,), follow_ups=9)).planned == 3
    assert meter(Outreach(Situation.FIRST_MESSAGE, (sent(0),), follow_ups=0)).planned == 1


def test_what_follows_an_answer_is_no_follow_up() -> None:
    answer = Event(AT + timedelta(hours=50), Kind.CALL_ANSWERED)
    told = meter(Outreach(Situation.FIRST_MESSAGE, (sent(0), sent(48), answer, sent(60), sent(90))))
    assert (told.contacts_made, told.follow_ups_sent, told.answered) == (4, 1, True)


def test_in_a_catch_up_every_contact_is_a_follow_up() -> None:
    assert meter(Outreach(Situation.KEEP_IN_TOUCH, (sent(0),))).follow_ups_sent == 1


def test_the_order_of_the_queue() -> None:
    your_turn = Decision(Action.ANSWER, Code.YOUR_TURN)
    late = Decision(Action.CONTACT, Code.FOLLOW_UP, late=True)
    due = Decision(Action.CONTACT, Code.FOLLOW_UP)
    quiet = Decision(Action.CONTACT, Code.WENT_QUIET)
    optional = Decision(Action.CONTACT, Code.FIRST_ACTION, optional=True)
    wait = Decision(Action.WAIT, Code.TOO_EARLY)
    in_order = [
        rank(your_turn, situation=Situation.FIRST_MESSAGE, must_answer=True),
        rank(your_turn, situation=Situation.APPLICATION, must_answer=False),
        rank(late, situation=Situation.KEEP_IN_TOUCH, must_answer=True),
        rank(due, situation=Situation.APPLICATION, must_answer=True),
        rank(due, situation=Situation.LINKEDIN_INVITATION, must_answer=True),
        rank(quiet, situation=Situation.FIRST_MESSAGE, must_answer=True),
        rank(due, situation=Situation.CV_DATABASE, must_answer=True),
        rank(due, situation=Situation.FIRST_MESSAGE, must_answer=True),
        rank(due, situation=Situation.KEEP_IN_TOUCH, must_answer=True),
        rank(late, situation=Situation.CV_DATABASE, must_answer=False),
        rank(optional, situation=Situation.APPLICATION, must_answer=False),
        rank(wait, situation=Situation.APPLICATION, must_answer=True),
    ]
    assert all(one < other for one, other in pairwise(in_order))


def test_what_never_falls_below_the_cut() -> None:
    your_turn = Decision(Action.ANSWER, Code.YOUR_TURN)
    due = Decision(Action.CONTACT, Code.FOLLOW_UP)
    assert sheltered(your_turn, situation=Situation.FIRST_MESSAGE, must_answer=False)
    assert sheltered(due, situation=Situation.APPLICATION, must_answer=True)
    assert not sheltered(due, situation=Situation.APPLICATION, must_answer=False)
    assert not sheltered(due, situation=Situation.CV_DATABASE, must_answer=True)
