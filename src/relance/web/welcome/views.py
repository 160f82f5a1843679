"""Where a new desk begins, and where a newer archive is brought."""

from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from relance.imports import choices
from relance.imports.actions import NotReady, TooLarge, choose, finish_choosing, give_archive, give_up
from relance.imports.area import Area
from relance.imports.area_files import open_area
from relance.imports.groups import Group
from relance.imports.models import Import, State
from relance.imports.phrases import TOO_LARGE, left_out, problem
from relance.imports.queries import access_import, latest_import
from relance.imports.tables.read import SOURCE as TABLE
from relance.method.delivery.queries import mailboxes_of
from relance.web.desk import DeskRequest, zone_of
from relance.web.phrases.ages import length, short_day
from relance.web.phrases.reasons import Setting
from relance.web.welcome.columns import mapping_page, refused_rows
from relance.web.welcome.figures import figures, young
from relance.web.welcome.groups import sections
from relance.web.welcome.news import news
from relance.web.welcome.shown import shown

FRESH_DAYS = 7
AT_WORK = (State.WAITING, State.READING, State.KEEPING)


@require_GET
def welcome(request: DeskRequest) -> HttpResponse:
    """The door, the bar of progress, the choice, or the end: whatever the last import has come to."""
    row = latest_import(request.member)
    if row is None or "nouvelle" in request.GET:
        return _door(request, "")
    if row.state in AT_WORK:
        return shown(
            request, "welcome/reading.html", {"row": row, "is_table": row.source == TABLE, **_progress(row)}
        )
    if row.state == State.REFUSED:
        return _door(request, problem(row.problem, row.problem_values))
    if row.state == State.MAPPING or (row.state == State.READ and "colonnes" in request.GET):
        return mapping_page(request, row) or _given_up(request, row)
    if row.state == State.KEPT:
        return shown(
            request,
            "welcome/kept.html",
            {
                "row": row,
                "is_table": row.source == TABLE,
                "result": row.result,
                "news": news(request.member, row.result),
                **_past(row),
            },
        )
    return _choice(request, row)


def _given_up(request: DeskRequest, row: Import) -> HttpResponse:
    """What was read was wiped meanwhile: the door again."""
    give_up(row=row, now=request.now)
    return redirect("welcome")


def _door(request: DeskRequest, says: str, status: int = 200) -> HttpResponse:
    context = {
        "problem": says,
        "first_name": request.member.user.name.split(" ")[0],
        "limit": settings.UPLOAD_LIMIT_BYTES // 1_000_000,
        "mailboxes": mailboxes_of(request.member),
    }
    return shown(request, "welcome/door.html", context, status)


def _progress(row: Import) -> dict[str, Any]:
    """How far it is, in its own units; nothing is claimed before something is known."""
    return {"percent": min(99, 100 * row.done // row.total) if row.total else None}


def _past(row: Import) -> dict[str, Any]:
    counts = row.summary.get("baseline", {})
    return {"figures": figures(counts), "written_to": counts.get("written_to", 0), "young": young(counts)}


def _choice(request: DeskRequest, row: Import) -> HttpResponse:
    asked = request.GET.get("groupe", "")
    only = Group(asked) if asked in set(Group) else None
    number = request.GET.get("page", "1")
    page = max(1, int(number)) if number.isascii() and number.isdigit() else 1
    try:
        area = open_area(row)
    except FileNotFoundError:
        return _given_up(request, row)
    with closing(area):
        groups = sections(area, Setting(request.now, zone_of(request.member)), only=only, page=page)
        kept, aside = choices.totals(area)
        refused = refused_rows(area, row) if row.source == TABLE and only is None else None
    context = {
        "row": row,
        "sections": groups,
        "is_table": row.source == TABLE,
        "refused": refused,
        "only": only,
        "page": page,
        "nobody_ticked": request.GET.get("personne", ""),
        "pages": -(-groups[0].count // choices.PAGE) if only and groups else 1,
        "kept": kept,
        "aside": aside,
        "stale_since": _stale_since(row, request),
        "took": _took(row),
        # The most first: databases keep the names of a JSON in different orders.
        "left_out": [
            left_out(code, count)
            for code, count in sorted(row.summary["left_out"].items(), key=lambda each: (-each[1], each[0]))
        ],
        **_past(row),
    }
    return shown(request, "welcome/choice.html", context)


def _took(row: Import) -> str:
    """How long the reading took, as it stands in a sentence."""
    if not row.ended_at or not row.started_at:
        return ""
    span = row.ended_at - row.started_at
    return _("less than a second") if span < timedelta(seconds=1) else length(span)


def _stale_since(row: Import, request: DeskRequest) -> str:
    """The day an archive was made, when that is more than a week ago."""
    made = row.summary.get("exported_on")
    if (
        not made or row.mailbox_id or row.source == TABLE
    ):  # what comes to a mailbox meanwhile is taken in at the end
        return ""
    day = date.fromisoformat(made)
    return short_day(day, request.now.date()) if (request.now.date() - day).days > FRESH_DAYS else ""


@require_POST
def give(request: DeskRequest) -> HttpResponse:
    """Take the archive or the table; the worker reads it, so the page may be closed."""
    file = request.FILES.get("archive")
    if file is None:
        return _door(request, problem("empty", {}), status=422)
    try:
        give_archive(member=request.member, chunks=file.chunks(), now=request.now)
    except TooLarge as error:
        return _door(request, problem(TOO_LARGE, error.values), status=413)
    return redirect("welcome")


def _import(request: DeskRequest, pk: int) -> Import:
    try:
        return access_import(request.member, pk)
    except Import.DoesNotExist as error:
        raise Http404 from error


ON_PEOPLE: dict[str, Callable[[Area, Iterable[int]], None]] = {
    "etoile": lambda area, people: choices.star(area, people, starred=True),
    "sans_etoile": lambda area, people: choices.star(area, people, starred=False),
    "garder": lambda area, people: choices.keep(area, people, kept=True),
    "laisser": lambda area, people: choices.keep(area, people, kept=False),
    "cote": choices.set_aside,
    "reprendre": choices.bring_back,
}
ON_GROUP: dict[str, Callable[[Area, Group], None]] = {
    "garder_groupe": lambda area, group: choices.keep_group(area, group, kept=True),
    "laisser_groupe": lambda area, group: choices.keep_group(area, group, kept=False),
    "etoile_groupe": lambda area, group: choices.star_group(area, group, starred=True),
    "sans_etoile_groupe": lambda area, group: choices.star_group(area, group, starred=False),
}


WHERE = (("groupe", "seul"), ("page", "page"))
"""What the page of one group is asked by, and the field of a gesture that says it."""


@require_POST
def choose_people(request: DeskRequest, pk: int) -> HttpResponse:
    """One gesture on one person, on those ticked, or on a whole group; then back to where it was made."""
    row = _import(request, pk)
    gesture, _colon, value = request.POST.get("geste", "").partition(":")
    ticked = [value] if value else request.POST.getlist("qui")
    people = [int(each) for each in ticked if each.isascii() and each.isdigit()]
    group = request.POST.get("groupe", "")
    query = {name: request.POST[sent] for name, sent in WHERE if request.POST.get(sent)}
    place = f"g-{group}" if group in set(Group) else ""
    try:
        if gesture in ON_PEOPLE and people:
            choose(row=row, choice=lambda area: ON_PEOPLE[gesture](area, people))
            place = f"e-{people[0]}" if value else place
        elif gesture in ON_PEOPLE and place:
            query["personne"], place = group, "personne"
        elif gesture in ON_GROUP and group in set(Group):
            choose(row=row, choice=lambda area: ON_GROUP[gesture](area, Group(group)))
    except NotReady:
        pass  # the import is past choosing: the page says where it stands
    return redirect(
        f"{reverse('welcome')}{'?' + urlencode(query) if query else ''}{'#' + place if place else ''}"
    )


@require_POST
def finish(request: DeskRequest, pk: int) -> HttpResponse:
    """Keep those chosen, forget the others."""
    try:
        finish_choosing(row=_import(request, pk))
    except NotReady:
        pass
    return redirect("welcome")


@require_POST
def abandon(request: DeskRequest, pk: int) -> HttpResponse:
    """Give the import up: nothing of it stays."""
    give_up(row=_import(request, pk), now=request.now)
    return redirect("welcome")
