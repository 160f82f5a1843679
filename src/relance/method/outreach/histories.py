"""From rows to what the engine reads: events, outreaches, and the history a person has elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from relance.accounts.written_out import rows_of
from relance.cadence.history import Event as Fact
from relance.cadence.history import Outreach as History
from relance.cadence.words import Channel, Kind, Occasion, Situation, Tone
from relance.method.candidates.models import Candidate, OffLimits
from relance.method.candidates.off_limits import off_limits_among
from relance.method.candidates.queries import known_channels
from relance.method.outreach.models import Event, Outreach, Permit

EVENT_FIELDS = (
    "id", "candidate_id", "outreach_id", "at", "kind", "channel", "note", "voicemail", "hard", "tone",
    "what", "resume_on", "returns_on", "until", "of_id",
)  # fmt: skip


# Written out: every gesture and every message asks them, twice, and putting them together costs five times
# their answers.
_OUTREACHES = """
SELECT * FROM "outreach_outreach" WHERE "outreach_outreach"."candidate_id" IN ({people})
ORDER BY "candidate_id", "opened_at", "id"
"""
_FACTS = f"""
SELECT {", ".join(f'"{name}"' for name in EVENT_FIELDS)} FROM "outreach_event"
WHERE "outreach_event"."candidate_id" IN ({{people}}) ORDER BY "candidate_id", "at", "id"
"""  # noqa: S608 - our own names
_PERMITS = """
SELECT * FROM "outreach_permit"
WHERE "outreach_permit"."candidate_id" IN ({people}) AND "ended_at" IS NULL AND "taken_over_at" IS NULL ORDER BY "id"
"""


def fact_of(event: Event) -> Fact:
    """One stored event as the engine reads it."""
    return Fact(
        at=event.at,
        kind=Kind(event.kind),
        id=str(event.pk),
        channel=Channel(event.channel) if event.channel else None,
        note=event.note,
        voicemail=event.voicemail,
        hard=event.hard,
        tone=Tone(event.tone) if event.tone else None,
        what=Occasion(event.what) if event.what else None,
        resume_on=event.resume_on,
        returns_on=event.returns_on,
        until=event.until,
        of=str(event.of_id) if event.of_id else "",
    )


def history_of(outreach: Outreach, facts: Iterable[Fact], candidate: Candidate) -> History:
    """One stored outreach with its facts as the engine reads it."""
    return History(
        situation=Situation(outreach.situation),
        events=tuple(facts),
        must_answer=outreach.must_answer,
        channels=known_channels(candidate),
        follow_ups=outreach.follow_ups,
        brought_in_at=outreach.brought_in_at,
        timezone=candidate.timezone,
        region=candidate.region,
    )


@dataclass(frozen=True, slots=True)
class Past:
    """All that one candidate ever had in the organisation."""

    candidate: Candidate
    outreaches: tuple[Outreach, ...]
    facts: dict[int, list[Fact]]
    open_permit: Permit | None = None
    off_limits: OffLimits | None = None

    def of(self, outreach: Outreach) -> History:
        return history_of(outreach, self.facts.get(outreach.pk, ()), self.candidate)

    def elsewhere(self, outreach: Outreach) -> tuple[Fact, ...]:
        return tuple(fact for other, facts in self.facts.items() if other != outreach.pk for fact in facts)


def pasts(candidates: Sequence[Candidate]) -> list[Past]:
    """The pasts of those candidates, in four queries whatever their number (a few hundred at a time)."""
    if not candidates:
        return []
    known = {candidate.pk: candidate for candidate in candidates}
    outreaches: dict[int, list[Outreach]] = {pk: [] for pk in known}
    facts: dict[int, dict[int, list[Fact]]] = {pk: {} for pk in known}
    people = ", ".join(["%s"] * len(known))
    for outreach in rows_of(Outreach, _OUTREACHES.format(people=people), list(known)):
        outreaches[outreach.candidate_id].append(outreach)
    for event in rows_of(Event, _FACTS.format(people=people), list(known)):
        facts[event.candidate_id].setdefault(event.outreach_id, []).append(fact_of(event))
    granted = rows_of(Permit, _PERMITS.format(people=people), list(known))
    permits = {permit.candidate_id: permit for permit in granted}
    barred = companies_off_limits(candidates)
    return [
        Past(candidate, tuple(outreaches[pk]), facts[pk], permits.get(pk), barred.get(pk))
        for pk, candidate in known.items()
    ]


def companies_off_limits(candidates: Iterable[Candidate]) -> dict[int, OffLimits]:
    """Whose company is on their firm's list, and its row, by candidate."""
    by_firm: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        by_firm.setdefault(candidate.organisation_id, []).append(candidate)
    found: dict[int, OffLimits] = {}
    for firm, people in by_firm.items():
        rows = off_limits_among(firm, {candidate.company_key for candidate in people})
        found |= {
            candidate.pk: rows[candidate.company_key] for candidate in people if candidate.company_key in rows
        }
    return found
