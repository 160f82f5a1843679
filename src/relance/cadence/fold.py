"""How a history becomes a story: bursts into contacts or attempts, answers into answers."""

from collections.abc import Sequence
from datetime import datetime

from relance.cadence.cadences import BURST
from relance.cadence.history import Event
from relance.cadence.order import Dated, in_order, is_no, retracted_ids
from relance.cadence.story import DOUBLES, Answer, Contact, Story
from relance.cadence.words import Channel, Kind, Situation, Tone

COMING_BACK = frozenset({Tone.POSITIVE, Tone.LATER})


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
            if kind == Kind.APPLICATION_RECEIVED:
                story.applied_at = story.came_back_at = at
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
        if is_no(event):
            story.said_no_or_later = True
            if event.tone == Tone.NOT_THIS_ONE:
                story.not_this_one_at = at
            else:
                story.not_looking_at = at
        elif event.tone in COMING_BACK:
            story.came_back_at = at
            story.said_no_or_later = story.said_no_or_later or event.tone == Tone.LATER

    def end_burst(self) -> None:
        if not self._burst:
            return
        burst, self._burst = self._burst, []
        story = self.story
        if len(burst) == 1 and burst[0][2].kind != Kind.CALL_UNANSWERED:
            self._contact(burst, burst[0][2])
            return
        opens_with_call = story.situation == Situation.CV_DATABASE and not story.contacts
        reached = [event for _, _, event in burst if event.kind != Kind.CALL_UNANSWERED or event.voicemail]
        calls = [at for at, _, event in burst if event.kind == Kind.CALL_UNANSWERED]
        if not reached and not opens_with_call:
            story.attempts.extend(calls)
            return
        story.calls_of_contacts.extend(calls)
        self._contact(burst, reached[0] if reached else None)

    def _contact(self, burst: Sequence[Dated], reached: Event | None) -> None:
        story = self.story
        channels = tuple([channel for channel in map(_channel_of, burst) if channel is not None])
        contact = Contact(burst[0][0], burst[-1][0], channels)
        if reached is not None and self._doubles(reached):
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
