"""The three keys of the round, and the way back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from relance.accounts.models import Membership
from relance.cadence.words import Kind
from relance.mail.incoming import LinkedIn
from relance.method.answers.models import Received, Sorting
from relance.method.answers.triage import set_aside
from relance.method.invitations.models import Look, Said
from relance.method.outreach.actions import lock, record, undo
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach

FACTS = {Said.ACCEPTED: Kind.INVITATION_ACCEPTED, Said.WITHDRAWN: Kind.INVITATION_WITHDRAWN}


@transaction.atomic
def say(
    *,
    outreach: Outreach,
    said: Said,
    member: Membership,
    now: datetime,
    on: date,
    told: Received | None = None,
) -> Look:
    """Say what LinkedIn shows of an invitation on the round of the day `on`.

    Accepted and withdrawn are facts of the history, dated now; `told`, the mail in which LinkedIn said
    that it was accepted, dates the acceptance and is sorted with it. That it waits is remembered for
    the day alone. What was said before on the same day is taken back first (TooLateToUndo).
    """
    lock(outreach.candidate_id)
    before = Look.objects.filter(organisation_id=member.organisation_id, outreach=outreach, on=on).first()
    if before is not None:
        if before.said == said:
            return before
        _take_back(before, member, now)
    event = None
    if said in FACTS:
        by_mail = told is not None and said is Said.ACCEPTED
        at = max(told.sent_at, outreach.opened_at) if by_mail and told is not None else now
        event = record(outreach=outreach, entries=[Entry(FACTS[said], at=at)], now=now, member=member)[0]
        if by_mail and told is not None and told.sorting == Sorting.TO_SORT:
            set_aside(received=told, member=member, now=now)
    return Look.objects.create(
        organisation_id=member.organisation_id,
        outreach=outreach,
        member=member,
        event=event,
        said=said,
        on=on,
        at=now,
    )


def all_wait(*, outreaches: Sequence[Outreach], member: Membership, now: datetime, on: date) -> int:
    """Say of all of those that they still wait. Returns of how many; what was said of one already stands."""
    rows = [
        Look(
            organisation_id=member.organisation_id,
            outreach=outreach,
            member=member,
            said=Said.WAITING,
            on=on,
            at=now,
        )
        for outreach in outreaches
    ]
    Look.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def take_back(*, look: Look, member: Membership, now: datetime) -> None:
    """Take back what was said: the fact is retracted, the invitation is asked about again. Raises TooLateToUndo."""
    lock(look.outreach.candidate_id)
    _take_back(look, member, now)


def _take_back(look: Look, member: Membership, now: datetime) -> None:
    if look.event_id is not None:
        undo(member=member, event_pks=[look.event_id], now=now)
        mails = Received.objects.filter(
            candidate_id=look.outreach.candidate_id, sorted_by=member, sorted_at=look.at
        )
        mails.filter(linkedin=LinkedIn.INVITATION_ACCEPTED).update(
            sorting=Sorting.TO_SORT, sorted_at=None, sorted_by=None
        )
    look.delete()
