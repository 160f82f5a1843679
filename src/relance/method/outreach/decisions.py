"""The stored decision of each outreach: how it is taken from the events, and when it is taken anew."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from relance.accounts.models import Membership
from relance.cadence.words import Kind
from relance.method.candidates.models import Candidate
from relance.method.outreach.decided import DECISION_FIELDS, decided, settle
from relance.method.outreach.guarding import as_open, is_overridden, marks_of
from relance.method.outreach.histories import Past, pasts
from relance.method.outreach.models import Outreach

AT_ONCE = 300


def decisions_of(past: Past, *, now: datetime) -> list[Outreach]:
    """The candidate's outreaches with the decision that holds at `now`, unsaved."""
    all_decided = [
        decided(
            outreach.pk, outreach.recruiter_id, outreach.opened_at, past.of(outreach), past.elsewhere(outreach),
            now,
        )
        for outreach in past.outreaches
    ]  # fmt: skip
    settle(
        all_decided,
        marks=marks_of(past.candidate, past.off_limits, now),
        permit=as_open(past.open_permit),
        overridden=lambda ask: is_overridden(past, ask),
        now=now,
    )
    for outreach, each in zip(past.outreaches, all_decided, strict=True):
        for name, value in zip(DECISION_FIELDS, each.values(), strict=True):
            setattr(outreach, name, value)
    return list(past.outreaches)


def redecide(candidates: Sequence[Candidate], *, now: datetime) -> list[Outreach]:
    """Take all decisions of those candidates anew and store them. The caller holds the transaction.

    Returns their outreaches as they are stored now.
    """
    return store_decisions(pasts(candidates), now=now)


def store_decisions(known: Sequence[Past], *, now: datetime) -> list[Outreach]:
    """Decide anew from pasts that were just read under their lock, and store it; the outreaches bear it."""
    before = {outreach.pk: _stored(outreach) for past in known for outreach in past.outreaches}
    decided = [outreach for past in known for outreach in decisions_of(past, now=now)]
    changed = [outreach for outreach in decided if _stored(outreach) != before[outreach.pk]]
    # What closes is written first: the one open outreach of a candidate is kept by the database.
    changed.sort(key=lambda outreach: outreach.is_open)
    save_decisions(changed)
    return decided


def _stored(outreach: Outreach) -> tuple[Any, ...]:
    return tuple(getattr(outreach, name) for name in DECISION_FIELDS)


def save_decisions(outreaches: Sequence[Outreach]) -> None:
    """Write the decision fields of those rows with one prepared statement."""
    if not outreaches:
        return
    fields: list[Any] = [Outreach._meta.get_field(name) for name in DECISION_FIELDS]
    sets = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    table = connection.ops.quote_name(Outreach._meta.db_table)
    rows = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk]
        for row in outreaches
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {sets} WHERE id = %s", rows)  # noqa: S608 - our own names


def _locked(rows: QuerySet[Candidate]) -> list[Candidate]:
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def redecide_changed(*, now: datetime, member: Membership | None = None, limit: int) -> int:
    """Decide anew what is past its `changes_at`, the oldest first, at most `limit` outreaches."""
    rows = Outreach.objects.filter(changes_at__lte=now)
    if member is not None:
        rows = rows.filter(organisation_id=member.organisation_id, recruiter=member)
    stale = list(rows.order_by("changes_at", "pk").values_list("candidate_id", flat=True)[:limit])
    for group in _grouped(sorted(set(stale))):
        with transaction.atomic():
            redecide(_locked(Candidate.objects.filter(pk__in=group)), now=now)
    return len(stale)


def redecide_all(*, now: datetime) -> int:
    """Rebuild every stored decision from the events (`relance redecide`). Returns how many there are."""
    count = 0
    last = 0
    while group := list(
        Candidate.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    ):
        with transaction.atomic():
            count += len(redecide(_locked(Candidate.objects.filter(pk__in=group)), now=now))
        last = group[-1]
    return count


def _grouped(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), AT_ONCE):
        yield pks[start : start + AT_ONCE]


OUTBOUND = (Kind.MESSAGE_SENT, Kind.INVITATION_SENT, Kind.CALL_UNANSWERED, Kind.CALL_ANSWERED)
