"""Entering a person and an approach by hand, and changing what is known of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Situation
from relance.method.candidates.actions import (
    Facts,
    add_identities,
    change_candidate,
    enter_candidate,
    make_findable,
)
from relance.method.candidates.identities import channels_of
from relance.method.candidates.models import Avoidance, Candidate
from relance.method.candidates.queries import avoided, candidate_known_by, identities, known_channels
from relance.method.outreach.actions import lock, open_outreach, rename
from relance.method.outreach.decisions import redecide
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach, Position, SourcingSession
from relance.method.outreach.positions import join_position

A_PAST = timedelta(days=1)


class LeftAlone(Exception):
    """The person is on the suppression list, or was set aside: nothing is entered."""

    def __init__(self, avoidance: Avoidance) -> None:
        super().__init__(avoidance)
        self.avoidance = avoidance


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of it: `known` before, whether the approach joined an outreach that was open, its facts."""

    outreach: Outreach
    known: bool
    joined: bool
    events: tuple[Event, ...] = ()


@transaction.atomic
def enter_approach(
    *,
    member: Membership,
    facts: Facts,
    situation: Situation,
    entries: Sequence[Entry],
    purpose: str,
    must_answer: bool,
    now: datetime,
    position: Position | None = None,
    session: SourcingSession | None = None,
    hook: str = "",
) -> Entered:
    """Enter who was approached and what was done, if anything was yet. Whoever is known is not entered twice.

    What it is about is a `position`, words (`purpose`), or both; a position joins those of the outreach.

    Raises LeftAlone, TooMany, and IdentityTaken when the identities given are those of two people. What took
    place more than a day ago counts as brought in: nothing is late at once (METHOD, rule 10).
    """
    for avoidance in (Avoidance.OPTED_OUT, Avoidance.SET_ASIDE):
        if avoided(member.organisation_id, facts.identities, avoidance):
            raise LeftAlone(avoidance)
    hold_firm(member.organisation_id)  # two who enter one person at once: the second finds them known
    candidate = _known(member, facts)
    known = candidate is not None
    if candidate is None:
        candidate = enter_candidate(member=member, facts=facts, now=now)
    else:
        candidate = lock(candidate.pk)
        _reached_by(candidate, facts)
    standing = set(
        within(Outreach.objects.all(), member)
        .filter(candidate=candidate, is_open=True)
        .order_by("pk")
        .values_list("pk", flat=True)[:1]
    )
    first_at = min((entry.at for entry in entries), default=now)
    outreach = open_outreach(
        member=member,
        candidate=candidate,
        situation=situation,
        entries=entries,
        now=now,
        purpose=purpose,
        must_answer=must_answer,
        brought_in_at=now if now - first_at > A_PAST else None,
        session=session,
        hook=hook,
    )
    joined = outreach.pk in standing
    if joined and purpose and not outreach.purpose:
        rename(outreach=outreach, purpose=purpose)
    if position is not None:
        join_position(outreach=outreach, position=position)
    events = Event.objects.filter(outreach=outreach, recorded_at=now, recorded_by=member).order_by("pk")
    return Entered(outreach, known=known, joined=joined, events=tuple(events[: len(entries)]))


def _known(member: Membership, facts: Facts) -> Candidate | None:
    for kind, value in facts.identities:
        candidate = candidate_known_by(member, kind, value)
        if candidate is not None:
            return candidate
    return None


def _reached_by(candidate: Candidate, facts: Facts) -> None:
    """Add the ways to reach a known person that were not known, and fill in what was blank."""
    add_identities(candidate=candidate, pairs=facts.identities)
    pairs = tuple((identity.kind, identity.value) for identity in identities(candidate))
    order = list(known_channels(candidate))
    order += [channel for channel in channels_of(list(pairs)) if channel not in order]
    candidate.channels = ",".join(order)
    if facts.cv_source:  # the latest place in which their CV was found
        candidate.cv_source, candidate.cv_on = facts.cv_source[:80], facts.cv_on
    candidate.role = candidate.role or facts.role[:200]
    candidate.company = candidate.company or facts.company[:200]
    make_findable(candidate, pairs)
    candidate.save(
        update_fields=["channels", "role", "company", "search", "company_key", "cv_source", "cv_on"]
    )


@transaction.atomic
def change_person(
    *, candidate: Candidate, facts: Facts, note: str, mark: str, member: Membership, now: datetime
) -> None:
    """Change what is known of a person and their mark, and decide anew. Raises IdentityTaken.

    A private person is set aside at the next import too; for a client as for them nothing is proposed.
    """
    hold_firm(member.organisation_id)
    candidate = lock(candidate.pk)
    change_candidate(candidate=candidate, facts=facts, note=note, mark=mark, member=member, now=now)
    redecide([candidate], now=now)
