"""How often somebody may try, counted in the cache that all processes share."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def limited(view: View[Rest]) -> View[Rest]:
    """Answer 429 to a machine that opens too many links, whether it looks or comes in."""

    @wraps(view)
    def counted(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        rates = {"link": settings.LINKS_OPENED}
        if not consume(request, app="relance", action="link", config=rates, limit_get=True):
            return too_often(request)
        return view(request, *args, **kwargs)

    return counted


def too_often(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "60"
    return response
