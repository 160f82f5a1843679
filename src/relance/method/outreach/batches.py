"""Recording many pasts at once, as an import does: the same door as `record`, opened once for all.

Events, outreaches and their decisions enter in the same transaction, the new candidates being seen by
nobody before it ends.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from relance.accounts.models import Membership
from relance.cadence.history import Event as Fact
from relance.cadence.words import Situation
from relance.method.candidates.batches import insert, reserve
from relance.method.candidates.models import Candidate
from relance.method.outreach.decisions import DECISION_FIELDS, decisions_of
from relance.method.outreach.facts import Entry
from relance.method.outreach.histories import Past, companies_off_limits
from relance.method.outreach.models import Event, Outreach

OUTREACH = (
    "id", "organisation_id", "candidate_id", "recruiter_id", "situation", "purpose", "must_answer",
    "follow_ups", "brought_in_at", "opened_at", *DECISION_FIELDS,
)  # fmt: skip
EVENT = (
    "id", "organisation_id", "candidate_id", "outreach_id", "at", "kind", "channel", "note", "voicemail", "hard",
    "tone", "what", "resume_on", "returns_on", "until", "of_id", "subject", "text", "template", "outside", "source",
    "key", "recorded_at", "recorded_by_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attempt:
    """One outreach of a past brought in, with its facts."""

    situation: Situation
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PastIn:
    """All that a past holds of one new candidate, oldest attempt first."""

    candidate: Candidate
    must_answer: bool
    attempts: tuple[Attempt, ...]


def record_pasts(*, member: Membership, pasts: Sequence[PastIn], now: datetime) -> int:
    """Store the pasts of candidates who have none yet, with their decisions. Returns the outreaches open.

    The caller holds the transaction in which the candidates were entered.
    """
    attempts = [(past, attempt) for past in pasts for attempt in past.attempts]
    outreach_keys = iter(reserve(Outreach, len(attempts)))
    event_keys = iter(reserve(Event, sum(len(attempt.entries) for _past, attempt in attempts)))
    events: list[tuple[Any, ...]] = []
    outreaches: list[Outreach] = []
    instant = connection.ops.adapt_datetimefield_value
    recorded = instant(now)
    barred = companies_off_limits(past.candidate for past in pasts)
    for past in pasts:
        facts: dict[int, list[Fact]] = {}
        own: list[Outreach] = []
        for attempt in past.attempts:
            outreach = _outreach(past, attempt, member, next(outreach_keys), now)
            own.append(outreach)
            listed = facts.setdefault(outreach.pk, [])
            for entry in attempt.entries:
                pk = next(event_keys)
                listed.append(_fact(entry, pk))
                events.append(_event_row(entry, pk, outreach, instant(entry.at), recorded))
        known = Past(past.candidate, tuple(own), facts, off_limits=barred.get(past.candidate.pk))
        outreaches += decisions_of(known, now=now)
    insert(Outreach, OUTREACH, (_outreach_row(outreach) for outreach in outreaches))
    insert(Event, EVENT, events)
    return sum(outreach.is_open for outreach in outreaches)


def _outreach(past: PastIn, attempt: Attempt, member: Membership, pk: int, now: datetime) -> Outreach:
    return Outreach(
        pk=pk,
        organisation_id=member.organisation_id,
        candidate_id=past.candidate.pk,
        recruiter_id=member.pk,
        situation=attempt.situation,
        must_answer=past.must_answer,
        brought_in_at=now,
        opened_at=min(entry.at for entry in attempt.entries),
    )


def _fact(entry: Entry, pk: int) -> Fact:
    return Fact(
        at=entry.at, kind=entry.kind, id=str(pk), channel=entry.channel, note=entry.note, tone=entry.tone
    )


def _outreach_row(outreach: Outreach) -> tuple[Any, ...]:
    instant = connection.ops.adapt_datetimefield_value
    return (
        outreach.pk, outreach.organisation_id, outreach.candidate_id, outreach.recruiter_id, outreach.situation,
        "", outreach.must_answer, None, instant(outreach.brought_in_at), instant(outreach.opened_at),
        outreach.action, outreach.code, outreach.step, outreach.channel, outreach.slot, instant(outreach.due_at),
        instant(outreach.late_at), outreach.is_late, outreach.is_optional, instant(outreach.changes_at),
        json.dumps(outreach.reasons), outreach.rank, outreach.held, instant(outreach.frees_at), outreach.is_open,
        outreach.in_queue, instant(outreach.ended_at),
    )  # fmt: skip


def _event_row(entry: Entry, pk: int, outreach: Outreach, at: Any, recorded: Any) -> tuple[Any, ...]:
    return (
        pk, outreach.organisation_id, outreach.candidate_id, outreach.pk, at, entry.kind, entry.channel or "",
        entry.note, False, False, entry.tone or "", "", None, None, None, None, entry.subject[:300], entry.text, "", "",
        entry.source, entry.key, recorded, None,
    )  # fmt: skip
