"""Sending from the member's mailbox, and taking back what has not left."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relance.cadence.words import Action
from relance.method.delivery.models import Outgoing
from relance.method.delivery.outbox import NoAddress, TooLate, access_outgoing, cancel, queue
from relance.method.delivery.queries import sends_from
from relance.method.outreach import permits
from relance.method.outreach.models import Permit
from relance.web.desk import DeskRequest
from relance.web.today.leaving import when
from relance.web.today.page import setting_of


def send(request: DeskRequest, permit: Permit) -> Outgoing | None:
    """Put a message that was granted on its way; None where there is no mailbox, or no address: it is sent by hand."""
    mailbox = sends_from(request.member)
    if mailbox is None:
        return None
    answers = permit.outreach.action == Action.ANSWER
    try:
        return queue(permit=permit, mailbox=mailbox, now=request.now, at_once=answers)
    except NoAddress:
        permits.release(permit=permit, now=request.now)
        raise


def told(outgoing: Outgoing, request: DeskRequest) -> str:
    """What is said of a message that was put on its way."""
    return when(outgoing, setting_of(request))


@require_POST
def recall(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a message back before it leaves."""
    try:
        outgoing = access_outgoing(request.member, pk)
    except Outgoing.DoesNotExist as error:
        raise Http404 from error
    try:
        cancel(outgoing=outgoing, now=request.now)
    except TooLate:
        messages.warning(request, _("Too late: it is leaving, or has left."))
    else:
        messages.success(
            request, _("Taken back: nothing was sent to %(name)s.") % {"name": outgoing.candidate.name}
        )
    return redirect("today_person", pk=outgoing.outreach_id)
