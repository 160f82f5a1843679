"""A person written to says no, by the token of a message: obeyed at once, by the whole firm, for good."""

from datetime import datetime

from relance.cadence.words import Channel, Kind
from relance.method.delivery.models import Outgoing
from relance.method.outreach.actions import record
from relance.method.outreach.facts import Entry


class UnknownToken(Exception):
    """No message has that token, or the person was erased."""


def message_of(token: str) -> Outgoing:
    """The message whose token it is. Raises UnknownToken."""
    rows = Outgoing.objects.select_related("candidate__organisation", "outreach")
    found = rows.filter(token=token.lower()[:16]).order_by("pk").first() if len(token) == 16 else None
    if found is None:
        raise UnknownToken
    return found


def object_to(*, outgoing: Outgoing, now: datetime) -> None:
    """Record that the person wants no contact any more; said twice, it is one fact."""
    entry = Entry(
        Kind.OPT_OUT, at=now, channel=Channel.EMAIL, source="page", key=f"objection:{outgoing.candidate_id}"
    )
    record(outreach=outgoing.outreach, entries=[entry], now=now)
