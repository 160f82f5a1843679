"""How many of a recruiter's invitations were accepted (METHOD, Measure: acceptance is told apart)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.cadences import PENDING
from relance.cadence.rates import Rate, rate
from relance.cadence.words import Kind, Situation
from relance.method.measure.answered import HERE
from relance.method.outreach.models import Event, Outreach

A_COHORT = timedelta(days=30)
COUNTED = 2_000


@dataclass(frozen=True, slots=True)
class Accepted:
    """Those accepted of the invitations sent from `begins_at` up to `ends_at`."""

    rate: Rate
    begins_at: datetime
    ends_at: datetime


def acceptance(member: Membership, *, now: datetime) -> Accepted:
    """How many of the invitations of a cohort of 30 days were accepted.

    The cohort is what the recruiter sent in the 30 days that ended 14 days before `now`: each had the 14 days
    that an invitation waits (METHOD, rule 4). An acceptance counts whenever it came, one said late too; a
    withdrawn invitation was not accepted. What was retracted was never sent; a past brought in is left out, since
    one keeps of it whom one likes. Counted up to the latest 2,000.
    """
    ends_at = now - PENDING
    begins_at = ends_at - A_COHORT
    facts = Event.objects.filter(outreach=OuterRef("pk"), retractions=None)
    rows = within(Outreach.objects.all(), member).filter(
        Exists(facts.filter(kind=Kind.INVITATION_SENT, at__lt=ends_at, source__in=HERE)),
        recruiter=member,
        situation=Situation.LINKEDIN_INVITATION,
        opened_at__gte=begins_at,
        opened_at__lt=ends_at,
    )
    accepted = (
        rows.annotate(accepted=Exists(facts.filter(kind=Kind.INVITATION_ACCEPTED)))
        .order_by("-opened_at", "-pk")
        .values_list("accepted", flat=True)[:COUNTED]
    )
    found = list(accepted)
    return Accepted(rate(sum(found), len(found)), begins_at, ends_at)
