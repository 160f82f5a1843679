"""A message's way out: `ready → sending (leased, fenced) → sent | failed | to check`.

Whatever happens to a process, a message that may have left is never sent again by itself. Rules that
two workers could break together stand in conditional updates; the person's lock is held while a
message is claimed, so that an answer that is being recorded comes first or finds it claimed.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F

from relance.accounts.models import Membership, Organisation
from relance.accounts.queries import within
from relance.accounts.written_out import change, row_of, stored
from relance.cadence.calendar import Calendar
from relance.cadence.windows import opening
from relance.cadence.words import Channel, Kind
from relance.mail.sending import Outcome, Told
from relance.mail.threads import new_message_id, new_token
from relance.method.candidates.models import Candidate, IdentityKind
from relance.method.candidates.queries import identities
from relance.method.delivery.models import Leaving, Mailbox, Outgoing, Problem
from relance.method.delivery.threading import know_id, thread_of
from relance.method.outreach import permits
from relance.method.outreach.actions import lock, record
from relance.method.outreach.facts import Entry
from relance.method.outreach.histories import Past, pasts
from relance.method.outreach.models import Event, Permit

UNDO_FOR = timedelta(seconds=30)
LEASE = timedelta(minutes=5)
READ_WITHIN = timedelta(minutes=5)
"""How old the last reading of the mailbox may be when a message leaves."""
AT_ONCE = 500
GIVES_UP_AFTER = timedelta(days=2)
BACK_OFF = (timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=1), timedelta(hours=4))
UNKNOWN_PERSON = {550, 551, 553}


# Written out: asked before every message (docs/decisions/statements-written-out.md).
_CLAIMED_SINCE = """
SELECT COUNT(*) FROM "delivery_outgoing" WHERE "mailbox_id" = %s AND "claimed_at" >= %s AND "state" <> %s
"""


class NoAddress(Exception):
    """The person has no mail address."""


class TooLate(Exception):
    """It is leaving, or gone, or was taken back already."""


@transaction.atomic
def queue(*, permit: Permit, mailbox: Mailbox, now: datetime, at_once: bool = False) -> Outgoing:
    """Write a message down to leave from a mailbox, in the recipient's window, thirty seconds from now at least.

    `at_once` is for what answers or was chosen to leave now: the window is not waited for. Raises NoAddress.
    """
    candidate = lock(permit.candidate_id)
    to = next((each.value for each in identities(candidate) if each.kind == IdentityKind.EMAIL), "")
    if not to:
        raise NoAddress
    thread = thread_of(permit.outreach)
    earliest = now + UNDO_FOR
    calendar = Calendar.of(candidate.timezone, candidate.region)
    return Outgoing.objects.create(
        organisation_id=permit.organisation_id,
        mailbox=mailbox,
        permit=permit,
        outreach_id=permit.outreach_id,
        candidate=candidate,
        message_id=new_message_id(mailbox.address),
        token=new_token(),
        to=to,
        to_name=candidate.name,
        subject=permit.subject,
        text=permit.text,
        last_event=_last_event(candidate.pk),
        in_reply_to=thread.in_reply_to,
        references=" ".join(thread.references),
        queued_at=now,
        due_at=earliest if at_once else opening(earliest, Channel.EMAIL, calendar),
    )


def _last_event(candidate_id: int) -> int:
    latest = Event.objects.filter(candidate=candidate_id).order_by("-pk").values_list("pk", flat=True).first()
    return latest or 0


@transaction.atomic
def cancel(*, outgoing: Outgoing, now: datetime) -> None:
    """Take a message back before it leaves: its permit ends. Raises TooLate."""
    lock(outgoing.candidate_id)
    _end(outgoing, Leaving.CANCELLED, now=now, was=Leaving.READY)
    _release(outgoing, now)


def hold_back(*, candidate_id: int, now: datetime) -> int:
    """Take back what is to leave to somebody who may have answered elsewhere. Returns how many messages.

    What is leaving at this instant leaves. The person is proposed again, once the recruiter has looked.
    """
    count = 0
    for outgoing in Outgoing.objects.filter(candidate=candidate_id, state=Leaving.READY).order_by("pk")[:20]:
        try:
            cancel(outgoing=outgoing, now=now)
        except TooLate:
            continue
        Outgoing.objects.filter(pk=outgoing.pk).update(problem=Problem.PERHAPS)
        count += 1
    return count


def _end(outgoing: Outgoing, state: Leaving, *, now: datetime, was: Leaving, **values: object) -> None:
    rows = Outgoing.objects.filter(pk=outgoing.pk, state=was)
    if not rows.update(state=state, ended_at=now, lease="", leased_until=None, **values):
        raise TooLate


def _release(outgoing: Outgoing, now: datetime) -> None:
    try:
        permits.release(permit=outgoing.permit, now=now)
    except permits.PermitEnded:
        pass  # somebody said by hand what became of it


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process alone may send, until its lease ends."""

    outgoing: Outgoing
    lease: str


def claims(*, clock: Callable[[], datetime], mailbox: Mailbox) -> Iterator[Claimed]:
    """The messages of a mailbox that are due, each claimed at the instant it is asked for.

    What may not leave any more is ended with its reason on the way; what waits for its mailbox to be read,
    or for the spacing or the cap of the day, stays where it is.
    """
    rows = Outgoing.objects.filter(mailbox=mailbox, state=Leaving.READY, due_at__lte=clock())
    for pk, candidate_pk in rows.order_by("due_at", "pk").values_list("pk", "candidate")[:AT_ONCE]:
        claimed = _claim(pk, candidate_pk, clock())
        if claimed is not None:
            yield claimed


@transaction.atomic
def _claim(pk: int, candidate_pk: int, now: datetime) -> Claimed | None:
    candidate = lock(candidate_pk)
    try:
        outgoing = row_of(Outgoing, pk)
    except Outgoing.DoesNotExist:
        return None
    # Another process was first, or two people parted meanwhile: the next round.
    if outgoing.state != Leaving.READY or outgoing.candidate_id != candidate.pk:
        return None
    past = pasts([candidate])[0]
    _know(outgoing, past)
    problem = may_leave(outgoing, past, now=now)
    if problem in {Problem.UNREAD, None}:
        if problem is None and _slot(outgoing.mailbox, now):
            return _leased(outgoing, now)
        if problem and outgoing.problem != problem:
            Outgoing.objects.filter(pk=pk).update(problem=problem)
        return None
    _end(outgoing, Leaving.CANCELLED, now=now, was=Leaving.READY, problem=problem)
    _release(outgoing, now)
    return None


def _know(outgoing: Outgoing, past: Past) -> None:
    """Hang on the row what is read in the same transaction, row by row: put together by Django as one statement,
    it costs more than the rest of the claim."""
    mailbox = outgoing.mailbox = row_of(Mailbox, outgoing.mailbox_id)
    mailbox.organisation = row_of(Organisation, mailbox.organisation_id)
    permit = past.open_permit
    if permit is None or permit.pk != outgoing.permit_id:
        permit = row_of(Permit, outgoing.permit_id)
    outgoing.permit = permit
    outgoing.candidate = permit.candidate = past.candidate
    outgoing.outreach = next(each for each in past.outreaches if each.pk == outgoing.outreach_id)
    permit.outreach = outgoing.outreach
    permit.recruiter = row_of(Membership, permit.recruiter_id)
    permit.recruiter.organisation = mailbox.organisation


def _leased(outgoing: Outgoing, now: datetime) -> Claimed | None:
    lease = secrets.token_hex(16)
    values = {
        "state": Leaving.SENDING, "lease": lease, "leased_until": now + LEASE, "claimed_at": now,
        "attempts": outgoing.attempts + 1, "problem": "",
    }  # fmt: skip
    if not change(Outgoing, values, '"id" = %s AND "state" = %s', [outgoing.pk, Leaving.READY]):
        return None
    for name, value in values.items():
        setattr(outgoing, name, value)
    return Claimed(outgoing, lease)


def may_leave(outgoing: Outgoing, past: Past, *, now: datetime) -> Problem | None:
    """Why a message may not leave now, asked of what is known at this instant; None when it may.

    `past` is its recipient's, read under their lock.
    """
    box = outgoing.mailbox
    if box.disconnected_at is not None:
        return Problem.DISCONNECTED
    if outgoing.permit.ended_at is not None or outgoing.permit.taken_over_at is not None:
        return Problem.HELD
    said = _said_since(outgoing, past)
    if said:
        return Problem.ANSWERED if said in {Kind.REPLY, Kind.INMAIL_DECLINED} else Problem.HELD
    try:
        permits.still_granted(permit=outgoing.permit, past=past, now=now)
    except (permits.NotNow, permits.Refused, permits.Quiet):
        return Problem.HELD
    if box.read_at is None or now - box.read_at > READ_WITHIN:
        return Problem.UNREAD
    return None


STOPS = (Kind.REPLY, Kind.INMAIL_DECLINED, Kind.OPT_OUT, Kind.APPLICATION_RECEIVED, Kind.CLOSED, Kind.SNOOZED)


def _said_since(outgoing: Outgoing, past: Past) -> str:
    """What was recorded since the message was granted that takes its ground away: it answers something older."""
    facts = [fact for told in past.facts.values() for fact in told]
    retracted = {fact.of for fact in facts if fact.of}
    since = [fact for fact in facts if int(fact.id) > outgoing.last_event and fact.id not in retracted]
    stops = [
        fact
        for fact in since
        if fact.kind in STOPS or (fact.kind is Kind.BOUNCE and fact.hard and fact.channel is Channel.EMAIL)
    ]
    return max(stops, key=lambda fact: int(fact.id)).kind if stops else ""


def _slot(mailbox: Mailbox, now: datetime) -> bool:
    """Take the mailbox's next turn: its spacing, and its cap of the day. False when it is not its turn."""
    zone = ZoneInfo(mailbox.organisation.timezone)
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if _claimed_since(midnight, mailbox) >= mailbox.daily_cap:
        _next_turn(mailbox, midnight + timedelta(days=1), now)
        return False
    return _next_turn(mailbox, now + timedelta(seconds=mailbox.spacing), now)


def _next_turn(mailbox: Mailbox, at: datetime, now: datetime) -> bool:
    """Put off a mailbox whose turn it is; False when it is not, for another process took it."""
    its_turn = '"id" = %s AND "disconnected_at" IS NULL AND ("next_send_at" IS NULL OR "next_send_at" <= %s)'
    return bool(change(Mailbox, {"next_send_at": at}, its_turn, [mailbox.pk, stored(now)]))


def _claimed_since(moment: datetime, mailbox: Mailbox) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMED_SINCE, [mailbox.pk, stored(moment), str(Leaving.READY)])
        return int(cursor.fetchone()[0])


@transaction.atomic
def settle(*, claimed: Claimed, outcome: Outcome, now: datetime) -> Leaving:
    """Write down what became of a message that was claimed; returns its state.

    A claim whose lease has passed meanwhile still says what it knows: its row waits to be checked.
    """
    outgoing = claimed.outgoing
    candidate = lock(outgoing.candidate_id)
    rows = Outgoing.objects.filter(
        pk=outgoing.pk, lease=claimed.lease, state__in=[Leaving.SENDING, Leaving.TO_CHECK]
    )
    said = {"code": max(0, outcome.code), "words": outcome.words[:300]}
    if outcome.told is Told.SENT:
        values = {"state": Leaving.SENT, "sent_at": outgoing.claimed_at, "ended_at": now, **said}
        ours = '"id" = %s AND "lease" = %s AND "state" IN (%s, %s)'
        given = [outgoing.pk, claimed.lease, Leaving.SENDING, Leaving.TO_CHECK]
        if change(Outgoing, values, ours, given):
            _sent(outgoing, candidate, now)
        return Leaving.SENT
    if outcome.told is Told.UNSURE:
        rows.update(state=Leaving.TO_CHECK, leased_until=None, **said)
        return Leaving.TO_CHECK
    if outcome.told is Told.REFUSED or now - outgoing.queued_at > GIVES_UP_AFTER:
        problem = Problem.REFUSED if outcome.told is Told.REFUSED else Problem.GAVE_UP
        if rows.update(
            state=Leaving.FAILED, problem=problem, ended_at=now, lease="", leased_until=None, **said
        ):
            _release(outgoing, now)
            _bounced_at_the_door(outgoing, outcome, now)
        return Leaving.FAILED
    rows.update(
        state=Leaving.READY, lease="", leased_until=None, due_at=_again_at(outgoing, outcome, now), **said
    )
    return Leaving.READY


def _again_at(outgoing: Outgoing, outcome: Outcome, now: datetime) -> datetime:
    """When it is tried again, in the recipient's window; a mailbox that is broken costs no attempt."""
    wait = BACK_OFF[0] if outcome.told is Told.BROKEN else BACK_OFF[min(outgoing.attempts, len(BACK_OFF)) - 1]
    candidate = outgoing.candidate
    return opening(now + wait, Channel.EMAIL, Calendar.of(candidate.timezone, candidate.region))


def _sent(outgoing: Outgoing, candidate: Candidate, now: datetime) -> None:
    """Record that it left. The candidate's lock is held."""
    at = outgoing.claimed_at or now
    try:
        permits.confirm(
            permit=outgoing.permit, member=outgoing.permit.recruiter, now=now, sent_at=at,
            key=mail_key(outgoing.message_id), locked=candidate,
        )  # fmt: skip
    except permits.PermitEnded:  # it was answered for by hand: the fact is there
        pass
    know_id(
        outreach=outgoing.outreach,
        message_id=outgoing.message_id,
        subject=outgoing.subject,
        at=at,
        from_us=True,
    )


def mail_key(message_id: str) -> str:
    """How a mail is named as a fact, so that it enters once whoever saw it first."""
    return "mail:" + hashlib.sha256(message_id.encode()).hexdigest()[:56]


def _bounced_at_the_door(outgoing: Outgoing, outcome: Outcome, now: datetime) -> None:
    """A recipient whom the server does not know is a hard bounce; any other refusal a soft one."""
    if outcome.told is Told.REFUSED:
        hard = outcome.code in UNKNOWN_PERSON and not outcome.words.startswith(("5.7", "5.2"))
        record(
            outreach=outgoing.outreach,
            entries=[Entry(Kind.BOUNCE, at=now, channel=Channel.EMAIL, hard=hard, key=f"door:{outgoing.pk}")],
            now=now,
        )


def note_crashed(*, now: datetime) -> int:
    """Messages whose process never came back wait to be checked. Returns how many."""
    rows = Outgoing.objects.filter(state=Leaving.SENDING, leased_until__lt=now)
    return rows.update(state=Leaving.TO_CHECK, leased_until=None)


@transaction.atomic
def say_it_left(*, outgoing: Outgoing, now: datetime) -> None:
    """Settle what was to be checked: the recruiter saw that it left. Raises TooLate."""
    _left(outgoing, (Leaving.TO_CHECK,), now)


@transaction.atomic
def found_among_sent(*, outgoing: Outgoing, now: datetime) -> None:
    """Settle a message whose copy the provider filed, whatever its process still says or never will. Raises TooLate.

    The copy is read once and often before the lease of a crashed claim has passed: it is believed at once.
    """
    _left(outgoing, (Leaving.READY, Leaving.SENDING, Leaving.TO_CHECK), now)


def _left(outgoing: Outgoing, was: Sequence[Leaving], now: datetime) -> None:
    candidate = lock(outgoing.candidate_id)
    rows = Outgoing.objects.filter(pk=outgoing.pk, state__in=was, claimed_at__isnull=False)
    if not rows.update(state=Leaving.SENT, sent_at=F("claimed_at"), ended_at=now):
        raise TooLate
    outgoing.refresh_from_db()
    _sent(outgoing, candidate, now)


@transaction.atomic
def say_it_did_not(*, outgoing: Outgoing, now: datetime) -> None:
    """Settle what was to be checked: it never left. The person is proposed again. Raises TooLate."""
    lock(outgoing.candidate_id)
    _end(outgoing, Leaving.FAILED, now=now, was=Leaving.TO_CHECK)
    _release(outgoing, now)


def access_outgoing(member: Membership, pk: int) -> Outgoing:
    """A message of the member's own mailboxes. Raises Outgoing.DoesNotExist."""
    rows = within(Outgoing.objects.select_related("candidate", "outreach", "mailbox", "permit"), member)
    return rows.get(pk=pk, mailbox__member=member)
