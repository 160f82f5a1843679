"""The decision on one outreach: METHOD's rules 1 to 5 in order; what they let come is in `steps`."""

from collections.abc import Sequence
from datetime import datetime

from relance.cadence import reasons
from relance.cadence.cadences import (
    CADENCES,
    LAST_WORD,
    LATE_YOUR_TURN,
    ON_THE_DAY_ASKED,
    PENDING,
    REST_WHEN_QUIET,
    WENT_QUIET,
    YOUR_TURN_ENDS,
    Step,
)
from relance.cadence.calendar import Calendar
from relance.cadence.channels import (
    answer_channel,
    double_channels,
    is_ignoring_an_invitation,
    step_channel,
)
from relance.cadence.decision import Decision
from relance.cadence.fold import read
from relance.cadence.history import Event, Outreach
from relance.cadence.instants import in_utc
from relance.cadence.steps import decide_step, due_of
from relance.cadence.story import Answer, Story, leads_to_their_own_move
from relance.cadence.view import Plan, View
from relance.cadence.windows import opening
from relance.cadence.words import Action, Channel, Code, Occasion, Situation


def decide(outreach: Outreach, *, now: datetime, elsewhere: Sequence[Event] = ()) -> Decision:
    """What is to be done with an outreach at `now`, and until when that holds.

    `elsewhere` holds the events the candidate had in other outreaches of the organisation, and the
    suppression list as opt-outs. Every datetime must be aware; those of the answer are in UTC.
    Pure: the order of the events changes nothing. ValueError with a code (`naive_datetime`,
    `unknown_timezone`, `unknown_region`). METHOD, Rules of the decision.
    """
    calendar = Calendar.of(outreach.timezone, outreach.region)
    story = read(outreach.situation, outreach.events, elsewhere)
    return _unless_opted_out(View(outreach, story, calendar, in_utc(now)))


def _unless_opted_out(view: View) -> Decision:
    """Rule 1: for ever, but for the person's own later move."""
    story = view.story
    opted_out_at = story.opted_out_at
    if opted_out_at is None:
        return _unless_closed(view)
    if story.wrote_at is not None and story.wrote_at > opted_out_at:
        decision = _unless_closed(view)
        if decision.action != Action.STOP and leads_to_their_own_move(story):
            return decision
    return view.stop(Code.OPTED_OUT, reasons.opted_out(story))


def _unless_closed(view: View) -> Decision:
    """Rule 2: a message at the instant of a `closed` comes after it and opens again."""
    story = view.story
    closed_at, wrote_at = story.closed_at, story.wrote_at
    if closed_at is not None and (wrote_at is None or wrote_at < closed_at):
        return view.stop(Code.CLOSED, reasons.closed(closed_at))
    if story.answer is not None:
        return _answered(view, story.answer)
    if story.situation == Situation.CONVERSATION:
        return view.stop(Code.ANSWERED, reasons.conversation())
    return _once_opened(view)


def _answered(view: View, answer: Answer) -> Decision:
    """Rule 3: after a human answer no follow-up, but perhaps a word that is owed or may be said."""
    story = view.story
    handled = story.handled_at is not None and story.handled_at >= answer.at
    since = story.contacts_since_answer
    if answer.is_message and not handled:
        if since == 0 and view.now < answer.at + YOUR_TURN_ENDS:
            return _your_turn(view, answer)
        if since in WENT_QUIET and not story.said_no_or_later:
            return _went_quiet(view, since)
    return view.stop(Code.ANSWERED, reasons.answered(story, answer, handled=handled))


def _your_turn(view: View, answer: Answer) -> Decision:
    ends_at = answer.at + YOUR_TURN_ENDS
    channel = answer_channel(view.story, view.outreach.channels)
    if channel is None:
        return view.stop(Code.UNREACHABLE, reasons.unreachable(view.story), ends_at)
    due_at = opening(answer.at, channel, view.calendar)
    late_at = view.not_before_brought_in(LATE_YOUR_TURN.after(due_at, view.calendar))
    early = view.now < due_at
    return Decision(
        Action.WAIT if early else Action.ANSWER,
        Code.TOO_EARLY if early else Code.YOUR_TURN,
        view.first_to_come(due_at if early else late_at, ends_at),
        None,
        channel,
        view.slot(channel, due_at),
        due_at,
        None if early else late_at,
        not early and view.now >= late_at,
        False,
        reasons.your_turn(view, answer, due_at),
        view.outreach.timezone,
    )


def _went_quiet(view: View, step: int) -> Decision:
    channel = answer_channel(view.story, view.outreach.channels)
    if channel is None:
        return view.stop(Code.UNREACHABLE, reasons.unreachable(view.story))
    last = view.story.contacts[-1].end
    plan = Plan(Code.WENT_QUIET, step, WENT_QUIET[step], channel, last, REST_WHEN_QUIET)
    return decide_step(view, plan, due_of(view, plan))


def _once_opened(view: View) -> Decision:
    """Rule 4: a follow-up without a first action does not exist."""
    story = view.story
    if story.situation == Situation.KEEP_IN_TOUCH:
        if story.reason is None:
            return view.wait(Code.NO_FIRST_ACTION, None, reasons.nothing_yet())
        return _unless_last_word(view)
    if not story.contacts:
        if story.applied is None:
            return view.wait(Code.NO_FIRST_ACTION, None, reasons.nothing_yet())
        return _cadenced(view, Code.FIRST_ACTION, 0)
    doubled = _double_call(view)
    if doubled is not None:
        return doubled
    if not is_ignoring_an_invitation(story):
        return _unless_last_word(view)
    ends_at = pending_ends_at(story)
    if view.now < ends_at:
        return view.wait(Code.INVITATION_PENDING, ends_at, reasons.pending(story))
    if all(channel == Channel.LINKEDIN for channel in view.outreach.channels):
        return view.stop(Code.INVITATION_IGNORED, reasons.ignored(story, ends_at))
    return _unless_last_word(view, ends_at)


def pending_ends_at(story: Story) -> datetime:
    """When an invitation that is not accepted counts as ignored: 14 days, or its withdrawal."""
    assert story.invited is not None
    ends_at = story.invited[0] + PENDING
    return ends_at if story.withdrawn_at is None else min(ends_at, story.withdrawn_at)


def _double_call(view: View) -> Decision | None:
    """Rule 4: the opening call's double, while one can be due and sent within its 24 h."""
    story = view.story
    ends_at = story.double_ends_at
    if ends_at is None or view.now >= ends_at:
        return None
    timing = CADENCES[Situation.CV_DATABASE].steps[0]
    for channel in double_channels(story, view.outreach.channels):
        called_at = story.contacts[0].end
        plan = Plan(Code.DOUBLE_CALL, 0, timing, channel, called_at, None, ends_at=ends_at)
        when = due_of(view, plan)
        if when.at < ends_at:
            return decide_step(view, plan, when)
    return None


def _unless_last_word(view: View, waited_until: datetime | None = None) -> Decision:
    """Rule 5: the cadence's count, then ten working days of peace."""
    story = view.story
    cadence = CADENCES[story.situation]
    planned = cadence.planned(view.outreach.follow_ups, with_note=story.opened_with_note)
    if story.follow_ups_sent < planned:
        return _cadenced(view, Code.FOLLOW_UP, story.follow_ups_sent + 1, waited_until)
    ends_at = LAST_WORD.after(story.contacts[-1].end, view.calendar)
    why = reasons.last_word(view, planned, cadence.cap, ends_at)
    if view.now < ends_at:
        return view.wait(Code.LAST_WORD, ends_at, why)
    return view.stop(Code.NO_ANSWER, why)


def _cadenced(view: View, code: Code, step: int, waited_until: datetime | None = None) -> Decision:
    """Rule 6, then the step of the situation's cadence."""
    story = view.story
    channel = step_channel(story, view.outreach.channels, step)
    if channel is None:
        return view.stop(Code.UNREACHABLE, reasons.unreachable(story))
    cadence = CADENCES[story.situation]
    moved_at = last_move(story, view.calendar)
    plan = Plan(code, step, _timing(story, step), channel, moved_at, cadence.rest, waited_until)
    return decide_step(view, plan, due_of(view, plan))


def _timing(story: Story, step: int) -> Step:
    asked = story.reason is not None and story.reason.what == Occasion.DATE_REQUESTED
    if step == 1 and story.situation == Situation.KEEP_IN_TOUCH and asked:
        return ON_THE_DAY_ASKED
    return CADENCES[story.situation].steps[step]


def last_move(story: Story, calendar: Calendar) -> datetime:
    """The last contact or, if later, the acceptance, the application's arrival or the reason."""
    moves = [story.contacts[-1].end] if story.contacts else []
    if story.accepted_at is not None:
        moves.append(story.accepted_at)
    if story.applied is not None:
        moves.append(story.applied[0])
    if story.reason is not None and story.situation == Situation.KEEP_IN_TOUCH:
        moves.append(story.reason_starts_at(calendar))
    return max(moves)
