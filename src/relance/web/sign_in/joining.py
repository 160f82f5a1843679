"""The link of an invitation: opening it changes nothing, the form makes a member."""

from typing import Any, cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from relance.accounts.invitations import InvitationRefused, accept_by_link, read_invitation
from relance.accounts.models import Invitation, User
from relance.web.desk import DeskRequest
from relance.web.settings.forms import ROLE_NAMES
from relance.web.sign_in.limits import limited
from relance.web.sign_in.views import unkept


class JoinForm(forms.Form):
    """A name and a password of one's own."""

    nom = forms.CharField(label=_("Your name"), max_length=120)
    mot_de_passe = forms.CharField(label=_("Password"), max_length=256, strip=False)

    def __init__(self, data: QueryDict | None = None, *, invitation: Invitation) -> None:
        super().__init__(data, auto_id="rejoindre-%s", initial={"nom": invitation.name})
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        user = User(email=self.invitation.email, name=typed.get("nom", ""))
        if typed.get("mot_de_passe"):
            try:
                validate_password(typed["mot_de_passe"], user)
            except forms.ValidationError as error:
                self.add_error("mot_de_passe", error)
        return typed


@login_not_required
@sensitive_post_parameters("mot_de_passe")
@require_http_methods(["GET", "POST"])
@limited
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Say who invites to which firm, then make whoever has the link a member and let them in."""
    now = cast(DeskRequest, request).now
    try:
        invitation = read_invitation(secret=secret, now=now)
        form = JoinForm(request.POST if request.method == "POST" else None, invitation=invitation)
        if request.method != "POST" or not form.is_valid():
            return _page(request, invitation, form)
        user = accept_by_link(
            secret=secret,
            name=form.cleaned_data["nom"],
            password=form.cleaned_data["mot_de_passe"],
            language=(get_language() or "fr")[:2],
            now=now,
        )
    except InvitationRefused:
        return unkept(render(request, "sign_in/no_invitation.html", status=410))
    record_authentication(request, user, method="invitation")
    return unkept(cast(HttpResponse, perform_login(request, Login(user=user))))


def _page(request: HttpRequest, invitation: Invitation, form: JoinForm) -> HttpResponse:
    context = {
        "invitation": invitation,
        "form": form,
        "role": ROLE_NAMES[invitation.role],
        "providers": settings.OIDC_PROVIDERS,
    }
    return unkept(render(request, "sign_in/join.html", context, status=422 if form.is_bound else 200))
