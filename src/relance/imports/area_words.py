"""What the temporary area holds, as values: people, their addresses, their dated facts."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Address:
    """A way to reach a person; `certain` is false when it must be asked about before use."""

    channel: Channel
    value: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the source speaks of. `name_key` and `connected_on` together tell a changed key."""

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


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated fact of a person's history.

    `order` breaks ties at the same instant (lower is earlier); `exact` is false when only the date
    was known; `note` marks an invitation that carried a note and the note of an accepted one;
    `label` is a remark of the source, never a rule; `external_key` is the same in every later
    export, so that nothing is brought in twice.
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

    def event(self) -> Event:
        """Return the fact as the engine reads it; the tone of a reply read from a file is unknown."""
        tone = Tone.UNKNOWN if self.kind is Kind.REPLY else None
        return Event(at=self.at, kind=self.kind, channel=self.channel, note=self.note, tone=tone)


class Moment(NamedTuple):
    """A fact reduced to what counting needs: `at` in seconds since 1970 UTC, `kind` as its code."""

    at: int
    kind: str
    note: bool
