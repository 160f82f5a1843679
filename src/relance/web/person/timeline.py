"""All that passed with a person, newest first, by year, with its silences."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.accounts.models import Membership
from relance.cadence.words import Kind, Tone
from relance.method.outreach.actions import UNDO_FOR
from relance.method.outreach.models import Event
from relance.web.phrases.ages import length
from relance.web.phrases.reasons import Setting
from relance.web.today import talk

A_SILENCE = timedelta(days=30)
A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Moment:
    """One line: an entry, and what stands above it: a silence, the year it is of."""

    said: talk.Said
    may_be_taken_back: bool
    silence: str
    silence_says: str
    year: int | None


def timeline(events: list[Event], member: Membership, name: str, setting: Setting) -> list[Moment]:
    """The events given oldest first, as the page shows them: newest first."""
    told = talk.conversation(events, member, name, setting)
    moments: list[Moment] = []
    later: Event | None = None
    year = setting.today.year
    for event, said in zip(reversed(events), reversed(told), strict=True):
        span = (later.at if later else setting.now) - event.at
        quiet = later is not None and span >= A_SILENCE
        its_year = event.at.astimezone(setting.zone).year
        moments.append(
            Moment(
                said=said,
                may_be_taken_back=_is_fresh(event, member, setting),
                silence=_span(span) if quiet else "",
                silence_says=_silence(event) if quiet else "",
                year=its_year if its_year != year else None,
            )
        )
        later, year = event, its_year
    return moments


def _is_fresh(event: Event, member: Membership, setting: Setting) -> bool:
    """Whether the member recorded it themself, so short a while ago that it can still be undone."""
    mine = event.recorded_by_id == member.pk and not event.source
    return mine and event.recorded_at >= setting.now - UNDO_FOR


def _span(span: timedelta) -> str:
    months = round(span.days / A_MONTH)
    if span.days < 60:
        return length(span)
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def _silence(before: Event) -> str:
    if before.kind == Kind.REPLY and (before.resume_on or before.tone in {Tone.LATER, Tone.NEGATIVE}):
        return _("Silence, at their request.")
    return _("Silence.")
