"""The gestures of the list: the star of one row, and star, postpone, stop on those that are ticked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from relance.cadence.words import Kind
from relance.method.outreach.actions import TooLateToUndo, undo
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach
from relance.method.outreach.several import access_outreaches, record_for_each, star_each
from relance.web.desk import DeskRequest
from relance.web.people.sieving import address, page_asked, sieve_of
from relance.web.today.forms import postponed_until
from relance.web.today.page import setting_of


def _back(request: DeskRequest) -> HttpResponse:
    """The list as it was searched, filtered and paged."""
    return redirect(reverse("people") + address(sieve_of(request.GET), page_asked(request.GET)))


def _picked(request: DeskRequest, name: str) -> list[Outreach]:
    pks = [int(pk) for pk in request.POST.getlist(name) if pk.isascii() and pk.isdigit() and len(pk) < 19]
    return access_outreaches(request.member, pks)


@require_POST
def star_one(request: DeskRequest) -> HttpResponse:
    """Give or take the star of one row."""
    rows = _picked(request, "une")
    if not rows:
        raise Http404
    changed = star_each(outreaches=rows[:1], stars={rows[0].pk: not rows[0].must_answer}, now=request.now)
    _keep_way_back(request, stars={row.pk: not row.must_answer for row in changed})
    return _back(request)


@require_POST
def on_the_picked(request: DeskRequest) -> HttpResponse:
    """Star, postpone or stop the people that are ticked."""
    picked = _picked(request, "qui")
    gesture = request.POST.get("geste", "")
    if not picked:
        messages.info(request, _("Nobody is ticked: nothing was done."))
        return _back(request)
    if gesture == "etoiler":
        return _star(request, picked)
    if gesture == "reporter":
        until = postponed_until(request.POST, setting_of(request))
        if until is None:
            messages.warning(request, _("Choose a day to come, within two years."))
            return _back(request)
        until_when = setting_of(request).until_day(until)
        return _record(request, picked, Entry(Kind.SNOOZED, at=request.now, until=until), until_when)
    if gesture == "arreter":
        return _record(request, picked, Entry(Kind.CLOSED, at=request.now), "")
    raise Http404


def _star(request: DeskRequest, picked: list[Outreach]) -> HttpResponse:
    changed = star_each(outreaches=picked, stars={row.pk: True for row in picked}, now=request.now)
    said = ngettext(
        "%(count)s person starred: an answer is wanted.",
        "%(count)s people starred: an answer is wanted.",
        len(changed),
    ) % {"count": len(changed)}
    _keep_way_back(request, stars={row.pk: False for row in changed})
    messages.success(request, said, extra_tags="undo" if changed else "")
    return _back(request)


def _record(request: DeskRequest, picked: list[Outreach], entry: Entry, until_when: str) -> HttpResponse:
    touched, events = record_for_each(outreaches=picked, entry=entry, member=request.member, now=request.now)
    count = {"count": len(touched), "until": until_when}
    if not touched:
        said = _("They were stopped or had answered already: nothing was done.")
    elif entry.kind is Kind.SNOOZED:
        said = (
            ngettext(
                "%(count)s person postponed %(until)s.",
                "%(count)s people postponed %(until)s.",
                len(touched),
            )
            % count
        )
    else:
        said = (
            ngettext(
                "%(count)s person stopped: no follow-up will leave.",
                "%(count)s people stopped: no follow-up will leave.",
                len(touched),
            )
            % count
        )
    _keep_way_back(request, events=[event.pk for event in events], outreach=touched[0].pk if touched else 0)
    messages.success(request, said, extra_tags="undo" if events else "")
    return _back(request)


def _keep_way_back(
    request: DeskRequest,
    *,
    stars: dict[int, bool] | None = None,
    events: list[int] | None = None,
    outreach: int = 0,
) -> None:
    way: dict[str, Any] = {"events": events or [], "outreach": outreach}
    if stars:
        way["stars"] = {str(pk): was for pk, was in stars.items()}
    request.session["undo"] = way


@require_POST
def take_back(request: DeskRequest) -> HttpResponse:
    """Undo the last gesture made here: stars as they were, facts retracted."""
    last = request.session.pop("undo", None)
    if not last:
        messages.info(request, _("There is nothing to undo."))
        return _back(request)
    try:
        if last.get("stars"):
            stars = {int(pk): bool(was) for pk, was in last["stars"].items()}
            star_each(outreaches=access_outreaches(request.member, stars), stars=stars, now=request.now)
        else:
            undo(member=request.member, event_pks=last["events"], now=request.now)
    except TooLateToUndo:
        messages.warning(request, _("Too late to undo: say it on the person's page instead."))
        return _back(request)
    messages.info(request, _("Undone."))
    return _back(request)
