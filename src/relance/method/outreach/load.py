"""How many people each member of a firm follows."""

from django.db.models import Count

from relance.accounts.models import Membership
from relance.accounts.queries import MOST_MEMBERS, within
from relance.method.outreach.models import Outreach


def followed_by(member: Membership) -> dict[int, int]:
    """Open outreaches by the id of the membership that holds them, for the whole firm of `member`."""
    held = within(Outreach.objects.all(), member).filter(is_open=True)
    counted = held.order_by("recruiter_id").values("recruiter_id").annotate(people=Count("pk"))
    return {row["recruiter_id"]: row["people"] for row in counted[:MOST_MEMBERS]}
