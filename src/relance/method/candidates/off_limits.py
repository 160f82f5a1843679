"""Companies whose people nobody may approach: clients under non-solicitation, one's own consultants."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.accounts.written_out import rows_of
from relance.method.candidates.identities import company_key
from relance.method.candidates.models import OffLimits, WhyOffLimits

MOST = 500
# Written out: every gesture and every message asks it, and putting it together costs five times its answer.
_OF_ONE = """
SELECT * FROM "candidates_offlimits" WHERE "organisation_id" = %s AND "key" = %s ORDER BY "id" LIMIT 1
"""


class NoCompany(Exception):
    """The name given has no letter or digit to know a company by."""


class ListFull(Exception):
    """The list holds five hundred companies already."""


def access_off_limits(member: Membership, pk: int) -> OffLimits:
    """One company of the firm's list. Raises OffLimits.DoesNotExist."""
    return within(OffLimits.objects.all(), member).get(pk=pk)


def off_limits(member: Membership) -> list[OffLimits]:
    """The firm's list, by name."""
    rows = within(OffLimits.objects.select_related("made_by__user"), member)
    return list(rows.order_by("company", "pk")[:MOST])


def off_limits_among(organisation_id: int, keys: Iterable[str]) -> dict[str, OffLimits]:
    """Which of those companies (in their one form) are on the list, ended ones included."""
    wanted = sorted({key for key in keys if key})
    if not wanted:
        return {}
    if len(wanted) == 1:
        found: Iterable[OffLimits] = rows_of(OffLimits, _OF_ONE, [organisation_id, wanted[0]])
    else:
        rows = OffLimits.objects.filter(organisation_id=organisation_id, key__in=wanted)
        found = rows.order_by("pk")[: len(wanted)]
    return {row.key: row for row in found}


@transaction.atomic
def put_off_limits(
    *, member: Membership, company: str, why: WhyOffLimits, until_on: date | None, now: datetime
) -> OffLimits:
    """Put a company on the list, or change why and until when it stands there. Raises NoCompany, ListFull."""
    key = company_key(company)
    if not key:
        raise NoCompany
    known = within(OffLimits.objects.all(), member).filter(key=key)
    if not known.exists() and within(OffLimits.objects.all(), member).count() >= MOST:
        raise ListFull
    row, _made = OffLimits.objects.update_or_create(
        organisation_id=member.organisation_id,
        key=key,
        defaults={
            "company": company.strip()[:200],
            "why": why,
            "until_on": until_on,
            "made_by": member,
            "made_at": now,
        },
    )
    return row
