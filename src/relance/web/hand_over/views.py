"""The page of a refusal, and of a request."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from relance.web.desk import DeskRequest
from relance.web.hand_over.page import page
from relance.web.person.page import person_asked


@require_safe
def hand_over(request: DeskRequest, pk: int) -> HttpResponse:
    """Why nobody else may write to the person now, and how that ends."""
    return page(request, person_asked(request, pk))
