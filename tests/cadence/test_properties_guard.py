"""What holds of the guard, whatever was recorded and whoever asks."""

from datetime import datetime, timedelta

from hypothesis import assume, given
from hypothesis import event as note
from hypothesis import strategies as st

from relance.cadence.cadences import CADENCES
from relance.cadence.fold import read
from relance.cadence.guard import Ask, OpenPermit, Standing, judge
from relance.cadence.history import Event
from relance.cadence.words import Channel, Kind, RefusalCode, Situation
from tests.cadence.histories import FROM, events, instants, kinds, nows, quiet_kinds

TICK = timedelta(microseconds=1)
RECRUITERS = ("me", "her")


@st.composite
def standings(draw: st.DrawFn) -> list[Standing]:
    number = draw(st.integers(1, 3))
    return [
        Standing(
            outreach_id=str(index),
            recruiter_id=draw(st.sampled_from(RECRUITERS)),
            situation=draw(st.sampled_from(list(Situation))),
            events=tuple(draw(st.lists(events(draw(st.sampled_from([kinds, quiet_kinds]))), max_size=5))),
            is_open=draw(st.booleans()) if index else True,
            ended_at=draw(instants) if index else None,
        )
        for index in range(number)
    ]


asks = st.builds(Ask, st.just("0"), st.sampled_from(RECRUITERS), st.sampled_from(list(Channel)))
permits = st.none() | st.builds(OpenPermit, st.just("0"), st.sampled_from(RECRUITERS), instants)


@given(standings(), asks, permits, st.integers(0, 200 * 24 * 60))
def test_frees_at_is_true(
    outreaches: list[Standing], ask: Ask, permit: OpenPermit | None, minutes: int
) -> None:
    recorded = [event.at for each in outreaches for event in each.events]
    now = max(recorded, default=FROM) + timedelta(minutes=minutes)
    refusal = judge(ask, outreaches=outreaches, open_permit=permit, now=now)
    assume(refusal is not None)
    assert refusal is not None
    note(refusal.code)
    frees_at = refusal.frees_at
    if frees_at is None:
        return
    assert frees_at > now
    assert judge(ask, outreaches=outreaches, open_permit=permit, now=frees_at - TICK) is not None
    then = judge(ask, outreaches=outreaches, open_permit=permit, now=frees_at)
    assert then is None or then.code != refusal.code


@given(standings(), asks, nows)
def test_an_override_lifts_the_colleague_alone(outreaches: list[Standing], ask: Ask, now: datetime) -> None:
    plain = judge(ask, outreaches=outreaches, now=now)
    lifted = judge(ask, outreaches=outreaches, now=now, override=True)
    assert lifted is None or lifted.code != RefusalCode.COLLEAGUE
    if plain is None or plain.code != RefusalCode.COLLEAGUE:
        assert lifted == plain


@given(
    st.lists(st.integers(0, 40 * 24), min_size=1, max_size=30),
    st.lists(st.integers(0, 2), min_size=30, max_size=30),
    st.sampled_from([situation for situation in Situation if situation != Situation.CONVERSATION]),
)
def test_never_a_fifth_unanswered_contact_in_ninety_days(
    gaps: list[int], choices: list[int], situation: Situation
) -> None:
    histories: dict[str, list[Event]] = {str(number): [] for number in range(3)}
    sent: list[datetime] = []
    now = FROM
    for gap, choice in zip(gaps, choices, strict=False):
        now += timedelta(hours=gap)
        outreaches = [Standing(name, "me", situation, tuple(history)) for name, history in histories.items()]
        if judge(Ask(str(choice), "me", Channel.EMAIL), outreaches=outreaches, now=now) is None:
            histories[str(choice)].append(Event(now, Kind.MESSAGE_SENT, channel=Channel.EMAIL))
            sent.append(now)
    for last in sent:
        starts: list[datetime] = []
        for at in sorted(at for at in sent if last - timedelta(days=90) < at <= last):
            if not starts or at - starts[-1] > timedelta(hours=2):
                starts.append(at)
        assert len(starts) <= 4
    for history in histories.values():
        assert read(situation, history).follow_ups_sent <= CADENCES[situation].cap


@given(standings(), asks, nows)
def test_the_hard_cap_holds_whatever_the_settings(
    outreaches: list[Standing], ask: Ask, now: datetime
) -> None:
    if judge(ask, outreaches=outreaches, now=now, override=True) is not None:
        return
    asked = outreaches[0]
    others = [event for each in outreaches[1:] for event in each.events]
    sent = Event(now, Kind.MESSAGE_SENT, channel=Channel.EMAIL)
    before = read(asked.situation, asked.events, others)
    after = read(asked.situation, (*asked.events, sent), others)
    cap = CADENCES[asked.situation].cap
    if cap and before.answer is None and after.answer is None:
        assert after.follow_ups_sent <= max(cap, before.follow_ups_sent)
