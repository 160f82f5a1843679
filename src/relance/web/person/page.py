"""A person's page put together."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from relance.accounts.models import Membership
from relance.accounts.roles import Permission, may
from relance.cadence.words import Action
from relance.method.candidates.models import Address, Candidate, Identity, IdentityKind
from relance.method.candidates.queries import access_candidate, identities
from relance.method.candidates.trail import saw
from relance.method.catching_up.queries import reasons_about
from relance.method.delivery.links import linkedin_profile
from relance.method.outreach.merging import merges_of
from relance.method.outreach.models import Event, Outreach
from relance.method.outreach.positions import leads_to
from relance.method.outreach.queries import CONVERSATION, Standing, conversation, standing_with
from relance.web.catching_up.forms import PostForm
from relance.web.catching_up.phrases import after_their_no, said_not_this_one, why
from relance.web.desk import DeskRequest
from relance.web.hand_over.hands import hands
from relance.web.people.rows import marked
from relance.web.person.elements import ElementForm, personal
from relance.web.person.likeness import duplicates_of
from relance.web.person.numbers import numbers_in
from relance.web.person.remarks import remarks_in
from relance.web.person.timeline import timeline
from relance.web.phrases.reasons import Setting, clauses
from relance.web.phrases.states import next_step, refusal
from relance.web.phrases.why import sentence
from relance.web.today.marks import cv_of
from relance.web.today.meter_drawing import Drawing, draw
from relance.web.today.page import setting_of

LINKEDIN = {IdentityKind.LINKEDIN, IdentityKind.LINKEDIN_MEMBER}


def person_asked(request: DeskRequest, pk: int) -> Candidate:
    """The person of the address, if the member's organisation knows them; a 404 else."""
    try:
        return access_candidate(request.member, pk)
    except Candidate.DoesNotExist as error:
        raise Http404 from error


def page(
    request: DeskRequest,
    candidate: Candidate,
    *,
    note: str | None = None,
    problem: str = "",
    element: ElementForm | None = None,
    post: PostForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the person; `note` and `post` are what could not be kept, shown as it was typed."""
    setting = setting_of(request)
    saw(member=request.member, candidate=candidate, now=request.now)
    known = identities(candidate)
    past = conversation(request.member, candidate.pk)
    standing = standing_with(candidate, now=request.now)
    name = candidate.first_name or candidate.name
    context: dict[str, Any] = {
        "here": "people",
        "setting": setting,
        "candidate": candidate,
        "links": [_link(identity) for identity in known if identity.kind != IdentityKind.SOURCE_NUMBER],
        "moments": timeline(past, request.member, name, setting),
        "cut": CONVERSATION if len(past) == CONVERSATION else 0,
        "mark": marked(candidate),
        "facts": _facts(candidate, known, past, setting),
        "duplicates": duplicates_of(candidate, known),
        "merges": merges_of(request.member, candidate, now=request.now),
        "hands": hands(request.member, candidate, setting),
        "follower": follower_name(request.member, standing.outreach if standing else None),
        "sees_trail": may(request.member, Permission.SEE_TRAIL),
        "note": candidate.note if note is None else note,
        "remarks": remarks_in(candidate.note),
        "problem": problem,
        "element": element or ElementForm(),
        **personal(candidate, standing.outreach if standing else None, setting),
        "reasons": [(why(reason), reason.link) for reason in reasons_about(request.member, candidate)],
        "post": post or PostForm(),
        **_stands(standing, name, setting),
    }
    return render(request, "person/person.html", context, status=status)


def follower_name(member: Membership, outreach: Outreach | None) -> str:
    """Which colleague follows the person; empty where it is the member, or nobody."""
    if outreach is None or outreach.recruiter_id == member.pk:
        return ""
    return str(Membership.objects.select_related("user").get(pk=outreach.recruiter_id).user)


def _stands(standing: Standing | None, name: str, setting: Setting) -> dict[str, Any]:
    """The next step, why, and how far the outreach has come."""
    if standing is None:
        return {"outreach": None}
    outreach = standing.outreach
    due = outreach.action in {Action.ANSWER, Action.CONTACT} and not outreach.held
    return {
        "outreach": outreach,
        "due": due,
        "next_step": next_step(outreach, setting),
        "why": sentence(outreach, name, setting),
        "then": after_their_no(outreach, setting),
        "leads": leads_to(outreach) if said_not_this_one(outreach) else [],
        "detail": clauses(outreach.reasons, setting),
        "held": refusal(outreach.held, outreach.frees_at, setting) if outreach.held else "",
        "drawing": _drawing(standing, due=due),
    }


def _drawing(standing: Standing, *, due: bool) -> Drawing:
    outreach, meter = standing.outreach, standing.meter
    return draw(
        meter,
        step=outreach.step,
        due=due and outreach.action == Action.CONTACT,
        stopped=outreach.action == Action.STOP,
        opened=meter.contacts_made > 0 or outreach.situation == "keep_in_touch",
    )


def _link(identity: Identity) -> dict[str, str]:
    """One way to reach the person, as a link."""
    if identity.kind in LINKEDIN:
        return {"href": linkedin_profile(identity.value), "icon": "linkedin", "says": _("Profile")}
    if identity.kind == IdentityKind.EMAIL:
        return {"href": f"mailto:{identity.value}", "icon": "mail", "says": identity.value}
    return {"href": f"tel:{identity.value}", "icon": "phone", "says": identity.value}


def _facts(
    candidate: Candidate, known: list[Identity], past: list[Event], setting: Setting
) -> list[tuple[str, str]]:
    """What is known, as pairs; what is not known is left out."""
    languages = {code: str(name) for code, name in settings.LANGUAGES}
    source = source_name(candidate.source)
    if source and candidate.source_on:
        source = _("%(source)s, %(day)s") % {"source": source, "day": setting.on(candidate.source_on)}
    pairs = [
        (_("Last event"), setting.at(past[-1].at) if past else ""),
        (_("Connected"), setting.on(candidate.connected_on) if candidate.connected_on else ""),
        (_("Source"), source),
        *numbers_in(known),
        (_("CV"), cv_of(candidate)),
        (_("In their position"), setting.since_day(candidate.started_on) if candidate.started_on else ""),
        (_("In the notebook"), setting.since_day(candidate.created_at)),
        (_("Language"), languages.get(candidate.language, candidate.language)),
        (_("Spoken to as"), str(Address(candidate.address).label) if candidate.language == "fr" else ""),
    ]
    return [(name, says) for name, says in pairs if says]


def source_name(code: str) -> str:
    """Where a person comes from, in words."""
    if code.startswith("linkedin"):
        return _("LinkedIn export")
    return {"hand": _("Entered by hand"), "demonstration": _("Example")}.get(code, code)
