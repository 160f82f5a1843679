"""What every page of the day asks, in statements written out.

The day in figures is one statement, for most of them are nothing on most days. These three are small
and never change: to put one of them together anew for each page takes ten times as long as to answer it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from relance.accounts.models import Membership
from relance.accounts.written_out import stored
from relance.method.outreach.cut import COUNTED, Head
from relance.method.outreach.decisions import OUTBOUND

# Table and column names are ours; every value is a parameter. Each count stops at the bound.
_FIGURES = """
WITH done AS (
    SELECT DISTINCT candidate_id FROM (
        SELECT fact.candidate_id FROM outreach_event AS fact
        WHERE fact.organisation_id = %s AND fact.recorded_by_id = %s AND fact.recorded_at >= %s
          AND fact.at >= %s AND fact.kind IN (%s, %s, %s, %s) AND fact.source = ''
          AND NOT EXISTS (SELECT 1 FROM outreach_event AS mistake WHERE mistake.of_id = fact.id)
        LIMIT %s
    ) AS contacts
)
SELECT
    (SELECT COUNT(*) FROM done),
    (SELECT COUNT(*) FROM done WHERE EXISTS (
        SELECT 1 FROM outreach_outreach AS tried
        WHERE tried.candidate_id = done.candidate_id AND tried.code IN ('answered', 'your_turn'))),
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM outreach_outreach
        WHERE organisation_id = %s AND recruiter_id = %s AND action = 'wait'
          AND code IN ('too_early', 'away', 'snoozed') AND changes_at >= %s AND changes_at < %s
        LIMIT %s
    ) AS waits),
    EXISTS (SELECT 1 FROM outreach_outreach
            WHERE organisation_id = %s AND recruiter_id = %s AND changes_at <= %s),
    EXISTS (SELECT 1 FROM outreach_permit
            WHERE organisation_id = %s AND recruiter_id = %s AND ended_at IS NULL),
    EXISTS (SELECT 1 FROM outreach_handover
            WHERE organisation_id = %s AND giver_id = %s AND ended_at IS NULL)
"""
_HEAD = f"""
SELECT "id", "rank", "channel" FROM "outreach_outreach"
WHERE "organisation_id" = %s AND "recruiter_id" = %s AND "in_queue"
ORDER BY "rank", "due_at", "id" LIMIT {COUNTED + 1}
"""  # noqa: S608 - our own number
_PURPOSES = """
SELECT "about"."purpose" FROM "outreach_event" AS "fact"
JOIN "outreach_outreach" AS "about" ON "about"."id" = "fact"."outreach_id"
WHERE "fact"."organisation_id" = %s AND "fact"."recorded_by_id" = %s
ORDER BY "fact"."recorded_at" DESC, "fact"."id" DESC LIMIT 80
"""
PURPOSES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Figures:
    """What the recruiter did since their midnight, what tomorrow brings, and what there is to look up now."""

    done: int
    """Candidates they recorded a contact with, each once."""
    answered: int
    """Those of them with whom an answer stands recorded at present."""
    tomorrow: int
    """Waits that end in the day after this one."""
    has_changed: bool
    """A stored decision is past its `changes_at`."""
    has_asked: bool
    """A permit has no "was it sent?" yet."""
    has_requests: bool
    """A colleague asks for somebody, and waits."""


def figures(member: Membership, *, now: datetime, day_began_at: datetime) -> Figures:
    """The day of a recruiter at `now`; `day_began_at` is their own midnight."""
    firm, own = member.organisation_id, member.pk
    began, morrow, after = (stored(day_began_at + timedelta(days=days)) for days in range(3))
    values = [
        firm, own, began, began, *(str(kind) for kind in OUTBOUND), COUNTED,
        firm, own, morrow, after, COUNTED,
        firm, own, stored(now),
        firm, own,
        firm, own,
    ]  # fmt: skip
    done, answered, tomorrow, changed, asked, requests = _told(_FIGURES, values)[0]
    return Figures(done, answered, tomorrow, bool(changed), bool(asked), bool(requests))


def head_of_queue(member: Membership) -> Head:
    """The first rows of the recruiter's queue, in its order (METHOD, Priority)."""
    return Head(_told(_HEAD, [member.organisation_id, member.pk]))


def recent_purposes(member: Membership) -> list[str]:
    """What the recruiter's latest gestures were about, each once, newest first."""
    latest = _told(_PURPOSES, [member.organisation_id, member.pk])
    return [purpose for purpose in dict.fromkeys(row[0] for row in latest) if purpose][:PURPOSES_SHOWN]


def _told(statement: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
