"""People of the area the desk does not know yet, with all that is known of them, as plain rows."""

from dataclasses import dataclass
from datetime import date, datetime

from relance.accounts.models import Membership
from relance.cadence.history import Event
from relance.imports.area import Area
from relance.imports.area_words import Person, Words
from relance.imports.groups import attempts_of
from relance.method.candidates.batches import Newcomer, enter_many
from relance.method.outreach.batches import Attempt, PastIn, Worded, record_pasts

Pairs = dict[int, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Context:
    """What is the same for everybody an import brings."""

    member: Membership
    source: str
    language: str
    exported_on: date | None
    entered_before: int
    """The last candidate of the desk when the import began."""
    now: datetime
    key_prefix: str = ""
    """What stands before the keys of facts that are known under it from elsewhere too."""


def key_of(external_key: str, person_id: int, prefix: str = "") -> str:
    """The key under which a fact enters once, whatever is imported again."""
    return f"{prefix}{external_key}" if external_key else f"{person_id:x}"


def enter(
    area: Area,
    fresh: list[Person],
    starred: set[int],
    pairs: Pairs,
    context: Context,
) -> int:
    """Store people the desk does not know, with their past and its decisions; returns how many are open.

    The caller holds the transaction.
    """
    if not fresh:
        return 0
    member = context.member
    candidates = enter_many(
        organisation_id=member.organisation_id,
        timezone=member.organisation.timezone,
        region=member.organisation.region,
        newcomers=[_newcomer(person, pairs[person.id], context) for person in fresh],
        now=context.now,
    )
    entered = {person.id: candidate for person, candidate in zip(fresh, candidates, strict=True)}
    pasts = [
        PastIn(entered[person_id], person_id in starred, attempts)
        for person_id, events, words in area.worded_pasts(after=fresh[0].id - 1, until=fresh[-1].id)
        if person_id in entered and (attempts := _attempts(person_id, events, words, context))
    ]
    return record_pasts(member=member, pasts=pasts, source=context.source, now=context.now)


def _attempts(person_id: int, events: list[Event], words: list[Words], context: Context) -> list[Attempt]:
    worded = [
        Worded(event, subject, text, key_of(key, person_id, context.key_prefix))
        for event, (key, subject, text) in zip(events, words, strict=True)
    ]
    return [
        Attempt(attempt.situation, [worded[int(event.id)] for event in attempt.events])
        for attempt in attempts_of(events)
    ]


def _newcomer(person: Person, pairs: tuple[tuple[str, str], ...], context: Context) -> Newcomer:
    return Newcomer(
        name=person.full_name[:200] or person.key[:200],
        first_name=(person.first_name or person.full_name.split(" ")[0])[:100],
        role=person.position[:200],
        company=person.company[:200],
        language=context.language,
        identities=pairs,
        connected_on=person.connected_on,
        source=context.source,
        source_on=context.exported_on,
        location=person.location[:120],
        note=person.note,
    )
