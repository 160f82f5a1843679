"""What passed with a person, newest first, by year, the long silences shown."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.accounts.models import Membership
from relance.cadence.words import Kind, Tone
from relance.method.outreach.actions import UNDO_FOR
from relance.method.outreach.models import Event
from relance.web.people.sieving import situation_name
from relance.web.phrases.reasons import Setting
from relance.web.today.talk import Said, conversation

LONG_SILENCE = timedelta(days=60)
MONTH = 30
YEAR = 365


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a fact with its remark, a silence, or a year."""

    said: Said | None = None
    remark: str = ""
    may_be_taken_back: bool = False
    silence: str = ""
    why: str = ""
    year: int = 0


def lines_of(events: list[Event], member: Membership, name: str, setting: Setting) -> list[Line]:
    """The lines of facts given newest first."""
    lines: list[Line] = []
    year = setting.today.year
    opened = {event.outreach_id: event.pk for event in events}  # the oldest fact shown of each outreach
    for index, (event, said) in enumerate(
        zip(events, conversation(events, member, name, setting), strict=True)
    ):
        at = event.at.astimezone(setting.zone)
        if index and events[index - 1].at - event.at >= LONG_SILENCE:
            lines.append(Line(silence=_span(events[index - 1].at - event.at), why=_why(event)))
        if at.year != year:
            year = at.year
            lines.append(Line(year=year))
        recent = event.recorded_at >= setting.now - UNDO_FOR and not event.source
        lines.append(
            Line(
                said=said,
                remark=_opening(event) if opened[event.outreach_id] == event.pk else "",
                may_be_taken_back=recent and event.recorded_by_id == member.pk,
            )
        )
    return lines


def _span(span: timedelta) -> str:
    if span.days >= 2 * YEAR:
        years = span.days // YEAR
        return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    months = max(2, round(span.days / MONTH))
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def _why(before: Event) -> str:
    """The silence, and whose wish it was."""
    if before.kind == Kind.REPLY and before.tone == Tone.LATER:
        return _("Silence, as they had asked.")
    if before.kind == Kind.CLOSED:
        return _("Silence, since you stopped.")
    return _("Silence.")


def _opening(event: Event) -> str:
    situation = situation_name(event.outreach.situation)
    if event.outreach.purpose:
        words = {"situation": situation, "purpose": event.outreach.purpose}
        return _("%(situation)s: %(purpose)s") % words
    return situation
