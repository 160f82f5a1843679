"""What the temporary area holds, as values: people, their addresses, their dated facts."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from relance.cadence.history import Event
from relance.cadence.words import Channel, Kind, Tone


class KeyKind(StrEnum):
    """What identifies a person in what was read."""

    LINKEDIN_SLUG = "linkedin_slug"
    LINKEDIN_MEMBER = "linkedin_member"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    NUMBER = "number"


class Address(NamedTuple):
    """A way to reach a person; `certain` is false when it must be asked about before use."""

    channel: Channel
    value: str
    certain: bool = True


class Person(NamedTuple):
    """Somebody the source speaks of. `name_key` and `connected_on` together tell a changed key.

    `numbers` are what the source calls them, each with the name of the source before it.
    """

    id: int
    key_kind: KeyKind
    key: str
    full_name: str
    first_name: str = ""
    last_name: str = ""
    name_key: str = ""
    company: str = ""
    position: str = ""
    connected_on: date | None = None
    they_invited_at: datetime | None = None
    draft_waiting: bool = False
    source_url: str = ""
    addresses: tuple[Address, ...] = ()
    location: str = ""
    note: str = ""
    numbers: tuple[str, ...] = ()


class Fact(NamedTuple):
    """A dated fact of a person's history.

    `order` breaks ties at the same instant (lower is earlier); `exact` is false when only the date
    was known; `note` marks an invitation that carried a note and the note of an accepted one;
    `label` is a remark of the source, never a rule; `external_key` is the same in every later
    export, so that nothing is brought in twice; `hard` is a bounce's, `returns_on` an absence's; `tone` is an
    answer's where the source tells it, `until` a follow-up's that was put off.
    """

    person_id: int
    at: datetime
    kind: Kind
    external_key: bytes
    order: int = 0
    channel: Channel | None = None
    note: bool = False
    exact: bool = True
    subject: str = ""
    text: str = ""
    attachments: int = 0
    label: str = ""
    hard: bool = False
    returns_on: date | None = None
    tone: Tone | None = None
    until: datetime | None = None


class Words(NamedTuple):
    """What a fact says; `key` is its external key in hexadecimal digits."""

    key: str
    subject: str
    text: str


def event_of(
    at: datetime,
    kind: Kind,
    channel: Channel | None,
    note: bool,
    place: int,
    hard: bool = False,
    returns_on: date | None = None,
    tone: Tone | None = None,
    until: datetime | None = None,
) -> Event:
    """A fact as the engine reads it; the tone of a reply is unknown where its source tells none."""
    if kind is Kind.REPLY and tone is None:
        tone = Tone.UNKNOWN
    return Event(at, kind, str(place), channel, note, False, tone, None, returns_on, hard, until)


class Moment(NamedTuple):
    """A fact reduced to what counting needs: `at` in seconds since 1970 UTC, `kind` as its code."""

    at: int
    kind: str
    note: bool
