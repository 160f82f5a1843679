"""Days off, working days and quiet periods: on which days a member follows people up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from relance.accounts.models import Absence, Membership, Organisation
from relance.accounts.queries import within
from relance.accounts.written_out import rows_of
from relance.cadence.calendar import Calendar

LONGEST = timedelta(days=366)
MOST = 200
FARTHEST = 400
QUIET_AT_NEW_YEAR = (date(2000, 12, 24), date(2001, 1, 2))
"""The firm's first quiet period, by day and month; it comes back every year."""

# Written out: asked before every contact.
_QUIET = f"""
SELECT * FROM "accounts_absence" WHERE "organisation_id" = %s AND "member_id" IS NULL
ORDER BY "starts_on", "id" LIMIT {MOST}
"""  # noqa: S608 - our own number


class NotDays(Exception):
    """The last day comes before the first, or more than a year after it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which nobody is followed up, both ends included."""

    first_on: date
    last_on: date
    absence: Absence

    def holds(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


@dataclass(frozen=True, slots=True)
class Availability:
    """How a member stands on one day.

    `off`: a day on which everybody works and they do not, for an absence, a quiet period (`span`) or
    because it is none of their working days. `back_on` is the next day they work; `ended` an absence
    or quiet period that ended since they last worked, so that this is the day of return.
    """

    off: bool
    span: Span | None
    back_on: date | None
    ended: Span | None


def access_absence(member: Membership, pk: int) -> Absence:
    """One's own absence, or a quiet period of the firm. Raises Absence.DoesNotExist."""
    return within(Absence.objects.all(), member).filter(Q(member=member) | Q(member=None)).get(pk=pk)


def absences(member: Membership) -> list[Absence]:
    """The member's days off and the firm's quiet periods, in order of their first day."""
    return _absences(member.organisation_id, Q(member=member) | Q(member=None))


def absences_of_all(organisation: Organisation) -> list[Absence]:
    """Every absence and quiet period of the firm, in order of their first day."""
    return _absences(organisation.pk, Q())


def _absences(organisation_id: int, whose: Q) -> list[Absence]:
    rows = Absence.objects.filter(whose, organisation_id=organisation_id)
    return list(rows.order_by("starts_on", "pk")[:MOST])


def spans(rows: Iterable[Absence], around: date) -> list[Span]:
    """Those absences as days near `around`: one that comes back stands for last year, this one and the next."""
    found = [
        Span(_moved(row.starts_on, years), _moved(row.ends_on, years), row)
        for row in rows
        for years in (
            [around.year - row.starts_on.year + shift for shift in (-1, 0, 1)] if row.every_year else [0]
        )
    ]
    return sorted(found, key=lambda span: span.first_on)


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)


def quiet_until(organisation: Organisation, day: date) -> date | None:
    """The last day of the firm's quiet period that holds `day`, or None."""
    rows = rows_of(Absence, _QUIET, [organisation.pk])
    return max((span.last_on for span in spans(rows, day) if span.holds(day)), default=None)


def availability(member: Membership, day: date, rows: Sequence[Absence] | None = None) -> Availability:
    """How the member stands on a day of their own zone; `rows`, if given, are their absences."""
    own = spans(absences(member) if rows is None else rows, day)
    calendar = Calendar.of(member.organisation.timezone, member.organisation.region)

    def works(when: date) -> bool:
        return (
            calendar.is_working(when.toordinal())
            and str(when.isoweekday()) in member.working_days
            and not any(span.holds(when) for span in own)
        )

    before = next((when for when in _days(day, -1) if works(when)), day)
    span = next((span for span in own if span.holds(day)), None)
    return Availability(
        off=span is not None or (calendar.is_working(day.toordinal()) and not works(day)),
        span=span,
        back_on=next((when for when in _days(day, 1) if works(when)), None),
        ended=max((each for each in own if before < each.last_on < day), key=_last_on, default=None),
    )


def _days(day: date, step: int) -> Iterator[date]:
    """The days before it or after it, the nearest first."""
    return (day + timedelta(days=step * shift) for shift in range(1, FARTHEST + 1))


def _last_on(span: Span) -> date:
    return span.last_on


@transaction.atomic
def add_absence(
    *,
    member: Membership,
    firm: bool,
    name: str,
    starts_on: date,
    ends_on: date,
    every_year: bool = False,
) -> Absence:
    """Enter days off of the member, or with `firm` a quiet period of everybody. Raises NotDays.

    Who may settle the firm is asked before, where its pages stand.
    """
    if not starts_on <= ends_on <= starts_on + LONGEST:
        raise NotDays
    return Absence.objects.create(
        organisation_id=member.organisation_id,
        member=None if firm else member,
        name=name.strip()[:80],
        starts_on=starts_on,
        ends_on=ends_on,
        every_year=every_year,
    )


def remove_absence(*, absence: Absence) -> None:
    """Take days off, or a quiet period, out again."""
    absence.delete()


def plant_quiet_period(*, organisation: Organisation) -> None:
    """Give a new firm its quiet period at the turn of the year."""
    starts_on, ends_on = QUIET_AT_NEW_YEAR
    Absence.objects.create(organisation=organisation, starts_on=starts_on, ends_on=ends_on, every_year=True)


def change_working_days(*, member: Membership, working_days: str) -> None:
    """Say on which days of the week (1 to 7, Monday first) a member follows people up."""
    member.working_days = "".join(sorted(set(working_days) & set("1234567")))
    member.save(update_fields=["working_days"])
