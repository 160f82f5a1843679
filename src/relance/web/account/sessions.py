"""A member's sessions, each in words."""

import re
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from relance.web.desk import DeskRequest, zone_of
from relance.web.phrases import ages

MOST = 100
BROWSERS = (
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Chrome", r"Chrom(e|ium)/|CriOS/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux|X11"),
)


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    device: str
    since: str
    seen: str
    is_this: bool


def device(user_agent: str) -> str:
    """What a browser says it is, in words: « Firefox, Windows »."""
    found = [
        next((name for name, pattern in kinds if re.search(pattern, user_agent)), "")
        for kinds in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name) or _("A device that does not say what it is")


def sessions_of(request: DeskRequest) -> list[Row]:
    """The sessions that still open the desk, this one first, then the last seen."""
    zone, today = zone_of(request.member), request.now.astimezone(zone_of(request.member)).date()
    kept = UserSession.objects.filter(user=request.member.user_id).order_by("-last_seen_at", "-pk")[:MOST]
    rows = [
        Row(
            one.pk,
            device(one.user_agent),
            ages.day(one.created_at, today, zone),
            ages.seen(one.last_seen_at, request.now, zone),
            one.session_key == request.session.session_key,
        )
        for one in kept
    ]
    return sorted(rows, key=lambda row: not row.is_this)


def end_one(request: DeskRequest, pk: int) -> None:
    """End a session of the member's own. Raises Http404."""
    get_object_or_404(UserSession, pk=pk, user=request.member.user_id).end()
