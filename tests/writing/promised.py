"""Which starters must exist: built from METHOD's table of situations and the words of the engine."""

from collections.abc import Iterator
from dataclasses import dataclass

from relance.cadence.words import Channel, Occasion, Situation, Tone
from relance.method.writing.words import Purpose

HARD_CAP = {
    Situation.LINKEDIN_INVITATION: 3,
    Situation.FIRST_MESSAGE: 3,
    Situation.CV_DATABASE: 3,
    Situation.APPLICATION: 3,
    Situation.KEEP_IN_TOUCH: 2,
}
OPENS_WITH = {
    Situation.LINKEDIN_INVITATION: ((Purpose.INVITATION_NOTE, Channel.LINKEDIN),),
    Situation.FIRST_MESSAGE: (
        (Purpose.FIRST_ACTION, Channel.EMAIL),
        (Purpose.FIRST_ACTION, Channel.LINKEDIN),
        (Purpose.FIRST_ACTION, Channel.INMAIL),
    ),
    Situation.CV_DATABASE: ((Purpose.DOUBLE_CALL, Channel.EMAIL), (Purpose.DOUBLE_CALL, Channel.SMS)),
    Situation.APPLICATION: ((Purpose.FIRST_ACTION, Channel.EMAIL), (Purpose.REFUSAL, Channel.EMAIL)),
    Situation.KEEP_IN_TOUCH: (),
}
FOLLOWED_UP_ON = {
    Situation.LINKEDIN_INVITATION: (Channel.LINKEDIN, Channel.EMAIL),
    Situation.FIRST_MESSAGE: (Channel.LINKEDIN, Channel.EMAIL, Channel.INMAIL),
    Situation.CV_DATABASE: (Channel.SMS, Channel.EMAIL),
    Situation.APPLICATION: (Channel.EMAIL,),
    Situation.KEEP_IN_TOUCH: (Channel.LINKEDIN, Channel.EMAIL, Channel.INMAIL, Channel.SMS),
}
WENT_QUIET_STEPS = 2
OWED_TONES = (Tone.POSITIVE, Tone.UNKNOWN, Tone.LATER)
WRITTEN_BACK_ON = (Channel.EMAIL, Channel.LINKEDIN, Channel.INMAIL, Channel.SMS)


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


def promised() -> list[Cell]:
    return [*_openings(), *_follow_ups(), *_conversations()]


def _openings() -> Iterator[Cell]:
    for situation, openings in OPENS_WITH.items():
        for purpose, channel in openings:
            yield Cell(situation, purpose, 0, channel)


def _follow_ups() -> Iterator[Cell]:
    for situation, cap in HARD_CAP.items():
        occasions = tuple(Occasion) if situation is Situation.KEEP_IN_TOUCH else (None,)
        for step in range(1, cap + 1):
            for channel in FOLLOWED_UP_ON[situation]:
                # A text message leaves room for one thing: from the second on, one template is enough.
                alone = channel is Channel.SMS and (step > 1 or situation is Situation.KEEP_IN_TOUCH)
                least = 1 if alone else 2
                for occasion in occasions:
                    yield Cell(situation, Purpose.FOLLOW_UP, step, channel, occasion, least=least)


def _conversations() -> Iterator[Cell]:
    for channel in WRITTEN_BACK_ON:
        least = 1 if channel is Channel.SMS else 2
        for step in range(1, WENT_QUIET_STEPS + 1):
            yield Cell(None, Purpose.WENT_QUIET, step, channel, least=least)
        for tone in OWED_TONES:
            yield Cell(None, Purpose.YOUR_TURN, 0, channel, tone=tone, least=least)
    # A no is owed no answer; who wants to thank for one all the same finds the words.
    yield Cell(None, Purpose.YOUR_TURN, 0, tone=Tone.NOT_THIS_ONE)
    yield Cell(None, Purpose.REFUSAL, 0, least=1)
