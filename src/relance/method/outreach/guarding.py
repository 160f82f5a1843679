"""The guard, asked with what is stored."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from relance.accounts.models import Membership
from relance.cadence.decision import Refusal
from relance.cadence.guard import Ask, Marks, OpenPermit, Standing, judge
from relance.cadence.words import Action, Channel, Kind, ReasonCode
from relance.method.candidates.models import Mark
from relance.method.outreach.histories import Past
from relance.method.outreach.models import Event, Outreach, Permit

TEXTS_COMPARED = 60
ENDS = (
    (ReasonCode.CLOSED, "at"),
    (ReasonCode.NO_ANSWER_BY, "at"),
    (ReasonCode.COLD, "since"),
    (ReasonCode.INVITATION_IGNORED, "since"),
)


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
    candidate = past.candidate
    return judged(
        Ask(str(outreach.pk), str(member.pk), channel, None if channel is Channel.CALL else text),
        [_standing(past, each) for each in past.outreaches],
        mark=candidate.mark,
        timezone=candidate.timezone,
        region=candidate.region,
        permit=standing,
        texts=_texts_sent(outreach),
        now=now,
    )


def judged(
    ask: Ask,
    outreaches: Sequence[Standing],
    *,
    mark: str,
    timezone: str,
    region: str,
    permit: Permit | None,
    texts: tuple[str, ...] = (),
    now: datetime,
) -> Refusal | None:
    """The guard's answer about a candidate with that mark, of that zone and region."""
    return judge(
        ask,
        outreaches=outreaches,
        now=now,
        marks=Marks(private=mark == Mark.PRIVATE, client=mark == Mark.CLIENT),
        open_permit=OpenPermit(str(permit.outreach_id), str(permit.recruiter_id), permit.taken_at)
        if permit
        else None,
        sent_texts=texts,
        timezone=timezone,
        region=region,
    )


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


def ended_at(action: str, reasons: Mapping[str, Mapping[str, Any]], opened_at: datetime) -> Any:
    """When an outreach that is over ended, as its reasons tell; None while it is planned."""
    if action != Action.STOP:
        return None
    return next((reasons[code][name] for code, name in ENDS if reasons.get(code, {}).get(name)), opened_at)


def _texts_sent(outreach: Outreach) -> tuple[str, ...]:
    rows = (
        Event.objects.filter(candidate_id=outreach.candidate_id, retractions=None)
        .filter(kind__in=[Kind.MESSAGE_SENT, Kind.INVITATION_SENT])
        .exclude(text="")
        .order_by("-at", "-pk")
        .values_list("text", flat=True)
    )
    return tuple(rows[:TEXTS_COMPARED])
