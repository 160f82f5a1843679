"""The guard, sentence by sentence (METHOD, The guard)."""

from datetime import UTC, datetime, timedelta

import pytest

from relance.cadence.decision import Refusal
from relance.cadence.guard import Ask, Marks, OpenPermit, Standing, judge
from relance.cadence.history import Event
from relance.cadence.words import Channel, Kind, RefusalCode, Situation, Tone

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
ASK = Ask("mine", "me", Channel.EMAIL)


def after(days: float = 0, hours: float = 0) -> datetime:
    return MONDAY + timedelta(days=days, hours=hours)


def mail(days: float = 0, hours: float = 0) -> Event:
    return Event(after(days, hours), Kind.MESSAGE_SENT, channel=Channel.EMAIL)


def reply(tone: Tone, days: float) -> Event:
    return Event(after(days), Kind.REPLY, channel=Channel.EMAIL, tone=tone)


def mine(*events: Event, situation: Situation = Situation.FIRST_MESSAGE) -> Standing:
    return Standing("mine", "me", situation, events)


def theirs(*events: Event, is_open: bool = False, ended_at: datetime | None = None) -> Standing:
    return Standing("theirs", "her", Situation.FIRST_MESSAGE, events, is_open, None, ended_at)


def older(*events: Event, situation: Situation = Situation.FIRST_MESSAGE) -> Standing:
    return Standing("older", "me", situation, events, is_open=False, ended_at=after(5))


def code(refusal: Refusal | None) -> RefusalCode | None:
    return refusal.code if refusal else None


def test_lets_a_first_contact_pass() -> None:
    assert judge(ASK, outreaches=[mine()], now=NOW) is None


def test_an_outreach_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="unknown_outreach"):
        judge(ASK, outreaches=[], now=NOW)


def test_opted_out_anywhere() -> None:
    opt_out = Event(after(1), Kind.OPT_OUT)
    for outreaches in ([mine(opt_out)], [mine(), theirs(opt_out)]):
        assert code(judge(ASK, outreaches=outreaches, now=NOW)) == RefusalCode.OPTED_OUT
    assert code(judge(ASK, outreaches=[mine()], besides=[opt_out], now=NOW)) == RefusalCode.OPTED_OUT


def test_an_answer_to_what_they_wrote_after_opting_out() -> None:
    wrote = mine(mail(), Event(after(1), Kind.OPT_OUT), reply(Tone.UNKNOWN, 10))
    assert judge(ASK, outreaches=[wrote], now=NOW) is None
    applied = mine(Event(after(3), Kind.APPLICATION_RECEIVED), situation=Situation.APPLICATION)
    besides = [Event(after(1), Kind.OPT_OUT)]
    assert judge(ASK, outreaches=[applied], besides=besides, now=NOW) is None
    answered = mine(*wrote.events, mail(11))
    assert code(judge(ASK, outreaches=[answered], now=NOW)) == RefusalCode.OPTED_OUT


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (Marks(private=True), RefusalCode.PRIVATE),
        (Marks(client=True), RefusalCode.CLIENT),
        (Marks(off_limits=True), RefusalCode.OFF_LIMITS),
    ],
)
def test_marks_get_no_permit_even_to_answer(marks: Marks, expected: RefusalCode) -> None:
    wrote = mine(mail(), reply(Tone.POSITIVE, 12))
    assert code(judge(ASK, outreaches=[wrote], marks=marks, now=NOW)) == expected


def test_the_hard_cap() -> None:
    full = mine(mail(), mail(3), mail(6), mail(9))
    assert code(judge(ASK, outreaches=[full], now=NOW)) == RefusalCode.HARD_CAP
    caught_up = mine(mail(), mail(3), situation=Situation.KEEP_IN_TOUCH)
    assert code(judge(ASK, outreaches=[caught_up], now=NOW)) == RefusalCode.HARD_CAP
    talked = mine(mail(), mail(3), mail(6), mail(9), reply(Tone.POSITIVE, 10), mail(11))
    assert judge(ASK, outreaches=[talked], now=NOW) is None


def test_what_joins_a_contact_is_no_new_one() -> None:
    full = mine(mail(), mail(3), mail(6), mail(9))
    assert judge(ASK, outreaches=[full], now=after(9, 1.5)) is None
    assert code(judge(ASK, outreaches=[full], now=after(9, 2.5))) == RefusalCode.HARD_CAP
    called = Event(after(9), Kind.CALL_UNANSWERED)
    sourced = mine(called, situation=Situation.CV_DATABASE)
    before = older(mail(), mail(1), mail(2))
    assert judge(ASK, outreaches=[sourced, before], now=after(9, 20)) is None
    assert code(judge(ASK, outreaches=[sourced, before], now=after(10, 1))) == RefusalCode.TOO_MANY_CONTACTS


def test_four_unanswered_contacts_in_ninety_days() -> None:
    outreaches = [mine(mail(9)), older(mail(), mail(3), mail(6))]
    refusal = judge(ASK, outreaches=outreaches, now=NOW)
    assert refusal is not None
    assert (refusal.code, refusal.frees_at) == (RefusalCode.TOO_MANY_CONTACTS, after(90))
    assert judge(ASK, outreaches=outreaches, now=after(90)) is None
    answered = [mine(mail(9)), older(mail(), mail(3), mail(6), reply(Tone.UNKNOWN, 7))]
    assert judge(ASK, outreaches=answered, now=NOW) is None


def test_only_contacts_after_an_application_count_in_its_outreach() -> None:
    applied = mine(Event(after(10), Kind.APPLICATION_RECEIVED), situation=Situation.APPLICATION)
    silent = older(mail(), mail(3), mail(6), mail(9))
    assert judge(ASK, outreaches=[applied, silent], now=NOW) is None


def test_a_colleague() -> None:
    open_one = theirs(mail(), is_open=True)
    assert code(judge(ASK, outreaches=[mine(), open_one], now=NOW)) == RefusalCode.COLLEAGUE
    assert judge(ASK, outreaches=[mine(), open_one], override=True, now=NOW) is None
    ended = theirs(mail(), ended_at=after(8))
    refusal = judge(ASK, outreaches=[mine(), ended], now=NOW)
    assert refusal is not None
    assert (refusal.code, refusal.frees_at) == (RefusalCode.COLLEAGUE, after(98))
    assert judge(ASK, outreaches=[mine(), ended], now=after(98)) is None
    answered = theirs(mail(), reply(Tone.UNKNOWN, 1), ended_at=after(8))
    assert judge(ASK, outreaches=[mine(), answered], now=NOW) is None
    planned = theirs(Event(after(1), Kind.REASON))
    assert judge(ASK, outreaches=[mine(), planned], now=NOW) is None


def test_a_colleague_refuses_nothing_to_an_applicant_nor_to_an_answer() -> None:
    open_one = theirs(mail(), is_open=True)
    applied = mine(Event(after(10), Kind.APPLICATION_RECEIVED), situation=Situation.APPLICATION)
    assert judge(ASK, outreaches=[applied, open_one], now=NOW) is None
    wrote = mine(mail(), reply(Tone.UNKNOWN, 12))
    assert judge(ASK, outreaches=[wrote, open_one], now=NOW) is None


def test_a_colleague_s_outreach_is_not_mine_to_go_on_with() -> None:
    assert code(judge(Ask("theirs", "me", Channel.EMAIL), outreaches=[theirs(is_open=True)], now=NOW))


def test_rest_after_this_one() -> None:
    said_no = older(mail(), reply(Tone.NOT_THIS_ONE, 1))
    refusal = judge(ASK, outreaches=[mine(), said_no], now=NOW)
    assert refusal is not None
    assert (refusal.code, refusal.frees_at) == (RefusalCode.RESTING, after(31))
    assert judge(ASK, outreaches=[mine(), said_no], now=after(31)) is None


@pytest.mark.parametrize("no", [reply(Tone.NEGATIVE, 1), Event(after(1), Kind.INMAIL_DECLINED)])
def test_rest_of_who_does_not_look(no: Event) -> None:
    outreaches = [mine(), older(mail(), no)]
    refusal = judge(ASK, outreaches=outreaches, now=NOW)
    assert refusal is not None
    assert (refusal.code, refusal.frees_at) == (RefusalCode.RESTING, None)
    assert code(judge(ASK, outreaches=outreaches, now=after(181))) == RefusalCode.KEEP_IN_TOUCH_ONLY
    catch_up = [mine(situation=Situation.KEEP_IN_TOUCH), older(mail(), no)]
    refusal = judge(ASK, outreaches=catch_up, now=NOW)
    assert refusal is not None
    assert (refusal.code, refusal.frees_at) == (RefusalCode.RESTING, after(181))
    assert judge(ASK, outreaches=catch_up, now=after(181)) is None


def test_who_comes_back_on_a_no() -> None:
    back = older(mail(), reply(Tone.NOT_LOOKING, 1), reply(Tone.LATER, 3))
    assert judge(ASK, outreaches=[mine(), back], now=NOW) is None
    thanks = older(mail(), reply(Tone.NOT_LOOKING, 1), reply(Tone.UNKNOWN, 3))
    assert code(judge(ASK, outreaches=[mine(), thanks], now=NOW)) == RefusalCode.RESTING


def test_the_open_permit() -> None:
    opened = OpenPermit("theirs", "her", after(0))
    refusal = judge(ASK, outreaches=[mine()], open_permit=opened, now=after(0, 1))
    evening = MONDAY.replace(hour=16, minute=30)
    assert refusal is not None
    assert (refusal.code, refusal.frees_at) == (RefusalCode.PERMIT_OPEN, evening)
    assert judge(ASK, outreaches=[mine()], open_permit=opened, now=evening) is None
    own = OpenPermit("mine", "me", after(0))
    refusal = judge(ASK, outreaches=[mine(mail(), reply(Tone.POSITIVE, 1))], open_permit=own, now=NOW)
    assert refusal is not None
    assert (refusal.code, refusal.frees_at) == (RefusalCode.PERMIT_OPEN, None)


def test_the_same_text_but_not_to_answer() -> None:
    text = "Bonjour Ana,\nVotre travail sur le noyau temps réel m'a frappée, parlons-en ?\nCordialement,\nH."
    ask = Ask("mine", "me", Channel.EMAIL, text)
    again = text.replace("Bonjour Ana", "Bonsoir")
    assert code(judge(ask, outreaches=[mine(mail())], sent_texts=[again], now=NOW)) == RefusalCode.SAME_TEXT
    assert judge(ASK, outreaches=[mine(mail())], sent_texts=[again], now=NOW) is None
    wrote = mine(mail(), reply(Tone.POSITIVE, 12))
    assert judge(ask, outreaches=[wrote], sent_texts=[again], now=NOW) is None
