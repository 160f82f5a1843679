"""The list as a page."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from relance.web.catching_up.page import page
from relance.web.desk import DeskRequest


@require_safe
def catching_up(request: DeskRequest) -> HttpResponse:
    """Every reason to catch up, and what is planned."""
    return page(request)
