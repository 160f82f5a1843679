"""Views that need more than being a member."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from relance.accounts.roles import Permission, may
from relance.web.desk import DeskRequest

Rest = ParamSpec("Rest")
View = Callable[Concatenate[DeskRequest, Rest], HttpResponseBase]


def allowed(permission: Permission) -> Callable[[View[Rest]], View[Rest]]:
    """Let in whose role has that permission; anybody else sees the page of what was refused.

    The permission stands on the view, so that the tests hold every address against every role.
    """

    def decorate(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def checked(request: DeskRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if not may(request.member, permission):
                return refused(request)
            return view(request, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate


def refused(request: HttpRequest) -> HttpResponse:
    """The calm page of what is not this member's to do."""
    return render(request, "403.html", status=403)
