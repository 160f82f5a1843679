"""Rules that the golden cases leave aside, one after another (METHOD, Rules of the decision)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from relance.cadence.decide import decide
from relance.cadence.decision import Decision, Reason
from relance.cadence.history import Event, Outreach
from relance.cadence.words import Action, Channel, Code, Kind, Occasion, ReasonCode, Situation, Slot, Tone

PARIS = ZoneInfo("Europe/Paris")
THIRTY_DAYS_LATER = datetime(2026, 4, 2, 9, tzinfo=UTC)
EVERY_CHANNEL = (Channel.EMAIL, Channel.LINKEDIN, Channel.SMS, Channel.CALL)


def at(day: int, hour: int = 10, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def mail(day: int, hour: int = 10) -> Event:
    return Event(at(day, hour), Kind.MESSAGE_SENT, channel=Channel.EMAIL)


def call(day: int, hour: int = 10, minute: int = 0, *, voicemail: bool = False) -> Event:
    return Event(at(day, hour, minute), Kind.CALL_UNANSWERED, voicemail=voicemail)


def reply(when: datetime, tone: Tone = Tone.POSITIVE, channel: Channel | None = None) -> Event:
    return Event(when, Kind.REPLY, channel=channel, tone=tone)


def decided(
    situation: Situation,
    *events: Event,
    now: datetime,
    channels: tuple[Channel, ...] = EVERY_CHANNEL,
    elsewhere: tuple[Event, ...] = (),
) -> Decision:
    outreach = Outreach(situation, events, must_answer=True, channels=channels)
    return decide(outreach, now=now, elsewhere=elsewhere)


def reason(decision: Decision, code: ReasonCode) -> Reason:
    return next(each for each in decision.reasons if each.code == code)


def test_a_first_follow_up_explains_itself() -> None:
    decision = decided(Situation.FIRST_MESSAGE, mail(2), now=at(4, 14))
    last = reason(decision, ReasonCode.LAST_CONTACT)
    assert last.values == {"at": at(2), "channel": "email", "number": 0, "events": 1}
    assert reason(decision, ReasonCode.FOLLOW_UPS).values == {"sent": 0, "planned": 2, "cap": 3}
    assert reason(decision, ReasonCode.SILENT_SINCE).values == {"at": at(2)}
    assert reason(decision, ReasonCode.MUST_ANSWER).values == {}
    assert [each.code for each in decision.reasons].count(ReasonCode.CHOICE) == 0


def test_an_acceptance_explains_itself() -> None:
    invited, accepted = Event(at(2), Kind.INVITATION_SENT), Event(at(3), Kind.INVITATION_ACCEPTED)
    decision = decided(Situation.LINKEDIN_INVITATION, invited, accepted, now=at(3, 11))
    values = reason(decision, ReasonCode.INVITATION_ACCEPTED).values
    assert values == {"at": at(3), "note": False, "written_since": False}
    assert decision.channel == Channel.LINKEDIN
    assert decision.late_at == at(5)


def test_a_colleague_s_message_is_a_reason() -> None:
    there = (Event(at(3, 20), Kind.MESSAGE_SENT, channel=Channel.LINKEDIN),)
    decision = decided(Situation.FIRST_MESSAGE, mail(2), now=at(5), elsewhere=there)
    values = reason(decision, ReasonCode.CONTACTED_BY_COLLEAGUE).values
    assert values == {"at": at(3, 20), "channel": "linkedin", "until": at(5, 20)}
    assert reason(decision, ReasonCode.OUT_OF_WINDOW).values == {"at": at(5, 20)}


def test_an_absence_and_a_soft_bounce_are_reasons() -> None:
    away = Event(at(2, 11), Kind.AUTO_REPLY, returns_on=date(2026, 3, 9))
    soft = Event(at(2, 12), Kind.BOUNCE, channel=Channel.EMAIL)
    decision = decided(Situation.FIRST_MESSAGE, mail(2), away, soft, now=at(4))
    assert reason(decision, ReasonCode.AWAY).values["returns_on"] == date(2026, 3, 9)
    assert reason(decision, ReasonCode.SOFT_BOUNCE).values == {"channel": "email", "at": at(2, 12)}
    assert decision.channel == Channel.EMAIL


def test_an_absence_without_a_date() -> None:
    away = Event(at(2, 20), Kind.AUTO_REPLY)
    decision = decided(Situation.FIRST_MESSAGE, mail(2), away, now=at(4))
    assert (decision.code, decision.due_at) == (Code.AWAY, at(10, 8, 30))


def test_a_withdrawn_invitation_is_ignored_from_then() -> None:
    invited, withdrawn = Event(at(2), Kind.INVITATION_SENT), Event(at(5), Kind.INVITATION_WITHDRAWN)
    decision = decided(Situation.LINKEDIN_INVITATION, invited, withdrawn, now=at(4))
    assert (decision.code, decision.changes_at) == (Code.INVITATION_PENDING, at(5))
    decision = decided(Situation.LINKEDIN_INVITATION, invited, withdrawn, now=at(5))
    assert (decision.code, decision.step, decision.channel) == (Code.FOLLOW_UP, 1, Channel.EMAIL)
    alone = decided(
        Situation.LINKEDIN_INVITATION, invited, withdrawn, now=at(5), channels=(Channel.LINKEDIN,)
    )
    assert (alone.action, alone.code) == (Action.STOP, Code.INVITATION_IGNORED)


def test_the_double_ends_after_a_day() -> None:
    decision = decided(Situation.CV_DATABASE, call(2), now=at(2, 11))
    assert (decision.code, decision.changes_at) == (Code.DOUBLE_CALL, at(3))
    decision = decided(Situation.CV_DATABASE, call(2), now=at(3))
    assert (decision.code, decision.step, decision.channel) == (Code.FOLLOW_UP, 1, Channel.SMS)


def test_a_call_too_late_on_friday_cannot_be_doubled() -> None:
    decision = decided(Situation.CV_DATABASE, call(6, 19, 10), now=at(6, 19, 15))
    assert (decision.code, decision.step, decision.due_at) == (Code.TOO_EARLY, 1, at(9, 9))


def test_a_linkedin_message_in_the_burst_leaves_nothing_to_double() -> None:
    written = Event(at(2, 11), Kind.MESSAGE_SENT, channel=Channel.LINKEDIN)
    decision = decided(Situation.CV_DATABASE, call(2), written, now=at(2, 12))
    assert (decision.code, decision.step) == (Code.TOO_EARLY, 1)


def test_an_attempt_is_no_contact() -> None:
    decision = decided(Situation.FIRST_MESSAGE, mail(2), call(4), now=at(4, 11))
    assert (decision.code, decision.step, decision.due_at) == (Code.FOLLOW_UP, 1, at(4))
    only_call = decided(Situation.FIRST_MESSAGE, mail(2), call(4), now=at(4, 11), channels=(Channel.CALL,))
    assert (only_call.code, only_call.due_at, only_call.slot) == (Code.TOO_EARLY, at(4, 12), Slot.LUNCH)
    assert reason(only_call, ReasonCode.ATTEMPTS).values["count"] == 1


def test_one_attempt_per_slot_and_three_in_two_days() -> None:
    arrived = Event(at(2, 9), Kind.APPLICATION_RECEIVED)
    attempts = [call(2, 10), call(2, 12, 30), call(2, 15)]
    decision = decided(Situation.APPLICATION, arrived, *attempts, now=at(2, 16), channels=(Channel.CALL,))
    assert (decision.code, decision.step, decision.due_at) == (Code.TOO_EARLY, 0, at(4, 12))
    decision = decided(Situation.APPLICATION, arrived, *attempts, now=at(4, 12), channels=(Channel.CALL,))
    assert (decision.code, decision.late_at, decision.late) == (Code.FIRST_ACTION, at(2, 13), True)


def test_another_slot_than_the_one_that_failed() -> None:
    decision = decided(Situation.CV_DATABASE, call(2, 12, 30), now=at(3, 12), channels=(Channel.CALL,))
    assert (decision.slot, decision.due_at) == (Slot.EVENING, at(3, 17, 30))


def test_a_message_opens_a_closed_outreach_again() -> None:
    closed = Event(at(3), Kind.CLOSED)
    assert decided(Situation.FIRST_MESSAGE, mail(2), closed, now=at(4)).code == Code.CLOSED
    for when in (at(3), at(4)):
        decision = decided(Situation.FIRST_MESSAGE, mail(2), closed, reply(when), now=at(5))
        assert decision.code == Code.YOUR_TURN


def test_your_turn_ends_after_thirty_days() -> None:
    decision = decided(Situation.FIRST_MESSAGE, mail(2), reply(at(3)), now=at(20))
    assert decision.changes_at == THIRTY_DAYS_LATER
    over = decided(Situation.FIRST_MESSAGE, mail(2), reply(at(3)), now=THIRTY_DAYS_LATER)
    assert (over.code, over.changes_at) == (Code.ANSWERED, None)


def test_an_answer_on_a_dead_channel_goes_to_another() -> None:
    dead = Event(at(3, 11), Kind.BOUNCE, channel=Channel.EMAIL, hard=True)
    decision = decided(Situation.FIRST_MESSAGE, mail(2), reply(at(3)), dead, now=at(3, 12))
    assert (decision.code, decision.channel) == (Code.YOUR_TURN, Channel.LINKEDIN)
    nowhere = decided(
        Situation.FIRST_MESSAGE, mail(2), reply(at(3)), dead, now=at(3, 12), channels=(Channel.EMAIL,)
    )
    assert (nowhere.code, nowhere.changes_at) == (Code.UNREACHABLE, THIRTY_DAYS_LATER)


def test_a_no_at_the_instant_of_a_yes_comes_after_it() -> None:
    decision = decided(Situation.FIRST_MESSAGE, mail(2), reply(at(3), Tone.NEGATIVE), reply(at(3)), now=at(4))
    assert decision.code == Code.ANSWERED


def test_a_retraction_taken_back() -> None:
    said = Event(at(3), Kind.REPLY, id="a", tone=Tone.NEGATIVE)
    taken = Event(at(3, 11), Kind.RETRACTED, id="b", of="a")
    back = Event(at(3, 12), Kind.RETRACTED, of="b")
    assert decided(Situation.FIRST_MESSAGE, mail(2), said, taken, now=at(4)).code == Code.FOLLOW_UP
    assert decided(Situation.FIRST_MESSAGE, mail(2), said, taken, back, now=at(4)).code == Code.ANSWERED


def test_an_application_withdraws_an_opt_out_for_itself() -> None:
    there = (Event(at(1), Kind.OPT_OUT),)
    arrived = Event(at(2), Kind.APPLICATION_RECEIVED)
    decision = decided(Situation.APPLICATION, arrived, now=at(2, 11), elsewhere=there)
    assert decision.code == Code.FIRST_ACTION
    waiting = Event(at(7), Kind.APPLICATION_RECEIVED)
    decision = decided(Situation.APPLICATION, waiting, now=at(7, 11), elsewhere=there)
    assert (decision.code, decision.step) == (Code.TOO_EARLY, 0)
    decision = decided(Situation.APPLICATION, arrived, mail(2, 11), now=at(2, 12), elsewhere=there)
    assert decision.code == Code.OPTED_OUT


def test_an_application_elsewhere_than_in_applications_is_an_answer() -> None:
    applied = Event(at(3), Kind.APPLICATION_RECEIVED)
    assert decided(Situation.FIRST_MESSAGE, mail(2), applied, now=at(3)).code == Code.YOUR_TURN
    again = decided(
        Situation.APPLICATION, Event(at(1), Kind.APPLICATION_RECEIVED), mail(2), applied, now=at(3)
    )
    assert again.code == Code.YOUR_TURN


def test_a_catch_up_needs_its_reason() -> None:
    assert decided(Situation.KEEP_IN_TOUCH, mail(2), now=at(20)).code == Code.NO_FIRST_ACTION
    why = Event(at(2), Kind.REASON, what=Occasion.JOB_CHANGE)
    decision = decided(Situation.KEEP_IN_TOUCH, why, mail(5), now=at(6))
    assert (decision.code, decision.due_at) == (Code.LAST_WORD, at(19))


def test_the_first_hour_that_comes_twice() -> None:
    """Two instants of one wall clock, an hour apart, as the clocks go back."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
    second = first.replace(fold=1)
    events = (
        Event(first, Kind.MESSAGE_SENT, channel=Channel.EMAIL),
        Event(second, Kind.REPLY, tone=Tone.POSITIVE),
    )
    decision = decided(Situation.FIRST_MESSAGE, *reversed(events), now=datetime(2026, 10, 26, 9, tzinfo=UTC))
    assert decision.code == Code.YOUR_TURN
