"""Sourcing sessions: one sitting of finding and approaching people."""

from datetime import datetime

from django.db import transaction

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Channel, Situation
from relance.method.outreach.models import Position, SourcingSession


def access_session(member: Membership, pk: int) -> SourcingSession:
    """One of the member's own sessions. Raises SourcingSession.DoesNotExist."""
    rows = within(SourcingSession.objects.select_related("position"), member)
    return rows.get(pk=pk, recruiter=member)


@transaction.atomic
def open_session(
    *,
    member: Membership,
    situation: Situation,
    channel: Channel,
    now: datetime,
    position: Position | None = None,
    subject: str = "",
    text: str = "",
) -> SourcingSession:
    """Begin a sitting; one of the member's that nobody ended ends with that."""
    hold_firm(member.organisation_id)
    own = within(SourcingSession.objects.all(), member).filter(recruiter=member, ended_at=None)
    own.update(ended_at=now)
    return SourcingSession.objects.create(
        organisation_id=member.organisation_id,
        recruiter=member,
        position=position,
        situation=situation,
        channel=channel,
        subject=subject[:300],
        text=text,
        opened_at=now,
    )


def end_session(*, session: SourcingSession, now: datetime) -> None:
    """End a sitting; one that has ended keeps its end."""
    SourcingSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now)
    session.refresh_from_db()
