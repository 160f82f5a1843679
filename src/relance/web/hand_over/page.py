"""The page put together: who follows the person, what frees them, what may be asked or done."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from relance.accounts.queries import colleagues
from relance.accounts.roles import Permission, may
from relance.method.candidates.models import Candidate
from relance.method.outreach.hand_overs import Followed, followed, hand_overs_of
from relance.method.outreach.overriding import overrides_of
from relance.method.outreach.queries import conversation
from relance.web.desk import DeskRequest
from relance.web.hand_over.hands import told
from relance.web.hand_over.phrases import asking, asking_words, frees, refused
from relance.web.person.timeline import timeline
from relance.web.phrases.names import first_name
from relance.web.today.meter_drawing import draw
from relance.web.today.page import setting_of


def page(
    request: DeskRequest,
    candidate: Candidate,
    *,
    note: str | None = None,
    reason: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render it; `note` or `reason` is what could not be taken, shown again with the `problem`."""
    member, setting = request.member, setting_of(request)
    stands = followed(member, candidate, now=request.now)
    if stands is None:
        return redirect("person", pk=candidate.pk)
    name = candidate.first_name or candidate.name
    rows = hand_overs_of(member, candidate)
    open_rows = [row for row in rows if row.ended_at is None]
    mine = stands.follower.pk == member.pk
    may_give = mine or may(member, Permission.HAND_OVER_FOR_OTHERS)
    team = colleagues(member)
    context: dict[str, Any] = {
        "here": "people",
        "setting": setting,
        "candidate": candidate,
        "follower": stands.follower,
        "follower_name": first_name(stands.follower),
        "mine": mine,
        "outreach": stands.outreach,
        "refused": "" if mine else refused(stands.refusal, stands.outreach, stands.follower, setting),
        "allowed": not mine and stands.refusal is None,
        "frees": [] if mine else frees(stands.refusal, stands.outreach, stands.follower, stands.foreseen, setting),
        "asked": next((row for row in open_rows if row.taker_id == member.pk), None),
        "requests": [asking(row, stands.outreach, setting) for row in open_rows if may_give],
        "hands": told([row for row in rows if row.given], overrides_of(member, candidate), setting),
        "colleagues": [other for other in team if other.pk != stands.follower.pk],
        "managers": [first_name(other) for other in team if may(other, Permission.OVERRIDE_COLLEAGUE)],
        "may_override": may(member, Permission.OVERRIDE_COLLEAGUE),
        "may_give": may_give,
        "drawing": _drawing(stands),
        "moments": timeline(conversation(member, candidate.pk), member, name, setting),
        "note": asking_words(first_name(stands.follower)) if note is None else note,
        "reason": reason,
        "problem": problem,
    }  # fmt: skip
    return render(request, "hand_over/hand_over.html", context, status=status)


def _drawing(stands: Followed) -> Any:
    outreach = stands.outreach
    return draw(
        stands.meter,
        step=outreach.step,
        due=False,
        stopped=outreach.action == "stop",
        opened=stands.meter.contacts_made > 0 or outreach.situation == "keep_in_touch",
    )
