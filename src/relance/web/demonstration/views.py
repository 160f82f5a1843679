"""The two gestures of the demonstration."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relance.imports.demonstration.actions import open_demonstration, remove_demonstration
from relance.web.desk import DeskRequest


@require_POST
def open_it(request: DeskRequest) -> HttpResponse:
    """Enter the invented people, unless they are there, and show the day."""
    if open_demonstration(member=request.member, now=request.now):
        messages.success(request, _("The demonstration is open: nobody in it exists."))
    return redirect("today")


@require_POST
def remove_it(request: DeskRequest) -> HttpResponse:
    """Delete the invented people with all that hangs on them."""
    if remove_demonstration(member=request.member):
        messages.success(request, _("The demonstration is removed, nothing of it is left."))
    return redirect("today")
