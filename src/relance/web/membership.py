"""Every page belongs to a member; whoever is none gets the sign-in page."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from relance.accounts.queries import active_membership


class MembershipMiddleware(LoginRequiredMiddleware):
    """Put `now` and `member` on the request, and ask whoever is not signed in to do so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        request.now = timezone.now()  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            member = active_membership(user=request.user)
            if member is None:
                logout(request)
                return redirect("account_login")
            request.member = member  # type: ignore[attr-defined]
        asked: HttpResponseBase | None = super().process_view(request, view_func, view_args, view_kwargs)
        return asked
