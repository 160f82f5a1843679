"""The angles of a position: written, rewritten, put away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relance.method.writing.angles import Full, access_angle, add_angle, change_angle, put_angle_away
from relance.method.writing.models import Angle
from relance.web.desk import DeskRequest
from relance.web.positions.forms import AngleForm
from relance.web.positions.page import page, position_asked


def _angle(request: DeskRequest, pk: int) -> Angle:
    try:
        return access_angle(request.member, pk)
    except Angle.DoesNotExist as error:
        raise Http404 from error


def _to_angles(position_pk: int) -> HttpResponse:
    return redirect(reverse("position", args=[position_pk]) + "#angles")


@require_POST
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """Write one more angle down."""
    position = position_asked(request, pk)
    form = AngleForm(request.POST)
    if not form.is_valid():
        return page(request, position, form=form, status=422)
    try:
        add_angle(
            position=position, name=form.cleaned_data["nom"], text=form.cleaned_data["texte"], now=request.now
        )
    except Full:
        return page(
            request, position, form=form, problem=_("Thirty angles are many: put one away first."), status=409
        )
    messages.success(request, _("Angle kept."))
    return _to_angles(pk)


@require_POST
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Say an angle in other words."""
    angle = _angle(request, pk)
    form = AngleForm(request.POST, prefix=f"angle-{pk}")
    if not form.is_valid():
        position = position_asked(request, angle.position_id)
        return page(request, position, form=form, at=pk, status=422)
    change_angle(angle=angle, name=form.cleaned_data["nom"], text=form.cleaned_data["texte"], now=request.now)
    messages.success(request, _("Angle kept."))
    return _to_angles(angle.position_id)


@require_POST
def put_away(request: DeskRequest, pk: int) -> HttpResponse:
    """Offer an angle no more."""
    angle = _angle(request, pk)
    put_angle_away(angle=angle, now=request.now)
    messages.success(request, _("It is offered no more; whoever was told it stays told."))
    return _to_angles(angle.position_id)
