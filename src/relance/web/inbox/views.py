"""The list, one mail of it, one message that may or may not have left."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from relance.web.desk import DeskRequest
from relance.web.inbox.page import page


@require_safe
def inbox(request: DeskRequest) -> HttpResponse:
    """What waits, open at the first of it."""
    return page(request)


@require_safe
def received(request: DeskRequest, pk: int) -> HttpResponse:
    """The inbox, open at one mail."""
    return page(request, received_pk=pk)


@require_safe
def unsure(request: DeskRequest, pk: int) -> HttpResponse:
    """The inbox, open at a message to check."""
    return page(request, outgoing_pk=pk)
