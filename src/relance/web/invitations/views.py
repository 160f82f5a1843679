"""The round as a page."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from relance.web.desk import DeskRequest
from relance.web.invitations.page import page


@require_safe
def invitations(request: DeskRequest) -> HttpResponse:
    """Today's round."""
    return page(request)
