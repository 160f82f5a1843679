"""What a call may come to besides an outcome: a number that is not theirs. And the channel that is tried first."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relance.cadence.words import Channel
from relance.method.candidates.actions import IdentityTaken
from relance.method.candidates.identities import BadIdentity, phone_in_one_form
from relance.method.candidates.queries import identities
from relance.method.delivery.links import reached_at
from relance.method.outreach import permits
from relance.method.outreach.models import Outreach, Permit
from relance.method.outreach.queries import access_outreach, access_permit
from relance.method.outreach.reaching import prefer_channel, wrong_number
from relance.web.desk import DeskRequest
from relance.web.today.page import page


@require_POST
def not_theirs(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a number away that is somebody else's, or put theirs in its place."""
    try:
        permit = access_permit(request.member, pk)
    except Permit.DoesNotExist as error:
        raise Http404 from error
    typed, instead = request.POST.get("numero", "").strip(), ""
    if "remplacer" in request.POST:
        try:
            instead = phone_in_one_form(typed[:40], permit.candidate.region)
        except BadIdentity:
            says = _("“%(part)s” is no phone number.") % {"part": typed[:40]}
            return page(request, permit.outreach_id, problem=says, status=422, window="faux")
    number = reached_at(Channel.CALL, identities(permit.candidate))
    try:
        wrong_number(permit=permit, number=number, instead=instead, member=request.member, now=request.now)
    except permits.PermitEnded:
        return redirect("today")
    except IdentityTaken as error:
        says = _("This number is that of %(name)s already.") % {"name": error.candidate.name}
        return page(request, permit.outreach_id, problem=says, status=409, window="faux")
    says = _("The number is replaced: %(name)s can be called.") if instead else _("The number is gone: %(name)s was "
                                                                                  "not reached.")  # fmt: skip
    messages.success(request, says % {"name": permit.candidate.name})
    return redirect("today_person", pk=permit.outreach_id)


@require_POST
def try_first(request: DeskRequest, pk: int) -> HttpResponse:
    """Try another channel first from now on."""
    try:
        outreach = access_outreach(request.member, pk)
    except Outreach.DoesNotExist as error:
        raise Http404 from error
    typed = request.POST.get("par", "")
    if typed not in set(Channel):
        raise Http404
    prefer_channel(
        candidate=outreach.candidate, channel=Channel(typed), member=request.member, now=request.now
    )
    return redirect("today_person", pk=pk)
