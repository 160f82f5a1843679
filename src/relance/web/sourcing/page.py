"""The session put together: adding, one person to write to, the list, the recap."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from relance.method.delivery.queries import leaving_of
from relance.method.outreach.models import Outreach, SourcingSession
from relance.method.outreach.sessions import approached_as_of, approached_in, permits_of, still_to_write
from relance.web.desk import DeskRequest
from relance.web.phrases.ages import clock, long_day
from relance.web.phrases.reasons import Setting
from relance.web.sourcing.forms import NAMES, way_of
from relance.web.sourcing.reading import Understood, understand_lines
from relance.web.sourcing.recap import recap_of
from relance.web.sourcing.rows import row_of
from relance.web.sourcing.writing import Typed, has_hook_place, panel_of
from relance.web.today.leaving import leaves
from relance.web.today.page import setting_of

NOON = 12
EVENING = 18


def page(
    request: DeskRequest,
    session: SourcingSession,
    *,
    opened: int | None = None,
    typed: Typed | None = None,
    text: str = "",
    read: list[Understood] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the session, open at outreach `opened`; `text` is what was typed, `read` what it says."""
    member, setting = request.member, setting_of(request)
    people = approached_as_of(session, now=setting.now)
    permits = permits_of(people, member)
    on_its_way = {row.permit_id: row for row in leaving_of(member)} if permits else {}
    leaving = {pk: on_its_way[permit.pk] for pk, permit in permits.items() if permit.pk in on_its_way}
    outreach = next((row for row in people if row.pk == opened), None)
    panel = None
    if outreach is not None:
        outreach.session, outreach.recruiter = session, member
        panel = panel_of(
            member,
            outreach,
            setting,
            permit=permits.get(outreach.pk),
            leaving=leaves(leaving[outreach.pk], setting) if outreach.pk in leaving else None,
            typed=typed or Typed(),
        )
    is_open = session.ended_at is None
    left = understand_lines(session.left, session=session, member=member, setting=setting, alike=False)
    before, after = _neighbours(people, outreach)
    context: dict[str, Any] = {
        "here": "sourcing",
        "setting": setting,
        "session": session,
        "is_open": is_open,
        "title": title_of(session, setting),
        "about": about(session, setting),
        "way": NAMES[way_of(session)],
        "hooks_by_hand": bool(session.text) and not has_hook_place(session.text),
        "rows": [row_of(row, session, permits.get(row.pk), leaving.get(row.pk), setting) for row in people],
        "current": opened,
        "panel": panel,
        "text": text,
        "read": read or [],
        "entering": sum(one.enters for one in read or []),
        "left": left,
        "recap": recap_of(member, people, setting),
        "before": before,
        "after": after,
        "problem": problem,
        "undo": request.session.get("undo"),
    }
    partial = request.htmx and not request.htmx.history_restore_request
    template = "sourcing/session.html#desk" if partial else "sourcing/session.html"
    return render(request, template, context, status=status)


def following(session: SourcingSession, *, after: int | None = None) -> Outreach | None:
    """Who is to be written to next: the first entered, after the one that was just done if it stands there."""
    waiting = [row for row in reversed(approached_in(session)) if still_to_write(row)]
    return next((row for row in waiting if row.pk != after), None)


def title_of(session: SourcingSession, setting: Setting) -> str:
    """« Jeudi 2 avril, matin »."""
    at = session.opened_at.astimezone(setting.zone)
    part = _("morning") if at.hour < NOON else _("afternoon") if at.hour < EVENING else _("evening")
    words = _("%(day)s, %(part)s") % {"day": long_day(at.date()), "part": part}
    return words[0].upper() + words[1:]


def about(session: SourcingSession, setting: Setting) -> str:
    """The position, and since when the session is open or how long it was."""
    position = session.position
    what = (
        ", ".join(part for part in (position.title, position.client, position.place) if part)
        if position
        else ""
    )
    began = clock(session.opened_at, setting.zone)
    if session.ended_at is not None:
        ended = setting.at(session.ended_at)
        when = _("Opened at %(began)s, closed %(ended)s.") % {"began": began, "ended": ended}
    else:
        when = _("Opened at %(began)s.") % {"began": began}
    return _("%(what)s. %(when)s") % {"what": what, "when": when} if what else when


def _neighbours(people: list[Outreach], outreach: Outreach | None) -> tuple[int | None, int | None]:
    """Whom K and J lead to, in the order of the list."""
    pks = [row.pk for row in people]
    if outreach is None:
        return None, pks[0] if pks else None
    at = pks.index(outreach.pk)
    return (pks[at - 1] if at else None), (pks[at + 1] if at + 1 < len(pks) else None)
