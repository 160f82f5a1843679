"""What was said and what happened, as the conversation shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from relance.accounts.models import Membership
from relance.cadence.words import Channel, Kind
from relance.method.outreach.models import Event
from relance.web.phrases.ages import clock, short_day
from relance.web.phrases.names import first_name
from relance.web.phrases.reasons import Setting, occasion_name, tone_name
from relance.web.phrases.states import refusal
from relance.web.today.rows import ICONS


@dataclass(frozen=True, slots=True)
class Said:
    """One entry: the margin tells the day, the channel and who; the body tells what."""

    pk: int
    day: str
    time: str
    who: str
    icon: str
    subject: str
    text: str
    note: str
    theirs: bool


def conversation(events: list[Event], member: Membership, name: str, setting: Setting) -> list[Said]:
    """The events worth showing, oldest first."""
    return [_said(event, member, name, setting) for event in events]


def _said(event: Event, member: Membership, name: str, setting: Setting) -> Said:
    theirs = event.kind in {
        Kind.REPLY, Kind.INVITATION_ACCEPTED, Kind.APPLICATION_RECEIVED, Kind.AUTO_REPLY, Kind.OPT_OUT,
        Kind.INMAIL_DECLINED,
    }  # fmt: skip
    at = event.at.astimezone(setting.zone)
    return Said(
        pk=event.pk,
        day=short_day(at.date(), setting.today),
        time=clock(event.at, setting.zone),
        who=name if theirs else _who(event, member),
        icon=ICONS[Channel(event.channel)] if event.channel else _icon(event.kind),
        subject=event.subject,
        text=event.text,
        note=_flagged(event, _note(event, setting), setting),
        theirs=theirs,
    )


def _flagged(event: Event, note: str, setting: Setting) -> str:
    """The note, and what a contact that was recorded all the same went past (METHOD, The guard)."""
    if not event.outside:
        return note
    flag = _("Outside the rules: %(why)s") % {"why": refusal(event.outside, None, setting)}
    return f"{note}. {flag}" if note else flag


def _who(event: Event, member: Membership) -> str:
    if event.recorded_by_id in {None, member.pk} or event.recorded_by is None:
        return _("You")
    return first_name(event.recorded_by)


def _icon(kind: str) -> str:
    return {
        Kind.INVITATION_SENT: "linkedin",
        Kind.INVITATION_ACCEPTED: "accept",
        Kind.CALL_UNANSWERED: "phone",
        Kind.CALL_ANSWERED: "phone",
        Kind.REASON: "calendar",
        Kind.SNOOZED: "clock",
        Kind.CLOSED: "stop",
        Kind.OPT_OUT: "stop",
        Kind.AUTO_REPLY: "away",
        Kind.BOUNCE: "bounce",
        Kind.APPLICATION_RECEIVED: "tray",
    }.get(Kind(kind), "reply")


def _note(event: Event, setting: Setting) -> str:
    """What happened, where no text says it."""
    kind = Kind(event.kind)
    if kind is Kind.REPLY:
        if event.resume_on:
            return _("Not now, rather %(when)s") % {"when": setting.on(event.resume_on)}
        return "" if event.text and event.tone in {"", "unknown"} else tone_name(event.tone).capitalize()
    if kind is Kind.CALL_UNANSWERED:
        return _("No answer, voicemail left") if event.voicemail else _("No answer")
    if kind is Kind.SNOOZED and event.until:
        return _("Postponed until %(when)s") % {"when": setting.at(event.until)}
    if kind is Kind.REASON and event.what:
        return occasion_name(event.what).capitalize()
    if kind is Kind.MESSAGE_SENT:
        return "" if event.text else _("Message whose text is not known")
    return {
        Kind.INVITATION_SENT: _("Invitation with a note") if event.note else _("Invitation, without a note"),
        Kind.INVITATION_ACCEPTED: _("Accepted the invitation"),
        Kind.INVITATION_WITHDRAWN: _("Invitation withdrawn"),
        Kind.CALL_ANSWERED: _("You spoke on the phone"),
        Kind.APPLICATION_RECEIVED: _("Applied"),
        Kind.INMAIL_DECLINED: _("Declined the InMail"),
        Kind.HANDLED: _("Nothing to answer"),
        Kind.AUTO_REPLY: _("Automatic answer"),
        Kind.BOUNCE: _("Came back undelivered"),
        Kind.OPT_OUT: _("Asked not to be contacted any more"),
        Kind.CLOSED: _("Stopped"),
    }.get(kind, "")
