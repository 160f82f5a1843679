"""People of the area the desk does not know yet, with all that is known of them, as plain rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from relance.accounts.models import Membership
from relance.cadence.guard import Marks
from relance.imports.area import Area
from relance.imports.area_words import Person
from relance.imports.deciding import Order, pasts_of
from relance.method.candidates.batches import Newcomer, enter_many
from relance.method.candidates.identities import channels_of
from relance.method.outreach import past_rows
from relance.method.outreach.batches import dates_as_text, marks_among, record_rows
from relance.method.outreach.judging import NO_MARKS
from relance.method.outreach.past_rows import OutreachRow

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


@dataclass(frozen=True, slots=True)
class Batch:
    """People who are read and stored together; `asked` is whose pasts are decided before their turn comes."""

    people: list[Person]
    starred: set[int]
    pairs: Pairs
    asked: Order


def order_for(
    area: Area,
    people: Iterable[Person],
    starred: set[int],
    pairs: Pairs,
    context: Context,
    marks: Mapping[int, Marks] | None = None,
) -> Order:
    """What is asked about those people, who are new to the desk; `marks` are those of some, by their ids."""
    firm, marks = context.member.organisation, marks or {}
    return Order(
        area.path,
        {
            person.id: past_rows.Person(
                person.id in starred, channels_of(pairs[person.id]), firm.timezone, firm.region,
                marks.get(person.id, NO_MARKS),
            )
            for person in people
        },
        context.key_prefix,
        dates_as_text(),
        context.now,
    )  # fmt: skip


def enter(
    area: Area,
    fresh: list[Person],
    batch: Batch,
    decided: Mapping[int, list[OutreachRow]],
    context: Context,
) -> int:
    """Store people the desk does not know, with their past and its decisions; returns how many are open.

    `decided` holds the pasts that were asked for. The caller holds the transaction.
    """
    if not fresh:
        return 0
    member = context.member
    entered = enter_many(
        organisation_id=member.organisation_id,
        timezone=member.organisation.timezone,
        region=member.organisation.region,
        newcomers=[_newcomer(person, batch.pairs[person.id], context) for person in fresh],
        now=context.now,
    )
    barred = marks_among(member.organisation_id, entered, context.now)
    new = list(zip(fresh, entered, strict=True))
    marks = {person.id: barred[candidate.pk] for person, candidate in new if candidate.pk in barred}
    # When the pasts were asked for, these were known to the desk, or not known to be off limits.
    late = [person for person in fresh if person.id not in batch.asked.people or person.id in marks]
    found = {**decided, **pasts_of(order_for(area, late, batch.starred, batch.pairs, context, marks))}
    pasts = [(candidate, found[person.id]) for person, candidate in new if person.id in found]
    return record_rows(member=member, pasts=pasts, source=context.source, now=context.now)


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
