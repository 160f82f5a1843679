"""What an outreach will come to if nobody answers and each follow-up leaves as soon as it is due."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from relance.cadence.decide import decide
from relance.cadence.history import Event, Outreach
from relance.cadence.instants import in_utc
from relance.cadence.words import Action, Channel, Kind

MOST_TURNS = 12
"""Three follow-ups, their waits and the last word: more turns than any cadence has."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The follow-ups to come as (step, earliest instant in UTC), and when silence ends the outreach.

    `ends_at` is None while that depends on somebody's gesture.
    """

    steps: tuple[tuple[int, datetime], ...]
    ends_at: datetime | None


def foresee(outreach: Outreach, *, now: datetime, elsewhere: Sequence[Event] = ()) -> Foreseen:
    """Play the method forward from `now` on silence alone. Errors are those of `decide`."""
    now = in_utc(now)
    steps: list[tuple[int, datetime]] = []
    for _ in range(MOST_TURNS):
        decision = decide(outreach, now=now, elsewhere=elsewhere)
        if decision.action is Action.STOP:
            return Foreseen(tuple(steps), now)
        if decision.action is Action.ANSWER:
            return Foreseen(tuple(steps), None)
        if decision.action is Action.WAIT:
            if decision.changes_at is None:
                return Foreseen(tuple(steps), None)
            now = decision.changes_at
            continue
        at = max(now, decision.due_at or now)
        steps.append((decision.step or 0, at))
        sent = Event(at, Kind.MESSAGE_SENT, channel=decision.channel or Channel.LINKEDIN)
        if decision.channel is Channel.CALL:
            sent = Event(at, Kind.CALL_UNANSWERED, voicemail=True)
        outreach = replace(outreach, events=(*outreach.events, sent))
        now = at
    return Foreseen(tuple(steps), None)
