"""Coming in through an OpenID Connect provider (docs/decisions/openid-connect.md)."""

from typing import Any, NoReturn, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from requests import RequestException

from relance.accounts.invitations import InvitationRefused, accept_by_mail
from relance.accounts.models import User
from relance.accounts.providers import Provider
from relance.accounts.queries import member_of
from relance.web.desk import DeskRequest
from relance.web.sign_in.limits import limited


@login_not_required
@limited
def leave_for(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to a provider; one that is down or answers nonsense gets the calm page too."""
    try:
        return cast(HttpResponse, openid_connect.login(request, provider_id))
    except (RequestException, KeyError) as error:
        provider = ProviderAdapter(request).get_provider(request, provider_id)
        return cast(HttpResponse, render_authentication_error(request, provider, exception=error))


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider says whose address it is; who may come in with it, the desk alone says."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> Any:
        """Those of the environment: none is kept in the database."""
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=one.code,
                name=one.label,
                client_id=one.client_id,
                secret=one.client_secret,
                settings={"server_url": one.server},
            )
            for one in settings.OIDC_PROVIDERS
            if provider in {None, one.code, "openid_connect"} and client_id in {None, one.client_id}
        ]

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: DeskRequest, sociallogin: Any) -> None:
        """Find the member by the address that the provider vouches for, or let the calm page answer."""
        claims, sociallogin.account.extra_data = sociallogin.account.extra_data, {}
        provider = next(one for one in settings.OIDC_PROVIDERS if one.code == sociallogin.account.provider)
        if sociallogin.account.pk:  # what the library copied in is not ours to keep
            sociallogin.account.save(update_fields=["extra_data"])
        email, name = vouched_for(claims, provider)
        if not email or sociallogin.state.get("process", "login") != "login":
            _refuse(request)
        try:
            user = member_of(email=email) or accept_by_mail(
                email=email, name=name, language=(get_language() or "fr")[:2], now=request.now
            )
        except InvitationRefused:
            user = None
        if user is None or not _same_person(user, provider.code, sociallogin.account.uid):
            _refuse(request)
        sociallogin.user = user
        sociallogin.account = SocialAccount.objects.get(provider=provider.code, uid=sociallogin.account.uid)


def vouched_for(claims: dict[str, Any], provider: Provider) -> tuple[str, str]:
    """The address that is surely theirs, in lower case, and their name; empty texts where none is sure.

    A provider that says nothing of `email_verified` is believed only where it is the firm's own.
    """
    told, signed = claims.get("userinfo") or {}, claims.get("id_token") or {}
    if told and signed and told.get("sub") != signed.get("sub"):
        return "", ""
    said = {**signed, **told}
    verified = said.get("email_verified")
    sure = verified in {True, "true"} if verified is not None else provider.vouches
    email = said.get("email")
    if not sure or not isinstance(email, str) or "@" not in email:
        return "", ""
    return email.strip().lower(), str(said.get("name") or "")[:120]


def _same_person(user: User, provider: str, uid: str) -> bool:
    """Whether that account at the provider is the one this member came with before, or the first.

    An address may be given to somebody else one day; the provider's own number for a person never is.
    """
    try:
        with transaction.atomic():
            link, _made = SocialAccount.objects.get_or_create(
                provider=provider, uid=uid, defaults={"user": user}
            )
    except IntegrityError:  # another process was quicker
        return False
    others = SocialAccount.objects.filter(provider=provider, user=user).exclude(pk=link.pk)
    return link.user_id == user.pk and not others.exists()


def _refuse(request: HttpRequest) -> NoReturn:
    response = render(request, "sign_in/not_expected.html", status=403)
    response.headers["Cache-Control"] = "no-store"
    raise ImmediateHttpResponse(response)
