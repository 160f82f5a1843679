"""The one-time link: opening it changes nothing (mail scanners open links), the button lets in."""

from typing import cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from relance.accounts.actions import LinkRefused, redeem_link
from relance.web.desk import DeskRequest
from relance.web.sign_in.limits import limited


@login_not_required
@require_http_methods(["GET", "POST"])
@limited
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for the gesture, then let the link's user in, once."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect("today")
    if request.method == "GET":
        return unkept(render(request, "sign_in/enter.html"))
    try:
        user = redeem_link(secret=secret, now=cast(DeskRequest, request).now)
    except LinkRefused:
        return unkept(render(request, "sign_in/refused.html", status=410))
    record_authentication(request, user, method="link")
    return cast(HttpResponse, perform_login(request, Login(user=user)))


def unkept(response: HttpResponse) -> HttpResponse:
    """The secret stands in the address: no copy in a cache (and no referrer leaves this site at all)."""
    response.headers["Cache-Control"] = "no-store"
    return response
