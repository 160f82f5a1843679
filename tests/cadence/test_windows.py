"""Windows, slots, working days and hours (METHOD, Windows)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest

from relance.cadence.calendar import ALSACE_MOSELLE, Calendar
from relance.cadence.windows import (
    after_working_days,
    after_working_hours,
    is_open,
    opening,
    slot_of,
    slot_opening,
    working_time,
)
from relance.cadence.words import Channel, Slot

PARIS = ZoneInfo("Europe/Paris")
FRANCE = Calendar.of("Europe/Paris", "FR")


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("channel", "before", "opens"),
    [
        (Channel.EMAIL, at(4, 7), at(4, 8, 30)),
        (Channel.EMAIL, at(4, 8, 30), at(4, 8, 30)),
        (Channel.INMAIL, at(4, 18, 59), at(4, 18, 59)),
        (Channel.LINKEDIN, at(4, 19), at(5, 8, 30)),
        (Channel.SMS, at(4, 8, 45), at(4, 9)),
        (Channel.CALL, at(4, 19, 29), at(4, 19, 29)),
        (Channel.CALL, at(6, 19, 30), at(9, 9)),
        (Channel.EMAIL, at(3, 12, month=4), at(3, 12, month=4)),
        (Channel.EMAIL, at(6, 12, month=4), at(7, 8, 30, month=4)),
    ],
)
def test_rolls_forward_to_the_next_opening(channel: Channel, before: datetime, opens: datetime) -> None:
    assert opening(before, channel, FRANCE) == opens
    assert is_open(opens, channel, FRANCE)


def test_good_friday_is_a_holiday_in_alsace_and_moselle() -> None:
    local = Calendar.of("Europe/Paris", ALSACE_MOSELLE)
    assert opening(at(3, 12, month=4), Channel.EMAIL, local) == at(7, 8, 30, month=4)


def test_alsace_and_moselle_keep_the_same_days() -> None:
    for year in range(2020, 2035):
        moselle = holidays.country_holidays("FR", subdiv="57", years=year)
        alsace = holidays.country_holidays("FR", subdiv="6AE", years=year)
        assert set(moselle) == set(alsace)


def test_slots() -> None:
    assert [slot_of(at(4, hour), FRANCE) for hour in (8, 9, 12, 14, 18)] == [
        None,
        Slot.MORNING,
        Slot.LUNCH,
        Slot.AFTERNOON,
        Slot.EVENING,
    ]
    assert slot_of(at(7, 12), FRANCE) is None
    assert slot_opening(at(4, 12), FRANCE) == at(4, 12)
    assert slot_opening(at(4, 12, 1), FRANCE) == at(4, 14)
    assert slot_opening(at(6, 18), FRANCE, frozenset({Slot.LUNCH})) == at(9, 12)


def test_working_days_keep_the_local_time() -> None:
    assert after_working_days(at(27, 10), 1, FRANCE) == at(30, 10)
    assert after_working_days(at(7, 3), 2, FRANCE) == at(10, 3)


def test_working_hours() -> None:
    assert after_working_hours(at(4, 14), 4, FRANCE) == at(4, 18)
    assert after_working_hours(at(4, 16), 4, FRANCE) == at(5, 11)
    assert after_working_hours(at(4, 20), 4, FRANCE) == at(5, 13)
    assert after_working_hours(at(6, 17), 11, FRANCE) == at(10, 10)


def test_a_midnight_skipped_by_the_clocks() -> None:
    cairo = Calendar.of("Africa/Cairo", "EG")
    assert cairo.start_of(date(2026, 4, 24)).astimezone(cairo.zone).hour == 1


@pytest.mark.parametrize("zone", ["Europe/Lutece", "", "../../etc/passwd", "/etc/localtime", "Europe"])
def test_unknown_timezones(zone: str) -> None:
    with pytest.raises(ValueError, match="unknown_timezone"):
        Calendar.of(zone, "FR")


@pytest.mark.parametrize("region", ["ZZ", "", "fr", "France", "FR-Bretagne", "FRA"])
def test_unknown_regions(region: str) -> None:
    with pytest.raises(ValueError, match="unknown_region"):
        Calendar.of("Europe/Paris", region)


def test_every_country_of_the_library() -> None:
    for country in holidays.list_supported_countries(include_aliases=False):
        calendar = Calendar.of("UTC", country)
        assert is_open(opening(at(4, 22), Channel.SMS, calendar), Channel.SMS, calendar)


def test_a_calendar_is_shared() -> None:
    assert Calendar.of("Europe/Paris", "FR") is FRANCE


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-05-07T16:00+02:00", "2026-05-11T11:00+02:00", 4),  # over a public holiday and a week-end
        ("2026-05-08T10:00+02:00", "2026-05-08T16:00+02:00", 0),
        ("2026-05-07T08:00+02:00", "2026-05-07T19:00+02:00", 9),
        ("2026-05-07T12:00+02:00", "2026-05-07T11:00+02:00", 0),
    ],
)
def test_working_time_between_two_instants(start: str, end: str, hours: int) -> None:
    found = working_time(datetime.fromisoformat(start), datetime.fromisoformat(end), FRANCE)
    assert found == timedelta(hours=hours)
