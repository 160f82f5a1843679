"""The stored decision of each outreach: how it is taken from the events, and when it is taken anew."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from relance.accounts.models import Membership
from relance.cadence.decide import decide
from relance.cadence.decision import Decision
from relance.cadence.priority import rank
from relance.cadence.words import Action, Code, Kind, Situation
from relance.method.candidates.models import Candidate
from relance.method.outreach.guarding import ended_at, held_back
from relance.method.outreach.histories import Past, pasts
from relance.method.outreach.models import Outreach

AT_ONCE = 300
DECISION_FIELDS = (
    "action", "code", "step", "channel", "slot", "due_at", "late_at", "is_late", "is_optional", "changes_at",
    "reasons", "rank", "held", "frees_at", "is_open", "in_queue", "ended_at",
)  # fmt: skip


def decisions_of(past: Past, *, now: datetime) -> list[Outreach]:
    """The candidate's outreaches with the decision that holds at `now`, unsaved."""
    decided: list[tuple[Outreach, Decision]] = []
    for outreach in past.outreaches:
        decision = decide(past.of(outreach), now=now, elsewhere=past.elsewhere(outreach))
        _write(outreach, decision)
        decided.append((outreach, decision))
    standing = _standing(decided)
    for outreach, _ in decided:
        outreach.is_open = standing is not None and outreach.pk == standing.pk
        outreach.ended_at = None if outreach.is_open else ended_at(outreach)
    if standing is not None and standing.action in {Action.ANSWER, Action.CONTACT}:
        refusal = held_back(past, standing, now=now)
        if refusal is not None:
            standing.held, standing.frees_at = refusal.code, refusal.frees_at
            if refusal.frees_at and (standing.changes_at is None or refusal.frees_at < standing.changes_at):
                standing.changes_at = refusal.frees_at
        else:
            standing.in_queue = True
    return [outreach for outreach, _ in decided]


def _standing(decided: Sequence[tuple[Outreach, Decision]]) -> Outreach | None:
    """The one outreach that is open: an answer owed before all, else the latest that is not over.

    A catch-up for a day to come is planned, and one that nothing was recorded in leans on nothing:
    neither is open.
    """
    best: tuple[tuple[bool, datetime, int], Outreach] | None = None
    for outreach, decision in decided:
        if decision.action is Action.STOP:
            continue
        if outreach.situation == Situation.KEEP_IN_TOUCH and decision.action is Action.WAIT:
            if decision.code is Code.NO_FIRST_ACTION:
                continue
            if decision.code is Code.TOO_EARLY and decision.step == 1:
                continue
        key = (decision.action is Action.ANSWER, outreach.opened_at, outreach.pk)
        if best is None or key > best[0]:
            best = (key, outreach)
    return best[1] if best else None


def _write(outreach: Outreach, decision: Decision) -> None:
    outreach.action, outreach.code = decision.action, decision.code
    outreach.step, outreach.channel = decision.step, decision.channel or ""
    outreach.slot = decision.slot or ""
    outreach.due_at, outreach.late_at = decision.due_at, decision.late_at
    outreach.is_late, outreach.is_optional = decision.late, decision.optional
    outreach.changes_at = decision.changes_at
    outreach.reasons = [
        {"code": str(reason.code), **{name: _plain(value) for name, value in reason.values.items()}}
        for reason in decision.reasons
    ]
    outreach.rank = rank(decision, situation=Situation(outreach.situation), must_answer=outreach.must_answer)
    outreach.held, outreach.frees_at = "", None
    outreach.in_queue = False


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def redecide(candidates: Sequence[Candidate], *, now: datetime) -> int:
    """Take all decisions of those candidates anew and store them. The caller holds the transaction."""
    decided = [outreach for past in pasts(candidates) for outreach in decisions_of(past, now=now)]
    # What closes is written first: the one open outreach of a candidate is kept by the database.
    decided.sort(key=lambda outreach: outreach.is_open)
    save_decisions(decided)
    return len(decided)


def save_decisions(outreaches: Sequence[Outreach]) -> None:
    """Write the decision fields of those rows with one prepared statement."""
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
            count += redecide(_locked(Candidate.objects.filter(pk__in=group)), now=now)
        last = group[-1]
    return count


def _grouped(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), AT_ONCE):
        yield pks[start : start + AT_ONCE]


OUTBOUND = (Kind.MESSAGE_SENT, Kind.INVITATION_SENT, Kind.CALL_UNANSWERED, Kind.CALL_ANSWERED)
