"""Days off, working days and quiet periods."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from relance.accounts.absences import (
    NotDays,
    access_absence,
    add_absence,
    availability,
    change_working_days,
    quiet_until,
    remove_absence,
)
from relance.accounts.models import Absence

TUESDAY = date(2026, 3, 10)


def off(member: Any, starts_on: date, ends_on: date, **more: Any) -> Absence:
    return add_absence(member=member, firm=False, name="", starts_on=starts_on, ends_on=ends_on, **more)


def test_a_day_off_lasts_until_the_next_day_worked(member: Any) -> None:
    off(member, TUESDAY, TUESDAY + timedelta(days=3))  # to Friday
    stands = availability(member, TUESDAY)
    assert (stands.off, stands.back_on) == (True, date(2026, 3, 16))
    on_return = availability(member, date(2026, 3, 16))
    assert (on_return.off, on_return.ended is not None) == (False, True)
    assert availability(member, date(2026, 3, 17)).ended is None, "only the day of return lists what went"


def test_a_weekend_is_no_absence_and_a_free_wednesday_is(member: Any) -> None:
    assert not availability(member, date(2026, 3, 14)).off
    change_working_days(member=member, working_days="1245")
    wednesday = availability(member, date(2026, 3, 11))
    assert (wednesday.off, wednesday.span, wednesday.back_on) == (True, None, date(2026, 3, 12))
    assert availability(member, date(2026, 3, 12)).ended is None


def test_the_return_from_a_public_holiday_counts(member: Any) -> None:
    off(member, date(2026, 4, 27), date(2026, 4, 30))
    assert availability(member, date(2026, 5, 1)).back_on == date(2026, 5, 4)
    assert availability(member, date(2026, 5, 4)).ended is not None


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 2), date(2031, 1, 1)])
def test_the_quiet_period_of_a_new_desk_comes_back_every_year(member: Any, day: date) -> None:
    until = quiet_until(member.organisation, day)
    assert until is not None
    assert (until.month, until.day) == (1, 2)


@pytest.mark.parametrize("day", [date(2026, 12, 23), date(2027, 1, 3), date(2026, 7, 14)])
def test_other_days_are_not_quiet(member: Any, day: date) -> None:
    assert quiet_until(member.organisation, day) is None


def test_a_leap_day_comes_back_on_the_28th(member: Any) -> None:
    add_absence(
        member=member,
        firm=True,
        name="",
        starts_on=date(2024, 2, 29),
        ends_on=date(2024, 2, 29),
        every_year=True,
    )
    assert quiet_until(member.organisation, date(2026, 2, 28)) == date(2026, 2, 28)


def test_ones_days_off_are_no_colleagues(member: Any, colleague: Any, stranger: Any) -> None:
    mine = off(member, TUESDAY, TUESDAY)
    assert not availability(colleague, TUESDAY).off
    assert access_absence(member, mine.pk) == mine
    for other in (colleague, stranger):
        with pytest.raises(Absence.DoesNotExist):
            access_absence(other, mine.pk)
    remove_absence(absence=mine)
    assert not availability(member, TUESDAY).off


def test_days_in_the_wrong_order_are_refused(member: Any, now: datetime) -> None:
    for ends_on in (TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=400)):
        with pytest.raises(NotDays):
            off(member, TUESDAY, ends_on)
