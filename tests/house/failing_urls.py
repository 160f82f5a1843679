"""A page that fails with somebody's data in its hands."""

from typing import NoReturn

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.urls import path


@login_not_required
def fails(request: HttpRequest, secret: str) -> NoReturn:
    try:
        raise KeyError(f"cause: {secret}")
    except KeyError as error:
        raise ValueError(f"value too long: {secret}") from error


handler500 = "relance.web.stumbling.stumbled"
urlpatterns = [path("entrer/<str:secret>/", fails, name="enter")]
