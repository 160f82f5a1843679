"""The sentences of a refusal and of what frees the person."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.accounts.models import Membership
from relance.cadence.decision import Refusal
from relance.cadence.foreseen import Foreseen
from relance.cadence.guard import AFTER_A_COLLEAGUE
from relance.cadence.words import Action, ReasonCode, RefusalCode
from relance.method.outreach.models import HandOver, Outreach
from relance.web.phrases.ages import day, ordinal
from relance.web.phrases.names import first_name
from relance.web.phrases.reasons import Setting
from relance.web.phrases.states import next_step, reason_of, refusal


@dataclass(frozen=True, slots=True)
class Freeing:
    """One thing that frees the person: when (the margin), what, and what it means."""

    when: str
    what: str
    means: str
    now: bool = False


def refused(told: Refusal | None, outreach: Outreach, follower: Membership, setting: Setting) -> str:
    """Who is in touch, since when; or what else the guard says."""
    name = first_name(follower)
    if told is not None and told.code != RefusalCode.COLLEAGUE:
        return refusal(told.code, told.frees_at, setting)
    last = reason_of(outreach, ReasonCode.LAST_CONTACT)
    if outreach.action == Action.STOP:
        ended = setting.on(outreach.ended_at) if outreach.ended_at else ""
        return _("%(name)s wrote to them; that approach ended %(when)s, without an answer.") % {
            "name": name, "when": ended,
        }  # fmt: skip
    if outreach.action == Action.ANSWER:
        return _("%(name)s is in touch with them: they have written, and %(name)s owes them an answer.") % {
            "name": name
        }
    if not last:
        return _("%(name)s is in touch with them.") % {"name": name}
    number = last.get("number") or 0
    sent = (
        _("the %(nth)s follow-up left %(when)s") % {"nth": ordinal(number), "when": setting.on(last["at"])}
        if number
        else _("the first message left %(when)s") % {"when": setting.on(last["at"])}
    )
    return _("%(name)s is writing to them already: %(sent)s, without an answer so far.") % {
        "name": name, "sent": sent,
    }  # fmt: skip


def frees(
    told: Refusal | None, outreach: Outreach, follower: Membership, foreseen: Foreseen, setting: Setting
) -> list[Freeing]:
    """What frees the person, the nearest first; with nothing done, the last."""
    if told is not None and told.code != RefusalCode.COLLEAGUE:
        if told.frees_at is None:
            return []
        when = day(told.frees_at, setting.today, setting.zone)
        return [Freeing(when, _("Time alone"), refusal(told.code, None, setting))]
    name = first_name(follower)
    found = [
        Freeing(
            _("as soon as they say yes"),
            _("%(name)s hands them over to you") % {"name": name},
            _left(outreach),
            now=True,
        )
    ]
    if outreach.action != Action.STOP:
        found.append(
            Freeing(
                _("at any time"),
                _("They answer"),
                _("After a no they are left in peace, 30 or 180 days; after a yes or a “later”, "
                  "%(name)s sees it with you.") % {"name": name},
            )
        )  # fmt: skip
    if told is not None and told.frees_at is not None:
        found.append(Freeing(day(told.frees_at, setting.today, setting.zone), _("Silence, to the end"),
                             _("90 days without anybody, since that approach ended.")))  # fmt: skip
    elif foreseen.ends_at is not None:
        free = foreseen.ends_at + AFTER_A_COLLEAGUE
        found.append(
            Freeing(
                day(free, setting.today, setting.zone),
                _("Silence, to the end"),
                _to_the_end(foreseen, name, setting),
            )
        )
    return found


def _left(outreach: Outreach) -> str:
    counted = reason_of(outreach, ReasonCode.FOLLOW_UPS)
    if counted is None:
        return _("They become yours, with their history.")
    left = max(0, counted["planned"] - counted["sent"])
    return ngettext(
        "They become yours, with their history. The counter goes on: %(count)s follow-up is left.",
        "They become yours, with their history. The counter goes on: %(count)s follow-ups are left.",
        left,
    ) % {"count": left}


def _to_the_end(foreseen: Foreseen, name: str, setting: Setting) -> str:
    parts = [
        _("%(nth)s follow-up of %(name)s %(when)s at the earliest") % {
            "nth": ordinal(step), "name": name, "when": setting.on(at),
        }
        for step, at in foreseen.steps
        if step
    ]  # fmt: skip
    if foreseen.ends_at is not None:
        parts.append(
            _("last word %(when)s") % {"when": setting.on(foreseen.ends_at - timedelta(microseconds=1))}
        )
    parts.append(_("then 90 days without anybody"))
    text = ", ".join(parts)
    return text[0].upper() + text[1:] + "."


@dataclass(frozen=True, slots=True)
class Asking:
    """What a colleague asks for, who, and what should be known before saying yes."""

    row: HandOver
    who: str
    after: str


def asking(row: HandOver, outreach: Outreach | None, setting: Setting) -> Asking:
    """A request, for whoever answers it; without the outreach at hand, only that the history follows."""
    who = first_name(row.taker)
    counted = reason_of(outreach, ReasonCode.FOLLOW_UPS) if outreach else None
    if outreach is None or counted is None:
        return Asking(row, who, _("If yes: the whole history follows, and the next step is with %(name)s.") % {
            "name": who})  # fmt: skip
    count = max(0, counted["planned"] - counted["sent"])
    left = ngettext(
        "%(count)s follow-up is left with %(name)s", "%(count)s follow-ups are left with %(name)s", count
    ) % {"count": count, "name": who}
    after = _("If yes: the whole history follows, your next step is taken off (%(step)s), and %(left)s.")
    return Asking(row, who, after % {"step": next_step(outreach, setting), "left": left})


def asking_words(name: str) -> str:
    """What stands in the field before anything is typed."""
    return _("%(name)s, [why them, in one line]. Would you hand them over?") % {"name": name}
