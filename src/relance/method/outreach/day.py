"""The day in figures, in one statement: most of them are nothing on most days, and every page of the day asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from relance.accounts.models import Membership
from relance.method.outreach.cut import COUNTED
from relance.method.outreach.decisions import OUTBOUND

# Table and column names are ours; every value is a parameter. Each count stops at the bound.
_STATEMENT = """
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
            WHERE organisation_id = %s AND recruiter_id = %s AND ended_at IS NULL)
"""


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


def figures(member: Membership, *, now: datetime, day_began_at: datetime) -> Figures:
    """The day of a recruiter at `now`; `day_began_at` is their own midnight."""
    firm, own = member.organisation_id, member.pk
    began, morrow, after = (_stored(day_began_at + timedelta(days=days)) for days in range(3))
    values = [
        firm, own, began, began, *(str(kind) for kind in OUTBOUND), COUNTED,
        firm, own, morrow, after, COUNTED,
        firm, own, _stored(now),
        firm, own,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, values)
        done, answered, tomorrow, changed, asked = cursor.fetchone()
    return Figures(done, answered, tomorrow, bool(changed), bool(asked))


def _stored(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
