"""Where each person of an archive stands: the groups among which the recruiter chooses whom to keep.

They are told by the engine itself, so that who is kept falls into the queue where the screen said.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from relance.cadence.decide import decide
from relance.cadence.decision import Decision
from relance.cadence.history import Event, Outreach
from relance.cadence.past import read_past
from relance.cadence.words import Action, Channel, Code, Kind, ReasonCode, Situation
from relance.imports.area import Area
from relance.imports.area_words import KeyKind, Person
from relance.method.outreach.facts import Entry

AT_ONCE = 500


class Group(StrEnum):
    """Whom the recruiter is shown together, in this order."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    SILENT = "silent"
    PENDING = "pending"
    COLD = "cold"
    CONTACTS = "contacts"
    ASIDE = "aside"


KEPT_UNLESS_SAID = (Group.WAITING, Group.ACCEPTED, Group.SILENT, Group.PENDING)

SCHEMA = """
CREATE TABLE IF NOT EXISTS choices (
    person_id INTEGER PRIMARY KEY,
    grouped TEXT NOT NULL,
    code TEXT NOT NULL,
    since INTEGER,
    sent INTEGER NOT NULL DEFAULT 0,
    place INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    kept INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    was TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS choices_in_order ON choices (grouped, place, person_id);
"""

Known = Callable[[Person], tuple[bool, bool]]
"""Whether a person is set aside, and whether the desk knows them already."""


class Attempt(NamedTuple):
    """One outreach of a person's past, with the facts it was read from."""

    situation: Situation
    events: list[Event]


def attempts_of(events: Sequence[Event]) -> list[Attempt]:
    """Read a person's facts, each named by its place, as outreaches, oldest first (METHOD, reading a past).

    What is read may be moved (an acceptance after its invitation); what is stored stays as it was.
    """
    return [
        Attempt(past.situation, [events[int(event.id)] for event in past.events])
        for past in read_past(events)
    ]


def channels_of(person: Person) -> tuple[Channel, ...]:
    """The channels that what is certain of a person opens, mail before LinkedIn."""
    found = {address.channel for address in person.addresses if address.certain}
    if person.key_kind in {KeyKind.LINKEDIN_SLUG, KeyKind.LINKEDIN_MEMBER}:
        found.add(Channel.LINKEDIN)
    return tuple(channel for channel in Channel if channel in found)


def stand(person: Person, events: Sequence[Event], now: datetime) -> Decision | None:
    """What the engine says of a person at `now`, were they kept without a star; None without a past."""
    attempts = attempts_of(events)
    if not attempts:
        return None
    last, earlier = attempts[-1], attempts[:-1]
    outreach = Outreach(
        situation=last.situation,
        events=tuple(last.events),
        channels=channels_of(person),
        brought_in_at=now,
    )
    elsewhere = [event for attempt in earlier for event in attempt.events]
    return decide(outreach, now=now, elsewhere=elsewhere)


def group_of(decision: Decision | None) -> Group:
    """The group that a decision belongs to."""
    if decision is None:
        return Group.CONTACTS
    reasons = {reason.code: reason.values for reason in decision.reasons}
    if decision.action is Action.ANSWER or (
        decision.code is Code.TOO_EARLY and decision.step is None and ReasonCode.REPLY in reasons
    ):
        return Group.WAITING
    if decision.code is Code.INVITATION_PENDING:
        return Group.PENDING
    if decision.action is Action.STOP:
        return Group.COLD
    accepted: Mapping[str, object] = reasons.get(ReasonCode.INVITATION_ACCEPTED, {})
    if accepted and not accepted.get("written_since"):
        return Group.ACCEPTED
    return Group.SILENT


def sort_people(area: Area, *, now: datetime, known: Known, told: Callable[[int], None]) -> dict[str, int]:
    """Give everyone in the area a group and return how many each has. `told` hears how many are done."""
    database = area.database
    database.executescript(SCHEMA)
    counts: dict[str, int] = dict.fromkeys(Group, 0)
    done = 0
    for people in _batches(area):
        pasts = dict(area.pasts(after=people[0].id - 1, until=people[-1].id))
        rows = []
        for person in people:
            events = pasts.get(person.id, [])
            decision = stand(person, events, now)
            aside, is_known = known(person)
            stands = group_of(decision)
            group = Group.ASIDE if aside else stands
            counts[group] += 1
            since = _since(events)
            rows.append(
                (
                    person.id, group, decision.code if decision else "", since,
                    sum(event.kind is Kind.MESSAGE_SENT for event in events), -(since or 0),
                    group in KEPT_UNLESS_SAID or (is_known and not aside), is_known, stands,
                )
            )  # fmt: skip
        database.execute("BEGIN")
        database.executemany(
            "INSERT OR REPLACE INTO choices (person_id, grouped, code, since, sent, place, kept, known, was)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            rows,
        )
        database.execute("COMMIT")
        done += len(people)
        told(done)
    return counts


def _batches(area: Area) -> Iterator[list[Person]]:
    last = 0
    while people := area.people(after=last, most=AT_ONCE):
        yield people
        last = people[-1].id


def _since(events: Sequence[Event]) -> int | None:
    """When something last happened with the person."""
    return int(events[-1].at.timestamp()) if events else None


def situation_of(entries: Sequence[Entry]) -> Situation:
    """The situation that new facts of a known person open."""
    events = [
        Event(at=entry.at, kind=entry.kind, channel=entry.channel, note=entry.note) for entry in entries
    ]
    return read_past(events)[-1].situation
