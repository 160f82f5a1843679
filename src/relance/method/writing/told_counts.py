"""How often each angle of a position was told, and how many answered it (METHOD, Measure)."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from relance.method.outreach.decisions import OUTBOUND
from relance.method.outreach.last_words import ANSWERS
from relance.method.outreach.models import Event, Position
from relance.method.writing.models import Telling

ENOUGH = 30
"""Below so many outreaches no answers are counted."""
READ = 5_000
A_BURST = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Told:
    """In how many outreaches an angle was told; how many of them answered it, where they are enough to say."""

    times: int = 0
    answers: int | None = None

    @property
    def wanted(self) -> int:
        """How many more make it enough."""
        return max(0, ENOUGH - self.times)


class _Fact(NamedTuple):
    angle: int
    outreach: int
    at: datetime


def told_counts(position: Position) -> dict[int, Told]:
    """Each angle of a position that was told, by its key; of the latest five thousand tellings."""
    facts = _facts(position)
    outreaches: dict[int, set[int]] = defaultdict(set)
    for fact in facts:
        outreaches[fact.angle].add(fact.outreach)
    counted = {angle for angle, about in outreaches.items() if len(about) >= ENOUGH}
    answered = _answered([fact for fact in facts if fact.angle in counted]) if counted else Counter()
    return {
        angle: Told(len(about), answered[angle] if angle in counted else None)
        for angle, about in outreaches.items()
    }


def _facts(position: Position) -> list[_Fact]:
    mistakes = Event.objects.filter(of=OuterRef("fact"))
    told = Telling.objects.filter(angle__position=position).annotate(fact=Coalesce("event", "permit__fact"))
    told = told.filter(fact__isnull=False).exclude(Exists(mistakes))
    moments = told.annotate(
        about=Coalesce("event__outreach", "permit__fact__outreach"),
        at=Coalesce("event__at", "permit__fact__at"),
    )
    rows = moments.order_by("-pk").values_list("angle", "about", "at")[:READ]
    return [_Fact(*row) for row in rows]


def _answered(facts: list[_Fact]) -> Counter[int]:
    """How many outreaches answered each angle: an answer belongs to the contact it follows."""
    moments: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    kinds = (*ANSWERS, *OUTBOUND)
    rows = Event.objects.filter(
        outreach__in={fact.outreach for fact in facts}, kind__in=kinds, retractions=None
    )
    for outreach, at, kind in rows.order_by(F("at"), "pk").values_list("outreach", "at", "kind")[: READ * 4]:
        moments[outreach].append((at, kind in ANSWERS))
    heard = {(fact.angle, fact.outreach) for fact in facts if _is_answered(fact.at, moments[fact.outreach])}
    return Counter(angle for angle, _outreach in heard)


def _is_answered(told_at: datetime, moments: list[tuple[datetime, bool]]) -> bool:
    for at, answers in moments:
        if at > told_at and answers:
            return True
        if at > told_at + A_BURST:
            return False
    return False
