"""The list, searched and filtered."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from relance.web.desk import DeskRequest
from relance.web.people.page import page


@require_GET
def people(request: DeskRequest) -> HttpResponse:
    """One page of people."""
    return page(request)
