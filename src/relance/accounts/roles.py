"""What each role may do: the one place that says so."""

from collections.abc import Mapping
from enum import StrEnum

from relance.accounts.models import Membership, Role


class Permission(StrEnum):
    """What not everybody may do. What every member may do has no name here."""

    SETTLE_TEAM = "settle_team"
    """Invite, change a role, end a membership."""
    SETTLE_FIRM = "settle_firm"
    """Name the firm, its quiet periods, the companies that are off limits."""
    OVERRIDE_COLLEAGUE = "override_colleague"
    HAND_OVER_FOR_OTHERS = "hand_over_for_others"
    SEE_LOAD = "see_load"
    SEE_TRAIL = "see_trail"
    EXPORT = "export"


_MANAGER = frozenset(Permission) - {Permission.SETTLE_TEAM}
GRANTED: Mapping[Role, frozenset[Permission]] = {
    Role.RECRUITER: frozenset(),
    Role.MANAGER: _MANAGER,
    Role.ADMINISTRATOR: frozenset(Permission),
}


class NotAllowed(Exception):
    """The member's role does not go that far; `permission` is what it lacks."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission)
        self.permission = permission


def may(member: Membership, permission: Permission) -> bool:
    """Whether an active member's role grants it."""
    return member.is_active and permission in GRANTED[Role(member.role)]


def require(member: Membership, permission: Permission) -> None:
    """Go on only where the role grants it. Raises NotAllowed."""
    if not may(member, permission):
        raise NotAllowed(permission)
