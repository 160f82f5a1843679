"""How colleagues are called in a sentence."""

from relance.accounts.models import Membership


def first_name(member: Membership) -> str:
    """The first word of their name; their mail address where they gave none."""
    return (member.user.name.split() or [str(member.user)])[0]
