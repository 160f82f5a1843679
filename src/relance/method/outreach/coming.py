"""How a recruiter's follow-ups fall on the working days to come, and what slips from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from relance.accounts.absences import absences, availability
from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.calendar import Calendar
from relance.cadence.words import Action, Code, Situation
from relance.method.outreach.day import figures
from relance.method.outreach.decisions import redecide_changed
from relance.method.outreach.models import Outreach

COUNTED = 2_000
REDECIDED_BY_A_PAGE = 900
SOURCED = (Situation.FIRST_MESSAGE, Situation.LINKEDIN_INVITATION, Situation.CV_DATABASE)
FALLS_DUE = Q(in_queue=True) | Q(action=Action.WAIT, code__in=[Code.TOO_EARLY, Code.AWAY, Code.SNOOZED])


@dataclass(frozen=True, slots=True)
class Day:
    """One working day: what falls due on it, what came over from the day before, what slips to the next.

    `starred` are those of them an answer is wanted from absolutely, or owed to: they go first.
    """

    on: date
    due: int
    carried: int
    starred: int
    slips: int
    starred_slip: int

    @property
    def total(self) -> int:
        return self.due + self.carried


@dataclass(frozen=True, slots=True)
class Coming:
    """The days to come, today first if it is worked, and how many outreaches were counted."""

    today: Day | None
    days: tuple[Day, ...]
    capacity: int
    waiting: int
    """Invitations that nobody accepted yet: nothing falls due before they are."""


def coming(member: Membership, *, now: datetime, day_began_at: datetime, days: int = 4) -> Coming:
    """The recruiter's next contacts by working day of theirs, each as its decision says.

    The next contact of each outreach alone: what comes after it hangs on when it leaves. What is past its
    `changes_at` is decided anew first. `day_began_at` is the recruiter's own midnight.
    """
    redecide_changed(now=now, member=member, limit=REDECIDED_BY_A_PAGE)
    zone = ZoneInfo(member.organisation.timezone)
    today = now.astimezone(zone).date()
    rows = within(Outreach.objects.all(), member).filter(recruiter=member, is_open=True)
    told = rows.filter(FALLS_DUE, due_at__isnull=False).order_by("due_at", "pk")
    dues = [
        (max(due_at.astimezone(zone).date(), today), must_answer or action == Action.ANSWER)
        for due_at, must_answer, action in told.values_list("due_at", "must_answer", "action")[:COUNTED]
        if due_at is not None
    ]
    waiting = rows.filter(code=Code.INVITATION_PENDING).order_by()[:COUNTED].count()
    worked, works_today = _working_days(member, today, days)
    done = figures(member, now=now, day_began_at=day_began_at).done
    left = max(0, member.capacity - done)
    capacities = [left if on == today else member.capacity for on in worked]
    fallen = fall(dues, worked, capacities)
    return Coming(
        fallen[0] if works_today and fallen else None,
        tuple(fallen[1:] if works_today else fallen),
        member.capacity,
        waiting,
    )


def approached_since(member: Membership, instant: datetime) -> int:
    """How many people the recruiter sent a first word to since, found by themself; what was brought in left out."""
    rows = within(Outreach.objects.all(), member).filter(
        recruiter=member, situation__in=SOURCED, opened_at__gte=instant, brought_in_at=None
    )
    return rows.exclude(code=Code.NO_FIRST_ACTION).order_by()[:COUNTED].count()


def _working_days(member: Membership, today: date, days: int) -> tuple[list[date], bool]:
    """The member's next working days, today's own before them if it is one."""
    own = absences(member)
    found: list[date] = []
    at = availability(member, today, own)
    works_today = _works(member, today, off=at.off)
    if works_today:
        found.append(today)
    following = at.back_on
    while following is not None and len(found) < days + works_today:
        found.append(following)
        following = availability(member, following, own).back_on
    return found, works_today


def _works(member: Membership, day: date, *, off: bool) -> bool:
    calendar = Calendar.of(member.organisation.timezone, member.organisation.region)
    return not off and calendar.is_working(day.toordinal())


def fall(dues: Sequence[tuple[date, bool]], days: Sequence[date], capacities: Sequence[int]) -> list[Day]:
    """Lay what is due (its day, and whether it goes first) on working days; beyond the capacity it slips.

    What is due on a day that is none of them is done on the next. What goes first slips last.
    """
    fallen: list[Day] = []
    carried = carried_starred = 0
    before = date.min
    for on, capacity in zip(days, capacities, strict=True):
        these = [first for day, first in dues if before < day <= on]
        starred = carried_starred + sum(these)
        total = carried + len(these)
        slips = max(0, total - capacity)
        starred_slip = max(0, starred - capacity)
        fallen.append(Day(on, len(these), carried, starred, slips, starred_slip))
        carried, carried_starred, before = slips, starred_slip, on
    return fallen
