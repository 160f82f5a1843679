"""Sorting what came in: the tone that was read, who it was from, what it was not."""

from datetime import date, datetime

from django.db import transaction

from relance.accounts.models import Membership
from relance.cadence.words import Channel, Kind, Occasion, Tone
from relance.mail.incoming import Kind as MailKind
from relance.mail.incoming import LinkedIn, classify
from relance.method.answers.models import MatchedBy, Received, Sorting
from relance.method.answers.taking_in import facts_of
from relance.method.catching_up.actions import NotYet, Wait, note_reason
from relance.method.catching_up.actions import take_up as take_reason_up
from relance.method.delivery.threading import know_id
from relance.method.outreach.actions import lock, record, record_answer, retract
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event

OCCASIONS = {
    LinkedIn.WORK_ANNIVERSARY: Occasion.WORK_ANNIVERSARY,
    LinkedIn.NEW_POSITION: Occasion.JOB_CHANGE,
}
"""Notices of LinkedIn that are a reason to catch up."""


class NothingToRecord(Exception):
    """The person was never approached: there is no outreach to record it in."""


@transaction.atomic
def set_tone(
    *, received: Received, tone: Tone | None, member: Membership, now: datetime, resume_on: date | None = None
) -> list[Event]:
    """Say what an answer says. The reply that was recorded on arrival is retracted for the one that was read.

    With no `tone` the person wants no contact any more, by anybody here.
    """
    lock(received.candidate_id)
    if received.outreach is None:
        raise NothingToRecord
    _retract(received, member, now)
    if tone is None:
        entry = Entry(
            Kind.OPT_OUT, at=received.sent_at, channel=Channel.EMAIL, text=received.text, source="mail"
        )
        events = record(outreach=received.outreach, entries=[entry], now=now, member=member)
    else:
        events = record_answer(
            outreach=received.outreach, tone=tone, now=now, member=member, channel=Channel.EMAIL,
            resume_on=resume_on if tone is Tone.LATER else None, text=received.text, at=received.sent_at,
        )  # fmt: skip
    received.event = events[0] if events else None
    received.tone = tone or ""
    received.resume_on = resume_on
    _sorted(received, Sorting.SORTED, member, now)
    return events


@transaction.atomic
def set_aside(*, received: Received, member: Membership, now: datetime) -> None:
    """Say that there is nothing to do about it: what was recorded stands."""
    _sorted(received, Sorting.SET_ASIDE, member, now)


@transaction.atomic
def not_them(*, received: Received, member: Membership, now: datetime) -> None:
    """Say that it is not from this person: what was recorded of it is retracted."""
    lock(received.candidate_id)
    _retract(received, member, now)
    received.event = None
    _sorted(received, Sorting.NOT_THEM, member, now)


@transaction.atomic
def it_is_them(*, received: Received, member: Membership, now: datetime) -> None:
    """Say that a mail found by a name alone is this person's: it is recorded as the fact it is."""
    lock(received.candidate_id)
    if received.outreach is None:
        raise NothingToRecord
    received.matched_by = MatchedBy.HAND
    entries = facts_of(received, classify(bytes(received.raw)))
    events = record(outreach=received.outreach, entries=entries, now=now) if entries else []
    received.event = events[0] if events else None
    know_id(
        outreach=received.outreach, message_id=received.message_id, subject=received.subject, at=received.sent_at,
        from_us=False,
    )  # fmt: skip
    still = received.kind == MailKind.HUMAN and not received.linkedin
    if still:
        received.save(update_fields=["matched_by", "event"])
    else:
        _sorted(received, Sorting.SORTED, member, now)


@transaction.atomic
def they_answered(
    *,
    received: Received,
    tone: Tone,
    member: Membership,
    now: datetime,
    text: str = "",
    resume_on: date | None = None,
) -> list[Event]:
    """Say that a notice of LinkedIn was an answer: it is recorded there, with the words that were pasted.

    Raises NothingToRecord.
    """
    lock(received.candidate_id)
    if received.outreach is None:
        raise NothingToRecord
    _retract(received, member, now)
    channel = Channel.INMAIL if received.linkedin == LinkedIn.INMAIL else Channel.LINKEDIN
    events = record_answer(
        outreach=received.outreach, tone=tone, now=now, member=member, channel=channel,
        resume_on=resume_on if tone is Tone.LATER else None, text=text, at=received.sent_at,
    )  # fmt: skip
    received.event, received.tone = events[0] if events else None, tone
    received.resume_on, received.matched_by = resume_on, MatchedBy.HAND
    _sorted(received, Sorting.SORTED, member, now)
    return events


@transaction.atomic
def take_up(*, received: Received, on: date, member: Membership, now: datetime) -> Wait | None:
    """Take up what a notice of LinkedIn tells as a reason to catch up; `on` is the day it came.

    Returns why that waits, if it does: the reason is then kept until it may be taken up. Raises
    NothingToRecord where the notice tells no such thing.
    """
    if received.linkedin not in OCCASIONS:
        raise NothingToRecord
    candidate = lock(received.candidate_id)
    reason = note_reason(
        candidate=candidate,
        member=member,
        what=OCCASIONS[LinkedIn(received.linkedin)],
        on=on,
        line=received.subject,
        now=now,
    )
    received.matched_by = MatchedBy.HAND
    _sorted(received, Sorting.SORTED, member, now)
    try:
        take_reason_up(reason=reason, member=member, now=now)
    except NotYet as refused:
        return refused.wait
    return None


@transaction.atomic
def it_is_an_answer(*, received: Received, member: Membership, now: datetime) -> None:
    """Say that a mail is a plain answer, not the machine's or the opt-out it was read as: it is to be sorted.

    Raises NothingToRecord, also where an opt-out was not read in a sentence: a button, "STOP", a report.
    """
    if not may_be_an_answer(received):
        raise NothingToRecord
    lock(received.candidate_id)
    if received.outreach is None:
        raise NothingToRecord
    _retract(received, member, now)
    events = record_answer(
        outreach=received.outreach, tone=Tone.UNKNOWN, now=now, member=member, channel=Channel.EMAIL,
        text=received.text, at=received.sent_at,
    )  # fmt: skip
    received.kind, received.event, received.tone = MailKind.HUMAN, events[0] if events else None, ""
    received.save(update_fields=["kind", "event", "tone"])


def may_be_an_answer(received: Received) -> bool:
    """Whether rules may have read a plain answer as something else: a machine's, or an opt-out in words."""
    in_words = received.kind == MailKind.UNSUBSCRIBE and received.why == "opt_out:words"
    return in_words or received.kind == MailKind.AUTO_REPLY


def _retract(received: Received, member: Membership, now: datetime) -> None:
    event = received.event
    if event is None or Event.objects.filter(of=event).exists():
        return
    retract(event=event, member=member, now=now)


def _sorted(received: Received, how: Sorting, member: Membership, now: datetime) -> None:
    received.sorting, received.sorted_at, received.sorted_by = how, now, member
    received.save(
        update_fields=["sorting", "sorted_at", "sorted_by", "event", "tone", "resume_on", "matched_by"]
    )
