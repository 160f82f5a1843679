"""Adding people to a session: read, shown, then entered; what cannot enter is kept as it was typed."""

from collections import Counter
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from relance.cadence.words import Channel
from relance.method.candidates.actions import IdentityTaken
from relance.method.outreach.entering import LeftAlone
from relance.method.outreach.models import Outreach, SourcingSession
from relance.method.outreach.newcomers import let_in
from relance.method.outreach.permits import Refused
from relance.method.outreach.positions import TooMany
from relance.method.outreach.sessions import keep_lines, still_to_write
from relance.web.desk import DeskRequest
from relance.web.sourcing.lines import LONGEST, MOST_LINES, lines_in
from relance.web.sourcing.page import page
from relance.web.sourcing.reading import Understood, understand_lines
from relance.web.sourcing.views import session_asked
from relance.web.today.page import setting_of


@dataclass
class Came:
    """What came of a text: who is to be written to now, what is kept, what joined or was refused."""

    entered: list[Outreach] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    alone: list[str] = field(default_factory=list)


@require_POST
def read(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what a text says, without entering anything."""
    session = session_asked(request, pk)
    text = _typed(request)
    return page(request, session, text=text, read=_read(request, session, text))


@require_POST
def add(request: DeskRequest, pk: int) -> HttpResponse:
    """Enter what was shown; a text that was not shown yet is shown first."""
    session = session_asked(request, pk)
    text = _typed(request)
    if session.ended_at is not None or not lines_in(text):
        return redirect("sourcing_session", pk=pk)
    read = _read(request, session, text)
    if lines_in(request.POST.get("lu", "")) != lines_in(text):
        return page(request, session, text=text, read=read)
    came = _enter(request, session, read)
    keep_lines(session=session, lines=[*lines_in(session.left), *came.kept])
    _say(request, came)
    if len(came.entered) == 1:
        return redirect("sourcing_person", pk=came.entered[0].pk)
    return redirect("sourcing_session", pk=pk)


@require_POST
def left(request: DeskRequest, pk: int) -> HttpResponse:
    """Take up one of the lines that could not enter, corrected, or drop it."""
    session = session_asked(request, pk)
    raw = request.POST.get("ligne_gardee", "")
    keep_lines(session=session, lines=[line for line in lines_in(session.left) if line != raw])
    if "retirer" in request.POST:
        messages.info(request, _("Taken out."))
        return redirect("sourcing_session", pk=pk)
    text = "\n".join(lines_in(request.POST.get("ligne", "")[:LONGEST]))
    read = _read(request, session, text)
    came = _enter(request, session, read)
    keep_lines(session=session, lines=[*lines_in(session.left), *came.kept])
    _say(request, came)
    if came.entered:
        return redirect("sourcing_person", pk=came.entered[0].pk)
    return redirect("sourcing_session", pk=pk)


def _typed(request: DeskRequest) -> str:
    return request.POST.get("lignes", "").replace("\r\n", "\n")[: LONGEST * MOST_LINES]


def _read(request: DeskRequest, session: SourcingSession, text: str) -> list[Understood]:
    return understand_lines(text, session=session, member=request.member, setting=setting_of(request))


def _enter(request: DeskRequest, session: SourcingSession, read: list[Understood]) -> Came:
    came = Came()
    for one in read:
        if one.tone == "gone":
            came.alone.append(one.says)
            continue
        if not one.enters:
            came.kept.append(one.line.raw)
            came.told[one.tone] += 1
            continue
        try:
            entered = let_in(
                session=session,
                member=request.member,
                facts=one.line.facts(Channel(session.channel), request.member.user.language),
                hook=one.line.hook,
                must_answer=one.line.starred,
                now=request.now,
            )
        except (Refused, LeftAlone, IdentityTaken, TooMany):  # somebody was quicker: the line says why now
            came.kept.append(one.line.raw)
            came.told["held"] += 1
            continue
        mine = entered.outreach.recruiter_id == request.member.pk
        if mine and entered.outreach.session_id == session.pk and still_to_write(entered.outreach):
            came.entered.append(entered.outreach)
        else:
            came.told["joins"] += 1
    return came


def _say(request: DeskRequest, came: Came) -> None:
    says = []
    if len(came.entered) == 1:
        says.append(_("%(name)s: to write.") % {"name": came.entered[0].candidate.name})
    elif came.entered:
        count = len(came.entered)
        says.append(ngettext("%(count)s person added.", "%(count)s people added.", count) % {"count": count})
    joins, held, unread = (came.told[tone] for tone in ("joins", "held", "unread"))
    if joins:
        says.append(
            ngettext(
                "%(count)s joins an approach of yours that is open.",
                "%(count)s join approaches of yours that are open.",
                joins,
            )
            % {"count": joins}
        )
    if held:
        says.append(ngettext("%(count)s left aside.", "%(count)s left aside.", held) % {"count": held})
    if unread:
        says.append(
            ngettext("%(count)s line to complete.", "%(count)s lines to complete.", unread)
            % {"count": unread}
        )
    if says:
        messages.success(request, " ".join(says))
    for sentence in dict.fromkeys(came.alone):
        messages.warning(request, format_html("{}", sentence))
