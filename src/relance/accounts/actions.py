"""Making a desk, its owner and their sign-in links; the settings of a member."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from relance.accounts.absences import plant_quiet_period
from relance.accounts.models import Invitation, Membership, Organisation, Role, SignInLink, User
from relance.accounts.roles import Permission, require


class MailTaken(Exception):
    """Another account has that mail address."""


class LinkRefused(Exception):
    """The sign-in link is unknown, used or expired: all three are the same to who holds it."""


@transaction.atomic
def found_desk(*, name: str = "", language: str = "fr") -> Membership:
    """Make the organisation of a first start, with its owner, who has no mail address or password yet."""
    organisation = Organisation.objects.create(name=name)
    plant_quiet_period(organisation=organisation)
    user = User.objects.create_user(None)
    user.language = language
    user.save(update_fields=["language"])
    return Membership.objects.create(organisation=organisation, user=user, role=Role.ADMINISTRATOR)


def issue_link(*, user: User, now: datetime) -> str:
    """Return the secret of a new one-time link, which ends the user's earlier ones (UTC, 15 minutes)."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        SignInLink.objects.filter(user=user).delete()
        SignInLink.objects.create(
            user=user,
            digest=digest_of(secret),
            expires_at=now + timedelta(minutes=settings.SIGN_IN_LINK_MINUTES),
        )
    return secret


def redeem_link(*, secret: str, now: datetime) -> User:
    """Use a link up and return who it lets in. Raises LinkRefused.

    The digest is compared in constant time, and the row is claimed by a conditional update, so that
    of two browsers that open the same link only one gets in.
    """
    digest = digest_of(secret)
    link = SignInLink.objects.select_related("user").filter(digest=digest).order_by("pk").first()
    if link is None or not hmac.compare_digest(link.digest, digest) or not link.user.is_active:
        raise LinkRefused
    claimed = SignInLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now).update(used_at=now)
    if not claimed:
        raise LinkRefused
    return link.user


def digest_of(secret: str) -> str:
    """What is kept of the secret of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def change_account(*, member: Membership, name: str, email: str, signature: str, language: str) -> None:
    """Change what the member says of themself. Raises MailTaken.

    An address that their firm has invited is taken too: whoever was invited comes in with it.
    """
    taken = User.objects.filter(email__iexact=email).exclude(pk=member.user_id)
    invited = Invitation.objects.filter(
        organisation_id=member.organisation_id, email=email.lower(), accepted_at=None, revoked_at=None
    )
    if email and (taken.exists() or invited.exists()):
        raise MailTaken
    user = member.user
    user.name, user.email, user.language = name, email or None, language
    try:
        with transaction.atomic():
            user.save(update_fields=["name", "email", "language"])
    except IntegrityError as error:  # another process was quicker
        raise MailTaken from error
    member.signature = signature
    member.save(update_fields=["signature"])


def hold_firm(organisation_id: int) -> Organisation:
    """Hold a firm's row until the transaction ends: what two must not do there at once waits here.

    Before any person of the firm is locked, never after. Rows that only refer to the firm do not wait.
    """
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def change_capacity(*, member: Membership, capacity: int, approaches_a_week: int | None = None) -> None:
    """Say how many follow-ups a day the member can do well (1 to 200), and how many people they mean to approach
    in a week, where they want that shown.
    """
    member.capacity, member.approaches_a_week = capacity, approaches_a_week
    member.save(update_fields=["capacity", "approaches_a_week"])


@transaction.atomic
def change_linkedin(*, member: Membership, is_premium: bool, invitations_a_week: int | None = None) -> None:
    """Say what the member's LinkedIn account is, and the firm's own figure of invitations a week (1 to 200).

    Raises NotAllowed where the figure is given by a member who may not settle what is the firm's.
    """
    member.has_linkedin_premium = is_premium
    member.save(update_fields=["has_linkedin_premium"])
    if invitations_a_week is not None:
        require(member, Permission.SETTLE_FIRM)
        member.organisation.invitations_a_week = invitations_a_week
        member.organisation.save(update_fields=["invitations_a_week"])


def name_firm(*, member: Membership, name: str) -> None:
    """Change the firm's name. Raises NotAllowed."""
    require(member, Permission.NAME_FIRM)
    member.organisation.name = name
    member.organisation.save(update_fields=["name"])
