"""What the page of a person shows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from relance.accounts.models import Membership
from relance.cadence.meter import meter
from relance.cadence.words import Action
from relance.method.candidates.models import Candidate, Identity, IdentityKind
from relance.method.candidates.queries import identities
from relance.method.delivery.links import linkedin_profile
from relance.method.outreach.histories import pasts
from relance.method.outreach.lists import namesakes, outreaches_as_of, timeline
from relance.method.outreach.models import Outreach
from relance.web.person.timeline import Line, lines_of
from relance.web.phrases import reasons
from relance.web.phrases.ages import on_day
from relance.web.phrases.reasons import Setting, by_channel
from relance.web.phrases.states import next_step, refusal
from relance.web.phrases.why import sentence
from relance.web.today.meter_drawing import Drawing, draw


@dataclass(frozen=True, slots=True)
class Link:
    """A way to reach the person, as a link."""

    icon: str
    address: str
    text: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: the outreach that stands, what passed, what is known."""

    outreach: Outreach | None
    links: list[Link]
    next_step: str
    by: str
    why: str
    detail: list[str]
    held: str
    due: bool
    drawing: Drawing | None
    facts: list[tuple[str, str]]
    lines: list[Line]
    number: int
    more: bool
    namesakes: list[Candidate]


def page_of(member: Membership, candidate: Candidate, setting: Setting, *, number: int) -> PersonPage:
    """Build the page; facts are shown a hundred at a time."""
    outreaches = outreaches_as_of(member, candidate, now=setting.now)
    outreach = outreaches[0] if outreaches else None
    events, more = timeline(member, candidate.pk, page=number)
    name = candidate.first_name or candidate.name
    due = outreach is not None and outreach.action in {Action.ANSWER, Action.CONTACT} and not outreach.held
    return PersonPage(
        outreach=outreach,
        links=_links(identities(candidate)),
        next_step=next_step(outreach, setting) if outreach else "",
        by=by_channel(outreach.channel) if outreach and due and outreach.channel else "",
        why=sentence(outreach, name, setting) if outreach and due else "",
        detail=reasons.clauses(outreach.reasons, setting) if outreach else [],
        held=refusal(outreach.held, outreach.frees_at, setting) if outreach and outreach.held else "",
        due=due,
        drawing=_drawing(candidate, outreach, due=due) if outreach else None,
        facts=_facts(candidate, outreach, setting),
        lines=lines_of(events, member, name, setting),
        number=number,
        more=more,
        namesakes=namesakes(member, candidate),
    )


def _links(known: list[Identity]) -> list[Link]:
    links = []
    for identity in known:
        if identity.kind == IdentityKind.EMAIL:
            links.append(Link("mail", f"mailto:{identity.value}", identity.value))
        elif identity.kind == IdentityKind.PHONE:
            links.append(Link("phone", f"tel:{identity.value}", identity.value))
        else:
            links.append(Link("linkedin", linkedin_profile(identity.value), _("Profile"), outside=True))
    return sorted(links, key=lambda link: ("linkedin", "mail", "phone").index(link.icon))


def _drawing(candidate: Candidate, outreach: Outreach, *, due: bool) -> Drawing:
    past = pasts([candidate])[0]
    made = meter(past.of(outreach), elsewhere=past.elsewhere(outreach))
    return draw(
        made,
        step=outreach.step,
        due=due and outreach.action == Action.CONTACT,
        stopped=outreach.action == Action.STOP,
        opened=made.contacts_made > 0 or outreach.situation == "keep_in_touch",
    )


def _facts(candidate: Candidate, outreach: Outreach | None, setting: Setting) -> list[tuple[str, str]]:
    facts = [
        (_("Source"), _source(candidate.source)),
        (_("In the notebook"), setting.since_day(candidate.created_at)),
    ]
    if candidate.connected_on:
        facts.append((_("Connected"), on_day(candidate.connected_on, setting.today)))
    if outreach is not None:
        facts.append((_("Followed by"), outreach.recruiter.user.name or _("You")))
    return [(name, value) for name, value in facts if value]


def _source(source: str) -> str:
    if source.startswith("linkedin"):
        return _("LinkedIn")
    return {"hand": _("entered by hand"), "demonstration": _("the demonstration")}.get(source, source)
