"""Roles that change, members who leave, and when each was last seen."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership, Role, SignInLink
from relance.accounts.roles import NotAllowed, Permission, require

SEEN_EVERY = timedelta(minutes=5)


class LastAdministrator(Exception):
    """Nobody would be left who may invite, change a role or end a membership."""


@transaction.atomic
def change_role(*, member: Membership, role: str, by: Membership) -> None:
    """Give a member another role. Raises NotAllowed and LastAdministrator."""
    found = _locked(member, by)
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(found)
    found.role = role
    found.save(update_fields=["role"])


@transaction.atomic
def end_membership(*, member: Membership, by: Membership, now: datetime) -> None:
    """End a membership (`now` in UTC), the person's sessions and sign-in links with it.

    What the person followed stays theirs until it is handed over. Raises NotAllowed and LastAdministrator.
    """
    found = _locked(member, by)
    _keep_an_administrator(found)
    found.is_active, found.ended_at = False, now
    found.save(update_fields=["is_active", "ended_at"])
    SignInLink.objects.filter(user=found.user_id).delete()
    end_sessions(user_id=found.user_id)


def _locked(member: Membership, by: Membership) -> Membership:
    """The member as they are now, with the firm's row held: two administrators who demote one another wait."""
    require(by, Permission.SETTLE_TEAM)
    firm = hold_firm(by.organisation_id)
    still = Membership.objects.filter(pk=by.pk, organisation=firm, is_active=True).order_by("pk").first()
    if still is None:
        raise NotAllowed(Permission.SETTLE_TEAM)
    require(still, Permission.SETTLE_TEAM)
    return Membership.objects.get(pk=member.pk, organisation=firm)


def _keep_an_administrator(member: Membership) -> None:
    others = Membership.objects.filter(
        organisation=member.organisation_id,
        role=Role.ADMINISTRATOR,
        is_active=True,
        user__is_active=True,
    ).exclude(pk=member.pk)
    if member.role == Role.ADMINISTRATOR and member.is_active and not others.exists():
        raise LastAdministrator


def end_sessions(*, user_id: int, but: str = "") -> int:
    """End the user's sessions, all but the one with that key; return how many."""
    ended = UserSession.objects.filter(user_id=user_id).exclude(session_key=but).order_by("pk")
    count = 0
    for session in ended:
        session.end()
        count += 1
    return count


def note_seen(*, member: Membership, now: datetime) -> None:
    """Keep that the member was here at `now` (UTC), where that is news of five minutes or more."""
    stale = Q(last_seen_at=None) | Q(last_seen_at__lte=now - SEEN_EVERY)
    Membership.objects.filter(stale, pk=member.pk).update(last_seen_at=now)


def note_session(*, session_key: str, now: datetime) -> bool:
    """The same for a session; False when that session is not on the list."""
    return bool(UserSession.objects.filter(session_key=session_key).update(last_seen_at=now))
