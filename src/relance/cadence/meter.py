"""How far an outreach has come: its contacts, and the follow-ups it may still have (METHOD, Words)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from relance.cadence.cadences import CADENCES
from relance.cadence.fold import read
from relance.cadence.history import Event, Outreach
from relance.cadence.story import Contact
from relance.cadence.words import Channel


@dataclass(frozen=True, slots=True)
class ContactMade:
    """One contact: from its first to its last event (UTC), on these channels, each named once."""

    start: datetime
    end: datetime
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Meter:
    """What was done of what may be done.

    `contacts_made` counts every contact (0: nothing yet); `follow_ups_sent` those later than the
    first action and before any human answer; `planned` is the cadence's count and `cap` the most
    that any setting allows.
    """

    contacts_made: int
    follow_ups_sent: int
    planned: int
    cap: int
    answered: bool
    contacts: tuple[ContactMade, ...]


def meter(outreach: Outreach, *, elsewhere: Sequence[Event] = ()) -> Meter:
    """The meter of an outreach; `elsewhere` counts only for what it retracts.

    ValueError (`naive_datetime`) when an event carries no time zone. METHOD, Words and rule 5.
    """
    story = read(outreach.situation, outreach.events, elsewhere)
    cadence = CADENCES[outreach.situation]
    return Meter(
        contacts_made=len(story.contacts),
        follow_ups_sent=story.follow_ups_sent,
        planned=cadence.planned(outreach.follow_ups, with_note=story.opened_with_note),
        cap=cadence.cap,
        answered=story.answer is not None,
        contacts=tuple(_made(contact) for contact in story.contacts),
    )


def _made(contact: Contact) -> ContactMade:
    return ContactMade(contact.start, contact.end, tuple(dict.fromkeys(contact.channels)))
