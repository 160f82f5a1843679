"""The double page of the inbox put together."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from relance.cadence.words import Channel, Tone
from relance.mail.incoming import Kind
from relance.method.answers.models import MatchedBy, Received, Sorting
from relance.method.answers.queries import access_received, inbox
from relance.method.answers.taking_in import WROTE
from relance.method.answers.triage import OCCASIONS, may_be_an_answer
from relance.method.candidates.queries import identities
from relance.method.candidates.trail import saw
from relance.method.delivery.links import linkedin_profile, reached_at
from relance.method.delivery.models import Outgoing
from relance.method.delivery.outbox import access_outgoing
from relance.method.delivery.queries import held_back_since, mailboxes_of
from relance.method.outreach.positions import leads_to
from relance.web.catching_up.phrases import after_a_no
from relance.web.desk import DeskRequest
from relance.web.inbox.phrases import meaning, recognised_by
from relance.web.inbox.rows import Group, groups
from relance.web.phrases.ages import clock, short_day
from relance.web.phrases.reasons import Setting
from relance.web.today.page import setting_of


def page(
    request: DeskRequest,
    *,
    received_pk: int | None = None,
    outgoing_pk: int | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the inbox, open at a mail, at a message to check, or at the first thing that waits."""
    member, setting = request.member, setting_of(request)
    waiting = inbox(member)
    received, outgoing = _opened(request, received_pk, outgoing_pk)
    current = f"r{received.pk}" if received else f"o{outgoing.pk}" if outgoing else ""
    parts = groups(waiting, setting, current)
    if not current and parts:
        first = parts[0].rows[0].key
        received = next((row for row in waiting.received if f"r{row.pk}" == first), None)
        outgoing = next((row for row in waiting.to_check if f"o{row.pk}" == first), None)
        parts = groups(waiting, setting, first)
        current = first
    opened = received or outgoing
    if opened is not None:
        saw(member=member, candidate=opened.candidate, now=request.now)
    context: dict[str, Any] = {
        "here": "inbox",
        "groups": parts,
        "answers": sum(len(group.rows) for group in parts if group.answers),
        "others": sum(len(group.rows) for group in parts if not group.answers),
        "mailboxes": [
            (box, clock(box.read_at, setting.zone) if box.read_at else "") for box in mailboxes_of(member)
        ],
        "opened": received_pk is not None or outgoing_pk is not None,
        "candidate": opened.candidate if opened else None,
        "received": _received(received, setting) if received else None,
        "outgoing": _unsure(outgoing, setting) if outgoing else None,
        "problem": problem,
        **_place(parts, current),
    }
    return render(request, "inbox/inbox.html", context, status=status)


def _opened(
    request: DeskRequest, received_pk: int | None, outgoing_pk: int | None
) -> tuple[Received | None, Outgoing | None]:
    try:
        if received_pk is not None:
            return access_received(request.member, received_pk), None
        if outgoing_pk is not None:
            return None, access_outgoing(request.member, outgoing_pk)
    except (Received.DoesNotExist, Outgoing.DoesNotExist) as error:
        raise Http404 from error
    return None, None


def _place(parts: list[Group], current: str) -> dict[str, Any]:
    order = [row for group in parts for row in group.rows]
    at = next((index for index, row in enumerate(order) if row.key == current), None)
    return {
        "place": at + 1 if at is not None else None,
        "places": len(order),
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at is not None and at + 1 < len(order) else None,
    }


def _received(received: Received, setting: Setting) -> dict[str, Any]:
    answer = received.kind == Kind.HUMAN and not received.linkedin
    return {
        "row": received,
        "day": short_day(received.sent_at.astimezone(setting.zone).date(), setting.today),
        "time": clock(received.sent_at, setting.zone),
        "is_answer": answer,
        "asked": received.matched_by == MatchedBy.NAME,
        "meaning": "" if answer else meaning(received, setting),
        "by": recognised_by(received),
        "tone": received.tone or "unknown",
        "resume_on": received.resume_on.isoformat() if received.resume_on else "",
        "is_sorted": received.sorting != Sorting.TO_SORT,
        "may_be_real": may_be_an_answer(received),
        "may_be_no_opt_out": received.kind == Kind.UNSUBSCRIBE and may_be_an_answer(received),
        "occasion": received.linkedin in OCCASIONS and received.sorting == Sorting.TO_SORT,
        "leads": leads_to(received.outreach)
        if received.outreach is not None and received.tone == Tone.NOT_THIS_ONE
        else [],
        "then": after_a_no(received.tone, received.sent_at, setting) if answer else "",
        "wrote": received.linkedin in WROTE and received.outreach_id is not None,
        "held_back": bool(received.linkedin) and held_back_since(received.candidate_id, received.taken_in_at),
        "conversation": _profile(received) if received.linkedin else "",
        "failed": received.kind in {Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT},
    }


def _profile(received: Received) -> str:
    """Where their side of LinkedIn opens."""
    slug = reached_at(Channel.LINKEDIN, identities(received.candidate))
    return linkedin_profile(slug) if slug else ""


def _unsure(outgoing: Outgoing, setting: Setting) -> dict[str, Any]:
    return {"row": outgoing, "at": setting.at(outgoing.claimed_at) if outgoing.claimed_at else ""}
