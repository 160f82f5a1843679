"""A message on its way out, as the day shows it: when it leaves, from where, what holds it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.method.delivery.models import Leaving, Outgoing, Problem
from relance.web.phrases.ages import length
from relance.web.phrases.reasons import Setting


@dataclass(frozen=True, slots=True)
class Leaves:
    """`says` is the whole sentence, `short` what a row has room for; `may_be_taken_back` until it leaves."""

    outgoing: Outgoing
    says: str
    short: str
    problem: str
    may_be_taken_back: bool
    to_check: bool


def leaves(outgoing: Outgoing, setting: Setting) -> Leaves:
    """When a message leaves, in words."""
    return Leaves(
        outgoing=outgoing,
        says=_("To %(to)s, from %(sender)s: %(when)s.") % {
            "to": outgoing.to, "sender": outgoing.mailbox.address, "when": when(outgoing, setting)},
        short=when(outgoing, setting),
        problem=problem(outgoing),
        may_be_taken_back=outgoing.state == Leaving.READY,
        to_check=outgoing.state == Leaving.TO_CHECK,
    )  # fmt: skip


def when(outgoing: Outgoing, setting: Setting) -> str:
    """« part dans 25 s », « part demain à 8 h 30 », « part maintenant »."""
    if outgoing.state == Leaving.TO_CHECK:
        return _("it left, or not: to be checked")
    if outgoing.state == Leaving.SENDING or outgoing.due_at <= setting.now:
        return _("leaving now")
    if (outgoing.due_at - setting.now).total_seconds() < 60:
        return _("leaves in %(time)s") % {"time": length(outgoing.due_at - setting.now)}
    return _("leaves %(when)s") % {"when": setting.at(outgoing.due_at)}


def problem(outgoing: Outgoing) -> str:
    """What holds a message that should have left."""
    if outgoing.problem == Problem.UNREAD:
        return _("The mailbox could not be read: an answer may be in it, so nothing leaves.")
    if outgoing.mailbox.fault:
        return _("The mailbox does not work at the moment; see the settings.")
    if outgoing.attempts:
        return ngettext(
            "The server asked to try again later (%(count)s try).",
            "The server asked to try again later (%(count)s tries).",
            outgoing.attempts,
        ) % {"count": outgoing.attempts}
    return ""
