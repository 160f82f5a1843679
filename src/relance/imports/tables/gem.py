"""The events of Gem's log in the method's words."""

from relance.cadence.words import Channel, Kind, Tone
from relance.imports.tables.values import folded

_CHANNELS = {
    "": Channel.EMAIL,
    "email": Channel.EMAIL,
    "inmail": Channel.INMAIL,
    "phone call": Channel.CALL,
    "text message": Channel.SMS,
}
_TONES = {"interested": Tone.POSITIVE, "not interested": Tone.NEGATIVE, "later": Tone.LATER}


def event_of_gem(kind: str, subtype: str, metadata: str) -> tuple[Kind, Channel | None, Tone | None] | None:
    """`First Outreach`, `Follow-up` or `Reply` as a fact; None for what is neither.

    A call of the recruiter's is one without an answer, as the log says of no call that it was taken; a
    meeting, and an answer by phone, are calls that were taken. An answer without a way came by that of the
    last contact.
    """
    told, way = folded(kind), folded(subtype)
    if way == "meeting":
        return Kind.CALL_ANSWERED, Channel.CALL, None
    channel = _CHANNELS.get(way)
    if told in {"first outreach", "follow up"}:
        if channel is Channel.CALL:
            return Kind.CALL_UNANSWERED, Channel.CALL, None
        return Kind.MESSAGE_SENT, channel or Channel.EMAIL, None
    if told == "reply":
        tone = _TONES.get(folded(metadata), Tone.UNKNOWN)
        if channel is Channel.CALL and tone is Tone.UNKNOWN:
            return Kind.CALL_ANSWERED, Channel.CALL, None
        return Kind.REPLY, channel if way else None, tone
    return None
