"""What every page's frame needs."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from relance.imports.demonstration.queries import has_demonstration


def shell(request: HttpRequest) -> dict[str, Any]:
    """The signed-in member and the initials on the corner.

    Nothing asks the database but `demonstration`, and only where a template reads it.
    """
    member = getattr(request, "member", None)
    if member is None:
        return {"member": None}
    name = member.user.name or member.user.email or ""
    initials = "".join(word[0] for word in name.replace("@", " ").split()[:2]).upper()
    return {
        "member": member,
        "initials": initials or "·",
        "demonstration": partial(has_demonstration, member),
    }
