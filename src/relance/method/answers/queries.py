"""Reads of what came in."""

from dataclasses import dataclass

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.mail.incoming import LinkedIn
from relance.method.answers.models import Received, Sorting
from relance.method.delivery.models import Leaving, Mailbox, Outgoing

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Inbox:
    """What waits for the member: mails to sort, messages to check, messages that did not leave of late."""

    received: list[Received]
    to_check: list[Outgoing]


def access_received(member: Membership, pk: int) -> Received:
    """A mail that came to one of the member's mailboxes. Raises Received.DoesNotExist."""
    rows = within(
        Received.objects.select_related("candidate", "outreach", "mailbox", "event").defer("raw"), member
    )
    return rows.get(pk=pk, mailbox__member=member)


def inbox(member: Membership) -> Inbox:
    """What the member has to sort, oldest first, and what has to be checked."""
    received = within(Received.objects.select_related("candidate", "outreach").defer("raw"), member)
    to_sort = received.filter(mailbox__member=member, sorting=Sorting.TO_SORT)
    unsure = within(Outgoing.objects.select_related("candidate", "outreach"), member)
    return Inbox(
        received=list(to_sort.order_by("sent_at", "pk")[:SHOWN]),
        to_check=list(
            unsure.filter(mailbox__member=member, state=Leaving.TO_CHECK).order_by("claimed_at", "pk")[:SHOWN]
        ),
    )


def occasions_told(member: Membership) -> list[Received]:
    """Notices of LinkedIn that are a reason to catch up and are still to be sorted, oldest first."""
    rows = within(Received.objects.select_related("candidate").defer("raw"), member)
    rows = rows.filter(
        mailbox__member=member,
        sorting=Sorting.TO_SORT,
        linkedin__in=[LinkedIn.WORK_ANNIVERSARY, LinkedIn.NEW_POSITION],
    )
    return list(rows.order_by("sent_at", "pk")[:SHOWN])


def waiting(member: Membership) -> int:
    """How many things wait in the inbox, counted up to a hundred."""
    received = within(Received.objects.all(), member).filter(mailbox__member=member, sorting=Sorting.TO_SORT)
    unsure = within(Outgoing.objects.all(), member).filter(mailbox__member=member, state=Leaving.TO_CHECK)
    return received.order_by()[:SHOWN].count() + unsure.order_by()[:SHOWN].count()


def mailboxes(member: Membership) -> list[Mailbox]:
    """The member's connected mailboxes."""
    rows = within(Mailbox.objects.all(), member).filter(member=member, disconnected_at=None)
    return list(rows.order_by("pk")[:10])
