"""Through whose hands a person went: hand-overs and overrides as lines, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from relance.accounts.models import Membership
from relance.method.candidates.models import Candidate
from relance.method.outreach.hand_overs import hand_overs_of
from relance.method.outreach.models import HandOver, Override, WhyHandedOver
from relance.method.outreach.overriding import overrides_of
from relance.web.phrases.ages import short_day
from relance.web.phrases.reasons import Setting


@dataclass(frozen=True, slots=True)
class Hand:
    """One line: the day, what happened, and the words that were written with it."""

    at: datetime
    on: str
    says: str
    words: str


def hands(member: Membership, candidate: Candidate, setting: Setting) -> list[Hand]:
    """Every hand-over that was given and every override, newest first."""
    return told(
        [row for row in hand_overs_of(member, candidate) if row.given],
        overrides_of(member, candidate),
        setting,
    )


def told(given: list[HandOver], overrides: list[Override], setting: Setting) -> list[Hand]:
    """The same, of rows at hand."""
    lines = [_hand(row, setting) for row in given]
    lines += [
        _line(
            row.returned_at,
            _("%(name)s is back and follows them again.") % {"name": row.giver.user},
            "",
            setting,
        )
        for row in given
        if row.returned_at
    ]
    lines += [
        _line(
            row.given_at,
            _("%(manager)s let %(name)s write to them while a colleague was in touch.")
            % {"manager": row.manager.user, "name": row.recruiter.user},
            row.reason,
            setting,
        )
        for row in overrides
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _hand(row: HandOver, setting: Setting) -> Hand:
    names = {"giver": row.giver.user, "taker": row.taker.user}
    says = {
        WhyHandedOver.ASKED: _("From %(giver)s to %(taker)s, who asked for them."),
        WhyHandedOver.GIVEN: _("From %(giver)s to %(taker)s."),
        WhyHandedOver.COVER: _("%(taker)s stands in for %(giver)s, who is away."),
        WhyHandedOver.LEAVING: _("From %(giver)s, who left, to %(taker)s."),
    }[WhyHandedOver(row.why)]
    return _line(row.ended_at or row.asked_at, says % names, row.note, setting)


def _line(at: datetime, says: str, words: str, setting: Setting) -> Hand:
    return Hand(at, short_day(at.astimezone(setting.zone).date(), setting.today), says, words)
