"""A history brought in, read into outreaches (METHOD, last section)."""

from datetime import UTC, datetime, timedelta
from random import Random

from relance.cadence.decide import decide
from relance.cadence.history import Event, Outreach
from relance.cadence.past import read_past
from relance.cadence.words import Channel, Code, Kind, Situation, Tone

START = datetime(2025, 1, 6, 9, tzinfo=UTC)


def event(kind: Kind, days: float) -> Event:
    channel = Channel.LINKEDIN if kind in (Kind.MESSAGE_SENT, Kind.REPLY) else None
    return Event(START + timedelta(days=days), kind, channel=channel)


def situations(*events: Event) -> list[Situation]:
    return [past.situation for past in read_past(events)]


def test_nothing_in_the_ninety_days_before_opens_a_new_one() -> None:
    events = [event(Kind.MESSAGE_SENT, day) for day in (0, 90, 181)]
    Random(1).shuffle(events)
    first, second = read_past(events)
    assert [len(first.events), len(second.events)] == [2, 1]
    assert first.elsewhere == ()
    assert second.elsewhere == first.events


def test_what_opens_which_situation() -> None:
    assert situations(event(Kind.MESSAGE_SENT, 0)) == [Situation.FIRST_MESSAGE]
    assert situations(event(Kind.INVITATION_SENT, 0)) == [Situation.LINKEDIN_INVITATION]
    assert situations(event(Kind.CALL_UNANSWERED, 0)) == [Situation.CV_DATABASE]
    assert situations(event(Kind.APPLICATION_RECEIVED, 0)) == [Situation.APPLICATION]
    assert situations(event(Kind.REPLY, 0)) == [Situation.CONVERSATION]
    assert situations() == []


def test_what_the_candidate_began_goes_on_as_a_conversation() -> None:
    past = read_past([event(Kind.REPLY, 0), event(Kind.MESSAGE_SENT, 1), event(Kind.MESSAGE_SENT, 200)])
    assert [each.situation for each in past] == [Situation.CONVERSATION, Situation.FIRST_MESSAGE]
    told = Outreach(past[0].situation, past[0].events, channels=(Channel.LINKEDIN,))
    assert decide(told, now=START + timedelta(days=8)).code == Code.WENT_QUIET
    began_nothing = Outreach(Situation.CONVERSATION, (event(Kind.MESSAGE_SENT, 0),))
    assert decide(began_nothing, now=START).code == Code.ANSWERED


def test_an_answer_joins_the_outreach_it_answers_however_late() -> None:
    past = read_past([event(Kind.MESSAGE_SENT, 0), event(Kind.REPLY, 300), event(Kind.MESSAGE_SENT, 301)])
    assert [len(each.events) for each in past] == [3]


def test_an_acceptance_known_by_its_date_is_never_before_its_invitation() -> None:
    invited = Event(START.replace(hour=15), Kind.INVITATION_SENT)
    accepted = Event(START.replace(hour=12), Kind.INVITATION_ACCEPTED)
    (past,) = read_past([accepted, invited])
    assert [each.kind for each in past.events] == [Kind.INVITATION_SENT, Kind.INVITATION_ACCEPTED]
    assert past.events[1].at == invited.at
    assert past.situation == Situation.LINKEDIN_INVITATION


def test_a_bare_acceptance_is_no_outreach() -> None:
    assert read_past([event(Kind.INVITATION_ACCEPTED, 0)]) == ()
    met_then_written_to = [event(Kind.INVITATION_ACCEPTED, 0), event(Kind.MESSAGE_SENT, 400)]
    assert situations(*met_then_written_to) == [Situation.FIRST_MESSAGE]


def test_an_opt_out_is_never_lost() -> None:
    (past,) = read_past([event(Kind.OPT_OUT, 0)])
    assert past.situation == Situation.CONVERSATION


def test_every_event_is_in_one_outreach() -> None:
    random = Random(3)
    kinds = [kind for kind in Kind if kind != Kind.RETRACTED]
    for _ in range(200):
        events = [event(random.choice(kinds), random.randrange(900)) for _ in range(8)]
        events.append(event(Kind.MESSAGE_SENT, 0))
        kept = [each for past in read_past(events) for each in past.events]
        assert sorted(map(repr, kept)) == sorted(map(repr, events))


def test_a_yes_is_still_answered_after_the_past_was_brought_in() -> None:
    said = Event(START + timedelta(days=1), Kind.REPLY, channel=Channel.LINKEDIN, tone=Tone.POSITIVE)
    (past,) = read_past([event(Kind.MESSAGE_SENT, 0), said])
    told = Outreach(past.situation, past.events, channels=(Channel.LINKEDIN,))
    assert decide(told, now=START + timedelta(days=2)).code == Code.YOUR_TURN
