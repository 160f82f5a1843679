"""Inviting somebody by a link, and what that link does."""

import hmac
import secrets
from datetime import datetime, timedelta

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from relance.accounts.actions import digest_of
from relance.accounts.models import Invitation, Membership, User
from relance.accounts.queries import invitation_for
from relance.accounts.roles import Permission, require

LASTS = timedelta(days=7)


class InvitationRefused(Exception):
    """The invitation is unknown, used, expired or revoked, or the address has an account elsewhere."""


class AlreadyMember(Exception):
    """The address is that of an active member."""


class AlreadyInvited(Exception):
    """The address holds an invitation that still opens."""


@transaction.atomic
def invite(*, by: Membership, email: str, role: str, now: datetime, name: str = "") -> str:
    """Invite an address to the firm for seven days; return the secret of its link, which is kept nowhere.

    `now` in UTC. Raises NotAllowed, AlreadyMember and AlreadyInvited.
    """
    require(by, Permission.SETTLE_TEAM)
    email = email.strip().lower()
    here = Membership.objects.filter(organisation=by.organisation_id, user__email__iexact=email)
    if here.filter(is_active=True).exists():
        raise AlreadyMember
    Invitation.objects.filter(
        organisation=by.organisation_id, email=email, accepted_at=None, revoked_at=None, expires_at__lte=now
    ).update(revoked_at=now)
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            Invitation.objects.create(
                organisation_id=by.organisation_id,
                email=email,
                name=name,
                role=role,
                digest=digest_of(secret),
                invited_by=by,
                made_at=now,
                expires_at=now + LASTS,
            )
    except IntegrityError as error:  # one is open already, or another process was quicker
        raise AlreadyInvited from error
    return secret


def renew(*, invitation: Invitation, by: Membership, now: datetime) -> str:
    """Give an open invitation a new link and seven more days; the former link ends. Raises InvitationRefused."""
    require(by, Permission.SETTLE_TEAM)
    secret = secrets.token_urlsafe(32)
    renewed = _open(invitation).update(digest=digest_of(secret), expires_at=now + LASTS, invited_by=by)
    if not renewed:
        raise InvitationRefused
    return secret


def revoke(*, invitation: Invitation, by: Membership, now: datetime) -> None:
    """Take an invitation back. One that was accepted meanwhile stays so."""
    require(by, Permission.SETTLE_TEAM)
    _open(invitation).update(revoked_at=now)


def read_invitation(*, secret: str, now: datetime) -> Invitation:
    """The invitation that a link opens at `now` (UTC). Raises InvitationRefused.

    The digest is compared in constant time.
    """
    digest = digest_of(secret)
    found = (
        Invitation.objects.select_related("organisation", "invited_by__user")
        .filter(digest=digest, accepted_at=None, revoked_at=None, expires_at__gt=now)
        .order_by("pk")
        .first()
    )
    if found is None or not hmac.compare_digest(found.digest, digest) or _elsewhere(found).exists():
        raise InvitationRefused
    return found


@transaction.atomic
def accept_by_link(*, secret: str, name: str, password: str, language: str, now: datetime) -> User:
    """Make whoever holds the link a member, or a member again, with that password. Raises InvitationRefused."""
    invitation = read_invitation(secret=secret, now=now)
    user = _admit(invitation, name=name, language=language, now=now)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


@transaction.atomic
def accept_by_mail(*, email: str, name: str, language: str, now: datetime) -> User | None:
    """Make a member of whom a provider says that the address is theirs, if that address was invited."""
    invitation = invitation_for(email=email, now=now)
    if invitation is None or _elsewhere(invitation).exists():
        return None
    return _admit(invitation, name=name, language=language, now=now)


def _admit(invitation: Invitation, *, name: str, language: str, now: datetime) -> User:
    """Claimed by a conditional update: of two browsers with the same link only one becomes a member."""
    claimed = _open(invitation).filter(expires_at__gt=now, digest=invitation.digest).update(accepted_at=now)
    if not claimed:
        raise InvitationRefused
    user = User.objects.filter(email__iexact=invitation.email).order_by("pk").first()
    try:
        with transaction.atomic():
            user = user or User.objects.create_user(invitation.email)
            user.name, user.language = name or user.name, language
            user.save(update_fields=["name", "language"])
            member, _made = Membership.objects.get_or_create(
                organisation_id=invitation.organisation_id, user=user
            )
    except IntegrityError as error:  # another process was quicker
        raise InvitationRefused from error
    # Who left and comes back may have another account at the provider by now.
    SocialAccount.objects.filter(user=user).delete()
    member.role, member.is_active, member.ended_at = invitation.role, True, None
    member.save(update_fields=["role", "is_active", "ended_at"])
    return user


def _elsewhere(invitation: Invitation) -> QuerySet[Membership]:
    """The account of that address, where it works here already or belongs to another desk too.

    Whoever made the invitation holds its link: it must not open what is not this firm's.
    """
    theirs = Membership.objects.filter(user__email__iexact=invitation.email)
    return theirs.filter(~Q(organisation=invitation.organisation_id) | Q(is_active=True))


def _open(invitation: Invitation) -> QuerySet[Invitation]:
    return Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
