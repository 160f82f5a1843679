"""How django-allauth behaves at this desk."""

import base64
import secrets
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from relance.accounts import vault
from relance.accounts.queries import active_membership

NOWHERE = "0.0.0.0"  # noqa: S104 - stands for an address that is not kept, nothing listens on it


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themself: a desk has an owner, who invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_client_ip(self, request: HttpRequest) -> str:
        return get_client_ip(request) or NOWHERE

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.mfa.stages.AuthenticateStage": "relance.web.sign_in.stage.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        if active_membership(user=user) is None:
            messages.error(request, _("This account no longer opens a desk here."))
            return redirect("account_login")
        return cast(HttpResponse | None, super().pre_login(request, user, **kwargs))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = cast(HttpResponse, super().post_login(request, user, **kwargs))
        leave_address_out(request.session.session_key or "")
        return response


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The code of an app is a second lock on the password; a passkey is another door, never a lock.

    django-allauth asks for several types at once only to know whether a second step is wanted.
    """

    def is_mfa_enabled(self, user: Any, types: list[Any] | None = None) -> bool:
        if types is not None and len(types) > 1:
            types = [kind for kind in types if kind != Authenticator.Type.WEBAUTHN]
        return bool(super().is_mfa_enabled(user, types))

    def encrypt(self, text: str) -> str:
        return vault.lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The seed of codes. One whose key is lost opens nothing: no code fits what is drawn by lot."""
        try:
            return vault.unlock(encrypted_text)
        except vault.Unreadable:
            return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def leave_address_out(session_key: str) -> None:
    """Sessions are told apart by device and date; from which network somebody came is nobody's business."""
    UserSession.objects.filter(session_key=session_key).exclude(ip=NOWHERE).update(ip=NOWHERE)
