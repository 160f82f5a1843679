"""The applications that stand: whom to reach, whom to turn down, and who was tried."""

from dataclasses import dataclass
from datetime import datetime

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Action, Code, Situation
from relance.method.outreach.decisions import redecide_changed
from relance.method.outreach.models import LISTED, Outreach

SHOWN = 100
REDECIDED_BY_A_PAGE = 900


@dataclass(frozen=True, slots=True)
class Applications:
    """The recruiter's, the soonest due first. `untouched` are those that nothing was sent to yet."""

    untouched: list[Outreach]
    tried: list[Outreach]
    more: bool


def applications(member: Membership, *, now: datetime) -> Applications:
    """The open applications of the recruiter; what is past its `changes_at` is decided anew first."""
    redecide_changed(now=now, member=member, limit=REDECIDED_BY_A_PAGE)
    rows = within(Outreach.objects.select_related("candidate"), member).filter(
        LISTED, recruiter=member, situation=Situation.APPLICATION, is_open=True
    )
    found = list(rows.order_by("due_at", "pk")[: SHOWN + 1])
    shown = found[:SHOWN]
    untouched = [outreach for outreach in shown if _is_untouched(outreach)]
    return Applications(untouched, [row for row in shown if not _is_untouched(row)], more=len(found) > SHOWN)


def _is_untouched(outreach: Outreach) -> bool:
    waits = outreach.action == Action.WAIT and outreach.code == Code.TOO_EARLY
    return outreach.code == Code.FIRST_ACTION or (waits and outreach.step == 0)


def may_be_refused(outreach: Outreach) -> bool:
    """Whether an application may be turned down now: it is due, or an answer to it is owed."""
    return (
        outreach.situation == Situation.APPLICATION
        and outreach.is_open
        and outreach.action in {Action.ANSWER, Action.CONTACT}
    )
