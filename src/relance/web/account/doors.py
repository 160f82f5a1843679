"""The ways in that a member has set up."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Count

from relance.accounts.models import Membership


@dataclass(frozen=True, slots=True)
class Doors:
    has_password: bool
    passkeys: int
    has_app: bool


def doors_of(member: Membership) -> Doors:
    """What this member comes in with."""
    kept = Authenticator.objects.filter(user=member.user_id).order_by("type").values("type")
    counts = {row["type"]: row["count"] for row in kept.annotate(count=Count("pk"))}
    return Doors(
        has_password=member.user.has_usable_password(),
        passkeys=counts.get(Authenticator.Type.WEBAUTHN, 0),
        has_app=Authenticator.Type.TOTP in counts,
    )
