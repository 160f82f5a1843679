"""Taking a reason up, which opens or plans one outreach; leaving it; taking either back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db import transaction

from relance.accounts.models import Membership
from relance.cadence.words import Kind, Occasion, RefusalCode, Situation
from relance.method.candidates.models import Candidate
from relance.method.catching_up.models import Reason
from relance.method.catching_up.past import CLOSEST, last_contact_at, planned, silence_ends_at, standing_facts
from relance.method.outreach.actions import lock, open_outreach, undo
from relance.method.outreach.decisions import redecide
from relance.method.outreach.facts import Entry
from relance.method.outreach.guarding import refusal_before
from relance.method.outreach.histories import Past, pasts
from relance.method.outreach.models import Outreach

COLD_AFTER = timedelta(days=30)
A_PAST = timedelta(days=1)


class Waiting(StrEnum):
    """Why a reason waits, where it is not the guard that refuses."""

    OPEN = "open"
    """An approach to them is under way: at most one is open."""
    PLANNED = "planned"
    """A catching up is planned: one reason at a time."""
    TOO_SOON = "too_soon"
    """Their last contact is less than 90 days old."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Why a reason cannot be taken up now, and when time alone lifts that (None: it does not)."""

    code: Waiting | RefusalCode
    frees_at: datetime | None


class NotYet(Exception):
    """The reason waits; `wait` says why and until when."""

    def __init__(self, wait: Wait) -> None:
        super().__init__(str(wait.code))
        self.wait = wait


def what_holds(
    past: Past,
    *,
    member: Membership,
    now: datetime,
    what: Occasion,
    overrides: Mapping[int, datetime] | None = None,
) -> Wait | None:
    """Why that person cannot be caught up with now; None: they may be. METHOD, The guard.

    What is stored of the past is as it was decided at `now`; `overrides` is as `refusal_before` takes it.
    """
    if any(outreach.is_open and outreach.recruiter_id == member.pk for outreach in past.outreaches):
        return Wait(Waiting.OPEN, None)
    refusal = refusal_before(
        past, member=member, situation=Situation.KEEP_IN_TOUCH, now=now, overrides=overrides
    )
    if refusal is not None:
        return Wait(refusal.code, refusal.frees_at)
    standing = planned(past)
    if standing is not None:
        return Wait(Waiting.PLANNED, standing.due_at)
    last = last_contact_at(standing_facts(past))
    if what is not Occasion.DATE_REQUESTED and last is not None and now < last + CLOSEST:
        return Wait(Waiting.TOO_SOON, last + CLOSEST)
    return None


@transaction.atomic
def give_reason(
    *,
    candidate: Candidate,
    what: Occasion,
    member: Membership,
    now: datetime,
    on: date | None = None,
    text: str = "",
) -> Outreach:
    """Open one catching up, or plan it where the reason is of a day to come. Raises NotYet.

    A long silence is dated the day its 90 days ended; one that would be cold at once (rule 9) is taken
    up by hand, today. `on` is the day of the reason, `text` what is to stand beside it.
    """
    candidate = lock(candidate.pk)
    redecide([candidate], now=now)
    past = pasts([candidate])[0]
    wait = what_holds(past, member=member, now=now, what=what)
    if wait is not None:
        raise NotYet(wait)
    at = now
    if what is Occasion.SILENCE:
        ended_at = silence_ends_at(standing_facts(past))
        if ended_at is not None and now - COLD_AFTER < ended_at < now:
            at = ended_at
    today = now.astimezone(ZoneInfo(candidate.timezone)).date()
    return open_outreach(
        member=member,
        candidate=candidate,
        situation=Situation.KEEP_IN_TOUCH,
        entries=[
            Entry(Kind.REASON, at=at, what=what, text=text, resume_on=on if on and on > today else None)
        ],
        now=now,
        brought_in_at=now if now - at > A_PAST else None,
    )


@transaction.atomic
def take_up(*, reason: Reason, member: Membership, now: datetime) -> Outreach:
    """Take a reason up: it opens its outreach and is settled. Raises NotYet: it then stays as it is.

    `reason` may be one that the desk found by itself and that has no row yet.
    """
    outreach = give_reason(
        candidate=reason.candidate,
        what=Occasion(reason.what),
        member=member,
        now=now,
        on=reason.on,
        text=reason.told,
    )
    reason.event = outreach.events.order_by("pk").first()
    reason.settled_at, reason.taken = now, True
    reason.save()
    return outreach


@transaction.atomic
def leave(*, reason: Reason, now: datetime) -> None:
    """Leave a reason: it is not shown again. What was settled meanwhile stays as it is."""
    lock(reason.candidate_id)
    if reason.pk is not None and not Reason.objects.filter(pk=reason.pk, settled_at=None).exists():
        return
    reason.settled_at = now
    reason.save()


@transaction.atomic
def take_back(*, reason: Reason, member: Membership, now: datetime) -> None:
    """Have a reason stand again as if nothing had been said of it. Raises TooLateToUndo."""
    lock(reason.candidate_id)
    if reason.event_id is not None and reason.taken:
        undo(member=member, event_pks=[reason.event_id], now=now)
    reason.event, reason.settled_at, reason.taken = None, None, False
    reason.save()


@transaction.atomic
def note_reason(
    *,
    candidate: Candidate,
    member: Membership,
    what: Occasion,
    on: date,
    now: datetime,
    line: str = "",
    link: str = "",
    before: str = "",
    after: str = "",
) -> Reason:
    """Keep a reason that was found or given, for the member to settle. The caller holds the person's lock.

    One that says the same and is still to be settled is renewed rather than doubled.
    """
    values = {
        "on": on, "line": line[:300], "link": link[:500], "before": before[:402], "after": after[:402],
        "found_at": now,
    }  # fmt: skip
    same = Reason.objects.filter(candidate=candidate, member=member, what=what, settled_at=None)
    if what is Occasion.POST_PUBLISHED:
        same = same.filter(link=values["link"], line=values["line"])
    standing = same.order_by("pk").first()
    reason = standing or Reason(
        organisation_id=candidate.organisation_id, candidate=candidate, member=member, what=what
    )
    if standing is not None and standing.before:
        values["before"] = standing.before  # from where they were when nobody had looked yet
    for name, value in values.items():
        setattr(reason, name, value)
    reason.save()
    return reason


@transaction.atomic
def note_post(
    *, candidate: Candidate, member: Membership, on: date, line: str, link: str, now: datetime
) -> Reason:
    """Keep a post that the person published, as a reason to catch up."""
    return note_reason(
        candidate=lock(candidate.pk),
        member=member,
        what=Occasion.POST_PUBLISHED,
        on=on,
        line=line,
        link=link,
        now=now,
    )
