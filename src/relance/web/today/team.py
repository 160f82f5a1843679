"""What the left page says of the team: days off, what an absence left behind, what colleagues ask for."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.accounts.absences import Availability, absences, availability, spans
from relance.accounts.models import Absence, Membership
from relance.method.outreach.hand_overs import asked_of, covers_of
from relance.method.outreach.models import Outreach
from relance.method.outreach.queries import ended_between
from relance.web.hand_over.phrases import Asking, asking
from relance.web.phrases.ages import long_day, people, short_day
from relance.web.phrases.names import first_name
from relance.web.phrases.reasons import Setting
from relance.web.phrases.states import state

ASKED_BACK_FOR = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Ended:
    """Somebody whose outreach ended by itself meanwhile: when, who, and why."""

    outreach: Outreach
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class Team:
    """`away` says that this is no day of follow-ups, `back` what the return finds, `covers` who stood in."""

    is_away: bool
    away: str
    back: str
    ended: list[Ended]
    covers: str
    requests: list[Asking]


@dataclass(frozen=True, slots=True)
class Presence:
    """The member's absences, and how they stand today."""

    rows: list[Absence]
    stands: Availability


def presence_of(member: Membership, setting: Setting) -> Presence:
    """Whether this is a day on which the member follows people up."""
    rows = absences(member)
    return Presence(rows, availability(member, setting.today, rows))


def team_of(member: Membership, presence: Presence, setting: Setting, *, has_requests: bool) -> Team:
    """What concerns this member on this day; asked once the queue is decided, which may end outreaches."""
    stands, rows = presence.stands, presence.rows
    return Team(
        is_away=stands.off,
        away=_away(stands) if stands.off else "",
        back=_back(stands) if stands.ended and not stands.off else "",
        ended=_ended(member, stands, setting) if not stands.off else [],
        covers=_covers(member) if not stands.off and _was_away(rows, setting) else "",
        requests=[asking(row, None, setting) for row in asked_of(member)] if has_requests else [],
    )


def _away(stands: Availability) -> str:
    if stands.span is None:
        says = _("Not one of your working days: nothing is asked of you.")
    elif stands.span.absence.member_id is not None:
        says = _("You are away: nothing is asked of you.")
    elif stands.span.absence.name:
        says = _("The firm writes to nobody these days: %(name)s.") % {"name": stands.span.absence.name}
    else:
        says = _("The firm writes to nobody these days.")
    if stands.back_on is None:
        return says
    return _("%(away)s Back %(day)s.") % {"away": says, "day": long_day(stands.back_on)}


def _back(stands: Availability) -> str:
    assert stands.ended is not None
    if stands.ended.absence.member_id is None:
        return _("Back from the quiet period: your day holds what you can do well, the rest follows.")
    return _("Back from your days off: your day holds what you can do well, the rest follows.")


def _ended(member: Membership, stands: Availability, setting: Setting) -> list[Ended]:
    if stands.ended is None:
        return []
    began = datetime.combine(stands.ended.first_on, time(), setting.zone)
    return [
        Ended(row, short_day(row.ended_at.astimezone(setting.zone).date(), setting.today), state(row))
        for row in ended_between(member, began, setting.now)
        if row.ended_at
    ]


def _was_away(rows: list[Absence], setting: Setting) -> bool:
    """Whether the member's own days off ended of late: only then somebody may have stood in."""
    own = [row for row in rows if row.member_id is not None]
    since = setting.today - ASKED_BACK_FOR
    return any(since <= span.last_on < setting.today for span in spans(own, setting.today))


def _covers(member: Membership) -> str:
    rows = covers_of(member)
    if not rows:
        return ""
    names = ", ".join(dict.fromkeys(first_name(row.taker) for row in rows))
    return ngettext(
        "%(names)s follows %(people)s for you.",
        "%(names)s follow %(people)s for you.",
        len(set(names.split(", "))),
    ) % {"names": names, "people": people(len(rows))}
