"""Which starters must exist: what the engine asks to be written, followed from every opening to its stop."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from relance.cadence.cadences import CADENCES
from relance.cadence.decide import decide
from relance.cadence.history import Event, Outreach
from relance.cadence.words import Action, Channel, Kind, Occasion, Situation, Tone
from relance.method.writing.drafts import WRITTEN
from relance.method.writing.moments import PURPOSES
from relance.method.writing.words import Purpose

OPENED = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
LONGEST = 40
"""More decisions than any history of silence takes."""
OWED_TONES = (Tone.POSITIVE, Tone.UNKNOWN, Tone.LATER)


@dataclass(frozen=True)
class Cell:
    situation: Situation | None
    purpose: Purpose
    step: int
    channel: Channel | None = None
    occasion: Occasion | None = None
    tone: Tone | None = None
    least: int = 2

    def __str__(self) -> str:
        parts = (self.situation, self.purpose, self.step, self.channel, self.occasion, self.tone)
        return "-".join(str(part) for part in parts if part is not None)


@cache
def promised() -> list[Cell]:
    return list(dict.fromkeys([*_begun_by_hand(), *_asked_by_the_engine()]))


def _begun_by_hand() -> Iterator[Cell]:
    """What a recruiter writes unasked: the opening, and the courtesies that nothing owes."""
    yield Cell(Situation.LINKEDIN_INVITATION, Purpose.INVITATION_NOTE, 0, Channel.LINKEDIN)
    for channel in WRITTEN:
        yield Cell(Situation.FIRST_MESSAGE, Purpose.FIRST_ACTION, 0, channel)
    yield Cell(Situation.APPLICATION, Purpose.REFUSAL, 0, Channel.EMAIL)
    yield Cell(None, Purpose.YOUR_TURN, 0, tone=Tone.NOT_THIS_ONE)
    yield Cell(None, Purpose.REFUSAL, 0, least=1)


def _asked_by_the_engine() -> Iterator[Cell]:
    for channel in WRITTEN:
        for situation, history, occasion in _openings(channel):
            yield from _followed(situation, history, channel, occasion=occasion)
            for tone in OWED_TONES:
                wrote = _reply(history[-1].at, channel, tone)
                yield from _followed(situation, (*history, *wrote), channel, tone=tone)


def _openings(channel: Channel) -> Iterator[tuple[Situation, tuple[Event, ...], Occasion | None]]:
    invited = Event(OPENED, Kind.INVITATION_SENT, channel=Channel.LINKEDIN)
    accepted = Event(OPENED + timedelta(days=1), Kind.INVITATION_ACCEPTED)
    yield Situation.LINKEDIN_INVITATION, (invited,), None
    yield Situation.LINKEDIN_INVITATION, (invited, accepted), None
    yield Situation.FIRST_MESSAGE, (Event(OPENED, Kind.MESSAGE_SENT, channel=channel),), None
    yield Situation.CV_DATABASE, (Event(OPENED, Kind.CALL_UNANSWERED),), None
    yield Situation.APPLICATION, (Event(OPENED, Kind.APPLICATION_RECEIVED),), None
    for occasion in Occasion:
        yield Situation.KEEP_IN_TOUCH, (Event(OPENED, Kind.REASON, what=occasion),), occasion
    yield Situation.CONVERSATION, (Event(OPENED, Kind.REPLY, channel=channel),), None


def _reply(after: datetime, channel: Channel, tone: Tone) -> tuple[Event, Event]:
    sent = Event(after + timedelta(days=3), Kind.MESSAGE_SENT, channel=channel)
    return sent, Event(sent.at + timedelta(days=1), Kind.REPLY, channel=channel, tone=tone)


def _followed(
    situation: Situation,
    history: tuple[Event, ...],
    known: Channel,
    *,
    occasion: Occasion | None = None,
    tone: Tone | None = None,
) -> Iterator[Cell]:
    """Everything the engine asks of somebody known on one channel, each done when it is due."""
    now = history[-1].at
    for _ in range(LONGEST):
        outreach = Outreach(
            situation, history, True, channels=(known,), follow_ups=CADENCES[situation].cap or None
        )
        decision = decide(outreach, now=now)
        if decision.action is Action.STOP:
            return
        if decision.action is Action.WAIT:
            if decision.changes_at is None:
                return
            now = decision.changes_at
            continue
        purpose, channel = PURPOSES[decision.code], decision.channel
        assert channel in WRITTEN, decision
        owed = purpose is Purpose.YOUR_TURN
        yield Cell(
            situation,
            purpose,
            decision.step or 0,
            channel,
            occasion,
            (tone or Tone.UNKNOWN) if owed else None,
        )
        now += timedelta(hours=1)
        history = (*history, Event(now, Kind.MESSAGE_SENT, channel=channel))
    raise AssertionError((situation, known, history))
