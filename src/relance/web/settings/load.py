"""Who follows how many, what slips, who stands in for whom: by name, never a ranking."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from relance.accounts.absences import availability
from relance.accounts.models import Membership
from relance.accounts.queries import access_member, colleagues
from relance.accounts.roles import Permission
from relance.method.outreach.handing_over import NobodyElses, SayItFirst, hand_over
from relance.method.outreach.load import Load, loads, slipping
from relance.method.outreach.models import WhyHandedOver
from relance.web.allowed import allowed
from relance.web.desk import DeskRequest, zone_of
from relance.web.phrases.ages import short_day
from relance.web.phrases.reasons import Setting
from relance.web.settings.frame import section
from relance.web.today.page import setting_of


@dataclass(frozen=True, slots=True)
class Line:
    """One member in words."""

    load: Load
    presence: str
    covered: str
    relieves: str


@allowed(Permission.SEE_LOAD)
@require_safe
def load(request: DeskRequest) -> HttpResponse:
    """How each member stands today, by name."""
    setting = setting_of(request)
    lines = [_line(one, setting) for one in loads(request.member, on=setting.today)]
    context = {"lines": lines, "colleagues": colleagues(request.member)}
    return section(request, "load", "settings/load.html", context)


@allowed(Permission.HAND_OVER_FOR_OTHERS)
@require_POST
def relieve(request: DeskRequest, pk: int) -> HttpResponse:
    """Hand what a member could not do over to another; for one who is away, what falls due until they return."""
    giver, taker = _member(request, pk), _member(request, request.POST.get("a", ""))
    stands = availability(giver, setting_of(request).today)
    back = _midnight(stands.back_on, request) if stands.off and stands.back_on else None
    why = WhyHandedOver.COVER if stands.off else WhyHandedOver.GIVEN
    try:
        passed = hand_over(
            candidates=slipping(giver, before=back),
            giver=giver,
            taker=taker,
            member=request.member,
            why=why,
            now=request.now,
        )
    except SayItFirst as error:  # a manager relieves themself
        says = _("First say whether your message to %(name)s was sent.")
        messages.warning(request, says % {"name": error.permit.candidate.name})
        return redirect("today_person", pk=error.permit.outreach_id)
    except NobodyElses:
        messages.info(request, _("Choose somebody else to hand them to."))
        return redirect("load")
    says = ngettext(
        "%(count)s person went from %(giver)s to %(taker)s.",
        "%(count)s people went from %(giver)s to %(taker)s.",
        len(passed),
    )
    messages.success(request, says % {"count": len(passed), "giver": giver.user, "taker": taker.user})
    return redirect("load")


def _midnight(day: date, request: DeskRequest) -> datetime:
    return datetime.combine(day, time(), zone_of(request.member))


def _member(request: DeskRequest, pk: int | str) -> Membership:
    text = str(pk)
    try:
        return access_member(request.member, int(text) if text.isascii() and text.isdigit() else 0)
    except (Membership.DoesNotExist, OverflowError) as error:
        raise Http404 from error


def _line(one: Load, setting: Setting) -> Line:
    stands = one.availability
    presence = ""
    if stands.off:
        presence = (
            _("away, back %(day)s") % {"day": short_day(stands.back_on, setting.today)}
            if stands.back_on
            else _("away")
        )
    covered = ", ".join(f"{taker.user} ({count})" for taker, count in one.covered_by)
    relieves = _("Hand over what falls due meanwhile") if stands.off and one.due else ""
    return Line(one, presence, covered, relieves or (_("Hand over what is late") if one.late else ""))
