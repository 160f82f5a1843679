"""Reads of the reasons to catch up: found, given, waiting, planned, and what was settled today."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Action, Code, Kind, Occasion, RefusalCode, Situation
from relance.method.candidates.models import Candidate
from relance.method.catching_up.actions import Wait, what_holds
from relance.method.catching_up.models import Reason
from relance.method.catching_up.past import ANSWERED, SENT, SILENCE, silence_ends_at, standing_facts
from relance.method.outreach.decisions import redecide_changed
from relance.method.outreach.guarding import overrides_for
from relance.method.outreach.histories import Past, pasts
from relance.method.outreach.models import LISTED, Event, Outreach

SHOWN = 60
WORDS = 1_000
REDECIDED_BY_A_PAGE = 900
BEFORE, AFTER = 7, 21
"""Days before an anniversary from which it is shown, and after it until which it is."""
NEVER = {RefusalCode.OPTED_OUT, RefusalCode.PRIVATE, RefusalCode.CLIENT, RefusalCode.OFF_LIMITS}
"""Refusals that leave nothing to wait for: who meets one is not shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """One reason with what holds it back, if anything does, and what the person said last."""

    reason: Reason
    wait: Wait | None
    said: Event | None


@dataclass(frozen=True, slots=True)
class Planned:
    """A catching up for a day to come, why, and what the person said last."""

    outreach: Outreach
    reason: Event | None
    said: Event | None


@dataclass(frozen=True, slots=True)
class Reasons:
    """What one recruiter may catch up about."""

    found: list[Found] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    settled: list[Reason] = field(default_factory=list)
    more: bool = False


def access_reason(member: Membership, pk: int) -> Reason:
    """A reason of the member's. Raises Reason.DoesNotExist."""
    return within(Reason.objects.select_related("candidate"), member).get(pk=pk, member=member)


def reasons_about(member: Membership, candidate: Candidate) -> list[Reason]:
    """What the member noted of one person and did not settle yet, oldest first."""
    return list(_to_settle(member).filter(candidate=candidate).order_by("found_at", "pk")[:SHOWN])


def reasons_of(
    member: Membership, *, now: datetime, on: date, day_began_at: datetime, told: Sequence[Reason] = ()
) -> Reasons:
    """All of the member's reasons on the day `on`, which began at `day_began_at`; as many queries for many.

    `told` are reasons that another room holds, to be shown among them.
    """
    redecide_changed(now=now, member=member, limit=REDECIDED_BY_A_PAGE)
    given = list(_to_settle(member).order_by("found_at", "pk")[: SHOWN + 1])
    yearly = anniversaries(member, on, now)
    silent = list(_silent(member, now).order_by("-ended_at", "-pk")[: SHOWN + 1])
    waiting = list(_planned(member).order_by("due_at", "pk")[:SHOWN])
    people = {reason.candidate_id: reason.candidate for reason in [*told, *given, *yearly]}
    people |= {row.candidate_id: row.candidate for row in [*silent, *waiting]}
    known = {past.candidate.pk: past for past in pasts(list(people.values()))}
    quiet = [reason for row in silent[:SHOWN] if (reason := _silence(known[row.candidate_id], member, now))]
    said, why = _words(member, list(people)), _reasons(member, waiting)
    lifted = overrides_for(member, list(people))
    found = []
    for reason in _once(_not_settled(member, [*told, *given[:SHOWN], *yearly, *quiet])):
        past = known[reason.candidate_id]
        wait = what_holds(past, member=member, now=now, what=Occasion(reason.what), overrides=lifted)
        if wait is None or wait.code not in NEVER:
            found.append(Found(reason, wait, said.get(reason.candidate_id)))
    return Reasons(
        found=found,
        planned=[Planned(row, why.get(row.pk), said.get(row.candidate_id)) for row in waiting],
        settled=list(_settled(member, day_began_at).order_by("settled_at", "pk")[:SHOWN]),
        more=len(given) > SHOWN or len(silent) > SHOWN,
    )


def _once(reasons: Sequence[Reason]) -> list[Reason]:
    """Without what two sources tell of one person: only posts may be several, and a silence stands alone."""
    others = {reason.candidate_id for reason in reasons if reason.what != Occasion.SILENCE}
    seen: set[tuple[int, str]] = set()
    kept = []
    for reason in reasons:
        key = (reason.candidate_id, str(reason.what))
        doubled = key in seen and reason.what != Occasion.POST_PUBLISHED
        if not doubled and not (reason.what == Occasion.SILENCE and reason.candidate_id in others):
            kept.append(reason)
        seen.add(key)
    return kept


def found_by_itself(
    member: Membership, candidate: Candidate, what: Occasion, *, now: datetime, on: date
) -> Reason | None:
    """The anniversary or the silence that the desk itself finds of a person, not settled yet; unsaved."""
    if what is Occasion.WORK_ANNIVERSARY:
        return next(iter(_not_settled(member, anniversaries(member, on, now, candidate))), None)
    past = pasts([candidate])[0]
    mine = any(outreach.recruiter_id == member.pk for outreach in past.outreaches)
    reason = _silence(past, member, now) if what is Occasion.SILENCE and mine else None
    return next(iter(_not_settled(member, [reason])), None) if reason else None


def anniversaries(
    member: Membership, on: date, now: datetime, candidate: Candidate | None = None
) -> list[Reason]:
    """The anniversaries of a known start around the day `on`, of people the member follows; unsaved."""
    days = [on + timedelta(days=number) for number in range(-AFTER, BEFORE + 1)]
    around = Q()
    for day in days:
        around |= Q(started_on__month=day.month, started_on__day=day.day)
        if (day.month, day.day) == (2, 28):
            around |= Q(started_on__month=2, started_on__day=29)
    theirs = Outreach.objects.filter(candidate=OuterRef("pk"), recruiter=member)
    rows = within(Candidate.objects.all(), member).filter(around, Exists(theirs.order_by()))
    if candidate is not None:
        rows = rows.filter(pk=candidate.pk)
    found = []
    for person in rows.order_by("started_on", "pk")[:SHOWN]:
        assert person.started_on is not None
        day = next(day for day in days if _same_day(person.started_on, day))
        if day.year > person.started_on.year:
            found.append(_unsaved(person, member, Occasion.WORK_ANNIVERSARY, day, now))
    return found


def _same_day(started_on: date, day: date) -> bool:
    if (started_on.month, started_on.day) == (2, 29) and (day.month, day.day) == (2, 28):
        return not _is_leap(day.year)
    return (started_on.month, started_on.day) == (day.month, day.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _unsaved(candidate: Candidate, member: Membership, what: Occasion, on: date, now: datetime) -> Reason:
    return Reason(
        organisation_id=candidate.organisation_id,
        candidate=candidate,
        member=member,
        what=what,
        on=on,
        found_at=now,
    )


def _silence(past: Past, member: Membership, now: datetime) -> Reason | None:
    ends_at = silence_ends_at(standing_facts(past))
    if ends_at is None or ends_at > now:
        return None
    on = ends_at.astimezone(ZoneInfo(past.candidate.timezone)).date()
    return _unsaved(past.candidate, member, Occasion.SILENCE, on, now)


def _to_settle(member: Membership) -> QuerySet[Reason]:
    return within(Reason.objects.select_related("candidate"), member).filter(member=member, settled_at=None)


def _settled(member: Membership, since: datetime) -> QuerySet[Reason]:
    rows = within(Reason.objects.select_related("candidate", "event__outreach"), member)
    return rows.filter(member=member, settled_at__gte=since)


def _not_settled(member: Membership, reasons: Sequence[Reason]) -> list[Reason]:
    """Without those the desk found itself that a row says were taken up or left."""
    people = {reason.candidate_id for reason in reasons if reason._state.adding}
    rows = within(Reason.objects.all(), member).filter(candidate__in=people, settled_at__isnull=False)
    known = rows.order_by("-settled_at", "-pk").values_list("candidate_id", "what", "on")[:WORDS]
    settled = set(known) if people else set()
    return [
        reason
        for reason in reasons
        if not reason._state.adding or (reason.candidate_id, reason.what, reason.on) not in settled
    ]


def _silent(member: Membership, now: datetime) -> QuerySet[Outreach]:
    """Exchanges that ended 90 days ago or more, nothing having passed with the person since."""
    since = now - SILENCE
    rows = within(Outreach.objects.select_related("candidate"), member).filter(
        recruiter=member, code__in=[Code.ANSWERED, Code.CLOSED, Code.GONE_COLD], opened_at__lte=since,
        ended_at__isnull=False,
    )  # fmt: skip
    # With the organisation: the facts of one person are found by both.
    facts = Event.objects.filter(
        organisation=member.organisation_id, candidate=OuterRef("candidate"), retractions=None
    )
    answered = facts.filter(kind__in=ANSWERED)
    lately = facts.filter(at__gt=since, kind__in=[*SENT, *ANSWERED, Kind.REASON])
    others = Outreach.objects.filter(candidate=OuterRef("candidate")).exclude(code=Code.NO_FIRST_ACTION)
    later = others.filter(Q(is_open=True) | Q(opened_at__gt=OuterRef("opened_at")))
    return rows.filter(Exists(answered.order_by()), ~Exists(lately.order_by()), ~Exists(later.order_by()))


def _planned(member: Membership) -> QuerySet[Outreach]:
    rows = within(Outreach.objects.select_related("candidate"), member)
    return rows.filter(
        LISTED, recruiter=member, situation=Situation.KEEP_IN_TOUCH, action=Action.WAIT, code=Code.TOO_EARLY,
        step=1, is_open=False,
    )  # fmt: skip


def _words(member: Membership, people: Sequence[int]) -> dict[int, Event]:
    """What each of those people said last."""
    rows = within(Event.objects.all(), member).filter(
        candidate__in=people, kind__in=[Kind.REPLY, Kind.CALL_ANSWERED, Kind.APPLICATION_RECEIVED],
        retractions=None,
    )  # fmt: skip
    latest: dict[int, Event] = {}
    for event in rows.order_by("-at", "-pk")[:WORDS]:
        latest.setdefault(event.candidate_id, event)
    return latest


def _reasons(member: Membership, outreaches: Sequence[Outreach]) -> dict[int, Event]:
    rows = within(Event.objects.all(), member).filter(
        outreach__in=[row.pk for row in outreaches], kind=Kind.REASON, retractions=None
    )
    return {event.outreach_id: event for event in rows.order_by("at", "pk")[:WORDS]}
