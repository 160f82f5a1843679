"""The reasons of a decision, each as one clause that the recruiter can check."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from relance.cadence.words import Channel, Kind, Occasion, ReasonCode, Tone
from relance.web.phrases import ages

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """For whom and when a sentence is written: the instant, and the reader's zone."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def on(self, value: Any) -> str:
        return ages.on_day(value, self.today, self.zone)

    def at(self, moment: datetime) -> str:
        """« le 3 mars à 8 h 30 »."""
        return _("%(day)s at %(time)s") % {"day": self.on(moment), "time": ages.clock(moment, self.zone)}

    def until(self, moment: datetime) -> str:
        """« jusqu’au 3 mars à 8 h 30 »."""
        day = ages.until(moment, self.today, self.zone)
        return _("%(day)s at %(time)s") % {"day": day, "time": ages.clock(moment, self.zone)}

    def until_day(self, value: Any) -> str:
        return ages.until(value, self.today, self.zone)

    def since_day(self, value: Any) -> str:
        return ages.since_day(value, self.today, self.zone)

    def from_day(self, value: Any) -> str:
        return ages.from_day(value, self.today, self.zone)

    def ago(self, moment: datetime) -> str:
        return ages.ago(moment, self.now)

    def length_since(self, moment: datetime) -> str:
        return ages.since(moment, self.now)


def read_values(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The values of one stored reason, instants and days read back from their ISO form."""
    return {name: _read(value) for name, value in stored.items() if name != "code"}


def _read(value: Any) -> Any:
    if not isinstance(value, str) or len(value) < 10 or value[4:5] != "-" or value[7:8] != "-":
        return value
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return value


def channel_name(channel: str) -> str:
    """The channel as a noun."""
    return (
        {
            Channel.EMAIL: _("mail"),
            Channel.LINKEDIN: _("LinkedIn"),
            Channel.INMAIL: _("InMail"),
            Channel.SMS: _("SMS"),
            Channel.CALL: _("phone"),
        }.get(Channel(channel), channel)
        if channel
        else ""
    )


# Said on every row of a list: only the one that is said is looked up.
BY_CHANNEL = {
    Channel.EMAIL: gettext_noop("by mail"),
    Channel.LINKEDIN: gettext_noop("on LinkedIn"),
    Channel.INMAIL: gettext_noop("by InMail"),
    Channel.SMS: gettext_noop("by SMS"),
    Channel.CALL: gettext_noop("by phone"),
}


def by_channel(channel: str) -> str:
    """« par mail », by phone."""
    return _(BY_CHANNEL[Channel(channel)]) if channel else ""


def tone_name(tone: str) -> str:
    return (
        {
            Tone.POSITIVE: _("interested"),
            Tone.UNKNOWN: _("answer to be read"),
            Tone.LATER: _("not now"),
            Tone.NOT_THIS_ONE: _("not this position"),
            Tone.NOT_LOOKING: _("not looking"),
            Tone.NEGATIVE: _("no"),
        }.get(Tone(tone), "")
        if tone
        else ""
    )


def occasion_name(what: str) -> str:
    return {
        Occasion.WORK_ANNIVERSARY: _("work anniversary"),
        Occasion.JOB_CHANGE: _("new position"),
        Occasion.POST_PUBLISHED: _("published a post"),
        Occasion.DATE_REQUESTED: _("had asked to be written to then"),
        Occasion.SILENCE: _("90 days without news after a real exchange"),
    }[Occasion(what)]


def _contact(v: Values, s: Setting) -> str:
    if v["number"]:
        return _("%(nth)s follow-up sent %(when)s %(by)s") % {
            "nth": ages.ordinal(v["number"]), "when": s.at(v["at"]), "by": by_channel(v["channel"])
        }  # fmt: skip
    if v["channel"] == Channel.CALL:
        return _("called %(when)s, no answer") % {"when": s.at(v["at"])}
    return _("written to %(when)s %(by)s") % {"when": s.at(v["at"]), "by": by_channel(v["channel"])}


def _follow_ups(v: Values, _s: Setting) -> str:
    return ngettext(
        "%(sent)s follow-up of %(planned)s", "%(sent)s follow-ups of %(planned)s", v["sent"]
    ) % dict(v)


def _reply(v: Values, s: Setting) -> str:
    words = {
        "when": s.at(v["at"]),
        "by": by_channel(v.get("channel") or ""),
        "tone": tone_name(v.get("tone") or ""),
    }
    if v.get("kind") == Kind.INMAIL_DECLINED:
        return _("declined your InMail %(when)s") % words
    if v.get("tone") == Tone.LATER and v.get("resume_on"):
        return _("answered %(when)s: not now, rather %(then)s") % {**words, "then": s.on(v["resume_on"])}
    if v.get("tone") and v["tone"] != Tone.UNKNOWN:
        return _("answered %(when)s %(by)s: %(tone)s") % words
    return _("answered %(when)s %(by)s") % words


def _away(v: Values, s: Setting) -> str:
    words = {"when": s.at(v["at"])}
    if v.get("until") and v["until"] <= s.now:
        return _("back by now, says their automatic answer received %(when)s") % words
    return _("away, says their automatic answer received %(when)s") % words


def _ignored(v: Values, s: Setting) -> str:
    words = {"day": ages.short_day(v["at"].astimezone(s.zone).date(), s.today)}
    if v.get("withdrawn"):
        return _("invitation of %(day)s withdrawn") % words
    return _("invitation of %(day)s not accepted") % words


def _occasion(v: Values, s: Setting) -> str:
    words = {"what": occasion_name(v["what"]), "when": s.on(v["on"])}
    if v["what"] == Occasion.SILENCE:
        return _("%(what)s, reached %(when)s") % words
    return _("%(what)s, %(when)s") % words


def _attempts(v: Values, s: Setting) -> str:
    return ngettext(
        "%(count)s call without an answer since, %(when)s",
        "%(count)s calls without an answer since, the last %(when)s",
        v["count"],
    ) % {"count": v["count"], "when": s.at(v["at"])}


def _invitation(v: Values, s: Setting) -> str:
    words = {"when": s.on(v["at"])}
    return (
        _("invitation sent %(when)s with a note") % words
        if v["note"]
        else _("invitation sent %(when)s") % words
    )


def _accepted(v: Values, s: Setting) -> str:
    words = {"when": s.on(v["at"])}
    if v["written_since"]:
        return _("invitation accepted %(when)s") % words
    return _("invitation accepted %(when)s, no message since") % words


def _double(v: Values, s: Setting) -> str:
    words = {"when": s.at(v["at"])}
    if v["voicemail"]:
        return _("voicemail left %(when)s, to be doubled in writing") % words
    return _("call without an answer %(when)s, to be doubled in writing") % words


def _opted_out(v: Values, s: Setting) -> str:
    return _("asked %(when)s not to be contacted any more, by anyone here") % {"when": s.on(v["at"])}


CLAUSES: dict[ReasonCode, Callable[[Values, Setting], str]] = {
    ReasonCode.LAST_CONTACT: _contact,
    ReasonCode.NO_CONTACT: lambda v, s: _("nothing was sent yet"),
    ReasonCode.SILENT_SINCE: lambda v, s: _("%(age)s without an answer") % {"age": s.length_since(v["at"])},
    ReasonCode.FOLLOW_UPS: _follow_ups,
    ReasonCode.WORDS_AFTER_ANSWER: lambda v, s: _("%(sent)s word of %(planned)s since the exchange") % dict(v),
    ReasonCode.MUST_ANSWER: lambda v, s: _("an answer is wanted"),
    ReasonCode.CHOICE: lambda v, s: _("not starred: you choose"),
    ReasonCode.INVITATION_SENT: _invitation,
    ReasonCode.INVITATION_ACCEPTED: _accepted,
    ReasonCode.INVITATION_IGNORED: _ignored,
    ReasonCode.APPLICATION_RECEIVED: lambda v, s: _("application arrived %(when)s") % {"when": s.at(v["at"])},
    ReasonCode.REPLY: _reply,
    ReasonCode.CALL_ANSWERED: lambda v, s: _("you spoke %(when)s") % {"when": s.at(v["at"])},
    ReasonCode.HANDLED: lambda v, s: _("nothing to answer, you said %(when)s") % {"when": s.on(v["at"])},
    ReasonCode.HELD_A_NO: lambda v, s: _("they said no or not now: left in peace"),
    ReasonCode.OCCASION: _occasion,
    ReasonCode.SNOOZED: lambda v, s: _("postponed by you %(until)s") % {"until": s.until(v["until"])},
    ReasonCode.AWAY: _away,
    ReasonCode.ATTEMPTS: _attempts,
    ReasonCode.CONTACTED_BY_COLLEAGUE: lambda v, s: _("the firm wrote to them %(when)s already") % {
        "when": s.at(v["at"])},
    ReasonCode.INMAIL_REST: lambda v, s: _("72 h must pass after the InMail sent %(when)s") % {"when": s.at(v["at"])},
    ReasonCode.CHANNEL_DEAD: lambda v, s: _("they can no longer be reached %(by)s") % {
        "by": by_channel(v["channel"])},
    ReasonCode.SOFT_BOUNCE: lambda v, s: _("a delivery %(by)s was delayed %(when)s") % {
        "by": by_channel(v["channel"]), "when": s.on(v["at"])},
    ReasonCode.NO_CHANNEL: lambda v, s: _("no channel is left to reach them"),
    ReasonCode.CALL_TO_DOUBLE: _double,
    ReasonCode.OUT_OF_WINDOW: lambda v, s: _("moved to the next hour at which one may write"),
    ReasonCode.BROUGHT_IN: lambda v, s: _("brought in %(when)s") % {"when": s.on(v["at"])},
    ReasonCode.COLD: lambda v, s: _("due %(since)s: it has gone cold") % {"since": s.since_day(v["due_at"])},
    ReasonCode.NO_ANSWER_BY: lambda v, s: _("the last word is given time %(until)s") % {
        "until": s.until_day(v["at"])},
    ReasonCode.OPTED_OUT: _opted_out,
    ReasonCode.WROTE_AFTER_OPT_OUT: lambda v, s: _("wrote again %(when)s: that may be answered") % {
        "when": s.on(v["at"])},
    ReasonCode.CLOSED: lambda v, s: _("stopped by you %(when)s") % {"when": s.on(v["at"])},
    ReasonCode.FOR_THE_RECRUITER: lambda v, s: _("they began this conversation: it is yours to lead"),
}  # fmt: skip


def clauses(stored: list[dict[str, Any]], setting: Setting) -> list[str]:
    """Every reason of a decision, as clauses, in the engine's order."""
    return [clause(reason, setting) for reason in as_told(stored)]


def as_told(stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reasons without what would be said wrongly by itself.

    What follows an answer is no follow-up, whatever its number; an invitation is no message, and has
    its own reason.
    """
    known = {reason["code"]: reason for reason in stored}
    last = known.get(ReasonCode.LAST_CONTACT)
    if last is None:
        return stored
    reply = known.get(ReasonCode.REPLY) or known.get(ReasonCode.CALL_ANSWERED)
    if reply and read_values(reply)["at"] <= read_values(last)["at"]:
        return [{**reason, "number": 0} if reason is last else reason for reason in stored]
    invited = ReasonCode.INVITATION_ACCEPTED in known or ReasonCode.INVITATION_IGNORED in known
    if invited and not last["number"] and last["channel"] == Channel.LINKEDIN:
        silent = known.get(ReasonCode.SILENT_SINCE)
        return [reason for reason in stored if reason is not last and reason is not silent]
    return stored


def clause(reason: Mapping[str, Any], setting: Setting) -> str:
    return CLAUSES[ReasonCode(reason["code"])](read_values(reason), setting)
