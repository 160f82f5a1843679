"""How django-allauth behaves at this desk."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themself: a desk has an owner, who invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A passkey is another door, not a second lock on the first: the link and the password still let in.

    django-allauth asks for several types at once only to know whether a second step is wanted.
    """

    def is_mfa_enabled(self, user: Any, types: list[Any] | None = None) -> bool:
        if types is not None and len(types) > 1:
            types = [kind for kind in types if kind != Authenticator.Type.WEBAUTHN]
        return bool(super().is_mfa_enabled(user, types))
