"""How often each angle of a position was told, and how many answered it (METHOD, Measure)."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from relance.cadence.rates import ENOUGH
from relance.method.measure.answered import A_BURST, WORDS, is_answered
from relance.method.outreach.models import Event, Position
from relance.method.writing.models import Telling

ANGLES = 200


@dataclass(frozen=True, slots=True)
class Told:
    """In how many outreaches an angle was told; how many of them answered it, where they are enough to say."""

    times: int = 0
    answers: int | None = None
    at_once: int = 0
    """In how many of them it stood in the first message already."""

    @property
    def wanted(self) -> int:
        """How many more make it enough."""
        return max(0, ENOUGH - self.times)


def told_counts(position: Position) -> dict[int, Told]:
    """Each angle of a position that was told, by its key."""
    mistakes = Event.objects.filter(of=OuterRef("fact"))
    told = Telling.objects.filter(angle__position=position).annotate(
        fact=Coalesce("event", "permit__fact"),
        about=Coalesce("event__outreach", "permit__fact__outreach"),
        at=Coalesce("event__at", "permit__fact__at"),
    )
    rows = (
        told.filter(fact__isnull=False)
        .exclude(Exists(mistakes))
        .annotate(is_answered=is_answered(outreach="about", at="at"), is_first=~Exists(_words_before()))
        .values("angle")
        .annotate(
            times=Count("about", distinct=True),
            answers=Count("about", distinct=True, filter=Q(is_answered=True)),
            at_once=Count("about", distinct=True, filter=Q(is_first=True)),
        )
        .order_by("angle")[:ANGLES]
    )
    return {
        row["angle"]: Told(
            row["times"], row["answers"] if row["times"] >= ENOUGH else None, at_once=row["at_once"]
        )
        for row in rows
    }


def _words_before() -> QuerySet[Event]:
    """What was written in the same outreach before the message; two hours are one contact."""
    return Event.objects.filter(
        WORDS, outreach=OuterRef("about"), at__lt=OuterRef("at") - A_BURST, retractions=None
    )
