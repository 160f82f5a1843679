"""A mail taken in: read, matched, recorded as the fact it is, all in one transaction, once."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from relance.cadence.words import Channel, Situation, Tone
from relance.cadence.words import Kind as Fact
from relance.mail.incoming import VERSION, Incoming, Kind, LinkedIn, classify
from relance.mail.incoming.tone import propose
from relance.mail.reading import Fetched
from relance.method.answers.matching import Match, match
from relance.method.answers.models import MatchedBy, Received
from relance.method.candidates.queries import candidate_known_by
from relance.method.delivery.models import Leaving, Mailbox, Outgoing
from relance.method.delivery.outbox import TooLate, found_among_sent, hold_back, mail_key
from relance.method.delivery.threading import know_id
from relance.method.outreach.actions import lock, open_outreach, record
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach

TEXT_KEPT = 20_000
WROTE = {LinkedIn.MESSAGE, LinkedIn.INMAIL}
"""Notices after which nothing leaves before the recruiter has looked."""


def take_in(*, mailbox: Mailbox, fetched: Fetched, now: datetime) -> Received | None:
    """Take one mail of an inbox in; None where it is nobody's who is kept, our own, or known already.

    A human answer is a reply whose tone nobody has read yet, an opt-out is obeyed at once, an automatic
    answer, a bounce and a challenge are the facts they are. Found by a name alone, nothing is recorded.
    """
    mail = classify(fetched.raw)
    if _is_ours(mailbox, mail):
        return None
    found = match(mailbox, mail, now=now)
    if found is None or (mail.kind is Kind.LIST_OR_NOTIFICATION and not mail.linkedin):
        return None
    message_id = mail.message_id or f"<{hashlib.sha256(fetched.raw).hexdigest()[:40]}@no-id.invalid>"
    with transaction.atomic():
        lock(found.candidate.pk)
        known = Received.objects.filter(organisation_id=mailbox.organisation_id, message_id=message_id[:255])
        if known.exists() or _is_brought_in(found, message_id):
            return None
        at = _when(mail, fetched, now)
        row = _row(mailbox, mail, found, fetched, message_id=message_id, at=at, now=now)
        if found.by is not MatchedBy.NAME:
            _record(row, mail, found, now=now)
        row.save()
        if mail.linkedin in WROTE:
            hold_back(candidate_id=found.candidate.pk, now=now)
        return row


def _is_brought_in(found: Match, message_id: str) -> bool:
    """Whether it entered with the mailbox's past, as the fact it is and without the mail."""
    return Event.objects.filter(candidate=found.candidate, key=mail_key(message_id[:255])).exists()


def _is_ours(mailbox: Mailbox, mail: Incoming) -> bool:
    """Whether one of the firm's own mailboxes wrote it: no answer, whatever its thread."""
    ours = Mailbox.objects.filter(organisation_id=mailbox.organisation_id, address__iexact=mail.sender)
    return mail.kind in {Kind.HUMAN, Kind.LIST_OR_NOTIFICATION} and bool(mail.sender) and ours.exists()


def _when(mail: Incoming, fetched: Fetched, now: datetime) -> datetime:
    """When it was written, as the server that took it in vouches: a Date far from that is not believed."""
    taken = min(fetched.taken_in_at, now)
    if mail.sent_at is None or not taken - timedelta(days=5) <= mail.sent_at <= taken + timedelta(minutes=10):
        return taken
    return min(mail.sent_at, now)


def _row(
    mailbox: Mailbox,
    mail: Incoming,
    found: Match,
    fetched: Fetched,
    *,
    message_id: str,
    at: datetime,
    now: datetime,
) -> Received:
    proposal = propose(mail.reply_text, on=at.date()) if mail.kind is Kind.HUMAN else None
    return Received(
        organisation_id=mailbox.organisation_id,
        mailbox=mailbox,
        candidate=found.candidate,
        outreach=found.outreach,
        outgoing=found.outgoing,
        message_id=message_id[:255],
        sender=mail.sender[:254],
        sender_name=mail.sender_name[:200],
        subject=mail.subject[:300],
        text=mail.reply_text[:TEXT_KEPT],
        kind=mail.kind,
        cause=mail.cause,
        linkedin=mail.linkedin or "",
        why=mail.why[:60],
        rules_version=VERSION,
        matched_by=found.by,
        returns_on=mail.return_date,
        tone=proposal.tone if proposal else "",
        tone_why=proposal.why[:60] if proposal else "",
        resume_on=proposal.resume_on if proposal else None,
        sent_at=at,
        taken_in_at=now,
        raw=fetched.raw,
    )


def _record(row: Received, mail: Incoming, found: Match, *, now: datetime) -> None:
    """Record the fact a mail is, in the outreach that stands; who was never approached opens a conversation."""
    entries = facts_of(row, mail)
    if not entries:
        return
    outreach = found.outreach
    if outreach is None:
        outreach = open_outreach(
            member=row.mailbox.member,
            candidate=row.candidate,
            situation=Situation.CONVERSATION,
            entries=entries,
            now=now,
        )
        row.outreach = outreach
        events: Sequence[Event] = list(outreach.events.order_by("-pk")[:1])
    else:
        events = record(outreach=outreach, entries=entries, now=now)
    row.event = events[0] if events else None
    know_id(outreach=outreach, message_id=row.message_id, subject=row.subject, at=row.sent_at, from_us=False)


def facts_of(row: Received, mail: Incoming) -> list[Entry]:
    """What a mail says happened, as METHOD names it; nothing for what only has to be known."""
    key = mail_key(row.message_id)
    if mail.linkedin is not None:
        accepted = mail.linkedin is LinkedIn.INVITATION_ACCEPTED
        return [Entry(Fact.INVITATION_ACCEPTED, at=row.sent_at, source="mail", key=key)] if accepted else []
    if mail.kind is Kind.HUMAN:
        return [
            Entry(
                Fact.REPLY, at=row.sent_at, channel=Channel.EMAIL, tone=Tone.UNKNOWN, text=row.text, source="mail",
                subject=row.subject, key=key,
            )
        ]  # fmt: skip
    if mail.kind in {Kind.UNSUBSCRIBE, Kind.COMPLAINT}:
        return [
            Entry(Fact.OPT_OUT, at=row.sent_at, channel=Channel.EMAIL, text=row.text, source="mail", key=key)
        ]
    if mail.kind is Kind.AUTO_REPLY and mail.away and not mail.left_company:
        return [
            Entry(Fact.AUTO_REPLY, at=row.sent_at, channel=Channel.EMAIL, returns_on=mail.return_date, source="mail",
                  text=row.text, key=key)
        ]  # fmt: skip
    hard = mail.kind is Kind.BOUNCE_HARD or mail.left_company
    if hard or mail.kind in {Kind.BOUNCE_SOFT, Kind.CHALLENGE}:
        return [Entry(Fact.BOUNCE, at=row.sent_at, channel=Channel.EMAIL, hard=hard, source="mail", key=key)]
    return []


def take_in_sent(*, mailbox: Mailbox, fetched: Fetched, now: datetime) -> Event | None:
    """Take one mail of a Sent folder in: ours settles what was to be checked, another is a contact made by hand."""
    mail = classify(fetched.raw)
    if not mail.message_id:
        return None
    ours = Outgoing.objects.filter(
        organisation_id=mailbox.organisation_id, message_id=mail.message_id
    ).first()
    if ours is not None:
        if ours.state != Leaving.SENT:
            try:
                found_among_sent(outgoing=ours, now=now)
            except TooLate:
                pass  # ended by who was quicker
        return None
    candidate = next(
        (
            found
            for address in mail.addressed_to
            if (found := candidate_known_by(mailbox.member, "email", address.lower())) is not None
        ),
        None,
    )
    if candidate is None:
        return None
    return _by_hand(mailbox, mail, candidate.pk, _when(mail, fetched, now), now)


@transaction.atomic
def _by_hand(
    mailbox: Mailbox, mail: Incoming, candidate_pk: int, at: datetime, now: datetime
) -> Event | None:
    """A mail the recruiter sent from their own program to somebody known: recorded, flagged if outside the rules."""
    candidate = lock(candidate_pk)
    outreach = Outreach.objects.filter(candidate=candidate).order_by("-is_open", "-opened_at", "-pk").first()
    entry = Entry(
        Fact.MESSAGE_SENT, at=at, channel=Channel.EMAIL, subject=mail.subject, text=mail.reply_text[:TEXT_KEPT],
        source="mail", key=mail_key(mail.message_id),
    )  # fmt: skip
    if outreach is None:
        outreach = open_outreach(
            member=mailbox.member,
            candidate=candidate,
            situation=Situation.FIRST_MESSAGE,
            entries=[entry],
            now=now,
        )
        events = list(outreach.events.order_by("-pk")[:1])
    else:
        events = record(outreach=outreach, entries=[entry], now=now, member=mailbox.member)
    know_id(outreach=outreach, message_id=mail.message_id, subject=mail.subject, at=at, from_us=True)
    return events[0] if events else None
