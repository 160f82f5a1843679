"""Reads of mailboxes and of what leaves from them."""

from datetime import datetime

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.method.delivery.models import Leaving, Mailbox, Outgoing, Problem
from relance.method.outreach.models import Permit

MAILBOXES = 10
COUNTED = 500


def mailboxes_of(member: Membership) -> list[Mailbox]:
    """The member's connected mailboxes, the first connected first."""
    rows = within(Mailbox.objects.select_related("organisation"), member)
    return list(rows.filter(member=member, disconnected_at=None).order_by("pk")[:MAILBOXES])


def sends_from(member: Membership) -> Mailbox | None:
    """The mailbox from which the member's messages leave: the first one connected."""
    return next(iter(mailboxes_of(member)), None)


def waiting_in(mailbox: Mailbox) -> int:
    """How many messages wait to leave, counted up to five hundred."""
    return Outgoing.objects.filter(mailbox=mailbox, state=Leaving.READY).order_by()[:COUNTED].count()


def leaving_of(member: Membership) -> list[Outgoing]:
    """What is on its way out of the member's mailboxes, or may have left, the nearest first."""
    rows = within(Outgoing.objects.select_related("candidate", "mailbox"), member)
    on_its_way = rows.filter(
        mailbox__member=member, state__in=[Leaving.READY, Leaving.SENDING, Leaving.TO_CHECK]
    )
    return list(on_its_way.order_by("due_at", "pk")[:COUNTED])


def held_back_since(candidate_id: int, instant: datetime) -> bool:
    """Whether a message to them was taken back, because LinkedIn said that they wrote."""
    rows = Outgoing.objects.filter(candidate=candidate_id, problem=Problem.PERHAPS, ended_at__gte=instant)
    return rows.exists()


def outgoing_of(permit: Permit) -> Outgoing | None:
    """The message that a permit was taken for, if it leaves by itself."""
    return Outgoing.objects.select_related("mailbox").filter(permit=permit).order_by("-pk").first()
