"""The round put together: what is asked about, what was said, and the week's count beside it."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from relance.method.invitations.queries import Round, sent_each_day, todays_round
from relance.method.measure.acceptance import acceptance
from relance.web.desk import DeskRequest, local_midnight
from relance.web.invitations.rows import Row, row_of
from relance.web.phrases.ages import weekday
from relance.web.phrases.rates import shown
from relance.web.phrases.reasons import Setting
from relance.web.today.page import setting_of

SECONDS_A_TURN = 7
STROKES = 20
AGES = (timedelta(days=4), timedelta(days=8), timedelta(days=14))
WIDTH = 30


def page(request: DeskRequest) -> HttpResponse:
    """Render the round; the open turn is the first that nothing was said of, or the one of the address."""
    setting = setting_of(request)
    found = todays_round(request.member, now=request.now, on=setting.today)
    groups = _groups(found, setting)
    rows = [row for group in groups for row in group["rows"]]
    left = [row for row in rows if not row.said]
    asked = request.GET.get("a", "")
    at = next((index for index, row in enumerate(left) if str(row.pk) == asked), 0)
    current = left[at] if left else None
    for row, following in pairwise(left):
        row.following = following.pk
    waiting = found.ages + [request.now - turn.sent_at for turn in found.past if turn.look is None]
    context: dict[str, Any] = {
        "here": "today",
        "groups": groups,
        "current": current.pk if current else None,
        "before": left[at - 1].pk if at else None,
        "after": left[at + 1].pk if at + 1 < len(left) else None,
        "done": len(rows) - len(left),
        "left": len(left),
        "all": len(rows),
        "more": found.more,
        "pending": len(waiting),
        "minutes": max(1, round(len(left) * SECONDS_A_TURN / 60)),
        "undo_pk": _latest(rows),
        "ages": _ages(waiting),
        **_week(request, setting),
        **_accepted(request, setting),
    }
    return render(request, "invitations/invitations.html", context)


def _groups(found: Round, setting: Setting) -> list[dict[str, Any]]:
    told = [
        ("announced", _("Announced"), _("LinkedIn wrote so to you by mail: one key confirms it."), found.announced),
        ("plain", _("To look up"), _("Sent more than 48 h ago. Fresher ones are not shown."), found.to_look_up),
        ("soon", _("Soon 14 d"), _("Past 14 days an invitation is not followed up on LinkedIn: another channel if "
                                   "one is known, else it stops there."), found.soon),
        ("past", _("Past 14 d"), _("Accepted late, it counts all the same: the message is then yours to write."),
         found.past),
    ]  # fmt: skip
    return [
        {"key": key, "title": title, "says": says, "rows": [row_of(turn, setting) for turn in turns]}
        for key, title, says, turns in told
        if turns
    ]


def _latest(rows: list[Row]) -> int | None:
    """Which turn the key Z takes back: the last that something was said of."""
    said = [(row.said_at, row.pk) for row in rows if row.said_at is not None]
    return max(said)[1] if said else None


def _week(request: DeskRequest, setting: Setting) -> dict[str, Any]:
    """How many invitations went this week, against the firm's own figure."""
    began = local_midnight(request.member, request.now)
    monday = local_midnight(request.member, began - timedelta(days=setting.today.weekday()))
    days = sent_each_day(request.member, monday=monday, until=began + timedelta(days=1, hours=2))
    limit = request.member.organisation.invitations_a_week
    sent = sum(days.values())
    dates = [setting.today - timedelta(days=back) for back in range(setting.today.weekday(), -1, -1)]
    most = max([*days.values(), 1])
    filled = min(STROKES, -(-STROKES * sent // limit))
    return {
        "sent": sent,
        "limit": limit,
        "over": max(0, sent - limit),
        "room": max(0, limit - sent),
        "strokes": [{"x": f"{index * 10:.2f}", "on": index < filled} for index in range(STROKES)],
        "days": [
            {"name": weekday(day), "count": days[day], "width": f"{WIDTH * days[day] / most:.1f}",
             "now": day == setting.today}
            for day in dates
            if day.weekday() < 5 or days[day]
        ],
    }  # fmt: skip


def _accepted(request: DeskRequest, setting: Setting) -> dict[str, Any]:
    """How many were accepted of those that had the time to be."""
    found = acceptance(request.member, now=request.now)
    last = found.ends_at - timedelta(days=1)
    return {
        "acceptance": found.rate,
        "accepted": shown(found.rate),
        "cohort": {"first": setting.from_day(found.begins_at), "last": setting.until_day(last)},
    }


def _ages(waiting: list[timedelta]) -> list[dict[str, Any]]:
    """Those that wait, by age."""
    bounds = [timedelta(0), *AGES, timedelta.max]
    names = [_("0 to 3 d"), _("4 to 7 d"), _("8 to 13 d"), _("14 d and more")]
    counts = [sum(low <= age < high for age in waiting) for low, high in pairwise(bounds)]
    most = max([*counts, 1])
    return [
        {"name": name, "count": count, "width": f"{WIDTH * count / most:.1f}", "old": index == len(names) - 1}
        for index, (name, count) in enumerate(zip(names, counts, strict=True))
        if count or index < len(names) - 1
    ]
