"""The facts behind a decision, as codes with values; none of them depends on `now`."""

from datetime import datetime

from relance.cadence.cadences import CADENCES, WENT_QUIET, YOUR_TURN_ENDS
from relance.cadence.decision import Reason, Value
from relance.cadence.due import Due
from relance.cadence.instants import in_utc
from relance.cadence.story import Answer, Story
from relance.cadence.view import Plan, View
from relance.cadence.windows import slot_of
from relance.cadence.words import Code, Kind, ReasonCode, Situation

Why = tuple[Reason, ...]
MUST_ANSWER = Reason(ReasonCode.MUST_ANSWER)
CHOICE = Reason(ReasonCode.CHOICE)


def opted_out(story: Story) -> Why:
    """Rule 1."""
    here, at = story.here.opted_out_at, story.opted_out_at
    return (Reason(ReasonCode.OPTED_OUT, {"at": at, "elsewhere": here != at}),)


def closed(at: datetime) -> Why:
    """Rule 2."""
    return (Reason(ReasonCode.CLOSED, {"at": at}),)


def conversation() -> Why:
    """A conversation in which nothing is owed."""
    return (Reason(ReasonCode.FOR_THE_RECRUITER),)


def nothing_yet() -> Why:
    """Rule 4: no first action."""
    return (Reason(ReasonCode.NO_CONTACT),)


def answered(story: Story, answer: Answer, *, handled: bool) -> Why:
    """Rule 3: why nothing more is to be said."""
    why = [_of_answer(answer)]
    if handled:
        why.append(Reason(ReasonCode.HANDLED, {"at": story.handled_at}))
    elif story.contacts_since_answer:
        why.append(_last_contact(story))
        if answer.is_message and story.said_no_or_later:
            why.append(Reason(ReasonCode.HELD_A_NO))
        else:
            why.append(_words_after_answer(story))
    elif answer.is_message:
        values: dict[str, Value] = {"due_at": answer.at, "since": answer.at + YOUR_TURN_ENDS}
        why.append(Reason(ReasonCode.COLD, values))
    return tuple(why)


def your_turn(view: View, answer: Answer, due_at: datetime) -> Why:
    """Rule 3: what the person wrote, and that it may be answered whatever they said before."""
    why = [_of_answer(answer)]
    _add_wrote_after_opt_out(why, view.story)
    _add_bounces(why, view.story)
    if due_at > answer.at:
        why.append(Reason(ReasonCode.OUT_OF_WINDOW, {"at": answer.at}))
    _add_brought_in(why, view)
    return tuple(why)


def unreachable(story: Story) -> Why:
    """Rule 6: no channel left."""
    why = [Reason(ReasonCode.NO_CHANNEL)]
    _add_bounces(why, story)
    return tuple(why)


def pending(story: Story) -> Why:
    """Rule 4: the invitation has its 14 days."""
    return (_invitation_sent(story),)


def ignored(story: Story, since: datetime) -> Why:
    """Rule 4: the invitation was not accepted, and no other channel is known."""
    return (_invitation_ignored(story, since), Reason(ReasonCode.NO_CHANNEL))


def last_word(view: View, planned: int, cap: int, ends_at: datetime) -> Why:
    """Rule 5: as many follow-ups as the cadence wants, and time given to the last one."""
    story = view.story
    return (
        _last_contact(story),
        Reason(ReasonCode.FOLLOW_UPS, {"sent": story.follow_ups_sent, "planned": planned, "cap": cap}),
        Reason(ReasonCode.NO_ANSWER_BY, {"at": ends_at}),
    )


def cold(view: View, plan: Plan, when: Due, cold_at: datetime) -> Why:
    """Rule 9."""
    gone = Reason(ReasonCode.COLD, {"due_at": when.at_without_attempts, "since": cold_at})
    return (gone, *step(view, plan, when))


def step(view: View, plan: Plan, when: Due) -> Why:
    """What leads to a step, from the first fact to the last that moves it."""
    story = view.story
    why: list[Reason] = []
    _add_opening(why, view, plan)
    if story.contacts:
        why.append(_last_contact(story))
        if plan.code != Code.WENT_QUIET:
            why.append(Reason(ReasonCode.SILENT_SINCE, {"at": story.contacts[-1].end}))
    if plan.code == Code.FOLLOW_UP:
        cadence = CADENCES[story.situation]
        planned = cadence.planned(view.outreach.follow_ups, with_note=story.opened_with_note)
        values: dict[str, Value] = {"sent": story.follow_ups_sent, "planned": planned, "cap": cadence.cap}
        why.append(Reason(ReasonCode.FOLLOW_UPS, values))
    elif plan.code == Code.WENT_QUIET:
        why.append(_words_after_answer(story))
    if view.outreach.must_answer:
        why.append(MUST_ANSWER)
    elif CADENCES[story.situation].optional_unless_starred:
        why.append(CHOICE)
    _add_waits(why, view, when)
    _add_attempts(why, view)
    _add_bounces(why, story)
    if when.at > when.unrolled_at:
        why.append(Reason(ReasonCode.OUT_OF_WINDOW, {"at": when.unrolled_at}))
    _add_brought_in(why, view)
    return tuple(why)


def _add_opening(why: list[Reason], view: View, plan: Plan) -> None:
    story = view.story
    if plan.code == Code.WENT_QUIET:
        if story.answer is not None:
            why.append(_of_answer(story.answer))
        return
    if plan.code == Code.DOUBLE_CALL:
        values: dict[str, Value] = {
            "at": story.contacts[0].end,
            "voicemail": story.here.had is not None,
            "until": plan.ends_at,
        }
        why.append(Reason(ReasonCode.CALL_TO_DOUBLE, values))
    if story.applied is not None:
        at, event = story.applied
        why.append(Reason(ReasonCode.APPLICATION_RECEIVED, {"at": at, "channel": event.channel}))
        _add_wrote_after_opt_out(why, story)
    if story.situation == Situation.LINKEDIN_INVITATION:
        if story.accepted_at is not None:
            written = bool(story.contacts) and story.contacts[-1].start >= story.accepted_at
            values = {
                "at": story.accepted_at,
                "note": story.with_note,
                "written_since": written,
            }
            why.append(Reason(ReasonCode.INVITATION_ACCEPTED, values))
        elif story.invited is not None and plan.waited_until is not None:
            why.append(_invitation_ignored(story, plan.waited_until))
    if story.situation == Situation.KEEP_IN_TOUCH and story.reason is not None:
        values = {
            "what": story.reason.what,
            "at": in_utc(story.reason.at),
            "on": view.calendar.date_of(story.reason_starts_at(view.calendar)),
        }
        why.append(Reason(ReasonCode.OCCASION, values))


def _add_waits(why: list[Reason], view: View, when: Due) -> None:
    story = view.story
    if when.away_until is not None and when.away is not None:
        at, _, event = when.away
        values: dict[str, Value] = {"until": when.away_until, "at": at, "returns_on": event.returns_on}
        why.append(Reason(ReasonCode.AWAY, values))
    if when.snoozed_until is not None and story.snoozed is not None:
        values = {"until": when.snoozed_until, "at": in_utc(story.snoozed.at)}
        why.append(Reason(ReasonCode.SNOOZED, values))
    if when.rested.colleague_until is not None and story.elsewhere.had is not None:
        at, channel = story.elsewhere.had
        values = {"at": at, "channel": channel, "until": when.rested.colleague_until}
        why.append(Reason(ReasonCode.CONTACTED_BY_COLLEAGUE, values))
    if when.rested.inmail_until is not None:
        values = {"at": when.rested.inmail_at, "until": when.rested.inmail_until}
        why.append(Reason(ReasonCode.INMAIL_REST, values))


def _add_attempts(why: list[Reason], view: View) -> None:
    story = view.story
    if not story.attempts:
        return
    moved_at = story.contacts[-1].end if story.contacts else None
    since = [at for at in story.attempts if moved_at is None or at > moved_at]
    if since:
        values: dict[str, Value] = {
            "count": len(since),
            "at": since[-1],
            "slot": slot_of(since[-1], view.calendar),
        }
        why.append(Reason(ReasonCode.ATTEMPTS, values))


def _add_bounces(why: list[Reason], story: Story) -> None:
    for dead in (story.here.dead, story.elsewhere.dead):
        for channel, at in dead.items():
            why.append(Reason(ReasonCode.CHANNEL_DEAD, {"channel": channel, "at": at}))
    if story.soft_bounce is not None:
        at, bounced = story.soft_bounce
        why.append(Reason(ReasonCode.SOFT_BOUNCE, {"channel": bounced, "at": at}))


def _add_brought_in(why: list[Reason], view: View) -> None:
    if view.outreach.brought_in_at is not None:
        why.append(Reason(ReasonCode.BROUGHT_IN, {"at": in_utc(view.outreach.brought_in_at)}))


def _add_wrote_after_opt_out(why: list[Reason], story: Story) -> None:
    if story.opted_out_at is not None:
        why.append(Reason(ReasonCode.WROTE_AFTER_OPT_OUT, {"at": story.wrote_at}))


def _of_answer(answer: Answer) -> Reason:
    event = answer.event
    if event.kind == Kind.CALL_ANSWERED:
        return Reason(ReasonCode.CALL_ANSWERED, {"at": answer.at})
    values: dict[str, Value] = {
        "at": answer.at,
        "channel": answer.channel,
        "kind": event.kind,
        "tone": event.tone,
        "resume_on": event.resume_on,
    }
    return Reason(ReasonCode.REPLY, values)


def _words_after_answer(story: Story) -> Reason:
    sent = max(0, story.contacts_since_answer - 1)
    return Reason(ReasonCode.WORDS_AFTER_ANSWER, {"sent": sent, "planned": len(WENT_QUIET)})


def _last_contact(story: Story) -> Reason:
    last = story.contacts[-1]
    values: dict[str, Value] = {
        "at": last.end,
        "channel": last.channels[-1] if last.channels else None,
        "number": len(story.contacts) - (0 if story.situation == Situation.KEEP_IN_TOUCH else 1),
        "events": len(last.channels),
    }
    return Reason(ReasonCode.LAST_CONTACT, values)


def _invitation_sent(story: Story) -> Reason:
    assert story.invited is not None
    at, event = story.invited
    return Reason(ReasonCode.INVITATION_SENT, {"at": at, "note": event.note})


def _invitation_ignored(story: Story, since: datetime) -> Reason:
    assert story.invited is not None
    withdrawn = story.withdrawn_at is not None
    values: dict[str, Value] = {"at": story.invited[0], "since": since, "withdrawn": withdrawn}
    return Reason(ReasonCode.INVITATION_IGNORED, values)
