"""The guard: may this contact be made, as far as the whole organisation is concerned? (METHOD)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from relance.cadence.cadences import CADENCES, YOUR_TURN_ENDS
from relance.cadence.calendar import Calendar
from relance.cadence.counting import unanswered_contacts
from relance.cadence.decision import Refusal, Value
from relance.cadence.fold import read
from relance.cadence.history import Event
from relance.cadence.instants import days, in_utc
from relance.cadence.resting import rest_after_a_no
from relance.cadence.story import Story, leads_to_their_own_move
from relance.cadence.texts import own_words, similarity, similarity_of_words
from relance.cadence.windows import slot_opening
from relance.cadence.words import Channel, Kind, RefusalCode, Situation, Slot

__all__ = ["Ask", "Marks", "OpenPermit", "Standing", "is_answer", "judge", "similarity", "taken_over_from"]

MOST_UNANSWERED = 4
UNANSWERED_SPAN = days(90)
AFTER_A_COLLEAGUE = days(90)
SAME_TEXT_FROM = 0.9
JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Ask:
    """A contact somebody wants to make. Without `text`, whether one could be made at all."""

    outreach_id: str
    recruiter_id: str
    channel: Channel
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One outreach of the candidate, whoever's it is; `ended_at` is aware, None while it is open.

    A planned `keep_in_touch` is neither open nor ended.
    """

    outreach_id: str
    recruiter_id: str
    situation: Situation
    events: tuple[Event, ...] = ()
    is_open: bool = True
    follow_ups: int | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What the organisation said of the candidate or their company: such people get no permit.

    `off_limits_until` is aware: when time alone lifts that last mark (None: it does not).
    """

    private: bool = False
    client: bool = False
    off_limits: bool = False
    off_limits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenPermit:
    """The permit that is out for the candidate; `opened_at` is aware."""

    outreach_id: str
    recruiter_id: str
    opened_at: datetime


def judge(
    ask: Ask,
    *,
    outreaches: Sequence[Standing],
    now: datetime,
    besides: Sequence[Event] = (),
    marks: Marks = Marks(),
    open_permit: OpenPermit | None = None,
    sent_texts: Sequence[str] = (),
    override: bool = False,
    timezone: str = "Europe/Paris",
    region: str = "FR",
) -> Refusal | None:
    """The first reason to refuse a contact, or None: it may be made. METHOD, The guard.

    `outreaches` are all those of the candidate in the organisation, the asked one included;
    `besides` are facts of no outreach, such as the suppression list's opt-outs; `override` is the
    manager's logged leave, which lifts `colleague` alone. `frees_at` (UTC) is when time alone lifts
    that refusal; another may stand behind it. ValueError with a code: `unknown_outreach`,
    `naive_datetime`, `unknown_timezone`, `unknown_region`.
    """
    now = in_utc(now)
    stories = _stories(outreaches, besides)
    asked = next((each for each in outreaches if each.outreach_id == ask.outreach_id), None)
    if asked is None:
        raise ValueError("unknown_outreach", ask.outreach_id)
    story = stories[asked.outreach_id]
    barred = _opted_out(story) or _marked(marks)
    if barred is not None:
        return barred
    if open_permit is not None:
        held = _permit_open(ask, open_permit, now, Calendar.of(timezone, region))
        if held is not None:
            return held
    if is_answer(story, now):
        return None
    return (
        _too_many(ask, asked, outreaches, besides, stories, now)
        or (None if override or story.applied_at else _colleague(ask, outreaches, stories, now))
        or (None if story.applied_at else rest_after_a_no(asked.situation, stories.values(), now))
        or _same_text(ask, sent_texts)
    )


def is_answer(story: Story, now: datetime) -> bool:
    """Whether to write now is to answer what the person wrote last (`your_turn`), by day or night."""
    answer = story.answer
    if answer is None or not leads_to_their_own_move(story) or _is_closed(story):
        return False
    handled = story.handled_at is not None and story.handled_at >= answer.at
    return not handled and now < answer.at + YOUR_TURN_ENDS


def taken_over_from(opened_at: datetime, calendar: Calendar) -> datetime:
    """From when a colleague may take over an open permit: the next evening slot, in UTC."""
    return slot_opening(in_utc(opened_at) + JUST_AFTER, calendar, frozenset({Slot.EVENING}))


def _stories(outreaches: Sequence[Standing], besides: Sequence[Event]) -> dict[str, Story]:
    stories = {}
    for each in outreaches:
        others = [event for other in outreaches if other is not each for event in other.events]
        stories[each.outreach_id] = read(each.situation, each.events, (*others, *besides))
    return stories


def _is_closed(story: Story) -> bool:
    closed_at, wrote_at = story.closed_at, story.wrote_at
    return closed_at is not None and (wrote_at is None or wrote_at < closed_at)


def _opted_out(story: Story) -> Refusal | None:
    at = story.opted_out_at
    if at is None:
        return None
    wrote_since = story.wrote_at is not None and story.wrote_at > at
    if wrote_since and leads_to_their_own_move(story) and not _is_closed(story):
        return None
    return Refusal(RefusalCode.OPTED_OUT, values={"at": at})


def _marked(marks: Marks) -> Refusal | None:
    if marks.private:
        return Refusal(RefusalCode.PRIVATE)
    if marks.client:
        return Refusal(RefusalCode.CLIENT)
    if marks.off_limits:
        until = marks.off_limits_until
        return Refusal(RefusalCode.OFF_LIMITS, in_utc(until) if until else None)
    return None


def _permit_open(ask: Ask, permit: OpenPermit, now: datetime, calendar: Calendar) -> Refusal | None:
    own = permit.recruiter_id == ask.recruiter_id
    frees_at = None if own else taken_over_from(permit.opened_at, calendar)
    if frees_at is not None and now >= frees_at:
        return None
    opened_at = in_utc(permit.opened_at)
    values: dict[str, Value] = {"own": own, "recruiter_id": permit.recruiter_id, "opened_at": opened_at}
    return Refusal(RefusalCode.PERMIT_OPEN, frees_at, values)


def _too_many(
    ask: Ask,
    asked: Standing,
    outreaches: Sequence[Standing],
    besides: Sequence[Event],
    stories: dict[str, Story],
    now: datetime,
) -> Refusal | None:
    """The hard cap and the four unanswered contacts; what joins a contact made adds to neither."""
    story = stories[asked.outreach_id]
    cap = CADENCES[asked.situation].cap
    at_cap = cap > 0 and story.answer is None and story.follow_ups_sent >= cap
    since = story.applied_at
    ends = [end for end in unanswered_contacts(stories.values(), since) if end > now - UNANSWERED_SPAN]
    if not at_cap and len(ends) < MOST_UNANSWERED:
        return None
    after = _once_sent(ask, asked, outreaches, besides, now)
    if at_cap and after[asked.outreach_id].follow_ups_sent > story.follow_ups_sent:
        return Refusal(RefusalCode.HARD_CAP, values={"sent": story.follow_ups_sent, "cap": cap})
    if len(ends) < MOST_UNANSWERED:
        return None
    then = [end for end in unanswered_contacts(after.values(), since) if end > now - UNANSWERED_SPAN]
    if len(then) <= len(ends):
        return None
    frees_at = sorted(ends)[-MOST_UNANSWERED] + UNANSWERED_SPAN
    return Refusal(RefusalCode.TOO_MANY_CONTACTS, frees_at, {"contacts": len(ends)})


def _once_sent(
    ask: Ask, asked: Standing, outreaches: Sequence[Standing], besides: Sequence[Event], now: datetime
) -> dict[str, Story]:
    """The stories as they would be told, were the contact made now."""
    if ask.channel == Channel.CALL:
        sent = Event(now, Kind.CALL_UNANSWERED, voicemail=True)
    else:
        sent = Event(now, Kind.MESSAGE_SENT, channel=ask.channel)
    made = Standing(asked.outreach_id, asked.recruiter_id, asked.situation, (*asked.events, sent))
    return _stories([made if each is asked else each for each in outreaches], besides)


def _colleague(
    ask: Ask, outreaches: Sequence[Standing], stories: dict[str, Story], now: datetime
) -> Refusal | None:
    """A colleague's outreach that is open, or ended without an answer less than 90 days ago."""
    latest: tuple[datetime, Standing] | None = None
    for each in outreaches:
        if each.recruiter_id == ask.recruiter_id:
            continue
        values: dict[str, Value] = {"recruiter_id": each.recruiter_id, "outreach_id": each.outreach_id}
        if each.is_open:
            return Refusal(RefusalCode.COLLEAGUE, None, values)
        if each.ended_at is None or stories[each.outreach_id].answer is not None:
            continue
        frees_at = in_utc(each.ended_at) + AFTER_A_COLLEAGUE
        if now < frees_at and (latest is None or frees_at > latest[0]):
            latest = (frees_at, each)
    if latest is None:
        return None
    frees_at, last = latest
    values = {"recruiter_id": last.recruiter_id, "outreach_id": last.outreach_id}
    return Refusal(RefusalCode.COLLEAGUE, frees_at, values)


def _same_text(ask: Ask, sent_texts: Sequence[str]) -> Refusal | None:
    if ask.text is None or not sent_texts:
        return None
    words = own_words(ask.text)
    for index, sent in enumerate(sent_texts):
        if similarity_of_words(words, own_words(sent)) >= SAME_TEXT_FROM:
            return Refusal(RefusalCode.SAME_TEXT, values={"index": index})
    return None
