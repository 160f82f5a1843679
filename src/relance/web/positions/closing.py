"""Closing a position, and opening it again."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from relance.method.outreach.closing import ClosedAlready, close_position, reopen_position
from relance.method.outreach.closing import leave_closed as leave_it_closed
from relance.method.outreach.models import WhyClosed
from relance.web.desk import DeskRequest
from relance.web.positions.forms import PauseForm
from relance.web.positions.page import page, position_asked
from relance.web.today.page import setting_of


@require_POST
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """Close the position: what was asked about stands above the button, nothing is sent."""
    position = position_asked(request, pk)
    why = request.POST.get("pourquoi", "")
    if why not in WhyClosed.values:
        return page(request, position, problem=_("Say why it closes."), status=422)
    pause = PauseForm(request.POST, tomorrow=setting_of(request).today + timedelta(days=1))
    if why == WhyClosed.PAUSED and not pause.is_valid():
        return page(request, position, pause=pause, why=why, status=422)
    try:
        ended = close_position(
            position=position,
            why=WhyClosed(why),
            paused_until=pause.cleaned_data["jusquau"] if why == WhyClosed.PAUSED else None,
            member=request.member,
            now=request.now,
        )
    except ClosedAlready:
        messages.info(request, _("It was closed already."))
        return redirect("position", pk=pk)
    count = len(ended)
    says = ngettext("Closed: %(count)s approach ended.", "Closed: %(count)s approaches ended.", count)
    messages.success(request, says % {"count": count})
    return redirect("position", pk=pk)


@require_POST
def leave_closed(request: DeskRequest, pk: int) -> HttpResponse:
    """The pause is over, and the position stays closed."""
    leave_it_closed(position=position_asked(request, pk))
    messages.success(request, _("It stays closed."))
    return redirect("position", pk=pk)


@require_POST
def reopen(request: DeskRequest, pk: int) -> HttpResponse:
    """Open the position again; what ended with it a moment ago goes on."""
    position = position_asked(request, pk)
    count = reopen_position(position=position, member=request.member, now=request.now)
    if count:
        says = ngettext(
            "Open again, and %(count)s approach goes on.",
            "Open again, and %(count)s approaches go on.",
            count,
        )
        messages.success(request, says % {"count": count})
    else:
        messages.success(request, _("Open again. What ended with it stays ended."))
    return redirect("position", pk=pk)
