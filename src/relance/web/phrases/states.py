"""Where an outreach stands, in a few words: for a row of the queue, a list, a person's page."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from relance.cadence.calendar import Calendar
from relance.cadence.windows import working_time
from relance.cadence.words import Action, Channel, Code, ReasonCode, RefusalCode, Situation, Slot
from relance.method.outreach.models import Outreach
from relance.web.phrases.ages import length, ordinal
from relance.web.phrases.reasons import Setting, by_channel, occasion_name, read_values


def reason_of(outreach: Outreach, code: ReasonCode) -> dict[str, Any] | None:
    """The values of one reason of the decision, or None."""
    stored = _stored(outreach, code)
    return read_values(stored) if stored else None


def _stored(outreach: Outreach, code: ReasonCode) -> dict[str, Any] | None:
    """One reason as it is stored, its instants not read: a row asks several and needs few of their values."""
    for reason in outreach.reasons:
        if reason["code"] == code:
            stored: dict[str, Any] = reason
            return stored
    return None


NOTHING_TO_COME = {Code.NO_FIRST_ACTION, Code.LAST_WORD}
NOBODY_WRITES = {RefusalCode.PRIVATE, RefusalCode.CLIENT, RefusalCode.OFF_LIMITS, RefusalCode.OPTED_OUT}


def not_postponed(outreach: Outreach) -> str:
    """Why to postpone an outreach would change nothing (METHOD, rules 3 and 8); empty where it does."""
    owed = outreach.action == Action.ANSWER or (
        outreach.code == Code.TOO_EARLY and outreach.step is None and _stored(outreach, ReasonCode.REPLY)
    )
    if owed:
        return _("An answer you owe is not postponed: answer, or say that there is nothing to answer.")
    if outreach.action == Action.STOP or outreach.code in NOTHING_TO_COME or outreach.held in NOBODY_WRITES:
        return _("No follow-up is planned for them: there is nothing to postpone.")
    return ""


def since_when(outreach: Outreach) -> datetime | None:
    """The instant from which the row counts: their answer, the acceptance, the silence, the arrival."""
    for code in (
        (ReasonCode.REPLY,)
        if outreach.action == Action.ANSWER
        else (ReasonCode.SILENT_SINCE, ReasonCode.LAST_CONTACT, ReasonCode.CALL_TO_DOUBLE)
    ):
        reason = _stored(outreach, code)
        if reason:
            accepted = _stored(outreach, ReasonCode.INVITATION_ACCEPTED)
            return _instant(accepted if accepted and not accepted["written_since"] else reason)
    for code in (ReasonCode.INVITATION_ACCEPTED, ReasonCode.APPLICATION_RECEIVED, ReasonCode.INVITATION_SENT):
        reason = _stored(outreach, code)
        if reason:
            return _instant(reason)
    return outreach.due_at


def _instant(stored: dict[str, Any]) -> datetime | None:
    at = read_values({"at": stored["at"]})["at"]
    return at if isinstance(at, datetime) else None


def line(outreach: Outreach, setting: Setting, since: datetime | None) -> str:
    """What a row says under the name: « Relance 2 · rien depuis 48 h ». `since` is its `since_when`."""
    if outreach.is_late and outreach.late_at and outreach.action in {Action.ANSWER, Action.CONTACT}:
        return what(outreach)
    age = length(setting.now - since) if since and since <= setting.now else ""
    code = outreach.code
    if code == Code.YOUR_TURN:
        return _("Answered %(age)s ago") % {"age": age} if age else what(outreach)
    if code == Code.FOLLOW_UP and age and not _says_it_all(outreach):
        return _("%(what)s · nothing for %(age)s") % {"what": what(outreach), "age": age}
    return what(outreach)


def time_left(outreach: Outreach, setting: Setting) -> str:
    """What is left of the four working hours in which an application is to be reached; empty once late."""
    first = outreach.situation == Situation.APPLICATION and outreach.code == Code.FIRST_ACTION
    if not first or outreach.late_at is None or outreach.late_at <= setting.now:
        return ""
    candidate = outreach.candidate
    left = working_time(setting.now, outreach.late_at, Calendar.of(candidate.timezone, candidate.region))
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    words = {"when": setting.at(outreach.late_at), "hours": hours, "minutes": minutes}
    if not hours:
        return _("to be reached before %(when)s, %(minutes)s working min left") % words
    if not minutes:
        return _("to be reached before %(when)s, %(hours)s working h left") % words
    return _("to be reached before %(when)s, %(hours)s h %(minutes)s of working time left") % words


def lateness(outreach: Outreach, setting: Setting) -> str:
    """« en retard de 2 j », or nothing."""
    if not (outreach.is_late and outreach.late_at):
        return ""
    return _("late by %(time)s") % {"time": length(setting.now - outreach.late_at)}


def _accepted_unwritten(outreach: Outreach) -> bool:
    accepted = _stored(outreach, ReasonCode.INVITATION_ACCEPTED)
    return bool(accepted and not accepted["written_since"])


def _ignored_unwritten(outreach: Outreach) -> bool:
    return outreach.step == 1 and _stored(outreach, ReasonCode.INVITATION_IGNORED) is not None


def _says_it_all(outreach: Outreach) -> bool:
    """Whether the words of `what` leave no silence to count."""
    return _accepted_unwritten(outreach) or _ignored_unwritten(outreach) or _occasion(outreach) is not None


def _occasion(outreach: Outreach) -> dict[str, Any] | None:
    return reason_of(outreach, ReasonCode.OCCASION) if outreach.situation == Situation.KEEP_IN_TOUCH else None


def what(outreach: Outreach) -> str:
    """What is proposed, in a few words."""
    code = outreach.code
    if code == Code.YOUR_TURN:
        return _("Your turn to answer")
    if code == Code.DOUBLE_CALL:
        return _("Call without an answer · double it %(by)s") % {"by": by_channel(outreach.channel)}
    if code == Code.FIRST_ACTION:
        return _("Application to take up")
    if code == Code.WENT_QUIET:
        return _("Went quiet after an exchange · word %(step)s of 2") % {"step": outreach.step}
    if code == Code.FOLLOW_UP:
        occasion = _occasion(outreach)
        if occasion:
            return occasion_name(occasion["what"]).capitalize()
        if _accepted_unwritten(outreach):
            return _("Invitation accepted · first message")
        if _ignored_unwritten(outreach):
            return _("Invitation not accepted · another channel")
        if outreach.channel == Channel.CALL:
            words = {"step": outreach.step, "slot": slot_name(outreach.slot)}
            return (
                _("Follow-up %(step)s · call %(slot)s") % words
                if words["slot"]
                else (_("Follow-up %(step)s · call") % words)
            )
        return _("Follow-up %(step)s") % {"step": outreach.step}
    return state(outreach)


SLOTS = {
    Slot.MORNING: gettext_noop("in the morning"),
    Slot.LUNCH: gettext_noop("at lunch"),
    Slot.AFTERNOON: gettext_noop("in the afternoon"),
    Slot.EVENING: gettext_noop("in the evening"),
}


def slot_name(slot: str) -> str:
    """« à l’heure du déjeuner »; empty where the call is in none."""
    return _(SLOTS[Slot(slot)]) if slot else ""


# Said on every row of a list: only the one that is said is looked up.
STATES = {
    Code.TOO_EARLY: gettext_noop("Too early"),
    Code.NO_FIRST_ACTION: gettext_noop("Nothing sent yet"),
    Code.INVITATION_PENDING: gettext_noop("Invitation pending"),
    Code.LAST_WORD: gettext_noop("Last word sent"),
    Code.AWAY: gettext_noop("Away"),
    Code.SNOOZED: gettext_noop("Postponed"),
    Code.OPTED_OUT: gettext_noop("No more contact"),
    Code.CLOSED: gettext_noop("Stopped"),
    Code.ANSWERED: gettext_noop("Answered"),
    Code.NO_ANSWER: gettext_noop("No answer"),
    Code.INVITATION_IGNORED: gettext_noop("Invitation not accepted"),
    Code.UNREACHABLE: gettext_noop("Unreachable"),
    Code.GONE_COLD: gettext_noop("Gone cold"),
}


def state(outreach: Outreach) -> str:
    """Where an outreach that is not in the queue stands."""
    code = Code(outreach.code)
    return _(STATES[code]) if code in STATES else what(outreach)


def next_step(outreach: Outreach, setting: Setting) -> str:
    """What comes next and when, as one line: « 2ᵉ relance le 10 mars à 10 h 30 »."""
    if outreach.action in {Action.ANSWER, Action.CONTACT}:
        return what(outreach)
    if outreach.action == Action.STOP or outreach.due_at is None:
        return state(outreach)
    when = setting.at(outreach.due_at)
    if outreach.code == Code.TOO_EARLY and outreach.situation == Situation.KEEP_IN_TOUCH:
        return _("Catching up %(when)s") % {"when": when}
    if outreach.code == Code.TOO_EARLY and reason_of(outreach, ReasonCode.WORDS_AFTER_ANSWER):
        return _("Next message %(when)s") % {"when": when}
    if outreach.code == Code.LAST_WORD:
        return _("%(state)s, an answer may come %(until)s") % {
            "state": state(outreach),
            "until": setting.until_day(outreach.due_at),
        }
    if outreach.code == Code.TOO_EARLY and outreach.step and outreach.channel == Channel.CALL:
        words = {"nth": ordinal(outreach.step), "when": when, "slot": slot_name(outreach.slot)}
        return (_("%(nth)s follow-up %(when)s, a call %(slot)s") % words).rstrip()
    if outreach.code == Code.TOO_EARLY and outreach.step:
        return _("%(nth)s follow-up %(when)s") % {"nth": ordinal(outreach.step), "when": when}
    if outreach.code == Code.TOO_EARLY:
        return _("Opens %(when)s") % {"when": when}
    return _("%(state)s %(until)s") % {"state": state(outreach), "until": setting.until(outreach.due_at)}


def refusal(code: str, frees_at: datetime | None, setting: Setting) -> str:
    """Why the guard holds a contact back, and what frees it."""
    said = {
        RefusalCode.OPTED_OUT: _("They asked not to be contacted any more."),
        RefusalCode.PRIVATE: _("They are marked private: Relance proposes nothing."),
        RefusalCode.CLIENT: _("They are marked client: Relance proposes nothing."),
        RefusalCode.OFF_LIMITS: _("Their company is off limits."),
        RefusalCode.PERMIT_OPEN: _("A message to them is waiting for its “was it sent?”."),
        RefusalCode.COLLEAGUE: _("A colleague is in touch with them."),
        RefusalCode.HARD_CAP: _("They had as many follow-ups as one may send: never more."),
        RefusalCode.TOO_MANY_CONTACTS: _("Four messages in 90 days stayed without an answer."),
        RefusalCode.RESTING: _("They said no not long ago: they are left in peace."),
        RefusalCode.KEEP_IN_TOUCH_ONLY: _("They were not looking: only catching up is left."),
        RefusalCode.SAME_TEXT: _("This text was sent to them already: change it."),
    }[RefusalCode(code)]
    if frees_at is not None:
        said += " " + _("Free again %(when)s.") % {"when": setting.on(frees_at)}
    return said
