"""Who somebody is, and the primitive on which every room's `access_*` stands."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from relance.accounts.models import Membership, User

Row = TypeVar("Row", bound=Model)
COLLEAGUES = 200


def active_membership(*, user: User) -> Membership | None:
    """The desk at which the user works, or None."""
    return (
        Membership.objects.select_related("organisation", "user")
        .filter(user=user, is_active=True, user__is_active=True)
        .order_by("pk")
        .first()
    )


def within(rows: QuerySet[Row], member: Membership) -> QuerySet[Row]:
    """The rows that the member's organisation owns: the only way to get hold of somebody's object."""
    return rows.filter(organisation_id=member.organisation_id)


def access_member(member: Membership, pk: int) -> Membership:
    """An active member of the same firm. Raises Membership.DoesNotExist."""
    return within(Membership.objects.select_related("user", "organisation"), member).get(pk=pk, is_active=True)


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
