"""What holds of every decision, whatever the history, the settings, the zone and the moment."""

from datetime import datetime, timedelta
from random import Random

from hypothesis import event as note
from hypothesis import given
from hypothesis import strategies as st

from relance.cadence.calendar import Calendar
from relance.cadence.decide import decide
from relance.cadence.decision import Decision
from relance.cadence.history import Event, Outreach
from relance.cadence.instants import in_utc
from relance.cadence.order import retracted_ids
from relance.cadence.windows import is_open, slot_of
from relance.cadence.words import Action, Channel, Code, Kind, ReasonCode, Situation
from tests.cadence.histories import ANSWERS, elsewheres, nows, outreaches

TICK = timedelta(microseconds=1)
CODES = {
    Action.ANSWER: {Code.YOUR_TURN},
    Action.CONTACT: {Code.FIRST_ACTION, Code.DOUBLE_CALL, Code.FOLLOW_UP, Code.WENT_QUIET},
    Action.WAIT: {
        Code.TOO_EARLY,
        Code.NO_FIRST_ACTION,
        Code.INVITATION_PENDING,
        Code.LAST_WORD,
        Code.AWAY,
        Code.SNOOZED,
    },
    Action.STOP: {
        Code.OPTED_OUT,
        Code.CLOSED,
        Code.ANSWERED,
        Code.NO_ANSWER,
        Code.INVITATION_IGNORED,
        Code.UNREACHABLE,
        Code.GONE_COLD,
    },
}
Elsewhere = tuple[Event, ...]


def standing(outreach: Outreach, elsewhere: Elsewhere) -> list[Event]:
    gone = retracted_ids((*outreach.events, *elsewhere))
    return [event for event in outreach.events if event.id not in gone]


def over_time(outreach: Outreach, now: datetime, elsewhere: Elsewhere) -> list[Decision]:
    """The decision at `now` and every one that follows it without a new event."""
    decisions = []
    at: datetime | None = now
    while at is not None:
        decisions.append(decide(outreach, now=at, elsewhere=elsewhere))
        at = decisions[-1].changes_at
        assert len(decisions) < 20
    return decisions


@given(outreaches(), nows, elsewheres)
def test_says_only_what_the_method_knows(outreach: Outreach, now: datetime, elsewhere: Elsewhere) -> None:
    for decision in over_time(outreach, now, elsewhere):
        note(decision.code)
        assert decision.code in CODES[decision.action]
        assert decision.reasons
        assert all(reason.code in set(ReasonCode) for reason in decision.reasons)
        assert (decision.late_at is not None) == (
            decision.action in (Action.ANSWER, Action.CONTACT) and not decision.optional
        )
        assert not (decision.late and decision.optional)
        if decision.action in (Action.ANSWER, Action.CONTACT):
            assert decision.due_at is not None
            assert decision.channel is not None
            assert (decision.step is None) == (decision.code == Code.YOUR_TURN)


@given(outreaches(), nows, elsewheres)
def test_never_more_than_the_hard_cap(outreach: Outreach, now: datetime, elsewhere: Elsewhere) -> None:
    cap = 2 if outreach.situation == Situation.KEEP_IN_TOUCH else 3
    for decision in over_time(outreach, now, elsewhere):
        if decision.code == Code.FOLLOW_UP:
            assert decision.step is not None
            assert 1 <= decision.step <= cap
            assert outreach.situation != Situation.CONVERSATION
        if decision.code == Code.WENT_QUIET:
            assert decision.step in (1, 2)


@given(outreaches(), nows, elsewheres)
def test_never_a_fourth_whatever_is_sent(outreach: Outreach, now: datetime, elsewhere: Elsewhere) -> None:
    """Do at once whatever is proposed, for as long as anything is: it ends."""
    cap = 2 if outreach.situation == Situation.KEEP_IN_TOUCH else 3
    sent = 0
    events = outreach.events
    at: datetime | None = now
    for _ in range(60):
        current = Outreach(
            outreach.situation, events, True, outreach.channels, outreach.follow_ups, timezone="UTC"
        )
        assert at is not None
        decision = decide(current, now=at, elsewhere=elsewhere)
        if decision.action == Action.CONTACT:
            sent += decision.code == Code.FOLLOW_UP
            channel = decision.channel
            if channel == Channel.CALL:
                event = Event(at, Kind.CALL_UNANSWERED, voicemail=True)
            else:
                event = Event(at, Kind.MESSAGE_SENT, channel=channel)
            events = (*events, event)
        at = decision.changes_at if decision.action != Action.CONTACT else at + timedelta(hours=3)
        if at is None:
            break
    assert sent <= cap


@given(outreaches(), nows, elsewheres)
def test_never_a_follow_up_after_an_answer(outreach: Outreach, now: datetime, elsewhere: Elsewhere) -> None:
    events = standing(outreach, elsewhere)
    answers = [event for event in events if event.kind in ANSWERS]
    if outreach.situation == Situation.APPLICATION:
        answers = [event for event in answers if event.kind != Kind.APPLICATION_RECEIVED]
    decisions = over_time(outreach, now, elsewhere)
    if answers:
        assert all(decision.code != Code.FOLLOW_UP for decision in decisions)
        assert all(decision.code != Code.DOUBLE_CALL for decision in decisions)
        assert all(decision.code != Code.NO_ANSWER for decision in decisions)


@given(outreaches(), nows, elsewheres)
def test_nothing_after_an_opt_out_but_their_own_move(
    outreach: Outreach, now: datetime, elsewhere: Elsewhere
) -> None:
    gone = retracted_ids((*outreach.events, *elsewhere))
    everything = [event for event in (*outreach.events, *elsewhere) if event.id not in gone]
    opted_out = [event.at for event in everything if event.kind == Kind.OPT_OUT]
    if not opted_out:
        return
    wrote = [
        event
        for event in standing(outreach, elsewhere)
        if event.kind in (Kind.REPLY, Kind.APPLICATION_RECEIVED) and event.at > max(opted_out)
    ]
    for decision in over_time(outreach, now, elsewhere):
        if decision.action in (Action.ANSWER, Action.CONTACT):
            assert wrote
            assert decision.code in (Code.YOUR_TURN, Code.FIRST_ACTION)
        if not wrote:
            assert decision.code == Code.OPTED_OUT


@given(outreaches(), nows, elsewheres)
def test_due_inside_the_window(outreach: Outreach, now: datetime, elsewhere: Elsewhere) -> None:
    calendar = Calendar.of(outreach.timezone, outreach.region)
    for decision in over_time(outreach, now, elsewhere):
        if decision.due_at is None or decision.channel is None or decision.code == Code.SNOOZED:
            continue
        assert is_open(decision.due_at, decision.channel, calendar)
        if decision.channel == Channel.CALL and decision.code != Code.AWAY:
            assert decision.slot == slot_of(decision.due_at, calendar)
        if decision.action == Action.WAIT:
            assert decision.due_at > now or decision.code == Code.TOO_EARLY


@given(outreaches(), nows, elsewheres)
def test_never_before_the_rest(outreach: Outreach, now: datetime, elsewhere: Elsewhere) -> None:
    gone = retracted_ids((*outreach.events, *elsewhere))
    had = [
        event
        for event in (*outreach.events, *elsewhere)
        if event.id not in gone
        and (
            event.kind in (Kind.MESSAGE_SENT, Kind.CALL_ANSWERED)
            or (event.kind == Kind.CALL_UNANSWERED and event.voicemail)
        )
    ]
    if not had or outreach.situation == Situation.APPLICATION:
        return
    rest = timedelta(hours=24 if outreach.situation == Situation.CV_DATABASE else 48)
    for decision in over_time(outreach, now, elsewhere):
        if decision.code in (Code.FOLLOW_UP, Code.FIRST_ACTION, Code.WENT_QUIET):
            assert decision.due_at is not None
            last = max(event.at for event in had)
            assert decision.due_at >= last + (
                rest if decision.code != Code.WENT_QUIET else timedelta(hours=48)
            )
            inmails = [event.at for event in had if event.channel == Channel.INMAIL]
            if decision.channel == Channel.INMAIL and inmails:
                assert decision.due_at >= max(inmails) + timedelta(hours=72)


@given(outreaches(), nows, elsewheres, st.randoms(use_true_random=False))
def test_the_order_of_events_changes_nothing(
    outreach: Outreach, now: datetime, elsewhere: Elsewhere, random: Random
) -> None:
    events, others = list(outreach.events), list(elsewhere)
    random.shuffle(events)
    random.shuffle(others)
    shuffled = Outreach(
        outreach.situation,
        tuple(events),
        outreach.must_answer,
        outreach.channels,
        outreach.follow_ups,
        outreach.brought_in_at,
        outreach.timezone,
        outreach.region,
    )
    assert decide(outreach, now=now, elsewhere=elsewhere) == decide(shuffled, now=now, elsewhere=others)


@given(outreaches(), nows, elsewheres, st.floats(0, 1, exclude_max=True))
def test_constant_until_it_changes(
    outreach: Outreach, now: datetime, elsewhere: Elsewhere, share: float
) -> None:
    for _ in range(20):
        decision = decide(outreach, now=now, elsewhere=elsewhere)
        ends = decision.changes_at
        if ends is None:
            far = now + timedelta(days=4000 * share)
            assert decide(outreach, now=far, elsewhere=elsewhere) == decision
            return
        assert ends > now
        for at in (min(now + (ends - now) * share, ends - TICK), ends - TICK):
            assert decide(outreach, now=at, elsewhere=elsewhere) == decision
        assert shown(decide(outreach, now=ends, elsewhere=elsewhere)) != shown(decision)
        now = ends
    raise AssertionError("it never settles")


def shown(decision: Decision) -> tuple[object, ...]:
    """What a screen would show change: `changes_at` and the reasons left aside."""
    return (decision.action, decision.code, decision.step, decision.due_at, decision.late, decision.channel)


@given(outreaches(), nows, elsewheres)
def test_an_event_at_a_time_or_all_at_once(outreach: Outreach, now: datetime, elsewhere: Elsewhere) -> None:
    events: tuple[Event, ...] = ()
    decision = None
    for event in sorted(outreach.events, key=lambda each: in_utc(each.at)):
        events = (*events, event)
        step_by_step = Outreach(
            outreach.situation,
            events,
            outreach.must_answer,
            outreach.channels,
            outreach.follow_ups,
            outreach.brought_in_at,
            outreach.timezone,
            outreach.region,
        )
        decision = decide(step_by_step, now=now, elsewhere=elsewhere)
    if decision is not None:
        assert decision == decide(outreach, now=now, elsewhere=elsewhere)
