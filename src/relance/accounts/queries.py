"""Who somebody is, and the primitive on which every room's `access_*` stands."""

from datetime import datetime
from typing import TypeVar

from allauth.usersessions.models import UserSession
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from relance.accounts.models import Invitation, Membership, User

Row = TypeVar("Row", bound=Model)
COLLEAGUES = 200


MOST_MEMBERS = 500


def active_membership(*, user: User, session_key: str | None = None) -> Membership | None:
    """The desk at which the user works, or None.

    With a session's key, `session_seen_at` is when that session was last seen: in the same query,
    because every page asks it.
    """
    sessions = UserSession.objects.filter(session_key=session_key or "", user_id=OuterRef("user_id"))
    return (
        Membership.objects.select_related("organisation", "user")
        .annotate(session_seen_at=Subquery(sessions.order_by("pk").values("last_seen_at")[:1]))
        .filter(user=user, is_active=True, user__is_active=True)
        .order_by("pk")
        .first()
    )


def within(rows: QuerySet[Row], member: Membership) -> QuerySet[Row]:
    """The rows that the member's organisation owns: the only way to get hold of somebody's object."""
    return rows.filter(organisation_id=member.organisation_id)


def access_member(member: Membership, pk: int) -> Membership:
    """An active member of the same firm. Raises Membership.DoesNotExist."""
    return within(Membership.objects.select_related("user", "organisation"), member).get(
        pk=pk, is_active=True
    )


def colleagues(member: Membership) -> list[Membership]:
    """Who works at the same desk, the member included, by name."""
    rows = within(Membership.objects.select_related("user"), member).filter(is_active=True)
    return list(rows.order_by("user__name", "pk")[:COLLEAGUES])


def owner() -> User | None:
    """The first active administrator: for whom `relance start` and `relance signin` print a link."""
    membership = (
        Membership.objects.select_related("user")
        .filter(role="administrator", is_active=True, user__is_active=True)
        .order_by("pk")
        .first()
    )
    return membership.user if membership else None


def member_of(*, email: str) -> User | None:
    """The active user with that mail address, whatever its capitals."""
    return (
        User.objects.filter(email__iexact=email, is_active=True, memberships__is_active=True)
        .order_by("pk")
        .first()
    )


def team(*, member: Membership) -> list[Membership]:
    """The firm's active members, in the order of their coming."""
    members = within(Membership.objects.select_related("user"), member).filter(is_active=True)
    return list(members.order_by("pk")[:MOST_MEMBERS])


def former(*, member: Membership) -> list[Membership]:
    """Who worked here and left, the latest first."""
    gone = within(Membership.objects.select_related("user"), member).filter(is_active=False)
    return list(gone.order_by("-ended_at", "-pk")[:MOST_MEMBERS])


def access_former(member: Membership, pk: int) -> Membership:
    """A member of the firm who left. Raises Http404."""
    rows = within(Membership.objects.select_related("user", "organisation"), member)
    return get_object_or_404(rows, pk=pk, is_active=False)


def team_size(*, member: Membership) -> int:
    return within(Membership.objects.all(), member).filter(is_active=True).count()


def open_invitations(*, member: Membership) -> list[Invitation]:
    """Who was invited and has not come, the expired among them: they can be renewed."""
    waiting = within(Invitation.objects.all(), member).filter(accepted_at=None, revoked_at=None)
    return list(waiting.order_by("pk")[:MOST_MEMBERS])


def access_invitation(member: Membership, pk: int) -> Invitation:
    """An open invitation of the member's firm. Raises Http404."""
    rows = within(Invitation.objects.all(), member)
    return get_object_or_404(rows, pk=pk, accepted_at=None, revoked_at=None)


def invitation_for(*, email: str, now: datetime) -> Invitation | None:
    """The oldest invitation that this address could accept at `now` (UTC)."""
    rows = Invitation.objects.filter(
        email=email.lower(), accepted_at=None, revoked_at=None, expires_at__gt=now
    )
    return rows.order_by("pk").first()
