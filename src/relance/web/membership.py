"""Every page belongs to a member; whoever is none gets the sign-in page."""

from collections.abc import Callable
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from relance.accounts.models import Membership
from relance.accounts.queries import active_membership
from relance.accounts.roles import NotAllowed
from relance.accounts.team import SEEN_EVERY, note_seen, note_session
from relance.web.allowed import refused
from relance.web.sign_in.adapter import leave_address_out


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
            member = active_membership(user=request.user, session_key=request.session.session_key)
            if member is None:
                logout(request)
                return redirect("account_login")
            request.member = member  # type: ignore[attr-defined]
            _note(request, member)
        asked: HttpResponseBase | None = super().process_view(request, view_func, view_args, view_kwargs)
        return asked

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return refused(request) if isinstance(exception, NotAllowed) else None


def _note(request: HttpRequest, member: Membership) -> None:
    """Write down that this member, in this session, was here: every five minutes, else nothing is asked."""
    now: datetime = request.now  # type: ignore[attr-defined]
    session_seen_at: datetime | None = getattr(member, "session_seen_at", None)
    if member.last_seen_at is None or member.last_seen_at <= now - SEEN_EVERY:
        note_seen(member=member, now=now)
        member.last_seen_at = now
    elif session_seen_at is not None and session_seen_at > now - SEEN_EVERY:
        return
    key = request.session.session_key
    if key and not note_session(session_key=key, now=now):  # it began before sessions were listed
        UserSession.objects.create_from_request(request)
        leave_address_out(key)
