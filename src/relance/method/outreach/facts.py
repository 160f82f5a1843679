"""A fact on its way in: what happened, before it is stored as an event."""

from dataclasses import dataclass
from datetime import date, datetime

from relance.cadence.words import Channel, Kind, Occasion, Tone


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated fact to record. `at` is aware; `key` names the fact in its source, so that it enters once."""

    kind: Kind
    at: datetime
    channel: Channel | None = None
    note: bool = False
    voicemail: bool = False
    hard: bool = False
    tone: Tone | None = None
    what: Occasion | None = None
    resume_on: date | None = None
    returns_on: date | None = None
    until: datetime | None = None
    of: int | None = None
    subject: str = ""
    text: str = ""
    template: str = ""
    source: str = ""
    key: str | None = None
