"""The guard, asked with what is stored."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.db import connection

from relance.accounts.models import Membership
from relance.cadence.decision import Refusal
from relance.cadence.guard import Ask, Marks, OpenPermit, Standing
from relance.cadence.words import Channel, Kind, Situation
from relance.method.candidates.models import Mark, OffLimits
from relance.method.outreach.histories import Past
from relance.method.outreach.judging import ended_at, judged
from relance.method.outreach.models import Outreach, Override, Permit

TEXTS_COMPARED = 60
OVERRIDES = 1_000
UNOPENED = "unopened"
"""Stands for the outreach of which the guard is asked before there is one."""


class Marked(Protocol):
    """A candidate, stored or being entered."""

    @property
    def mark(self) -> str: ...
    @property
    def timezone(self) -> str: ...


def refusal_of(
    past: Past,
    outreach: Outreach,
    *,
    member: Membership,
    channel: Channel,
    text: str,
    now: datetime,
    standing: Permit | None,
) -> Refusal | None:
    """Whether the guard refuses this very message; `standing` is the permit that is out already."""
    ask = Ask(str(outreach.pk), str(member.pk), channel, None if channel is Channel.CALL else text)
    return _judged(past, ask, now=now, permit=standing, texts=_texts_sent(outreach))


def refusal_to(past: Past, outreach: Outreach, *, member: Membership, now: datetime) -> Refusal | None:
    """Whether the guard would refuse a member any word in that outreach: what a refusal's page explains."""
    ask = Ask(str(outreach.pk), str(member.pk), Channel.LINKEDIN)
    return _judged(past, ask, now=now, permit=past.open_permit)


def refusal_before(
    past: Past,
    *,
    member: Membership,
    situation: Situation,
    now: datetime,
    channel: Channel = Channel.LINKEDIN,
    overrides: Mapping[int, datetime] | None = None,
) -> Refusal | None:
    """Whether the guard would refuse a member the first word of an outreach that nobody opened yet.

    `overrides` is what `overrides_for` says, where many people are asked about at once.
    """
    ask = Ask(UNOPENED, str(member.pk), channel)
    return _judged(past, ask, now=now, permit=past.open_permit, unopened=situation, overrides=overrides)


def _judged(
    past: Past,
    ask: Ask,
    *,
    now: datetime,
    permit: Permit | None,
    texts: tuple[str, ...] = (),
    unopened: Situation | None = None,
    overrides: Mapping[int, datetime] | None = None,
) -> Refusal | None:
    candidate = past.candidate
    standing = [_standing(past, outreach) for outreach in past.outreaches]
    if unopened is not None:
        standing.append(Standing(ask.outreach_id, ask.recruiter_id, unopened))
    return judged(
        ask,
        standing,
        marks=marks_of(candidate, past.off_limits, now),
        permit=as_open(permit),
        overridden=lambda: (
            is_overridden(past, ask) if overrides is None else _covers(overrides.get(candidate.pk), past, ask)
        ),
        texts=texts,
        timezone=candidate.timezone,
        region=candidate.region,
        now=now,
    )


def as_open(permit: Permit | None) -> OpenPermit | None:
    """The permit that is out, as the guard looks at it."""
    if permit is None:
        return None
    return OpenPermit(str(permit.outreach_id), str(permit.recruiter_id), permit.taken_at)


def marks_of(candidate: Marked, row: OffLimits | None, now: datetime) -> Marks:
    """What the guard is told of a candidate and of their company's row in the list, if it stands there."""
    until = None
    if row is not None and row.until_on is not None:
        until = datetime.combine(row.until_on + timedelta(days=1), time(), ZoneInfo(candidate.timezone))
    return Marks(
        private=candidate.mark == Mark.PRIVATE,
        client=candidate.mark == Mark.CLIENT,
        off_limits=row is not None and (until is None or now < until),
        off_limits_until=until,
    )


def is_overridden(past: Past, ask: Ask) -> bool:
    """Whether a manager lifted the rule for who asks, after every colleague's outreach there is was opened."""
    rows = Override.objects.filter(candidate=past.candidate, recruiter=int(ask.recruiter_id))
    return _covers(rows.order_by("-given_at", "-pk").values_list("given_at", flat=True).first(), past, ask)


def overrides_for(member: Membership, candidates: Sequence[int]) -> dict[int, datetime]:
    """When a manager last lifted the colleague rule for the member, by candidate: one query for many."""
    rows = Override.objects.filter(candidate__in=candidates, recruiter=member).order_by("given_at", "pk")
    return dict(rows.values_list("candidate_id", "given_at")[:OVERRIDES])


def _covers(latest: datetime | None, past: Past, ask: Ask) -> bool:
    theirs = (each for each in past.outreaches if str(each.recruiter_id) != ask.recruiter_id)
    return latest is not None and all(each.opened_at <= latest for each in theirs)


def _standing(past: Past, outreach: Outreach) -> Standing:
    history = past.of(outreach)
    return Standing(
        outreach_id=str(outreach.pk),
        recruiter_id=str(outreach.recruiter_id),
        situation=history.situation,
        events=history.events,
        is_open=outreach.is_open,
        follow_ups=outreach.follow_ups,
        ended_at=None if outreach.is_open else _stored_end(outreach),
    )


def _stored_end(outreach: Outreach) -> datetime | None:
    reasons = {reason["code"]: reason for reason in outreach.reasons}
    end = ended_at(outreach.action, reasons, outreach.opened_at)
    return datetime.fromisoformat(end) if isinstance(end, str) else end


# Written out: every message asks it before it leaves, and putting it together costs five times its answer.
_TEXTS = f"""
SELECT "fact"."text" FROM "outreach_event" AS "fact"
WHERE "fact"."candidate_id" = %s AND "fact"."kind" IN (%s, %s) AND "fact"."text" <> ''
  AND NOT EXISTS (SELECT 1 FROM "outreach_event" AS "mistake" WHERE "mistake"."of_id" = "fact"."id")
ORDER BY "fact"."at" DESC, "fact"."id" DESC LIMIT {TEXTS_COMPARED}
"""  # noqa: S608 - our own number


def _texts_sent(outreach: Outreach) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [outreach.candidate_id, str(Kind.MESSAGE_SENT), str(Kind.INVITATION_SENT)])
        return tuple(row[0] for row in cursor.fetchall())
