"""Where each person of an archive stands: the groups among which the recruiter chooses whom to keep.

They are told by the engine itself, so that who is kept falls into the queue where the screen said.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from relance.cadence.decide import decide
from relance.cadence.decision import Decision
from relance.cadence.history import Event, Outreach
from relance.cadence.past import read_past
from relance.cadence.words import Action, Channel, Code, Kind, ReasonCode, Situation
from relance.imports.area import Area
from relance.imports.area_words import Person
from relance.imports.hands import Hands
from relance.method.outreach.facts import Entry

AT_ONCE = 500


class Group(StrEnum):
    """Whom the recruiter is shown together, in this order."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    SILENT = "silent"
    PENDING = "pending"
    WITHOUT_ADDRESS = "without_address"
    COLD = "cold"
    CONTACTS = "contacts"
    ASIDE = "aside"


KEPT_UNLESS_SAID = (Group.WAITING, Group.ACCEPTED, Group.SILENT, Group.PENDING, Group.WITHOUT_ADDRESS)

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


class Place(NamedTuple):
    """Where those who are kept would be: the firm's time zone (IANA) and region, as the engine knows them."""

    timezone: str
    region: str


def stand(
    channels: tuple[Channel, ...], events: Sequence[Event], now: datetime, place: Place
) -> Decision | None:
    """What the engine says at `now` of who has those channels, were they kept without a star; None without a past."""
    attempts = attempts_of(events)
    if not attempts:
        return None
    last, earlier = attempts[-1], attempts[:-1]
    outreach = Outreach(
        situation=last.situation,
        events=tuple(last.events),
        channels=channels,
        brought_in_at=now,
        timezone=place.timezone,
        region=place.region,
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


class Portion(NamedTuple):
    """Some of an area's people, by their ids: those above `after`, up to `until`."""

    path: Path
    after: int
    until: int
    now: datetime
    place: Place


class Stands(NamedTuple):
    """Where one person stands; `since`: when something last happened (seconds since 1970 UTC), `sent`: messages."""

    person_id: int
    group: Group
    code: str
    since: int | None
    sent: int


def where_they_stand(portion: Portion) -> list[Stands]:
    """Where each person of a portion stands: nothing but its file is read, and nothing is written."""
    with closing(Area.open(portion.path)) as area:
        pasts = dict(area.pasts(after=portion.after, until=portion.until))
        numbered = area.numbers(after=portion.after, until=portion.until)
        found = []
        for person_id, channels in area.channels(after=portion.after, until=portion.until):
            events = pasts.get(person_id, [])
            decision = stand(channels, events, portion.now, portion.place)
            group = group_of(decision)
            if not channels and person_id in numbered and _waits_for_an_address(decision, events, portion):
                group = Group.WITHOUT_ADDRESS
            found.append(
                Stands(
                    person_id, group, str(decision.code) if decision else "", _since(events),
                    sum(event.kind is Kind.MESSAGE_SENT for event in events),
                )
            )  # fmt: skip
        return found


def _waits_for_an_address(decision: Decision | None, events: Sequence[Event], portion: Portion) -> bool:
    """Whether nothing but an address lacks to follow somebody up, by the ways they were written to."""
    if decision is None or decision.code is not Code.UNREACHABLE:
        return False
    used = {event.channel for event in events} - {None} or {Channel.EMAIL}
    ways = tuple(channel for channel in Channel if channel in used)
    return group_of(stand(ways, events, portion.now, portion.place)) in KEPT_UNLESS_SAID


def sort_people(
    area: Area,
    *,
    now: datetime,
    place: Place,
    known: Known | None,
    told: Callable[[int], None],
    hands: Hands,
) -> dict[str, int]:
    """Give everyone in the area a group and return how many each has. `told` hears how many are done."""
    database = area.database
    database.executescript(SCHEMA)
    # Apart until the end: nobody writes to the file while others read it.
    database.execute("CREATE TEMP TABLE sorted AS SELECT * FROM choices LIMIT 0")
    area.share()
    counts: dict[str, int] = dict.fromkeys(Group, 0)
    done = 0
    orders = hands.each(where_they_stand, _portions(area, now, place), people=area.people_count())
    for portion, found in orders:
        people = area.people(after=portion.after, most=AT_ONCE) if known else []
        standing = [known(person) for person in people] if known else [(False, False)] * len(found)
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO sorted (person_id, grouped, code, since, sent, place, starred, kept, known, was)"
            " VALUES (?,?,?,?,?,?,0,?,?,?)",
            [_choice(each, *of_desk, counts) for each, of_desk in zip(found, standing, strict=True)],
        )
        database.execute("COMMIT")
        done += len(found)
        told(done)
    database.execute("INSERT OR REPLACE INTO choices SELECT * FROM sorted ORDER BY person_id")
    database.execute("DROP TABLE sorted")
    return counts


def _choice(stands: Stands, aside: bool, is_known: bool, counts: dict[str, int]) -> tuple[object, ...]:
    person_id, stood, code, since, sent = stands
    group = Group.ASIDE if aside else stood
    counts[group] += 1
    kept = group in KEPT_UNLESS_SAID or (is_known and not aside)
    return person_id, group, code, since, sent, -(since or 0), kept, is_known, stood


def _portions(area: Area, now: datetime, place: Place) -> Iterator[tuple[Portion, Portion]]:
    after = 0
    while (until := area.last_of(after=after, most=AT_ONCE)) is not None:
        portion = Portion(area.path, after, until, now, place)
        yield portion, portion
        after = until


def _since(events: Sequence[Event]) -> int | None:
    """When something last happened with the person."""
    return int(events[-1].at.timestamp()) if events else None


def situation_of(entries: Sequence[Entry]) -> Situation:
    """The situation that new facts of a known person open."""
    events = [
        Event(at=entry.at, kind=entry.kind, channel=entry.channel, note=entry.note) for entry in entries
    ]
    return read_past(events)[-1].situation
