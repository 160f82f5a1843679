"""Working days of a region, and instants of a zone's local clock (METHOD, Windows)."""

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

UNKNOWN_TIMEZONE = "unknown_timezone"
UNKNOWN_REGION = "unknown_region"

ALSACE_MOSELLE = "FR-Alsace-Moselle"
SATURDAY = 5
MINUTES_IN_A_DAY = 24 * 60


class Calendar:
    """The working days and the local clock of one candidate.

    A day is a proleptic ordinal (`date.toordinal`), a time of day a number of minutes. What was
    computed once is kept: a calendar is shared by all decisions of its zone and region.
    """

    __slots__ = ("_country", "_following", "_instants", "_public_holidays", "_subdivision", "region", "zone")

    def __init__(self, zone: ZoneInfo, region: str) -> None:
        self.zone = zone
        self.region = region
        is_local = region == ALSACE_MOSELLE
        self._country = "FR" if is_local else region
        self._subdivision = "57" if is_local else None
        self._public_holidays: dict[int, frozenset[int]] = {}
        self._following: dict[int, int] = {}
        self._instants: dict[int, datetime] = {}

    @staticmethod
    def of(timezone: str, region: str) -> "Calendar":
        """The shared calendar of an IANA zone and a region.

        `region` is `FR`, `FR-Alsace-Moselle` or another country code of the holidays library.
        ValueError (`unknown_timezone` or `unknown_region`, then the value) for anything else.
        """
        return _calendar(timezone, region)

    def day(self, at: datetime) -> int:
        """The local day on which the instant `at` falls."""
        return at.astimezone(self.zone).toordinal()

    def date_of(self, at: datetime) -> date:
        """The local date on which the instant `at` falls."""
        return at.astimezone(self.zone).date()

    def is_working(self, day: int) -> bool:
        """Monday to Friday and no public holiday."""
        if (day + 6) % 7 >= SATURDAY:
            return False
        year = date.fromordinal(day).year
        closed = self._public_holidays.get(year)
        if closed is None:
            closed = self._public_holidays[year] = self._holidays_of(year)
        return day not in closed

    def public_holidays(self, year: int, language: str) -> list[tuple[date, str]]:
        """The public holidays of a year, in order, named in a language (`fr`, `en_US`) where that is known."""
        found = holidays.country_holidays(
            self._country, subdiv=self._subdivision, years=year, language=language
        )
        return sorted(found.items())

    def working_day_after(self, day: int, number: int = 1) -> int:
        """The n-th working day strictly after a day."""
        for _ in range(number):
            following = self._following.get(day)
            if following is None:
                following = day + 1
                while not self.is_working(following):
                    following += 1
                self._following[day] = following
            day = following
        return day

    def instant(self, day: int, minute: int) -> datetime:
        """The instant, in UTC, at which the local clock shows this minute of this day.

        An hour skipped by the clocks counts as the instant of the change or just after it; of an
        hour shown twice the first one counts.
        """
        key = day * MINUTES_IN_A_DAY + minute
        found = self._instants.get(key)
        if found is None:
            hour, minutes = divmod(minute, 60)
            midnight = datetime.fromordinal(day)
            local = midnight.replace(hour=hour, minute=minutes, tzinfo=self.zone)
            found = self._instants[key] = local.astimezone(UTC)
        return found

    def after_working_days(self, at: datetime, number: int) -> datetime:
        """The same local time on the n-th working day strictly after its date, in UTC."""
        local = at.astimezone(self.zone)
        day = self.working_day_after(local.toordinal(), number)
        moved = datetime.combine(date.fromordinal(day), local.time().replace(fold=0), tzinfo=self.zone)
        return moved.astimezone(UTC)

    def start_of(self, day: date) -> datetime:
        """The instant at which a local day begins, in UTC."""
        return self.instant(day.toordinal(), 0)

    def _holidays_of(self, year: int) -> frozenset[int]:
        found = holidays.country_holidays(self._country, subdiv=self._subdivision, years=year)
        return frozenset(day.toordinal() for day in found)


@lru_cache(maxsize=512)
def _calendar(timezone: str, region: str) -> Calendar:
    try:
        zone = ZoneInfo(timezone)
    except (LookupError, ValueError, OSError, TypeError) as unknown:
        raise ValueError(UNKNOWN_TIMEZONE, timezone) from unknown
    if region != ALSACE_MOSELLE and not _is_country(region):
        raise ValueError(UNKNOWN_REGION, region)
    return Calendar(zone, region)


def _is_country(region: str) -> bool:
    if not (len(region) == 2 and region.isascii() and region.isupper()):
        return False
    try:
        holidays.country_holidays(region)
    except NotImplementedError:
        return False
    return True
