"""The queue, one person of it, and the composer while it is being written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from relance.web.desk import DeskRequest
from relance.web.today.forms import typed_in
from relance.web.today.page import page
from relance.web.today.posting import posted


@require_GET
def today(request: DeskRequest) -> HttpResponse:
    """The day: the list, and the first person of it."""
    return page(request, None)


@require_GET
def person(request: DeskRequest, pk: int) -> HttpResponse:
    """The day, open at one person."""
    return page(request, pk)


@posted("today_person")
def compose_text(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the composer again for another channel or template, or with its checks made anew."""
    return page(request, pk, typed=typed_in(request.POST))


@require_GET
def keys(request: DeskRequest) -> HttpResponse:
    """The keyboard, and how to switch its letters off."""
    return render(request, "today/keys.html", {"here": "keys"})
