"""The people approached about a position, and where they stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Action, Kind, Tone
from relance.method.outreach.decisions import redecide_changed
from relance.method.outreach.models import About, Event, Outreach, Position

A_PAGE = 50
LISTED = 200
COUNTED = 2_000
REDECIDED_BY_A_PAGE = 900


class Part(StrEnum):
    """Which of a position's people are shown."""

    GOING_ON = "going_on"
    YOUR_TURN = "your_turn"
    ALL = "all"


PARTS = {
    Part.GOING_ON: Q(is_open=True),
    Part.YOUR_TURN: Q(action=Action.ANSWER),
    Part.ALL: Q(),
}
HUMAN = (Kind.REPLY, Kind.CALL_ANSWERED, Kind.INMAIL_DECLINED)
"""An application opens; what follows a contact is a reply."""


@dataclass(frozen=True, slots=True)
class Approached:
    """One page of a position's people, the nearest next step first, and all of them counted."""

    outreaches: list[Outreach]
    counts: dict[Part, int]
    interested: int
    """Their last answer says so; the others who answered said something else, or were not read yet."""
    answered: int
    going_on: int
    ended: int
    page: int
    pages: int


def approached(member: Membership, position: Position, part: Part, *, page: int, now: datetime) -> Approached:
    """Who was approached about a position, counted up to 2,000. What is past its `changes_at` is decided anew first."""
    redecide_changed(now=now, member=member, limit=REDECIDED_BY_A_PAGE)
    rows = within(Outreach.objects.all(), member).filter(about__position=position)
    heard = rows.annotate(heard=_last_tone(OuterRef("pk"))).order_by("pk")
    facets = list(heard.values_list("is_open", "action", "heard")[:COUNTED])
    told = Counter(_told(*facet) for facet in facets)
    going_on = sum(is_open for is_open, _action, _heard in facets)
    your_turn = sum(action == Action.ANSWER for _is_open, action, _heard in facets)
    counts = {Part.GOING_ON: going_on, Part.YOUR_TURN: your_turn, Part.ALL: len(facets)}
    pages = max(1, -(-counts[part] // A_PAGE))
    page = min(max(1, page), pages)
    over = Case(When(action=Action.STOP, then=Value(1)), default=Value(0), output_field=IntegerField())
    shown = (
        rows.filter(PARTS[part])
        .select_related("candidate", "recruiter__user")
        .order_by(over, "due_at", "-pk")
    )
    return Approached(
        outreaches=list(shown[(page - 1) * A_PAGE : page * A_PAGE]),
        counts=counts,
        interested=told["interested"],
        answered=told["interested"] + told["answered"],
        going_on=told["going_on"],
        ended=told["ended"],
        page=page,
        pages=pages,
    )


def _heard(outreach: Any) -> Exists:
    """Whether the person answered in that outreach, whatever became of it."""
    return Exists(Event.objects.filter(outreach=outreach, kind__in=HUMAN, retractions=None))


def _last_tone(outreach: Any) -> Subquery:
    """The tone of the person's last answer, empty where it has none; null where they did not answer."""
    answers = Event.objects.filter(outreach=outreach, kind__in=HUMAN, retractions=None)
    return Subquery(answers.order_by("-at", "-pk").values("tone")[:1])


def _told(is_open: bool, _action: str, heard: str | None) -> str:
    if heard is not None:
        return "interested" if heard == Tone.POSITIVE else "answered"
    return "going_on" if is_open else "ended"


@dataclass(frozen=True, slots=True)
class Listed:
    """A position in the list, with how many were approached, answered and are still going on."""

    position: Position
    approached: int
    answered: int
    going_on: int


def listed(member: Membership, *, closed: bool, on: date) -> list[Listed]:
    """The organisation's positions, those that are open or those that are closed, the latest first.

    Before the open ones come those whose pause is over on the day `on`.
    """
    rows = within(Position.objects.select_related("owner__user"), member)
    back = Q(paused_until__lte=on)
    standing = rows.filter(Q(closed_at__isnull=False) if closed else Q(closed_at=None) | back)
    order: list[Any] = ["-closed_at"] if closed else [F("paused_until").asc(nulls_last=True), "-opened_at"]
    shown = list(standing.order_by(*order, "-pk")[:LISTED])
    counts = _counted([position.pk for position in shown])
    return [Listed(position, *counts.get(position.pk, (0, 0, 0))) for position in shown]


def _counted(pks: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    rows = (
        About.objects.filter(position__in=pks)
        .values("position")
        .annotate(
            approached=Count("pk"),
            answered=Count("pk", filter=_heard(OuterRef("outreach"))),
            going_on=Count("pk", filter=Q(outreach__is_open=True)),
        )
        .order_by("position")[:LISTED]
    )
    return {row["position"]: (row["approached"], row["answered"], row["going_on"]) for row in rows}
