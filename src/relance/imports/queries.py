"""Reads of imports."""

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.imports.models import Import, State
from relance.method.measure.models import Baseline

UNDER_WAY = (State.WAITING, State.READING, State.MAPPING, State.READ, State.KEEPING)


def access_import(member: Membership, pk: int) -> Import:
    """The member's own import. Raises Import.DoesNotExist."""
    return within(Import.objects.all(), member).get(pk=pk, member=member)


def latest_import(member: Membership) -> Import | None:
    """The member's last import that was not given up."""
    rows = within(Import.objects.all(), member).filter(member=member).exclude(state=State.CANCELLED)
    return rows.order_by("-given_at", "-pk").first()


def import_under_way(member: Membership) -> Import | None:
    """The import that the member has not finished with."""
    rows = within(Import.objects.all(), member).filter(member=member, state__in=UNDER_WAY)
    return rows.order_by("-given_at", "-pk").first()


def baseline_of(member: Membership) -> Baseline | None:
    """What the member's past said of itself, as last read."""
    rows = within(Baseline.objects.all(), member).filter(recruiter=member)
    return rows.order_by("-read_at", "-pk").first()
