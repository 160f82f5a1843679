"""The worker's part of the outbox: due messages leave, one mailbox after another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain

from django.conf import settings
from django.db.models import Q

from relance.mail.addresses import BadAddress
from relance.mail.compose import Letter, compose
from relance.mail.sending import NO_ADDRESS, Carrier, Fault, Outcome, Told, Unreachable, carrier
from relance.mail.threads import plus_address
from relance.method.delivery.logins import forget_access, login_of, smtp_of
from relance.method.delivery.models import Leaving, Mailbox, Outgoing
from relance.method.delivery.outbox import Claimed, claims, note_crashed, settle

Clock = Callable[[], datetime]

MAILBOXES_A_ROUND = 20
RESTS_AFTER_A_FAULT = timedelta(minutes=2)
A_TURN = timedelta(seconds=5)
"""How long one mailbox without spacing sends before the next has its turn."""


def send_what_is_due(*, clock: Clock) -> int:
    """Send what is due, mailbox by mailbox; returns how many messages were dealt with."""
    count = note_crashed(now=clock())
    for mailbox in _with_something_due(clock()):
        count += _send_from(mailbox, clock)
    return count


def _with_something_due(now: datetime) -> list[Mailbox]:
    due = Outgoing.objects.filter(state=Leaving.READY, due_at__lte=now)
    rows = Mailbox.objects.filter(
        Q(next_send_at=None) | Q(next_send_at__lte=now),
        pk__in=due.order_by().values("mailbox"),
    )
    return list(rows.order_by("next_send_at", "pk")[:MAILBOXES_A_ROUND])


def _send_from(mailbox: Mailbox, clock: Clock) -> int:
    """Claim first, connect then: a mailbox with nothing to send is not signed in to."""
    waiting = claims(clock=clock, mailbox=mailbox)
    first = next(waiting, None)
    if first is None:
        return 0
    count, ends_at = 0, clock() + A_TURN
    try:
        with carrier(smtp_of(mailbox), login_of(mailbox, now=clock())) as open_carrier:
            for claimed in chain([first], waiting):
                _send(claimed, open_carrier, clock)
                count += 1
                if mailbox.spacing or clock() > ends_at:  # the next one has to wait for its turn
                    break
    except Unreachable as fault:
        if not count:
            settle(claimed=first, outcome=Outcome(Told.BROKEN, words=fault.words), now=clock())
            note_fault(mailbox, fault, now=clock())
            count = 1
    return count


def _send(claimed: Claimed, open_carrier: Carrier, clock: Clock) -> None:
    outgoing = claimed.outgoing
    try:
        outcome = open_carrier.send(outgoing.mailbox.address, outgoing.to, composed(outgoing))
    except BadAddress:
        outcome = NO_ADDRESS
    settle(claimed=claimed, outcome=outcome, now=clock())


def composed(outgoing: Outgoing) -> bytes:
    """The message of a row, the same bytes whenever it is asked for again (but for the boundary of its parts)."""
    box = outgoing.mailbox
    answers_to = plus_address(box.address, outgoing.token)
    one_click = _one_click(outgoing.token)
    return compose(
        Letter(
            sender_name=box.sender_name,
            sender=box.address,
            to_name=outgoing.to_name,
            to=outgoing.to,
            subject=outgoing.subject,
            text=outgoing.text,
            message_id=outgoing.message_id,
            sent_at=outgoing.claimed_at or outgoing.queued_at,
            in_reply_to=outgoing.in_reply_to,
            references=outgoing.references.split(),
            reply_to=answers_to if box.takes_plus else "",
            unsubscribe_url=one_click,
            # Absence programs (Sieve) stay silent to what bears List-Unsubscribe: only where it is one click.
            unsubscribe_mail=(answers_to if box.takes_plus else box.address) if one_click else "",
        )
    )


def _one_click(token: str) -> str:
    """The address that takes the one-click POST, where the desk has one that the world reaches."""
    public = str(settings.PUBLIC_ADDRESS)
    return f"{public}/non/{token}/" if public.startswith("https://") else ""


def note_fault(mailbox: Mailbox, fault: Unreachable, *, now: datetime) -> None:
    """Remember what is wrong with a mailbox, and leave it alone for two minutes."""
    if fault.fault is Fault.SIGN_IN:
        forget_access(mailbox)
    Mailbox.objects.filter(pk=mailbox.pk).update(
        fault=fault.fault, fault_words=fault.words, fault_at=now, next_send_at=now + RESTS_AFTER_A_FAULT
    )
