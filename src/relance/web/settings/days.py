"""Working days, days off and the firm's quiet periods; handing people over for an absence."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from relance.accounts.absences import (
    Span,
    absences,
    access_absence,
    add_absence,
    change_working_days,
    remove_absence,
    spans,
)
from relance.accounts.models import Absence, Membership
from relance.accounts.queries import access_member, colleagues
from relance.accounts.roles import Permission, may
from relance.cadence.calendar import SATURDAY, Calendar
from relance.method.outreach.handing_over import NobodyElses, SayItFirst, hand_over
from relance.method.outreach.load import slipping
from relance.method.outreach.models import WhyHandedOver
from relance.web.allowed import refused
from relance.web.desk import DeskRequest, zone_of
from relance.web.phrases.ages import short_day
from relance.web.settings.days_forms import AbsenceForm, DaysForm
from relance.web.settings.frame import section

HOLIDAYS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Period:
    """One span of days as the list shows it; `mine` are days off of one's own."""

    span: Span
    when: str
    mine: bool
    past: bool
    removable: bool
    slips: int


@require_http_methods(["GET", "HEAD", "POST"])
def days(request: DeskRequest) -> HttpResponse:
    """Show the rhythm of the week and the days on which nobody is followed up; change the week."""
    form = DaysForm(
        request.POST if request.method == "POST" else None,
        initial={"jours": list(request.member.working_days)},
    )
    if request.method != "POST":
        return _page(request, form=form)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    weekend = "".join(day for day in request.member.working_days if day in "67")
    change_working_days(member=request.member, working_days="".join(form.cleaned_data["jours"]) + weekend)
    messages.success(request, _("Kept."))
    return redirect("days")


@require_POST
def add(request: DeskRequest) -> HttpResponse:
    """Enter days off, or a quiet period where the role allows."""
    firm = may(request.member, Permission.SETTLE_FIRM)
    form = AbsenceForm(request.POST, firm=firm, today=_today(request))
    if not form.is_valid():
        return _page(request, adding=form, status=422)
    typed = form.cleaned_data
    add_absence(
        member=request.member,
        firm=form.for_firm,
        name=typed["nom"],
        starts_on=typed["debut"],
        ends_on=typed["fin"],
        every_year=bool(typed.get("chaque_annee")),
    )
    messages.success(request, _("Kept."))
    return redirect("days")


@require_POST
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    """Take days off, or a quiet period where the role allows, out again."""
    absence = _absence(request, pk)
    if absence.member_id is None and not may(request.member, Permission.SETTLE_FIRM):
        return refused(request)
    remove_absence(absence=absence)
    messages.success(request, _("Taken out."))
    return redirect("days")


@require_POST
def cover(request: DeskRequest, pk: int) -> HttpResponse:
    """Hand over, for one's own days off, whoever would wait for a gesture meanwhile."""
    absence = _absence(request, pk)
    typed = request.POST.get("a", "")
    if absence.member_id != request.member.pk:
        raise Http404
    try:
        taker = access_member(request.member, int(typed) if typed.isascii() and typed.isdigit() else 0)
    except (Membership.DoesNotExist, OverflowError) as error:
        raise Http404 from error
    try:
        passed = hand_over(
            candidates=slipping(request.member, before=_end(request, absence.ends_on)),
            giver=request.member,
            taker=taker,
            member=request.member,
            why=WhyHandedOver.COVER,
            now=request.now,
        )
    except SayItFirst as error:
        says = _("First say whether your message to %(name)s was sent.") % {
            "name": error.permit.candidate.name
        }
        messages.warning(request, says)
        return redirect("today_person", pk=error.permit.outreach_id)
    except NobodyElses as error:
        raise Http404 from error
    count = len(passed)
    says = ngettext(
        "%(count)s person is with %(name)s; on your return you take them back in one click.",
        "%(count)s people are with %(name)s; on your return you take them back in one click.",
        count,
    ) % {"count": count, "name": taker.user}
    messages.success(request, says)
    return redirect("days")


def _absence(request: DeskRequest, pk: int) -> Absence:
    try:
        return access_absence(request.member, pk)
    except Absence.DoesNotExist as error:
        raise Http404 from error


def _today(request: DeskRequest) -> date:
    return request.now.astimezone(zone_of(request.member)).date()


def _end(request: DeskRequest, on: date) -> datetime:
    return datetime.combine(on + timedelta(days=1), time(), zone_of(request.member))


def _page(
    request: DeskRequest,
    *,
    form: DaysForm | None = None,
    adding: AbsenceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    member, today = request.member, _today(request)
    firm = may(member, Permission.SETTLE_FIRM)
    context: dict[str, Any] = {
        "form": form or DaysForm(initial={"jours": list(member.working_days)}),
        "adding": adding or AbsenceForm(firm=firm, today=today),
        "firm": firm,
        "periods": [_period(request, span, today) for span in spans_to_show(member, today)],
        "holidays": _holidays(member, today),
        "colleagues": [one for one in colleagues(member) if one.pk != member.pk],
    }
    return section(request, "days", "settings/days.html", context, status=status)


def spans_to_show(member: Membership, today: date) -> list[Span]:
    """What is to come, the next return of what comes back every year, and what ended of late."""
    found: list[Span] = []
    seen: set[int] = set()
    for span in spans(absences(member), today):
        if span.last_on >= today and span.absence.pk not in seen:
            seen.add(span.absence.pk)
            found.append(span)
    past = [
        span
        for span in spans(absences(member), today)
        if today - timedelta(days=60) <= span.last_on < today and not span.absence.every_year
    ]
    return [*past, *found]


def _period(request: DeskRequest, span: Span, today: date) -> Period:
    mine = span.absence.member_id == request.member.pk
    coming = mine and today <= span.last_on
    return Period(
        span=span,
        when=_when(span, today),
        mine=mine,
        past=span.last_on < today,
        removable=mine or may(request.member, Permission.SETTLE_FIRM),
        slips=len(slipping(request.member, before=_end(request, span.last_on))) if coming else 0,
    )


def _when(span: Span, today: date) -> str:
    first, last = short_day(span.first_on, today), short_day(span.last_on, today)
    return (
        first
        if span.first_on == span.last_on
        else _("%(first)s to %(last)s") % {"first": first, "last": last}
    )


def typographic(name: str) -> str:
    return name.replace("'", "’")


def _holidays(member: Membership, today: date) -> list[str]:
    calendar = Calendar.of(member.organisation.timezone, member.organisation.region)
    language = "fr" if (get_language() or "fr").startswith("fr") else "en_US"
    coming = [
        one for year in (today.year, today.year + 1) for one in calendar.public_holidays(year, language)
    ]
    weekdays = [(on, name) for on, name in coming if on >= today and on.weekday() < SATURDAY]
    return [f"{short_day(on, today)} ({typographic(name)})" for on, name in weekdays][:HOLIDAYS_SHOWN]
