"""Recording many pasts at once, as an import does: the same door as `record`, opened once for all.

Events, outreaches and their decisions enter in the same transaction, the new candidates being seen by
nobody before it ends. Rows are plain values throughout: a model for each would cost more than to store it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from relance.accounts.models import Membership
from relance.cadence.history import Event as Fact
from relance.cadence.history import Outreach as History
from relance.cadence.words import Situation
from relance.method.candidates.batches import Entered, insert, instants, reserve
from relance.method.candidates.off_limits import off_limits_among
from relance.method.outreach.decided import DECISION_FIELDS, Decided, decided, settle
from relance.method.outreach.guarding import NO_MARKS, marks_of
from relance.method.outreach.models import Event, Outreach

OUTREACH = (
    "id", "organisation_id", "candidate_id", "recruiter_id", "situation", "must_answer", "brought_in_at", "opened_at",
    *DECISION_FIELDS,
)  # fmt: skip
BLANK_OF_AN_OUTREACH = {"purpose": "''", "follow_ups": "NULL", "session_id": "NULL", "hook": "''"}
EVENT = (
    "id", "organisation_id", "candidate_id", "outreach_id", "at", "kind", "channel", "note", "hard", "returns_on",
    "tone", "subject", "text", "source", "key", "recorded_at",
    "until",
)  # fmt: skip
BLANK_OF_AN_EVENT = {
    "voicemail": "FALSE", "what": "''", "resume_on": "NULL",
    "of_id": "NULL", "template": "''", "outside": "''", "recorded_by_id": "NULL",
}  # fmt: skip


class Worded(NamedTuple):
    """A fact as the engine reads it, with its words; `key` names it in its source, so that it enters once."""

    fact: Fact
    subject: str = ""
    text: str = ""
    key: str | None = None


class Attempt(NamedTuple):
    """One outreach of a past brought in, with its facts."""

    situation: Situation
    facts: Sequence[Worded]


class PastIn(NamedTuple):
    """All that a past holds of one new candidate, oldest attempt first."""

    candidate: Entered
    must_answer: bool
    attempts: Sequence[Attempt]


def record_pasts(*, member: Membership, pasts: Sequence[PastIn], source: str, now: datetime) -> int:
    """Store the pasts of candidates who have none yet, with their decisions. Returns the outreaches open.

    The caller holds the transaction in which the candidates were entered.
    """
    into = _Rows(member, source, now, pasts)
    for past in pasts:
        into.take(past)
    insert(Outreach, OUTREACH, into.outreaches, BLANK_OF_AN_OUTREACH)
    insert(Event, EVENT, into.events, BLANK_OF_AN_EVENT)
    return into.open


class _Rows:
    """The rows of many pasts, gathered one candidate after the other."""

    def __init__(self, member: Membership, source: str, now: datetime, pasts: Sequence[PastIn]) -> None:
        self.outreaches: list[tuple[Any, ...]] = []
        self.events: list[tuple[Any, ...]] = []
        self.open = 0
        self._member = member
        self._organisation = member.organisation_id
        self._source = source
        self._now = now
        self._instant = instants()
        self._recorded_at = self._instant(now)  # and brought in
        self._off_limits = off_limits_among(
            member.organisation_id, (past.candidate.company_key for past in pasts)
        )
        attempts = [attempt for past in pasts for attempt in past.attempts]
        self._outreach_keys = iter(reserve(Outreach, len(attempts)))
        self._event_keys = iter(reserve(Event, sum(len(attempt.facts) for attempt in attempts)))

    def take(self, past: PastIn) -> None:
        candidate = past.candidate
        own = [self._decided(past, attempt) for attempt in past.attempts]
        row = self._off_limits.get(candidate.company_key)
        settle(
            own,
            marks=marks_of(candidate, row, self._now) if row else NO_MARKS,
            permit=None,
            overridden=lambda ask: False,  # all they have is the member's own
            now=self._now,
        )
        for attempt, each in zip(past.attempts, own, strict=True):
            self.open += each.is_open
            self.outreaches.append(self._outreach(past, each))
            self._take_events(candidate.pk, each.pk, attempt.facts)

    def _decided(self, past: PastIn, attempt: Attempt) -> Decided:
        candidate = past.candidate
        history = History(
            attempt.situation, tuple([worded.fact for worded in attempt.facts]), past.must_answer,
            candidate.channels, None, self._now, candidate.timezone, candidate.region,
        )  # fmt: skip
        elsewhere = [worded.fact for other in past.attempts if other is not attempt for worded in other.facts]
        opened_at = min([fact.at for fact in history.events])
        return decided(next(self._outreach_keys), self._member.pk, opened_at, history, elsewhere, self._now)

    def _outreach(self, past: PastIn, each: Decided) -> tuple[Any, ...]:
        return (
            each.pk, self._organisation, past.candidate.pk, each.recruiter_id, str(each.history.situation),
            past.must_answer, self._recorded_at, self._instant(each.opened_at), *each.prepared(self._instant),
        )  # fmt: skip

    def _take_events(self, candidate: int, outreach: int, facts: Sequence[Worded]) -> None:
        organisation, source, recorded_at = self._organisation, self._source, self._recorded_at
        keys, instant, day = self._event_keys, self._instant, connection.ops.adapt_datefield_value
        self.events += [
            (
                next(keys), organisation, candidate, outreach, instant(fact.at), str(fact.kind),
                str(fact.channel or ""), fact.note, fact.hard, day(fact.returns_on), str(fact.tone or ""),
                subject[:300], text, source, key, recorded_at, instant(fact.until),
            )
            for fact, subject, text, key in facts
        ]  # fmt: skip
