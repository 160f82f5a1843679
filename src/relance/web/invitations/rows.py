"""One turn of the round in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from relance.cadence.words import Action, Channel, Code
from relance.method.candidates.models import Candidate
from relance.method.candidates.queries import known_channels
from relance.method.invitations.models import Said
from relance.method.invitations.queries import Turn
from relance.method.outreach.models import Outreach
from relance.web.phrases.ages import day, length
from relance.web.phrases.marks import NOTHING, marks
from relance.web.phrases.reasons import Setting, by_channel
from relance.web.phrases.states import next_step

NOTE_SHOWN = 60


@dataclass(slots=True)
class Row:
    """`when` stands in the margin, `under` below the name; `following` is who comes next.

    `said` is empty until something was.
    """

    pk: int
    candidate: Candidate
    when: str
    starred: bool
    about: str
    under: str
    adds_address: bool
    is_old: bool
    likely: bool
    said: str
    said_at: datetime | None
    following: int | None = None
    marks: SafeString = NOTHING


def row_of(turn: Turn, setting: Setting) -> Row:
    """The row of one invitation."""
    outreach, candidate = turn.outreach, turn.outreach.candidate
    old = turn.ends_at() <= setting.now or (turn.ends_at() - setting.now).days < 2
    alone = all(channel is Channel.LINKEDIN for channel in known_channels(candidate))
    return Row(
        pk=outreach.pk,
        candidate=candidate,
        when=length(setting.now - turn.sent_at),
        starred=outreach.must_answer,
        about=", ".join(part for part in (candidate.role, candidate.company) if part),
        under=_under(turn, setting, old=old, alone=alone),
        adds_address=old and alone and turn.look is None,
        is_old=old and turn.look is None,
        likely=turn.told is not None and turn.look is None,
        said=_said(turn, setting),
        said_at=turn.look.at if turn.look else None,
        marks=marks(outreach),
    )


def _under(turn: Turn, setting: Setting, *, old: bool, alone: bool) -> str:
    if turn.told is not None:
        when = day(turn.told.sent_at, setting.today, setting.zone)
        return _("Accepted %(when)s, says LinkedIn's mail") % {"when": when}
    if old and turn.look is None:
        return _what_comes(turn, setting, alone=alone)
    if turn.note:
        return _("With a note: “%(note)s”") % {
            "note": Truncator(" ".join(turn.note.split())).chars(NOTE_SHOWN)
        }
    return _("With a note") if turn.has_note else _("Without a note")


def _what_comes(turn: Turn, setting: Setting, *, alone: bool) -> str:
    """What the method does when the 14 days are over."""
    outreach = turn.outreach
    if outreach.code == Code.INVITATION_IGNORED:
        return (
            _("Ended: not accepted, and no other channel is known.") if alone else _("Ended: not accepted.")
        )
    if turn.ends_at() <= setting.now:
        if outreach.action == Action.CONTACT:
            words = {"what": next_step(outreach, setting), "by": by_channel(outreach.channel)}
            return _("%(what)s, %(by)s") % words
        return next_step(outreach, setting)
    when = day(turn.ends_at(), setting.today, setting.zone).capitalize()
    if alone:
        return _("%(when)s: it stops, no other channel is known.") % {"when": when}
    other = next(each for each in known_channels(outreach.candidate) if each is not Channel.LINKEDIN)
    return _("%(when)s: 1st follow-up %(by)s") % {"when": when, "by": by_channel(other)}


def _said(turn: Turn, setting: Setting) -> str:
    if turn.look is None:
        return ""
    if turn.look.said == Said.WAITING:
        return _("Still waiting, not asked about again today")
    if turn.look.said == Said.WITHDRAWN:
        return _("Withdrawn: %(next)s") % {"next": lower_first(_next(turn.outreach, setting))}
    return _("Accepted: %(next)s") % {"next": lower_first(_next(turn.outreach, setting))}


def _next(outreach: Outreach, setting: Setting) -> str:
    """What the decision proposes from here on."""
    if outreach.held:
        return _("held back by the guard")
    if outreach.action == Action.CONTACT and outreach.code == Code.FOLLOW_UP:
        return _("the message is yours to write, %(by)s") % {"by": by_channel(outreach.channel)}
    return next_step(outreach, setting)


def lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
