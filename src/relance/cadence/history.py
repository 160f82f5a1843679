"""What goes into a decision: events, and the outreach that holds them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from relance.cadence.words import Channel, Kind, Occasion, Situation, Tone


class Event(NamedTuple):
    """A dated fact. `at` is aware; `id` is needed only by what may be retracted."""

    at: datetime
    kind: Kind
    id: str = ""
    channel: Channel | None = None
    note: bool = False
    voicemail: bool = False
    tone: Tone | None = None
    resume_on: date | None = None
    returns_on: date | None = None
    hard: bool = False
    until: datetime | None = None
    what: Occasion | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Outreach:
    """One attempt to get an answer from one candidate, as `decide` needs it.

    `channels` are the candidate's known channels in their order of preference; `follow_ups`
    overrides the cadence's count within its hard cap; `timezone` is an IANA name; `region` is `FR`,
    `FR-Alsace-Moselle` or another country code of the holidays library.
    """

    situation: Situation
    events: tuple[Event, ...]
    must_answer: bool = False
    channels: tuple[Channel, ...] = ()
    follow_ups: int | None = None
    brought_in_at: datetime | None = None
    timezone: str = "Europe/Paris"
    region: str = "FR"
