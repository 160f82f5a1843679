"""Positions, what is told of them, and a sitting for one: what stands for the arguments of their addresses."""

from typing import Any

from django.utils import timezone

from relance.accounts.models import Membership
from relance.cadence.words import Channel
from relance.method.candidates.models import Candidate
from relance.method.outreach.models import Outreach


def position_of(member: Membership) -> Any:
    from relance.method.outreach.models import Position
    from relance.method.outreach.positions import PositionFacts, join_position, open_position

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


def angle_of(member: Membership) -> object:
    from relance.method.writing.angles import add_angle, angles_of

    position = position_of(member)
    if not angles_of(position):
        add_angle(position=position, name="Salaire", text="58 à 64 k€ fixes.", now=timezone.now())
    return angles_of(position)[0].pk


def element_of(member: Membership) -> object:
    from relance.method.writing.angles import ElementFacts, add_element, elements_of
    from relance.method.writing.models import ElementKind

    person = Candidate.objects.filter(organisation_id=member.organisation_id).order_by("pk")[0]
    if not elements_of(person):
        facts = ElementFacts(
            ElementKind.TALK, "Sa conférence sur les files d’attente", "https://exemple.example/"
        )
        add_element(candidate=person, facts=facts, member=member, now=timezone.now())
    return elements_of(person)[0].pk


def sat_of(member: Membership) -> Outreach:
    """Somebody who was entered in a session of the member's, and is to be written to."""
    from relance.cadence.words import Situation
    from relance.method.candidates.actions import Facts
    from relance.method.outreach.newcomers import let_in
    from relance.method.outreach.sessions import keep_lines, open_session, session_going_on

    session = session_going_on(member) or open_session(
        member=member, situation=Situation.FIRST_MESSAGE, channel=Channel.LINKEDIN,
        text="Bonjour {prénom}, [accroche]. Dix minutes ?", now=timezone.now(),
    )  # fmt: skip
    keep_lines(session=session, lines=["Quelqu'un, sans adresse"])
    facts = Facts(name="Yaël Morvan", identities=(("linkedin", "exemple-yael-morvan"),))
    entered = let_in(
        session=session, member=member, facts=facts, hook="", must_answer=False, now=timezone.now()
    )
    return entered.outreach
