"""The one way from the temporary area to the desk, whatever the source: whom the recruiter keeps."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership
from relance.cadence.words import Kind, Tone
from relance.imports.area import Area
from relance.imports.area_words import Fact, Person
from relance.imports.groups import AT_ONCE, Group, attempts_of
from relance.imports.known import (
    candidates_by_connection,
    candidates_by_identity,
    fingerprinted,
    identities_of,
)
from relance.imports.news import News, add_news
from relance.method.candidates.actions import leave_alone
from relance.method.candidates.batches import Newcomer, enter_many
from relance.method.candidates.models import Avoidance, Candidate
from relance.method.outreach.batches import Attempt, PastIn, record_pasts
from relance.method.outreach.facts import Entry


@dataclass(slots=True)
class Loaded:
    """What an import brought: counts, and the news of people known before."""

    kept: int = 0
    set_aside: int = 0
    open: int = 0
    news: News = field(default_factory=News)


def entry_of(fact: Fact, source: str) -> Entry:
    """A fact of the area as it enters the desk; its key lets it in once, whatever is imported again."""
    return Entry(
        kind=fact.kind,
        at=fact.at,
        channel=fact.channel,
        note=fact.note,
        tone=Tone.UNKNOWN if fact.kind is Kind.REPLY else None,
        subject=fact.subject,
        text=fact.text,
        source=source,
        key=f"{fact.person_id:x}" if not fact.external_key else fact.external_key.hex(),
    )


def load(
    area: Area, *, member: Membership, language: str, now: datetime, told: Callable[[int], None]
) -> Loaded:
    """Store everyone who is kept, with their past and its decisions, and what is new of the known ones.

    Runs in batches, each in its own transaction: stopped anywhere and begun again, it doubles nothing.
    `told` hears how many people are done.
    """
    loaded = Loaded()
    source = str(area.recall("source") or "file")
    _leave_aside(area, member, now, loaded)
    done = 0
    for people, starred in _kept(area):
        with transaction.atomic():
            _load_batch(
                area, people, starred, _Context(member, source, language, area.exported_on(), now), loaded
            )
        done += len(people)
        told(done)
    return loaded


@dataclass(frozen=True, slots=True)
class _Context:
    member: Membership
    source: str
    language: str
    exported_on: date | None
    now: datetime


def _leave_aside(area: Area, member: Membership, now: datetime, loaded: Loaded) -> None:
    """Keep the fingerprints of who was set aside, and nothing else of them."""
    pairs: list[tuple[str, str]] = []
    for people, _starred in _chosen(area, "grouped = ?", (Group.ASIDE,)):
        for person in people:
            pairs += fingerprinted(person, member.organisation.region)
            loaded.set_aside += 1
    leave_alone(
        organisation_id=member.organisation_id,
        pairs=pairs,
        avoidance=Avoidance.SET_ASIDE,
        member=member,
        now=now,
    )


def _kept(area: Area) -> Iterator[tuple[list[Person], set[int]]]:
    # Whom the desk knows is told their news whatever group is kept: they were chosen before.
    return _chosen(area, "(kept = 1 OR known = 1) AND grouped <> ?", (Group.ASIDE,))


def _chosen(area: Area, where: str, values: tuple[str, ...]) -> Iterator[tuple[list[Person], set[int]]]:
    last = 0
    while people := area.people(after=last, most=AT_ONCE):
        wanted = dict(
            area.database.execute(
                f"SELECT person_id, starred FROM choices WHERE {where} AND person_id BETWEEN ? AND ?",  # noqa: S608
                (*values, people[0].id, people[-1].id),
            )
        )
        chosen = [person for person in people if person.id in wanted]
        if chosen:
            yield chosen, {person for person, starred in wanted.items() if starred}
        last = people[-1].id


def _load_batch(
    area: Area, people: list[Person], starred: set[int], context: _Context, loaded: Loaded
) -> None:
    member, now = context.member, context.now
    hold_firm(member.organisation_id)  # a colleague may be bringing in, or entering, the same people
    region = member.organisation.region
    pairs = {person.id: identities_of(person, region) for person in people}
    known = candidates_by_identity(member.organisation_id, (pair for own in pairs.values() for pair in own))
    renamed = candidates_by_connection(
        member.organisation_id,
        [(person.full_name, person.connected_on) for person in people if person.connected_on],
    )
    _hold([*known.values(), *renamed.values()])
    histories = dict(area.histories(after=people[0].id - 1, until=people[-1].id))
    fresh: list[Person] = []
    taken: set[tuple[str, str]] = set()
    for person in people:
        candidate = next((known[pair] for pair in pairs[person.id] if pair in known), None) or renamed.get(
            (person.full_name, person.connected_on)
        )
        if candidate is not None:
            entries = [entry_of(fact, context.source) for fact in histories.get(person.id, [])]
            add_news(candidate, person, pairs[person.id], entries, member=member, news=loaded.news, now=now)
        elif taken.isdisjoint(pairs[person.id]):
            fresh.append(person)
            taken.update(pairs[person.id])
    candidates = enter_many(
        organisation_id=member.organisation_id,
        timezone=member.organisation.timezone,
        region=region,
        newcomers=[_newcomer(person, pairs[person.id], context) for person in fresh],
        now=now,
    )
    pasts = [
        PastIn(candidate, person.id in starred, _attempts(histories.get(person.id, []), context.source))
        for person, candidate in zip(fresh, candidates, strict=True)
    ]
    loaded.open += record_pasts(member=member, pasts=[past for past in pasts if past.attempts], now=now)
    loaded.kept += len(fresh)


def _hold(candidates: list[Candidate]) -> None:
    """Lock all whom the batch knows in one order, so that it and the worker cannot wait for each other."""
    pks = {candidate.pk for candidate in candidates}
    list(Candidate.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk", flat=True))


def _attempts(facts: list[Fact], source: str) -> tuple[Attempt, ...]:
    return tuple(
        Attempt(attempt.situation, tuple(entry_of(fact, source) for fact in attempt.facts))
        for attempt in attempts_of(facts)
    )


def _newcomer(person: Person, pairs: tuple[tuple[str, str], ...], context: _Context) -> Newcomer:
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
    )
