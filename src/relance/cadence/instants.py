"""Instants: every comparison of the engine is made in UTC, where no hour is lost or doubled."""

from datetime import UTC, datetime, timedelta

NAIVE = "naive_datetime"


def in_utc(at: datetime) -> datetime:
    """The same instant in UTC.

    Two datetimes of one zone compare by their wall clocks, which is wrong when clocks go back: so
    nothing is compared before it has gone through here. ValueError (`naive_datetime`) without zone.
    """
    if at.tzinfo is UTC:
        return at
    if at.utcoffset() is None:
        raise ValueError(NAIVE)
    return at.astimezone(UTC)


def days(number: int) -> timedelta:
    """Elapsed days: 24 hours each (METHOD, The five situations)."""
    return timedelta(hours=24 * number)


def hours(number: int) -> timedelta:
    """Elapsed hours (METHOD, The five situations)."""
    return timedelta(hours=number)
