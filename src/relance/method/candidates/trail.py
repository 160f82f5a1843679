"""The audit trail: who saw, exported or changed what about a person."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connection

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.method.candidates.models import Act, Candidate, Trace

A_PAGE = 100
# Written out: every page about somebody asks it, and putting it together costs ten times its answer.
_SEEN = """
SELECT 1 AS "seen" FROM "candidates_trace"
WHERE "organisation_id" = %s AND "candidate_id" = %s AND "member_id" = %s AND "on" = %s AND "act" = 'saw'
LIMIT 1
"""


def trace(
    *, member: Membership, candidates: Iterable[Candidate], act: Act, now: datetime, about: str = ""
) -> None:
    """Write one line a candidate. `about` names fields, never their contents; a second look in a day adds none."""
    lines = [
        Trace(
            organisation_id=member.organisation_id,
            candidate=candidate,
            member=member,
            act=act,
            about=about[:200],
            at=now,
            on=now.astimezone(UTC).date(),
        )
        for candidate in candidates
    ]
    Trace.objects.bulk_create(lines, ignore_conflicts=act == Act.SAW)


def saw(*, member: Membership, candidate: Candidate, now: datetime) -> None:
    """Write that a member looked at a person: once a day, and nothing is locked for a second look."""
    today = connection.ops.adapt_datefield_value(now.astimezone(UTC).date())
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [member.organisation_id, candidate.pk, member.pk, today])
        seen = cursor.fetchone()
    if seen is None:
        trace(member=member, candidates=[candidate], act=Act.SAW, now=now)


def trail_of(member: Membership, candidate: Candidate) -> list[Trace]:
    """The last hundred lines about a person, newest first."""
    rows = within(Trace.objects.select_related("member__user"), member).filter(candidate=candidate)
    return list(rows.order_by("-at", "-pk")[:A_PAGE])


def trail(member: Membership, *, page: int) -> tuple[list[Trace], bool]:
    """The whole desk's trail, newest first, a hundred lines a page, and whether there is more."""
    rows = within(Trace.objects.select_related("member__user", "candidate"), member)
    start = (max(page, 1) - 1) * A_PAGE
    found = list(rows.order_by("-at", "-pk")[start : start + A_PAGE + 1])
    return found[:A_PAGE], len(found) > A_PAGE
