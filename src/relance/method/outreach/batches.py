"""Recording many pasts at once, as an import does: the same door as `record`, opened once for all.

Events, outreaches and their decisions enter in the same transaction, the new candidates being seen by
nobody before it ends. Rows are plain values throughout: a model for each would cost more than to store it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from relance.accounts.models import Membership
from relance.cadence.guard import Marks
from relance.method.candidates.batches import Entered, insert, reserve
from relance.method.candidates.off_limits import off_limits_among
from relance.method.outreach import past_rows
from relance.method.outreach.guarding import marks_of
from relance.method.outreach.judging import NO_MARKS
from relance.method.outreach.models import Event, Outreach
from relance.method.outreach.past_rows import Attempt, OutreachRow, Person, pen, rows_of

OUTREACH = (
    "id", "organisation_id", "candidate_id", "recruiter_id", "brought_in_at", *past_rows.OUTREACH,
)  # fmt: skip
BLANK_OF_AN_OUTREACH = {"purpose": "''", "follow_ups": "NULL", "session_id": "NULL", "hook": "''"}
EVENT = (
    "id", "organisation_id", "candidate_id", "outreach_id", "source", "recorded_at", *past_rows.EVENT,
)  # fmt: skip
BLANK_OF_AN_EVENT = {
    "voicemail": "FALSE", "what": "''", "resume_on": "NULL",
    "of_id": "NULL", "template": "''", "outside": "''", "recorded_by_id": "NULL",
}  # fmt: skip


class PastIn(NamedTuple):
    """All that a past holds of one new candidate, oldest attempt first."""

    candidate: Entered
    must_answer: bool
    attempts: Sequence[Attempt]


def dates_as_text() -> bool:
    """How this database takes what is dated (`past_rows.pen`)."""
    return connection.vendor == "sqlite"


def marks_among(organisation_id: int, candidates: Iterable[Entered], now: datetime) -> dict[int, Marks]:
    """By key, what the guard is to be told of those new candidates whose company is off limits."""
    entered = list(candidates)
    rows = off_limits_among(organisation_id, (each.company_key for each in entered))
    return {
        each.pk: marks_of(each, rows[each.company_key], now) for each in entered if each.company_key in rows
    }


def record_pasts(*, member: Membership, pasts: Sequence[PastIn], source: str, now: datetime) -> int:
    """Store the pasts of candidates who have none yet, with their decisions. Returns the outreaches open.

    The caller holds the transaction in which the candidates were entered.
    """
    marks = marks_among(member.organisation_id, (past.candidate for past in pasts), now)
    write = pen(as_text=dates_as_text())
    decided = [
        (
            candidate,
            rows_of(
                attempts,
                Person(
                    must_answer, candidate.channels, candidate.timezone, candidate.region,
                    marks.get(candidate.pk, NO_MARKS),
                ),
                write,
                now,
            ),
        )
        for candidate, must_answer, attempts in pasts
    ]  # fmt: skip
    return record_rows(member=member, pasts=decided, source=source, now=now)


def record_rows(
    *, member: Membership, pasts: Sequence[tuple[Entered, Sequence[OutreachRow]]], source: str, now: datetime
) -> int:
    """Store pasts that were decided already, at `now` and with the marks that hold under the caller's lock."""
    firm, recruiter = member.organisation_id, member.pk
    recorded_at = pen(as_text=dates_as_text()).instant(now)  # and brought in
    outreach_keys = iter(reserve(Outreach, sum(len(rows) for _, rows in pasts)))
    event_keys = iter(reserve(Event, sum(len(row.events) for _, rows in pasts for row in rows)))
    outreaches: list[tuple[Any, ...]] = []
    events: list[tuple[Any, ...]] = []
    are_open = 0
    for candidate, rows in pasts:
        for is_open, values, facts in rows:
            are_open += is_open
            outreach = next(outreach_keys)
            outreaches.append((outreach, firm, candidate.pk, recruiter, recorded_at, *values))
            ours = (firm, candidate.pk, outreach, source, recorded_at)
            events += [(next(event_keys), *ours, *fact) for fact in facts]
    insert(Outreach, OUTREACH, outreaches, BLANK_OF_AN_OUTREACH)
    insert(Event, EVENT, events, BLANK_OF_AN_EVENT)
    return are_open
