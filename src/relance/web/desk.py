"""The request as the screens know it: who asks, for which desk, at what instant."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from relance.accounts.models import Membership


class DeskRequest(HttpRequest):
    """A signed-in member's request. `now` is the one instant that the whole answer speaks of (UTC)."""

    member: Membership
    now: datetime
    htmx: HtmxDetails


def zone_of(member: Membership) -> ZoneInfo:
    """The recruiter's own time zone: their organisation's."""
    return ZoneInfo(member.organisation.timezone)


def local_midnight(member: Membership, now: datetime) -> datetime:
    """When the recruiter's day began."""
    return now.astimezone(zone_of(member)).replace(hour=0, minute=0, second=0, microsecond=0)
