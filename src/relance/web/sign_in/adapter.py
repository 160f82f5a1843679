"""How django-allauth behaves at this desk."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themself: a desk has an owner, who invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
