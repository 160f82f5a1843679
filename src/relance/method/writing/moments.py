"""The moment a text is for: what the decision asks to be written."""

from dataclasses import dataclass

from relance.cadence.words import Code, Situation
from relance.method.writing.words import Purpose

PURPOSES = {
    Code.FIRST_ACTION: Purpose.FIRST_ACTION,
    Code.DOUBLE_CALL: Purpose.DOUBLE_CALL,
    Code.FOLLOW_UP: Purpose.FOLLOW_UP,
    Code.WENT_QUIET: Purpose.WENT_QUIET,
    Code.YOUR_TURN: Purpose.YOUR_TURN,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Where in the method a text stands, for whom and on what channel."""

    situation: Situation
    purpose: Purpose
    step: int
    channel: str
    language: str
    address: str
    occasion: str = ""
    tone: str = ""

    @property
    def key(self) -> str:
        """The name under which the last used template is remembered."""
        voice = self.address if self.language == "fr" else ""
        return ":".join((self.situation, self.purpose, str(self.step), self.channel, self.language, voice))
