"""What each role may do: the one table, and the one question asked of it."""

from enum import StrEnum
from typing import Protocol


class Permission(StrEnum):
    SETTLE_TEAM = "settle_team"
    """Invite, change a role, end a membership."""
    NAME_FIRM = "name_firm"
    """Change the firm's name."""
    SETTLE_FIRM = "settle_firm"
    """The firm's quiet periods and firms off-limits."""
    OVERRIDE_COLLEAGUE = "override_colleague"
    """Write to somebody whom a colleague follows, with a reason."""
    HAND_OVER_FOR_OTHERS = "hand_over_for_others"
    """Hand a colleague's people to another colleague."""
    SEE_TRAIL = "see_trail"
    SEE_LOAD = "see_load"
    """How many people each colleague follows."""
    EXPORT = "export"


_RECRUITER: frozenset[Permission] = frozenset()
_MANAGER = _RECRUITER | {
    Permission.SETTLE_FIRM,
    Permission.OVERRIDE_COLLEAGUE,
    Permission.HAND_OVER_FOR_OTHERS,
    Permission.SEE_TRAIL,
    Permission.SEE_LOAD,
}
GRANTED: dict[str, frozenset[Permission]] = {
    "recruiter": _RECRUITER,
    "manager": _MANAGER,
    "administrator": frozenset(Permission),
}


class NotAllowed(Exception):
    """The member's role does not allow that."""


class HasRole(Protocol):
    """A member, as far as their role is concerned."""

    @property
    def role(self) -> str: ...


def may(member: HasRole, permission: Permission) -> bool:
    """Whether the member's role allows it; a role that is not known allows nothing."""
    return permission in GRANTED.get(member.role, frozenset())


def require(member: HasRole, permission: Permission) -> None:
    """Raises NotAllowed where the role does not allow it."""
    if not may(member, permission):
        raise NotAllowed(permission)
