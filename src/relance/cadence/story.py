"""The fold of a history: what was said and sent, as the rules need it (METHOD, Words)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from relance.cadence.cadences import BURST, DOUBLE
from relance.cadence.calendar import Calendar
from relance.cadence.history import Event
from relance.cadence.instants import in_utc
from relance.cadence.order import Dated, in_order, is_no, retracted_ids
from relance.cadence.words import Channel, Kind, Situation, Tone

DOUBLES = (Channel.EMAIL, Channel.SMS)


@dataclass(frozen=True, slots=True)
class Contact:
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


def read(situation: Situation, events: Sequence[Event], elsewhere: Sequence[Event] = ()) -> Story:
    """Fold a history, in any order, with what the candidate had elsewhere in the organisation.

    ValueError (`naive_datetime`) when an event carries no time zone.
    """
    gone = retracted_ids((*events, *elsewhere))
    story = Story(situation)
    if elsewhere:
        for at, _, event in in_order(elsewhere, gone):
            story.elsewhere.take(at, event)
    fold = _Fold(story)
    for at, _, event in in_order(events, gone):
        story.here.take(at, event)
        fold.take(at, event)
    fold.end_burst()
    return story


class _Fold:
    """Takes events in order into a story, bursts becoming contacts or attempts when they end."""

    __slots__ = ("_burst", "story")

    def __init__(self, story: Story) -> None:
        self.story = story
        self._burst: list[Dated] = []

    def take(self, at: datetime, event: Event) -> None:
        kind = event.kind
        story = self.story
        if kind == Kind.MESSAGE_SENT or kind == Kind.CALL_UNANSWERED:
            self._send(at, event)
        elif kind == Kind.REPLY or kind == Kind.APPLICATION_RECEIVED:
            self._cut(at)
            story.wrote_at = at
            opens = kind == Kind.APPLICATION_RECEIVED and story.situation == Situation.APPLICATION
            if opens and not story.contacts:
                story.applied = (at, event)
            else:
                self._answer(at, event)
        elif kind == Kind.INVITATION_SENT:
            self._send(at, event)
            story.invited = (at, event)
            story.withdrawn_at = None
            story.with_note = story.with_note or event.note
        elif kind == Kind.INVITATION_ACCEPTED:
            self._cut(at)
            story.accepted_at = at
        elif kind == Kind.CALL_ANSWERED or kind == Kind.INMAIL_DECLINED:
            self._cut(at)
            self._answer(at, event)
        else:
            self._note(at, event)

    def _note(self, at: datetime, event: Event) -> None:
        kind = event.kind
        story = self.story
        if kind == Kind.INVITATION_WITHDRAWN:
            story.withdrawn_at = at
        elif kind == Kind.HANDLED:
            story.handled_at = at
        elif kind == Kind.CLOSED:
            story.closed_at = at
        elif kind == Kind.AUTO_REPLY:
            story.auto_replies.append((at, 0, event))
        elif kind == Kind.SNOOZED and event.until is not None:
            story.snoozed = event
        elif kind == Kind.REASON:
            story.reason = event
        elif kind == Kind.BOUNCE and not event.hard:
            story.soft_bounce = (at, event.channel)

    def _send(self, at: datetime, event: Event) -> None:
        if self._burst and at - self._burst[0][0] > BURST:
            self.end_burst()
        self._burst.append((at, 0, event))

    def _cut(self, at: datetime) -> None:
        self.end_burst()
        self.story.cuts.append(at)

    def _answer(self, at: datetime, event: Event) -> None:
        story = self.story
        channel = event.channel
        if event.kind == Kind.CALL_ANSWERED:
            channel = Channel.CALL
        elif channel is None and story.contacts:
            channel = story.contacts[-1].channels[-1] if story.contacts[-1].channels else None
        story.answer = Answer(at, event, channel, len(story.contacts))
        if story.contacts_before_any_answer is None:
            story.contacts_before_any_answer = len(story.contacts)
        if is_no(event) or event.tone == Tone.LATER:
            story.said_no_or_later = True

    def end_burst(self) -> None:
        if not self._burst:
            return
        burst, self._burst = self._burst, []
        story = self.story
        opens_with_call = story.situation == Situation.CV_DATABASE and not story.contacts
        reached = [event for _, _, event in burst if event.kind != Kind.CALL_UNANSWERED or event.voicemail]
        calls = [at for at, _, event in burst if event.kind == Kind.CALL_UNANSWERED]
        if not reached and not opens_with_call:
            story.attempts.extend(calls)
            return
        story.calls_of_contacts.extend(calls)
        channels = tuple(channel for channel in map(_channel_of, burst) if channel is not None)
        contact = Contact(burst[0][0], burst[-1][0], channels)
        if reached and self._doubles(reached[0]):
            opening = story.contacts[0]
            story.contacts[0] = Contact(opening.start, contact.end, opening.channels + channels)
        else:
            story.contacts.append(contact)

    def _doubles(self, first: Event) -> bool:
        story = self.story
        end = story.double_ends_at
        if end is None or first.channel not in DOUBLES or first.kind != Kind.MESSAGE_SENT:
            return False
        answered_since = story.answer is not None and story.answer.contacts_before == 1
        return not answered_since and first.at < end


def _channel_of(sent: Dated) -> Channel | None:
    kind = sent[2].kind
    if kind == Kind.INVITATION_SENT:
        return Channel.LINKEDIN
    return Channel.CALL if kind == Kind.CALL_UNANSWERED else sent[2].channel
