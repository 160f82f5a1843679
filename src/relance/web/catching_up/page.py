"""The list put together: what may be taken up, what waits, what is planned, what was settled today."""

from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from relance.accounts.models import Membership
from relance.cadence.words import Occasion
from relance.mail.incoming import LinkedIn
from relance.method.answers.models import Received
from relance.method.answers.queries import occasions_told
from relance.method.answers.triage import OCCASIONS
from relance.method.catching_up.models import Reason
from relance.method.catching_up.queries import Found, Reasons, reasons_of
from relance.web.catching_up.rows import Row, planned_row, row_of, settled_row
from relance.web.desk import DeskRequest, local_midnight
from relance.web.phrases.reasons import Setting
from relance.web.today.page import setting_of


def page(request: DeskRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Render the list; the open row is the first that may be taken up, or the one of the address."""
    setting = setting_of(request)
    told = occasions_told(request.member)
    found = reasons_of(
        request.member,
        now=request.now,
        on=setting.today,
        day_began_at=local_midnight(request.member, request.now),
        told=[_as_reason(received, request.member) for received in told],
    )
    mails = {
        (received.candidate_id, str(OCCASIONS[LinkedIn(received.linkedin)])): received.pk for received in told
    }
    groups = _groups(found, mails, setting)
    rows = [row for group in groups for row in group["rows"] if not row.done]
    asked = request.GET.get("a", "")
    at = next((index for index, row in enumerate(rows) if row.key == asked), 0)
    current = rows[at] if rows else None
    for row, following in pairwise(rows):
        row.following = following.key
    context: dict[str, Any] = {
        "here": "people",
        "groups": groups,
        "current": current.key if current else "",
        "before": rows[at - 1].key if at else "",
        "after": rows[at + 1].key if at + 1 < len(rows) else "",
        "ready": sum(one.wait is None for one in found.found),
        "waiting": sum(one.wait is not None for one in found.found),
        "planned": len(found.planned),
        "more": found.more,
        "undo_key": _latest(found),
        "problem": problem,
    }
    return render(request, "catching_up/catching_up.html", context, status=status)


def _as_reason(received: Received, member: Membership) -> Reason:
    """What a notice of LinkedIn tells, as the reason that it becomes once taken up."""
    zone = ZoneInfo(received.candidate.timezone)
    return Reason(
        organisation_id=received.organisation_id,
        candidate=received.candidate,
        member=member,
        what=OCCASIONS[LinkedIn(received.linkedin)],
        on=received.sent_at.astimezone(zone).date(),
        line=received.subject,
        found_at=received.sent_at,
    )


def _groups(found: Reasons, mails: dict[tuple[int, str], int], setting: Setting) -> list[dict[str, Any]]:
    def of(*occasions: Occasion) -> list[Row]:
        ready = (one for one in found.found if one.wait is None and one.reason.what in occasions)
        return [row_of(one, mails, setting) for one in ready]

    waits: list[Found] = [one for one in found.found if one.wait is not None]
    told = [
        (_("To confirm"), _("They moved, say two imports or LinkedIn's mail: look, then one kind word."),
         of(Occasion.JOB_CHANGE)),
        (_("Anniversary"), _("One more year in their position, says LinkedIn or the date on their page."),
         of(Occasion.WORK_ANNIVERSARY)),
        (_("Published"), _("A post you noted on their page."), of(Occasion.POST_PUBLISHED)),
        (_("Silence"), _("90 days without a word after a real exchange; asked once an exchange."),
         of(Occasion.SILENCE)),
        (_("They wait"), _("At most one approach at a time, and never within 90 days of their last message."),
         [row_of(one, mails, setting) for one in waits]),
        (_("Planned"), _("Comes into your day by itself; the date they asked for is kept to the day."),
         [planned_row(one, setting) for one in found.planned]),
        (_("Settled"), _("Today; for half an hour it can be taken back."),
         [settled_row(reason, _("Left"), setting) for reason in found.settled]),
    ]  # fmt: skip
    return [{"title": title, "says": says, "rows": rows} for title, says, rows in told if rows]


def _latest(found: Reasons) -> str:
    """Which row the key Z takes back: the last that something was said of."""
    return f"s{found.settled[-1].pk}" if found.settled else ""
