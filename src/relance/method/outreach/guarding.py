"""The guard, asked with what is stored."""

from datetime import datetime

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


def held_back(past: Past, outreach: Outreach, *, now: datetime) -> Refusal | None:
    """Whether the guard holds back the contact that an outreach's decision proposes, were it asked now."""
    channel = Channel(outreach.channel) if outreach.channel else Channel.LINKEDIN
    ask = Ask(str(outreach.pk), str(outreach.recruiter_id), channel)
    return _judged(past, ask, now=now, permit=past.open_permit)


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


def _judged(
    past: Past, ask: Ask, *, now: datetime, permit: Permit | None, texts: tuple[str, ...] = ()
) -> Refusal | None:
    candidate = past.candidate
    return judge(
        ask,
        outreaches=[_standing(past, outreach) for outreach in past.outreaches],
        now=now,
        marks=Marks(private=candidate.mark == Mark.PRIVATE, client=candidate.mark == Mark.CLIENT),
        open_permit=OpenPermit(str(permit.outreach_id), str(permit.recruiter_id), permit.taken_at)
        if permit
        else None,
        sent_texts=texts,
        timezone=candidate.timezone,
        region=candidate.region,
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
        ended_at=None if outreach.is_open else ended_at(outreach),
    )


def ended_at(outreach: Outreach) -> datetime | None:
    """When an outreach that is over ended, as its reasons tell; None while it is planned."""
    if outreach.action != Action.STOP:
        return None
    reasons = {reason["code"]: reason for reason in outreach.reasons}
    for code, name in ENDS:
        if code in reasons and reasons[code].get(name):
            return datetime.fromisoformat(reasons[code][name])
    return outreach.opened_at


def _texts_sent(outreach: Outreach) -> tuple[str, ...]:
    rows = (
        Event.objects.filter(candidate_id=outreach.candidate_id, retractions=None)
        .filter(kind__in=[Kind.MESSAGE_SENT, Kind.INVITATION_SENT])
        .exclude(text="")
        .order_by("-at", "-pk")
        .values_list("text", flat=True)
    )
    return tuple(rows[:TEXTS_COMPARED])
