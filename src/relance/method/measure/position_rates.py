"""How many of those sourced for a position answered (METHOD, Measure)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.rates import Rate, rate
from relance.cadence.words import Situation
from relance.method.measure.answered import HERE, WORDS
from relance.method.outreach.last_words import ANSWERS
from relance.method.outreach.models import Event, Outreach, Position

JUDGED_AFTER = timedelta(days=30)
"""How old a whole approach is, from its first words on, when its silence counts: as in the baseline of an import."""
SOURCED = (Situation.LINKEDIN_INVITATION, Situation.FIRST_MESSAGE, Situation.CV_DATABASE)
COUNTED = 2_000


@dataclass(frozen=True, slots=True)
class Answered:
    """Those who answered of those written to 30 days ago or longer; `young` were written to since."""

    rate: Rate
    young: int


def position_rate(member: Membership, position: Position, *, now: datetime) -> Answered:
    """How many of the people sourced for a position and written to have answered, whatever they said.

    Applications and catch-ups are left out, who applied had written first; and a past brought in, since one keeps
    of it whom one likes. Counted up to the latest 2,000.
    """
    facts = Event.objects.filter(outreach=OuterRef("pk"), retractions=None)
    first_words = facts.filter(WORDS).order_by("at", "pk")
    answers = facts.filter(kind__in=ANSWERS, at__gt=OuterRef("written_at"))
    rows = within(Outreach.objects.all(), member).filter(about__position=position, situation__in=SOURCED)
    written = (
        rows.annotate(
            written_at=Subquery(first_words.values("at")[:1]),
            written_in=Subquery(first_words.values("source")[:1]),
        )
        .filter(written_in__in=HERE)
        .annotate(is_answered=Exists(answers))
        .order_by("-pk")
        .values_list("written_at", "is_answered")[:COUNTED]
    )
    judged, young = [], 0
    for at, is_answered in written:
        if now - at < JUDGED_AFTER:
            young += 1
        else:
            judged.append(is_answered)
    return Answered(rate(sum(judged), len(judged)), young)
