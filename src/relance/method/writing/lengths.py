"""What each channel can carry (lengths in UTF-16 units, as LinkedIn counts them)."""

from dataclasses import dataclass
from enum import StrEnum

from relance.cadence.words import Channel
from relance.method.writing.sms import sms_segments
from relance.method.writing.words import Purpose

INMAIL_TEXT = 1900
INMAIL_SUBJECT = 200
LINKEDIN_TEXT = 1900
SMS_SEGMENTS = 3
NOTE_LIMITS = {False: 200, True: 300}
"""Characters of an invitation's note, by whether the LinkedIn account is Premium."""


class Fit(StrEnum):
    FITS = "fits"
    LONG = "long"
    """It may pass; sources disagree on the limit."""
    CUT = "cut"
    """The channel refuses it or cuts it."""


@dataclass(frozen=True, slots=True)
class Length:
    fit: Fit
    part: str
    """`text` or `subject`."""
    unit: str
    """`characters` or `segments`."""
    count: int
    limit: int | None


def fit(text: str, subject: str, channel: Channel, purpose: Purpose, note_limit: int) -> Length:
    """Whether the channel carries it: an InMail's subject is judged first, a mail has no limit."""
    if channel is Channel.SMS:
        return _judged("text", "segments", sms_segments(text).segments, SMS_SEGMENTS)
    characters = _units(text)
    if purpose is Purpose.INVITATION_NOTE:
        return _judged("text", "characters", characters, note_limit)
    if channel is Channel.INMAIL:
        title = _judged("subject", "characters", _units(subject), INMAIL_SUBJECT)
        if title.fit is Fit.CUT:
            return title
        return _judged("text", "characters", characters, INMAIL_TEXT)
    if channel is Channel.LINKEDIN:
        return _judged("text", "characters", characters, LINKEDIN_TEXT, beyond=Fit.LONG)
    return Length(Fit.FITS, "text", "characters", characters, None)


def _judged(part: str, unit: str, count: int, limit: int, beyond: Fit = Fit.CUT) -> Length:
    return Length(Fit.FITS if count <= limit else beyond, part, unit, count, limit)


def _units(text: str) -> int:
    return len(text) + sum(ord(c) > 0xFFFF for c in text)
