"""« Pourquoi maintenant »: one true sentence from the reasons of a decision."""

from typing import Any

from django.utils.translation import gettext as _

from relance.cadence.words import Channel, Code, ReasonCode
from relance.method.outreach.models import Outreach
from relance.web.phrases.ages import length, ordinal
from relance.web.phrases.reasons import Setting, as_told, clause, read_values
from relance.web.phrases.states import time_left

Stored = dict[str, Any]

AFTERTHOUGHTS = (
    ReasonCode.FOLLOW_UPS,
    ReasonCode.WORDS_AFTER_ANSWER,
    ReasonCode.MUST_ANSWER,
    ReasonCode.CHOICE,
    ReasonCode.AWAY,
    ReasonCode.ATTEMPTS,
    ReasonCode.CHANNEL_DEAD,
)
OPENINGS = (
    ReasonCode.CALL_TO_DOUBLE,
    ReasonCode.APPLICATION_RECEIVED,
    ReasonCode.OCCASION,
    ReasonCode.INVITATION_IGNORED,
    ReasonCode.LAST_CONTACT,
    ReasonCode.NO_CONTACT,
)


def sentence(outreach: Outreach, name: str, setting: Setting) -> str:
    """Why the person stands in the queue now, with facts the recruiter can check."""
    known = {reason["code"]: reason for reason in as_told(outreach.reasons)}
    parts = [_opening(outreach, known, name, setting)]
    parts += [clause(known[code], setting) for code in AFTERTHOUGHTS if code in known]
    if outreach.code == Code.YOUR_TURN:
        parts.append(_("a word from you is owed"))
    parts.append(time_left(outreach, setting))
    if outreach.is_late and outreach.late_at:
        parts.append(_("late by %(time)s") % {"time": length(setting.now - outreach.late_at)})
    parts = [part for part in parts if part]
    if not parts:
        return ""
    text = _("; ").join(parts)
    return text[0].upper() + text[1:] + "."


def _opening(outreach: Outreach, known: dict[str, Stored], name: str, setting: Setting) -> str:
    if outreach.code in {Code.YOUR_TURN, Code.WENT_QUIET} and ReasonCode.REPLY in known:
        said = _("%(name)s %(answered)s") % {
            "name": name,
            "answered": clause(known[ReasonCode.REPLY], setting),
        }
        if outreach.code == Code.YOUR_TURN or ReasonCode.LAST_CONTACT not in known:
            return said
        at = read_values(known[ReasonCode.LAST_CONTACT])["at"]
        return _("%(said)s; then silence since your message, %(ago)s") % {
            "said": said,
            "ago": setting.ago(at),
        }
    accepted = known.get(ReasonCode.INVITATION_ACCEPTED)
    if accepted and not read_values(accepted)["written_since"]:
        return clause(accepted, setting)
    if ReasonCode.CALL_TO_DOUBLE in known:
        return clause(known[ReasonCode.CALL_TO_DOUBLE], setting)
    if ReasonCode.SILENT_SINCE in known and ReasonCode.LAST_CONTACT in known:
        return _silence(known, setting)
    for code in OPENINGS:
        if code in known:
            return clause(known[code], setting)
    return ""


def _silence(known: dict[str, Stored], setting: Setting) -> str:
    last = read_values(known[ReasonCode.LAST_CONTACT])
    since = read_values(known[ReasonCode.SILENT_SINCE])["at"]
    words = {"age": setting.length_since(since), "nth": ordinal(last["number"])}
    channel = last["channel"]
    if last["number"]:
        return {
            Channel.EMAIL: _("%(age)s without an answer to your %(nth)s follow-up, by mail"),
            Channel.SMS: _("%(age)s without an answer to your %(nth)s follow-up, by SMS"),
            Channel.CALL: _("%(age)s without an answer to your %(nth)s follow-up, by phone"),
            Channel.INMAIL: _("%(age)s without an answer to your %(nth)s follow-up, by InMail"),
        }.get(channel, _("%(age)s without an answer to your %(nth)s follow-up, on LinkedIn")) % words
    return {
        Channel.EMAIL: _("%(age)s without an answer to your mail"),
        Channel.SMS: _("%(age)s without an answer to your SMS"),
        Channel.CALL: _("%(age)s without an answer to your call"),
        Channel.INMAIL: _("%(age)s without an answer to your InMail"),
    }.get(channel, _("%(age)s without an answer to your LinkedIn message")) % words
