"""What a page of one thing needs on the desk of the walk: made once, the first time it is asked for."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from relance.accounts.models import Membership
from relance.cadence.words import Channel, Kind, Situation
from relance.method.candidates.actions import Facts
from relance.method.candidates.models import Candidate
from relance.method.outreach.actions import open_outreach
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach, Position
from relance.method.outreach.newcomers import let_in
from relance.method.outreach.positions import PositionFacts, join_position, open_position
from relance.method.outreach.sessions import keep_lines, open_session, session_going_on
from relance.method.writing.angles import ElementFacts, add_angle, add_element, angles_of, elements_of
from relance.method.writing.models import ElementKind
from tests.people import candidate


def _opened_by(member: Membership, situation: str, kind: str, name: str) -> object:

    found = Outreach.objects.filter(organisation_id=member.organisation_id, situation=situation)
    if not found.exists():
        now = timezone.now()
        slug = name.lower().replace(" ", "-")
        person = candidate(
            member, now, name, identities=(("linkedin", slug), ("email", f"{slug}@exemple.example"))
        )
        entry = Entry(Kind(kind), at=now - timedelta(days=3), channel=Channel.LINKEDIN)
        open_outreach(
            member=member, candidate=person, situation=Situation(situation), entries=[entry], now=now
        )
    row = found.order_by("pk").first()
    assert row is not None
    return row.pk


def invited(member: Membership) -> object:
    return _opened_by(member, "linkedin_invitation", "invitation_sent", "Nadia Bensalem")


def applied(member: Membership) -> object:
    return _opened_by(member, "application", "application_received", "Sarah Dutertre")


def position(member: Membership) -> Any:

    found = Position.objects.filter(organisation_id=member.organisation_id).order_by("pk").first()
    if found is None:
        facts = PositionFacts(
            title="Lead back-end Python", client="Quartelle", pay_low=58_000, pay_high=64_000
        )
        found = open_position(member=member, facts=facts, now=timezone.now())
        rows = Outreach.objects.filter(organisation_id=member.organisation_id).select_related("candidate")
        for outreach in rows.order_by("pk")[:20]:
            join_position(outreach=outreach, position=found)
    return found


def angle(member: Membership) -> object:

    made = position(member)
    if not angles_of(made):
        add_angle(position=made, name="Salaire", text="58 à 64 k€ fixes.", now=timezone.now())
    return angles_of(made)[0].pk


def element(member: Membership) -> object:

    person = Candidate.objects.filter(organisation_id=member.organisation_id).order_by("pk")[0]
    if not elements_of(person):
        facts = ElementFacts(
            ElementKind.TALK, "Sa conférence sur les files d’attente", "https://exemple.example/"
        )
        add_element(candidate=person, facts=facts, member=member, now=timezone.now())
    return elements_of(person)[0].pk


def sat(member: Membership) -> Outreach:
    """Somebody who was entered in a session of the member's, and is to be written to."""

    session = session_going_on(member) or open_session(
        member=member, situation=Situation.FIRST_MESSAGE, channel=Channel.LINKEDIN,
        text="Bonjour {prénom}, [accroche]. Dix minutes ?", now=timezone.now(),
    )  # fmt: skip
    keep_lines(
        session=session, lines=["Quelqu'un, sans adresse", "Yaël Morvan, linkedin.com/in/exemple-yael-morvan"]
    )
    facts = Facts(name="Yaël Morvan", identities=(("linkedin", "exemple-yael-morvan"),))
    entered = let_in(
        session=session, member=member, facts=facts, hook="", must_answer=False, now=timezone.now()
    )
    return entered.outreach
