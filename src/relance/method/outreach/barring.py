"""Putting a company off limits, and lifting that: the decisions about its people are taken anew."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from relance.accounts.models import Membership
from relance.method.candidates import off_limits
from relance.method.candidates.models import OffLimits, WhyOffLimits
from relance.method.outreach.models import Outreach


@transaction.atomic
def put_off_limits(
    *, member: Membership, company: str, why: WhyOffLimits, until_on: date | None, now: datetime
) -> OffLimits:
    """Let nobody write to a company's people, until the end of a day if one is given. Raises NoCompany, ListFull.

    Who may settle the firm is asked before, where its pages stand.
    """
    row = off_limits.put_off_limits(member=member, company=company, why=why, until_on=until_on, now=now)
    _decide_anew(row, now)
    return row


@transaction.atomic
def lift_off_limits(*, row: OffLimits, now: datetime) -> None:
    """Let the company's people be written to again."""
    _decide_anew(row, now)
    row.delete()


def _decide_anew(row: OffLimits, now: datetime) -> None:
    """What the list holds back or may hold back is past its time: the worker and the pages take it anew."""
    Outreach.objects.filter(
        Q(in_queue=True) | Q(held="off_limits"),
        organisation_id=row.organisation_id,
        candidate__company_key=row.key,
    ).update(changes_at=now)
