"""One person of a session, as the table shows them."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from relance.cadence.words import Action, Channel, Code, Situation
from relance.method.candidates.models import Candidate
from relance.method.delivery.models import Outgoing
from relance.method.outreach.models import Outreach, Permit, SourcingSession
from relance.method.outreach.sessions import still_to_write
from relance.web.people.rows import held_words, work_of
from relance.web.phrases.ages import clock, short_day
from relance.web.phrases.marks import marks
from relance.web.phrases.reasons import Setting
from relance.web.phrases.states import state

ICONS = {Channel.EMAIL: "mail", Channel.SMS: "sms", Channel.CALL: "phone"}


@dataclass(frozen=True, slots=True)
class Row:
    """`next` is the day of the follow-up, or what is still to be done; `todo` says that it is."""

    pk: int
    candidate: Candidate
    time: str
    starred: bool
    where: str
    icon: str
    situation: str
    hook: str
    next: str
    todo: bool
    marks: SafeString


def row_of(
    outreach: Outreach,
    session: SourcingSession,
    permit: Permit | None,
    leaving: Outgoing | None,
    setting: Setting,
) -> Row:
    """The row of somebody who was entered in a session."""
    if leaving is not None:
        says, todo = _("on its way"), False
    elif permit is not None:
        says, todo = _("sent?"), True
    elif still_to_write(outreach):
        says, todo = _("to write"), True
    else:
        says, todo = _next(outreach, setting), False
    return Row(
        pk=outreach.pk,
        candidate=outreach.candidate,
        time=clock(outreach.opened_at, setting.zone),
        starred=outreach.must_answer,
        where=work_of(outreach.candidate),
        icon=ICONS.get(Channel(session.channel), "linkedin"),
        situation=situation_words(outreach.situation),
        hook=outreach.hook,
        next=says,
        todo=todo,
        marks=marks(outreach),
    )


def situation_words(situation: str) -> str:
    """How the approach opened, short enough for a column."""
    return _("Invitation") if situation == Situation.LINKEDIN_INVITATION else _("First message")


def _next(outreach: Outreach, setting: Setting) -> str:
    if outreach.held:
        return held_words(outreach.held)
    if outreach.code == Code.INVITATION_PENDING:
        return _("once accepted")
    if outreach.action == Action.STOP or outreach.due_at is None:
        return state(outreach)
    on = max(outreach.due_at, setting.now).astimezone(setting.zone).date()
    return short_day(on, setting.today)
