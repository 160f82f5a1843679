"""One gesture on several people at once: all of it, or none of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Action
from relance.method.candidates.models import Candidate
from relance.method.outreach.actions import TooLateToUndo, record, star, undo
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach

AT_MOST = 50


def access_outreaches(member: Membership, pks: Iterable[int]) -> list[Outreach]:
    """Those of these outreaches that the member's organisation holds, at most fifty, one order for all."""
    rows = within(Outreach.objects.select_related("candidate"), member).filter(pk__in=set(pks))
    return list(rows.order_by("candidate_id", "pk")[:AT_MOST])


@transaction.atomic
def record_for_each(
    *, outreaches: Sequence[Outreach], entry: Entry, member: Membership, now: datetime
) -> tuple[list[Outreach], list[Event]]:
    """Record the same fact for each outreach that is not over. Returns those touched, and the facts."""
    touched = [outreach for outreach in outreaches if outreach.action != Action.STOP]
    events = [
        event
        for outreach in touched
        for event in record(outreach=outreach, entries=[entry], now=now, member=member)
    ]
    return touched, events


@transaction.atomic
def star_each(*, outreaches: Sequence[Outreach], stars: Mapping[int, bool], now: datetime) -> list[Outreach]:
    """Give or take the star of each outreach named in `stars` (by its key). Returns those changed."""
    changed = []
    for outreach in outreaches:
        wanted = stars.get(outreach.pk)
        if wanted is not None and wanted != outreach.must_answer:
            star(outreach=outreach, must_answer=wanted, now=now)
            changed.append(outreach)
    return changed


@transaction.atomic
def take_back_fact(*, member: Membership, candidate: Candidate, event_pk: int, now: datetime) -> None:
    """Retract one fact of a candidate that the member recorded a moment ago. Raises TooLateToUndo."""
    if not within(Event.objects.all(), member).filter(pk=event_pk, candidate=candidate).exists():
        raise TooLateToUndo
    undo(member=member, event_pks=[event_pk], now=now)
