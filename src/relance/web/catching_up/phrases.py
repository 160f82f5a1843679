"""Reasons to catch up in words: why, since when, what holds them back, what was said last."""

from datetime import date, datetime

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.cadence.resting import REST_OF_A_PERSON, REST_OF_A_PURPOSE
from relance.cadence.words import Code, Kind, Occasion, ReasonCode, RefusalCode, Tone
from relance.method.catching_up.actions import Wait, Waiting
from relance.method.catching_up.models import Reason
from relance.method.catching_up.past import SILENCE
from relance.method.outreach.models import Event, Outreach
from relance.web.phrases.ages import length, short_day
from relance.web.phrases.reasons import Setting, occasion_name
from relance.web.phrases.states import reason_of, refusal

WORDS_SHOWN = 110


def why(reason: Reason) -> str:
    """What the reason is, as the row says it."""
    if reason.what == Occasion.JOB_CHANGE and reason.before:
        return _("%(before)s, now %(after)s") % {"before": reason.before, "after": reason.after}
    if reason.what == Occasion.WORK_ANNIVERSARY and reason.candidate.started_on and not reason.line:
        years = reason.on.year - reason.candidate.started_on.year
        return ngettext("%(count)s year in their position", "%(count)s years in their position", years) % {
            "count": years
        }
    if reason.line:
        return _("“%(words)s”") % {"words": Truncator(" ".join(reason.line.split())).chars(WORDS_SHOWN)}
    return occasion_name(reason.what).capitalize()


def since(reason: Reason, setting: Setting) -> str:
    """What the margin says: the day of an anniversary, the length of a silence, the age of the rest."""
    if reason.what == Occasion.WORK_ANNIVERSARY:
        return short_day(reason.on, setting.today)
    if reason.what == Occasion.SILENCE:
        return length(setting.today - reason.on + SILENCE)
    return length(max(setting.now - reason.found_at, setting.now - setting.now))


def what_waits(wait: Wait, setting: Setting) -> str:
    """Why a reason waits, and until when."""
    if wait.code == Waiting.OPEN:
        return _("An approach to them is under way: this waits until it is over.")
    if wait.code == Waiting.PLANNED:
        when = setting.on(wait.frees_at)
        return _("Catching up is planned %(when)s: one reason at a time, this one waits.") % {"when": when}
    if wait.code == Waiting.TOO_SOON:
        when = setting.on(wait.frees_at)
        return _("Their last message is less than 90 days old: this waits, free %(when)s.") % {"when": when}
    return refusal(RefusalCode(wait.code), wait.frees_at, setting)


def said_last(said: Event | None, setting: Setting) -> str:
    """What the person said last and what was promised: « le 3 mars : “…”, à reprendre le 1ᵉʳ septembre »."""
    if said is None:
        return ""
    words = " ".join(said.text.split())
    told = {"when": setting.on(said.at), "words": Truncator(words).chars(WORDS_SHOWN)}
    if words:
        text = _("Said %(when)s: “%(words)s”") % told
    elif said.kind == Kind.CALL_ANSWERED:
        text = _("You spoke on the phone %(when)s") % told
    else:
        text = _("Answered %(when)s") % told
    if said.resume_on is not None:
        text = _("%(said)s; to be written to again %(when)s") % {
            "said": text,
            "when": setting.on(said.resume_on),
        }
    return text


def taken(outreach: Outreach, setting: Setting) -> str:
    """What taking a reason up came to."""
    if outreach.due_at is None:
        return _("Taken up")
    return _("Taken up: catching up %(when)s") % {"when": setting.at(outreach.due_at)}


def after_a_no(tone: str, said_at: datetime | date, setting: Setting) -> str:
    """From when somebody who said no may be approached for something else; empty after anything but a no."""
    if tone == Tone.NOT_THIS_ONE:
        return _("Something else may be proposed to them %(when)s: they are left in peace for 30 days.") % {
            "when": setting.from_day(said_at + REST_OF_A_PURPOSE)
        }
    if tone in {Tone.NOT_LOOKING, Tone.NEGATIVE}:
        return _("They are left in peace for 180 days; %(when)s, catching up only.") % {
            "when": setting.from_day(said_at + REST_OF_A_PERSON)
        }
    return ""


def after_their_no(outreach: Outreach, setting: Setting) -> str:
    """The same, read from the decision of an outreach that ended by an answer."""
    answer = reason_of(outreach, ReasonCode.REPLY) if outreach.code == Code.ANSWERED else None
    return after_a_no(answer.get("tone") or "", answer["at"], setting) if answer else ""
