"""The one way from the temporary area to the desk, whatever the source: whom the recruiter keeps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership
from relance.cadence.words import Kind, Tone
from relance.imports.area import Area
from relance.imports.area_words import Fact, Person
from relance.imports.deciding import Order, key_of, pasts_of
from relance.imports.entering import Batch, Context, Pairs, enter, order_for
from relance.imports.groups import Group
from relance.imports.hands import Hands
from relance.imports.known import (
    candidates_by_connection,
    candidates_by_identity,
    fingerprinted,
    identities_of,
)
from relance.imports.news import News, Stored, add_news
from relance.imports.numbers import join_known_by_number
from relance.imports.tables.read import SOURCE as TABLE
from relance.method.candidates.actions import leave_alone
from relance.method.candidates.duplicates import ALIKE_TOLD, alike_since
from relance.method.candidates.models import Avoidance, Candidate
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event
from relance.method.outreach.past_rows import OutreachRow

AT_ONCE = 2_000
"""How many people are read, and entered in one transaction: SQLite writes each page of its indexes once."""

NEWS_AT_ONCE = 100
"""Each of them is locked and decided anew by itself, while nobody else can write."""


@dataclass(slots=True)
class Loaded:
    """What an import brought: counts, and the news of people known before."""

    kept: int = 0
    set_aside: int = 0
    open: int = 0
    news: News = field(default_factory=News)


def entry_of(fact: Fact, context: Context) -> Entry:
    """A fact of the area as it enters the desk of somebody known."""
    return Entry(
        kind=fact.kind,
        at=fact.at,
        channel=fact.channel,
        note=fact.note,
        hard=fact.hard,
        returns_on=fact.returns_on,
        tone=fact.tone or (Tone.UNKNOWN if fact.kind is Kind.REPLY else None),
        until=fact.until,
        subject=fact.subject,
        text=fact.text,
        source=context.source,
        key=key_of(fact.external_key.hex(), fact.person_id, context.key_prefix),
    )


def load(
    area: Area,
    *,
    member: Membership,
    language: str,
    now: datetime,
    told: Callable[[int], None],
    hands: Hands,
) -> Loaded:
    """Store everyone who is kept, with their past and its decisions, and what is new of the known ones.

    Runs in short transactions: stopped anywhere and begun again, it doubles nothing.
    `told` hears how many people are done.
    """
    loaded = Loaded()
    source = str(area.recall("source") or "file")
    _leave_aside(area, member, now, loaded)
    before = Candidate.objects.filter(organisation_id=member.organisation_id).aggregate(last=Max("pk"))
    prefix = str(area.recall("key_prefix") or "")
    context = Context(member, source, language, area.exported_on(), before["last"] or 0, now, prefix)
    done = 0
    for batch, decided in hands.each(pasts_of, _batches(area, context), people=_new_ones(area)):
        _load_batch(area, batch, decided, context, loaded)
        done += len(batch.people)
        told(done)
    newcomers = alike_since(member.organisation_id, after_pk=context.entered_before)
    loaded.news.alike = list(dict.fromkeys([*loaded.news.alike, *newcomers]))[:ALIKE_TOLD]
    return loaded


def _leave_aside(area: Area, member: Membership, now: datetime, loaded: Loaded) -> None:
    """Keep the fingerprints of who was set aside, and nothing else of them."""
    pairs: list[tuple[str, str]] = []
    for people, _chosen_of in _chosen(area, "grouped = ?", (Group.ASIDE,)):
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


def _new_ones(area: Area) -> int:
    """How many of those kept the desk did not know when they were sorted."""
    query = "SELECT count(*) FROM choices WHERE kept = 1 AND known = 0"
    return int(area.database.execute(query).fetchone()[0])


def _batches(area: Area, context: Context) -> Iterator[tuple[Batch, Order]]:
    region = context.member.organisation.region
    # Whom the desk knows is told their news whatever group is kept: they were chosen before.
    for people, choices in _chosen(area, "(kept = 1 OR known = 1) AND grouped <> ?", (Group.ASIDE,)):
        pairs = {person.id: identities_of(person, region) for person in people}
        starred = {person_id for person_id, (star, _known) in choices.items() if star}
        new = (person for person in people if not choices[person.id][1])
        order = order_for(area, new, starred, pairs, context)
        yield Batch(people, starred, pairs, order), order


def _chosen(
    area: Area, where: str, values: tuple[str, ...]
) -> Iterator[tuple[list[Person], dict[int, tuple[bool, bool]]]]:
    """Those people, some at a time, and of each whether they have a star and whether the desk knew them."""
    database = area.database
    if not database.execute(f"SELECT 1 FROM choices WHERE {where} LIMIT 1", values).fetchone():  # noqa: S608
        return
    last = 0
    while people := area.people(after=last, most=AT_ONCE):
        rows = database.execute(
            f"SELECT person_id, starred, known FROM choices WHERE {where} AND person_id BETWEEN ? AND ?",  # noqa: S608
            (*values, people[0].id, people[-1].id),
        )
        wanted = {person_id: (bool(starred), bool(known)) for person_id, starred, known in rows}
        chosen = [person for person in people if person.id in wanted]
        if chosen:
            yield chosen, wanted
        last = people[-1].id


def _load_batch(
    area: Area,
    batch: Batch,
    decided: Mapping[int, list[OutreachRow]],
    context: Context,
    loaded: Loaded,
) -> None:
    people, pairs = batch.people, batch.pairs
    join_known_by_number(people, pairs, member=context.member, now=context.now)
    with transaction.atomic():
        hold_firm(
            context.member.organisation_id
        )  # a colleague may be bringing in, or entering, the same people
        known = _recognised(people, pairs, context)
        fresh: list[Person] = []
        again: list[Person] = []
        taken: set[tuple[str, str]] = set()
        for person in people:
            if person.id in known:
                continue
            (fresh if taken.isdisjoint(pairs[person.id]) else again).append(person)
            taken.update(pairs[person.id])
        loaded.open += enter(area, fresh, batch, decided, context)
        loaded.kept += len(fresh)
    if again:  # whoever shares an identity with somebody just entered is that person
        known |= _recognised(again, pairs, context)
    news = [person for person in people if person.id in known]
    for start in range(0, len(news), NEWS_AT_ONCE):
        _tell_news(area, news[start : start + NEWS_AT_ONCE], known, pairs, context, loaded)


@transaction.atomic
def _tell_news(
    area: Area, people: list[Person], known: dict[int, int], pairs: Pairs, context: Context, loaded: Loaded
) -> None:
    hold_firm(context.member.organisation_id)
    # All are locked in one order, so that this and the worker cannot wait for each other.
    rows = Candidate.objects.select_for_update().filter(pk__in={known[person.id] for person in people})
    candidates = {candidate.pk: candidate for candidate in rows.order_by("pk")}
    stored = Stored(list(candidates.values()))
    for person in people:
        candidate = candidates.get(known[person.id])
        if candidate is None:  # erased a moment ago
            continue
        add_news(
            candidate,
            person,
            pairs[person.id],
            _entries(area, person, candidate, context),
            stored=stored,
            member=context.member,
            news=loaded.news,
            now=context.now,
        )


SAME_DAY = timedelta(hours=36)


def _entries(area: Area, person: Person, candidate: Candidate, context: Context) -> list[Entry]:
    """The facts of somebody known; one of a table whose hour is unknown is none where the desk holds that day's own."""
    facts = _history(area, person)
    if context.source == TABLE and any(not fact.exact for fact in facts):
        own = list(
            Event.objects.filter(candidate=candidate, retractions=None)
            .exclude(source=TABLE)
            .order_by("at", "pk")
            .values_list("kind", "at")
        )
        facts = [
            fact
            for fact in facts
            if fact.exact or not any(kind == fact.kind and abs(at - fact.at) < SAME_DAY for kind, at in own)
        ]
    return [entry_of(fact, context) for fact in facts]


def _history(area: Area, person: Person) -> list[Fact]:
    return [fact for _id, facts in area.histories(after=person.id - 1, until=person.id) for fact in facts]


def _recognised(people: list[Person], pairs: Pairs, context: Context) -> dict[int, int]:
    """Whom of those people the desk knows: by an identity, else by their name and the day they connected."""
    organisation_id = context.member.organisation_id
    by_identity = candidates_by_identity(
        organisation_id, (pair for each in people for pair in pairs[each.id])
    )
    by_connection = candidates_by_connection(
        organisation_id,
        [(person.full_name, person.connected_on) for person in people if person.connected_on],
        entered_up_to=context.entered_before,
    )
    known: dict[int, int] = {}
    for person in people:
        candidate = next((by_identity[pair] for pair in pairs[person.id] if pair in by_identity), None)
        candidate = candidate or by_connection.get((person.full_name, person.connected_on))
        if candidate is not None:
            known[person.id] = candidate
    return known
