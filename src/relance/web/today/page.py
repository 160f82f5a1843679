"""The double page put together: the queue on the left, one person on the right."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from relance.accounts.models import Membership
from relance.cadence.words import Channel
from relance.method.candidates.trail import saw
from relance.method.delivery.models import Mailbox, Outgoing
from relance.method.delivery.queries import leaving_of, sends_from
from relance.method.invitations.queries import what_comes_first
from relance.method.outreach.day import recent_purposes
from relance.method.outreach.models import Outreach, Permit
from relance.method.outreach.queries import (
    Queue,
    access_outreach,
    has_people,
    to_ask_about,
    todays_queue,
)
from relance.web.desk import DeskRequest, local_midnight, zone_of
from relance.web.phrases.ages import long_day
from relance.web.phrases.reasons import Setting
from relance.web.today.leaving import Leaves, leaves
from relance.web.today.pane import Pane, Typed, pane_of
from relance.web.today.rows import Row, groups, row_of
from relance.web.today.team import presence_of, team_of

MINUTES_A_FOLLOW_UP = 1.5
FILTERS = (Channel.LINKEDIN, Channel.EMAIL, Channel.SMS, Channel.CALL, Channel.INMAIL)


def setting_of(request: DeskRequest) -> Setting:
    """The instant and the zone that the page speaks of."""
    return Setting(request.now, zone_of(request.member))


def channel_asked(request: DeskRequest) -> Channel | None:
    asked = request.GET.get("canal", "")
    return Channel(asked) if asked in set(Channel) else None


def page(
    request: DeskRequest,
    pk: int | None,
    *,
    typed: Typed | None = None,
    problem: str = "",
    status: int = 200,
    window: str = "",
) -> HttpResponse:
    """Render the double page, open at outreach `pk` or at the first of the day.

    `problem` is said above the composer with what was typed kept; `window` names a part of the pane
    that is open (`reporter`, `repondu`, `arreter`).
    """
    member, setting = request.member, setting_of(request)
    channel = channel_asked(request)
    began = local_midnight(member, request.now)
    presence = presence_of(member, setting)
    queue = todays_queue(
        member, now=request.now, day_began_at=began, channel=channel, away=presence.stands.off
    )
    team = team_of(member, presence, setting, has_requests=queue.has_requests)
    taken = to_ask_about(member) if queue.has_asked else []
    leaving = leaving_of(member) if taken else []
    by_itself = {row.permit_id for row in leaving}
    asked = [permit for permit in taken if permit.pk not in by_itself]
    query = f"?{urlencode({'canal': channel})}" if channel else ""
    outreach = _opened(request, queue, asked, pk)
    if outreach is None and not queue.total and not has_people(member):
        return redirect("welcome")
    current = outreach.pk if outreach else None
    parts = groups(queue, asked, leaving, setting, query, current)
    below = [row_of(row, setting, query, current) for row in queue.below]
    pane = None
    if outreach is not None:
        saw(member=member, candidate=outreach.candidate, now=request.now)
        permit = next((permit for permit in taken if permit.outreach_id == outreach.pk), None)
        pane = pane_of(member, outreach, setting, permit=permit, typed=typed or Typed())
        pane = replace(pane, leaving=_leaving(leaving, permit, setting), mailbox=_mailbox(member, pane))
    order = [row for group in parts for row in group.rows] + below
    of_the_day = sum(len(group.rows) for group in parts if group.key not in {"asked", "leaving"})
    waiting = queue.counts.get(channel, 0) if channel else queue.total
    over = max(len(below), waiting - of_the_day)
    context: dict[str, Any] = {
        "here": "today",
        "setting": setting,
        "day": long_day(setting.today),
        "queue": queue,
        "team": team,
        "first": what_comes_first(member, now=request.now, on=setting.today),
        "groups": parts,
        "below": below,
        "over": over,
        "further": over - len(below),
        "ticks": _ticks(queue),
        "minutes": round(min(queue.left_today, queue.total) * MINUTES_A_FOLLOW_UP),
        "filters": _filters(queue, channel),
        "channel": channel,
        "query": query,
        "opened": pk is not None,
        "tomorrow": queue.tomorrow,
        "pane": pane,
        "problem": problem,
        "window": window or request.GET.get("ouvre", ""),
        "undo": request.session.get("undo"),
        "purposes": recent_purposes(member) if pane else [],
        **_place(order, current, further=over - len(below)),
    }
    template = (
        "today/today.html#desk"
        if request.htmx and not request.htmx.history_restore_request
        else ("today/today.html")
    )
    answer = render(request, template, context, status=status)
    if (
        request.htmx
        and request.method == "POST"
        and pk is not None
        and request.htmx.target != "verifications"
    ):
        # What is shown has an address that can be reloaded; that of the gesture cannot.
        answer["HX-Replace-Url"] = f"{reverse('today_person', args=[pk])}{query}"
    return answer


def _leaving(leaving: list[Outgoing], permit: Permit | None, setting: Setting) -> Leaves | None:
    outgoing = next((row for row in leaving if permit is not None and row.permit_id == permit.pk), None)
    return leaves(outgoing, setting) if outgoing else None


def _mailbox(member: Membership, pane: Pane) -> Mailbox | None:
    """From where the message in the composer would leave by itself."""
    by_mail = pane.composition is not None and pane.composition.channel == Channel.EMAIL
    return sends_from(member) if by_mail else None


def _opened(request: DeskRequest, queue: Queue, asked: list[Permit], pk: int | None) -> Outreach | None:
    """The outreach on the right page: the one of the address, else what is asked about, else the first."""
    if pk is not None:
        try:
            return access_outreach(request.member, pk)
        except Outreach.DoesNotExist as error:
            raise Http404 from error
    if asked:
        return asked[0].outreach
    return queue.above[0] if queue.above else None


def _place(order: list[Row], current: int | None, *, further: int) -> dict[str, Any]:
    """Where the opened person stands among the day's, and who comes before and after; `further` are not listed."""
    at = next((index for index, row in enumerate(order) if row.pk == current), None)
    if at is None:
        return {
            "place": None,
            "places": len(order) + further,
            "before": None,
            "after": order[0] if order else None,
        }
    return {
        "place": at + 1,
        "places": len(order) + further,
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at + 1 < len(order) else None,
    }


def _ticks(queue: Queue) -> list[dict[str, str]]:
    """One stroke a follow-up of the day: those done, those left."""
    count = max(queue.capacity, queue.done_today)
    width = 200 / max(count, 1)
    return [
        {
            "x": f"{index * width:.2f}",
            "width": f"{width * 0.76:.2f}",
            "state": ("over" if index >= queue.capacity else "on") if index < queue.done_today else "",
        }
        for index in range(count)
    ]


def _filters(queue: Queue, channel: Channel | None) -> list[dict[str, Any]]:
    names = {
        Channel.LINKEDIN: ("linkedin", _("LinkedIn")),
        Channel.EMAIL: ("mail", _("Mail")),
        Channel.SMS: ("sms", _("SMS")),
        Channel.CALL: ("phone", _("Call")),
        Channel.INMAIL: ("linkedin", _("InMail")),
    }
    return [
        {
            "query": f"?{urlencode({'canal': code})}",
            "icon": names[code][0],
            "name": names[code][1],
            "count": queue.counts[code],
            "on": code == channel,
        }
        for code in FILTERS
        if queue.counts.get(code)
    ]
