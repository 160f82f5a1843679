"""The fold of a history: what was said and sent, as the rules need it (METHOD, Words)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from relance.cadence.cadences import DOUBLE
from relance.cadence.calendar import Calendar
from relance.cadence.history import Event
from relance.cadence.instants import in_utc
from relance.cadence.order import Dated, is_no
from relance.cadence.words import Channel, Kind, Situation

DOUBLES = (Channel.EMAIL, Channel.SMS)


class Contact(NamedTuple):
    """One burst of outbound events; `channels` names one channel per event, in their order."""

    start: datetime
    end: datetime
    channels: tuple[Channel, ...]

    @property
    def is_call_alone(self) -> bool:
        """Whether nothing was written in it."""
        return bool(self.channels) and all(channel == Channel.CALL for channel in self.channels)


@dataclass(slots=True)
class Told:
    """What else of the candidate's life in the organisation counts in an outreach."""

    opted_out_at: datetime | None = None
    dead: dict[Channel, datetime] = field(default_factory=dict)
    had: tuple[datetime, Channel | None] | None = None
    """The last message or call the candidate had: answered, or with a voicemail."""
    inmail_at: datetime | None = None

    def take(self, at: datetime, event: Event) -> None:
        """Take in one event of any history of the candidate, in order."""
        kind = event.kind
        if kind == Kind.MESSAGE_SENT:
            self.had = (at, event.channel)
            if event.channel == Channel.INMAIL:
                self.inmail_at = at
        elif kind == Kind.CALL_ANSWERED or (kind == Kind.CALL_UNANSWERED and event.voicemail):
            self.had = (at, Channel.CALL)
        elif kind == Kind.OPT_OUT:
            self.opted_out_at = at
        elif kind == Kind.BOUNCE and event.hard and event.channel is not None:
            self.dead.setdefault(event.channel, at)


@dataclass(slots=True)
class Answer:
    """The last human answer, and how many contacts stood before it."""

    at: datetime
    event: Event
    channel: Channel | None
    contacts_before: int

    @property
    def is_message(self) -> bool:
        """Whether it asks for a word: neither a no nor a call."""
        return self.event.kind != Kind.CALL_ANSWERED and not is_no(self.event)


@dataclass(slots=True)
class Story:
    """One outreach's history, folded. Instants are in UTC."""

    situation: Situation
    contacts: list[Contact] = field(default_factory=list)
    attempts: list[datetime] = field(default_factory=list)
    calls_of_contacts: list[datetime] = field(default_factory=list)
    here: Told = field(default_factory=Told)
    elsewhere: Told = field(default_factory=Told)
    answer: Answer | None = None
    contacts_before_any_answer: int | None = None
    said_no_or_later: bool = False
    handled_at: datetime | None = None
    closed_at: datetime | None = None
    wrote_at: datetime | None = None
    applied: tuple[datetime, Event] | None = None
    """The application that opened the outreach: the last one before any contact."""
    applied_at: datetime | None = None
    """The last application received in this outreach, opening it or answering."""
    not_this_one_at: datetime | None = None
    not_looking_at: datetime | None = None
    came_back_at: datetime | None = None
    """The last yes, "later" or application: what takes an earlier no back."""
    invited: tuple[datetime, Event] | None = None
    with_note: bool = False
    accepted_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: Event | None = None
    snoozed: Event | None = None
    auto_replies: list[Dated] = field(default_factory=list)
    soft_bounce: tuple[datetime, Channel | None] | None = None
    cuts: list[datetime] = field(default_factory=list)
    """The acceptances and messages of theirs, after which a new contact starts."""

    @property
    def contacts_since_answer(self) -> int:
        """How many contacts followed the last human answer."""
        return len(self.contacts) - (self.answer.contacts_before if self.answer else 0)

    @property
    def follow_ups_sent(self) -> int:
        """Contacts later than the first action and before any answer (METHOD, Words)."""
        before = self.contacts_before_any_answer
        made = len(self.contacts) if before is None else before
        if self.situation == Situation.CONVERSATION:
            return 0
        return made if self.situation == Situation.KEEP_IN_TOUCH else max(0, made - 1)

    @property
    def opened_with_note(self) -> bool:
        """Whether the cadence is that of an invitation whose note already said something."""
        return self.with_note and self.situation == Situation.LINKEDIN_INVITATION

    def reason_starts_at(self, calendar: Calendar) -> datetime:
        """When the reason counts from: the start of its `resume_on`, else its own instant."""
        assert self.reason is not None
        on = self.reason.resume_on
        return in_utc(self.reason.at) if on is None else calendar.start_of(on)

    @property
    def opted_out_at(self) -> datetime | None:
        """The last opt-out in any history of the candidate."""
        here, there = self.here.opted_out_at, self.elsewhere.opted_out_at
        return max(here, there) if here and there else here or there

    @property
    def double_ends_at(self) -> datetime | None:
        """When the time for doubling the opening call ends; None when there is nothing to double."""
        if self.situation != Situation.CV_DATABASE or len(self.contacts) != 1:
            return None
        only = self.contacts[0]
        return only.end + DOUBLE if only.is_call_alone else None


def leads_to_their_own_move(story: Story) -> bool:
    """Whether what comes next is `first_action` or `your_turn`: an answer to what they wrote."""
    if story.answer is not None:
        return story.answer.is_message and not story.contacts_since_answer
    return story.applied is not None and not story.contacts
