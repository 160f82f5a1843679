"""What silence comes to, played forward by the method."""

from datetime import UTC, datetime

from relance.cadence.decide import decide
from relance.cadence.foreseen import foresee
from relance.cadence.history import Event, Outreach
from relance.cadence.words import Channel, Code, Kind, Situation, Tone

SENT = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


def outreach(*events: Event) -> Outreach:
    return Outreach(Situation.FIRST_MESSAGE, events, must_answer=True, channels=(Channel.EMAIL,))


def test_two_follow_ups_then_the_last_word() -> None:
    first = outreach(Event(SENT, Kind.MESSAGE_SENT, channel=Channel.EMAIL))
    foreseen = foresee(first, now=SENT)
    assert foreseen.steps == (
        (1, datetime(2026, 3, 12, 8, 30, tzinfo=UTC)),
        (2, datetime(2026, 3, 18, 8, 30, tzinfo=UTC)),
    )
    assert foreseen.ends_at == datetime(2026, 4, 1, 7, 30, tzinfo=UTC), "10 working days, summer time between"
    sent = [Event(at, Kind.MESSAGE_SENT, channel=Channel.EMAIL) for _step, at in foreseen.steps]
    done = outreach(*first.events, *sent)
    assert decide(done, now=foreseen.ends_at).code is Code.NO_ANSWER


def test_what_is_over_ends_now_and_an_answer_owed_is_somebodys_gesture() -> None:
    closed = outreach(Event(SENT, Kind.MESSAGE_SENT, channel=Channel.EMAIL), Event(SENT, Kind.CLOSED))
    assert foresee(closed, now=SENT).ends_at == SENT
    reply = Event(SENT, Kind.REPLY, channel=Channel.EMAIL, tone=Tone.POSITIVE)
    assert foresee(outreach(reply), now=SENT).ends_at is None
