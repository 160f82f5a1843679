"""The angles of a position and the personal elements of a person: kept, changed, put away."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.method.candidates.models import Act, Candidate
from relance.method.candidates.trail import trace
from relance.method.outreach.actions import lock
from relance.method.outreach.models import Position
from relance.method.writing.models import Angle, Element, ElementKind, Telling

MOST_ANGLES = 30
MOST_ELEMENTS = 20


class Full(Exception):
    """There are as many as one can choose among."""


@dataclass(frozen=True, slots=True)
class ElementFacts:
    """A personal element, as it is written down."""

    kind: ElementKind
    text: str
    link: str = ""


def access_angle(member: Membership, pk: int) -> Angle:
    """An angle of a position of the member's organisation. Raises Angle.DoesNotExist."""
    return within(Angle.objects.select_related("position"), member).get(pk=pk)


def access_element(member: Membership, pk: int) -> Element:
    """A personal element of somebody the organisation knows. Raises Element.DoesNotExist."""
    return within(Element.objects.select_related("candidate"), member).get(pk=pk)


def angles_of(position: Position) -> list[Angle]:
    """What there is to say of a position, in order; what was put away left out."""
    rows = Angle.objects.filter(position=position, archived_at=None)
    return list(rows.order_by("order", "pk")[:MOST_ANGLES])


def elements_of(candidate: Candidate) -> list[Element]:
    """What is personal of somebody, the latest first."""
    rows = Element.objects.filter(candidate=candidate, archived_at=None)
    return list(rows.order_by("-pk")[:MOST_ELEMENTS])


@transaction.atomic
def add_angle(*, position: Position, name: str, text: str, now: datetime) -> Angle:
    """Write down one more point to say of a position, after the others. Raises Full."""
    Position.objects.select_for_update().get(pk=position.pk)
    own = Angle.objects.filter(position=position)
    if own.filter(archived_at=None).count() >= MOST_ANGLES:
        raise Full
    last = own.aggregate(last=Max("order"))["last"]
    return Angle.objects.create(
        organisation_id=position.organisation_id,
        position=position,
        name=name[:40],
        text=text,
        order=0 if last is None else last + 1,
        changed_at=now,
    )


def change_angle(*, angle: Angle, name: str, text: str, now: datetime) -> None:
    """Say it in other words: to whom it was told it stays told."""
    angle.name, angle.text, angle.changed_at = name[:40], text, now
    angle.save(update_fields=["name", "text", "changed_at"])


def put_angle_away(*, angle: Angle, now: datetime) -> None:
    """Offer it no more; one that no message ever held goes altogether."""
    if Telling.objects.filter(angle=angle).exists():
        Angle.objects.filter(pk=angle.pk, archived_at=None).update(archived_at=now)
    else:
        Angle.objects.filter(pk=angle.pk).delete()


@transaction.atomic
def add_element(*, candidate: Candidate, facts: ElementFacts, member: Membership, now: datetime) -> Element:
    """Note something personal of somebody. Raises Full."""
    candidate = lock(candidate.pk)
    if Element.objects.filter(candidate=candidate, archived_at=None).count() >= MOST_ELEMENTS:
        raise Full
    trace(member=member, candidates=[candidate], act=Act.CHANGED, about="elements", now=now)
    return Element.objects.create(
        organisation_id=candidate.organisation_id,
        candidate=candidate,
        kind=facts.kind,
        text=facts.text[:300],
        link=facts.link,
        added_by=member,
        added_at=now,
    )


@transaction.atomic
def put_element_away(*, element: Element, member: Membership, now: datetime) -> None:
    """Offer it no more; one that no message ever held goes altogether."""
    trace(member=member, candidates=[element.candidate], act=Act.CHANGED, about="elements", now=now)
    if Telling.objects.filter(element=element).exists():
        Element.objects.filter(pk=element.pk, archived_at=None).update(archived_at=now)
    else:
        Element.objects.filter(pk=element.pk).delete()
