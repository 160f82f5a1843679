"""A person of the list: the next step in the margin, where it stands in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from relance.cadence.words import Action, Channel, Code, ReasonCode, RefusalCode, Situation
from relance.method.candidates.models import Candidate, Mark
from relance.method.outreach.lists import Standing, standing_of
from relance.method.outreach.models import Outreach
from relance.web.phrases.ages import length, margin_day, ordinal
from relance.web.phrases.reasons import Setting, tone_name
from relance.web.phrases.states import lateness, reason_of, since_when, state, what
from relance.web.today.rows import ICONS

STATE_ICONS = {
    Code.YOUR_TURN: "reply",
    Code.ANSWERED: "reply",
    Code.AWAY: "away",
    Code.SNOOZED: "clock",
    Code.LAST_WORD: "hop",
    Code.OPTED_OUT: "lock",
    Code.CLOSED: "stop",
    Code.NO_ANSWER: "stop",
    Code.GONE_COLD: "stop",
    Code.UNREACHABLE: "bounce",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list. `tone` colours the words: late, mine, yes, or nothing."""

    candidate: Candidate
    outreach: Outreach | None
    when: str
    says: str
    tone: str
    icon: str
    where: str
    by: str


def row_of(outreach: Outreach, setting: Setting) -> Row:
    """The row of a person who was approached."""
    tone = _tone(outreach)
    return Row(
        candidate=outreach.candidate,
        outreach=outreach,
        when=_when(outreach, setting),
        says=_says(outreach, setting),
        tone=tone,
        icon=STATE_ICONS.get(Code(outreach.code)) or ICONS.get(_channel(outreach), "page"),
        where=work_of(outreach.candidate),
        by=(outreach.recruiter.user.name.split() or [""])[0],
    )


def untouched_row(candidate: Candidate) -> Row:
    """The row of a person nobody ever approached."""
    says = marked(candidate) or _("Never approached")
    return Row(candidate, None, "", says, "", "people", work_of(candidate), "")


def work_of(candidate: Candidate) -> str:
    """What the person does, and where."""
    return ", ".join(part for part in (candidate.role, candidate.company) if part)


def marked(candidate: Candidate) -> str:
    return (
        {Mark.PRIVATE: _("Marked private"), Mark.CLIENT: _("Marked client")}.get(Mark(candidate.mark), "")
        if (candidate.mark)
        else ""
    )


def _channel(outreach: Outreach) -> Channel:
    if outreach.channel:
        return Channel(outreach.channel)
    last = reason_of(outreach, ReasonCode.LAST_CONTACT)
    return Channel(last["channel"]) if last else Channel.LINKEDIN


def _tone(outreach: Outreach) -> str:
    standing = standing_of(outreach)
    if outreach.is_late and standing is Standing.TO_FOLLOW_UP:
        return "late"
    return {Standing.YOUR_TURN: "mine", Standing.ANSWERED: "yes"}.get(standing, "")


def _when(outreach: Outreach, setting: Setting) -> str:
    if outreach.action == Action.STOP or outreach.due_at is None or outreach.held:
        return ""
    if outreach.due_at <= setting.now and not outreach.is_late:
        return margin_day(setting.today, setting.today)
    return margin_day(outreach.due_at, setting.today, setting.zone)


def _says(outreach: Outreach, setting: Setting) -> str:
    code = Code(outreach.code)
    if outreach.held:
        return held_words(outreach.held)
    if outreach.action in {Action.ANSWER, Action.CONTACT}:
        late = lateness(outreach, setting)
        if not late and code is Code.YOUR_TURN and (since := since_when(outreach)) and since <= setting.now:
            return _("Your turn to answer, for %(age)s") % {"age": length(setting.now - since)}
        return _("%(what)s, %(late)s") % {"what": what(outreach), "late": late} if late else what(outreach)
    if code is Code.TOO_EARLY and outreach.step == 1 and outreach.situation == Situation.KEEP_IN_TOUCH:
        return _("Catching up is planned")
    if code is Code.TOO_EARLY and outreach.step:
        return _("Too early · %(nth)s follow-up next") % {"nth": ordinal(outreach.step)}
    if code is Code.INVITATION_PENDING and (since := since_when(outreach)) and since <= setting.now:
        return _("Invitation pending, %(age)s") % {"age": length(setting.now - since)}
    if code is Code.ANSWERED:
        reply = reason_of(outreach, ReasonCode.REPLY)
        tone = tone_name(reply.get("tone") or "") if reply else ""
        return _("Answered, %(tone)s") % {"tone": tone} if tone else state(outreach)
    return state(outreach)


def held_words(code: str) -> str:
    """Why the guard holds somebody back, short enough for a row."""
    return {
        RefusalCode.OPTED_OUT: _("No more contact"),
        RefusalCode.PRIVATE: _("Marked private"),
        RefusalCode.CLIENT: _("Marked client"),
        RefusalCode.OFF_LIMITS: _("Company off limits"),
        RefusalCode.PERMIT_OPEN: _("Copied, was it sent?"),
        RefusalCode.COLLEAGUE: _("A colleague is in touch"),
        RefusalCode.HARD_CAP: _("As many follow-ups as allowed"),
        RefusalCode.TOO_MANY_CONTACTS: _("4 messages without an answer"),
        RefusalCode.RESTING: _("Left in peace after a no"),
        RefusalCode.KEEP_IN_TOUCH_ONLY: _("Only catching up is left"),
        RefusalCode.SAME_TEXT: _("Text sent already"),
    }[RefusalCode(code)]
