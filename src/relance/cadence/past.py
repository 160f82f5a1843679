"""Reading a past brought in: which outreaches a candidate's old events were (METHOD, last section)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import NamedTuple

from relance.cadence.history import Event
from relance.cadence.instants import days, in_utc
from relance.cadence.order import in_order, retracted_ids
from relance.cadence.words import Kind, Situation

SILENCE_BEFORE_A_NEW_ONE = days(90)
NOON = time(12)
ONE_DAY = days(1)

OUTBOUND: Mapping[Kind, Situation] = {
    Kind.INVITATION_SENT: Situation.LINKEDIN_INVITATION,
    Kind.MESSAGE_SENT: Situation.FIRST_MESSAGE,
    Kind.CALL_UNANSWERED: Situation.CV_DATABASE,
    Kind.CALL_ANSWERED: Situation.CV_DATABASE,
}
BEGUN_OTHERWISE: Mapping[Kind, Situation] = {
    Kind.APPLICATION_RECEIVED: Situation.APPLICATION,
    Kind.REPLY: Situation.CONVERSATION,
    Kind.INMAIL_DECLINED: Situation.CONVERSATION,
    Kind.REASON: Situation.KEEP_IN_TOUCH,
}
NEVER_LEFT_OUT = frozenset({Kind.OPT_OUT, Kind.BOUNCE})


class PastOutreach(NamedTuple):
    """One outreach of the past: its events, oldest first, and those of the ones before it."""

    situation: Situation
    events: tuple[Event, ...]
    elsewhere: tuple[Event, ...] = ()


def read_past(events: Sequence[Event]) -> tuple[PastOutreach, ...]:
    """The outreaches that a candidate's events were, oldest first; the order given does not matter.

    An outbound event with nothing in the 90 days before it opens a new one, of the situation its
    kind opens; what the candidate began is an application or a `conversation`. Everything else
    belongs to the outreach under way, an answer however late included. Facts that nothing followed
    or preceded (a bare acceptance, say) are no outreach, but an opt-out or a bounce is never lost.
    An acceptance known by its date alone, at noon UTC, is moved to its invitation's instant if that
    one is later. ValueError (`naive_datetime`) when an event carries no time zone.
    """
    gone = retracted_ids(events)
    groups: list[tuple[Situation | None, list[Event]]] = [(None, [])]
    previous: datetime | None = None
    for at, _, event in in_order(_acceptances_after_invitations(events), frozenset()):
        stands = not event.id or event.id not in gone
        situation, group = groups[-1]
        if stands and situation is None:
            groups[-1] = (OUTBOUND.get(event.kind) or BEGUN_OTHERWISE.get(event.kind), group)
        elif stands and event.kind in OUTBOUND and _is_after_silence(at, previous):
            groups.append((OUTBOUND[event.kind], []))
        groups[-1][1].append(event)
        if stands and event.kind != Kind.RETRACTED:
            previous = at
    past: list[PastOutreach] = []
    before: tuple[Event, ...] = ()
    for situation, group in groups:
        if situation is None:
            if not any(event.kind in NEVER_LEFT_OUT for event in group):
                continue
            situation = Situation.CONVERSATION
        past.append(PastOutreach(situation, tuple(group), before))
        before = (*before, *group)
    return tuple(past)


def _is_after_silence(at: datetime, previous: datetime | None) -> bool:
    return previous is not None and at - previous > SILENCE_BEFORE_A_NEW_ONE


def _acceptances_after_invitations(events: Sequence[Event]) -> list[Event]:
    if not any(event.kind == Kind.INVITATION_ACCEPTED for event in events):
        return list(events)
    invited = sorted(in_utc(event.at) for event in events if event.kind == Kind.INVITATION_SENT)
    return [_accepted_after(event, invited) for event in events]


def _accepted_after(event: Event, invited: Sequence[datetime]) -> Event:
    """The acceptance moved to the invitation sent later that day, when it has no earlier one near."""
    if event.kind != Kind.INVITATION_ACCEPTED:
        return event
    at = in_utc(event.at)
    if at.time() != NOON:
        return event
    for sent_at in invited:
        if at < sent_at < at + ONE_DAY and sent_at.date() == at.date():
            return event._replace(at=sent_at)
    return event
