"""What a past says of catching up: the last contact, the last exchange, what is planned."""

from collections.abc import Iterable
from datetime import datetime

from relance.cadence.history import Event as Fact
from relance.cadence.instants import days
from relance.cadence.words import Action, Code, Kind, Occasion, Situation
from relance.method.outreach.histories import Past
from relance.method.outreach.models import Outreach

CLOSEST = days(90)
"""No catching up sooner after the last contact, unless the person asked for the date."""
SILENCE = days(90)
SENT = {Kind.MESSAGE_SENT, Kind.INVITATION_SENT, Kind.CALL_ANSWERED}
ANSWERED = {Kind.REPLY, Kind.APPLICATION_RECEIVED, Kind.CALL_ANSWERED, Kind.INMAIL_DECLINED}


def standing_facts(past: Past) -> list[Fact]:
    """All facts about the person that are not retracted, oldest first."""
    every = [fact for facts in past.facts.values() for fact in facts]
    retracted = {fact.of for fact in every if fact.kind == Kind.RETRACTED}
    return sorted(
        (fact for fact in every if fact.kind != Kind.RETRACTED and fact.id not in retracted),
        key=lambda fact: (fact.at, fact.id),
    )


def last_contact_at(facts: Iterable[Fact]) -> datetime | None:
    """When the person last had a word from anybody here. A call that left nothing is none."""
    return max((fact.at for fact in facts if _reached_them(fact)), default=None)


def _reached_them(fact: Fact) -> bool:
    return fact.kind in SENT or (fact.kind == Kind.CALL_UNANSWERED and fact.voicemail)


def silence_ends_at(facts: Iterable[Fact]) -> datetime | None:
    """When 90 days of silence after a real exchange are over; None without one, or once it was a reason.

    One exchange gives one such reason: a catching up that stays unanswered is no exchange.
    """
    said = list(facts)
    answered_at = max((fact.at for fact in said if fact.kind in ANSWERED), default=None)
    if answered_at is None:
        return None
    for fact in said:
        if fact.kind == Kind.REASON and fact.what == Occasion.SILENCE and fact.at > answered_at:
            return None
    last = max(fact.at for fact in said if fact.kind in ANSWERED or _reached_them(fact))
    return last + SILENCE


def planned(past: Past) -> Outreach | None:
    """The catching up that opens on a day to come, if there is one."""
    return next((outreach for outreach in past.outreaches if is_planned(outreach)), None)


def is_planned(outreach: Outreach) -> bool:
    waits = outreach.action == Action.WAIT and outreach.code == Code.TOO_EARLY and outreach.step == 1
    return waits and outreach.situation == Situation.KEEP_IN_TOUCH and not outreach.is_open
