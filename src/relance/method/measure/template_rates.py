"""How many answered what was sent from a template (METHOD, Measure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from relance.cadence.rates import Rate, rate
from relance.cadence.words import Kind
from relance.method.measure.answered import JUDGED_AFTER, LOOKED_BACK, is_answered
from relance.method.outreach.models import Event
from relance.method.writing.models import Template, TemplateVersion
from relance.method.writing.words import Purpose

UNASKED = frozenset({Purpose.YOUR_TURN, Purpose.REFUSAL})
"""What asks for no answer, or answers one: no rate is made of it."""
AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one wording, in outreaches: `young` are those written to too recently to be judged."""

    answered: Rate
    young: int = 0


NOTHING = Sent(rate(0, 0))


def template_rates(templates: Sequence[Template], *, now: datetime) -> dict[int, Sent]:
    """What was sent with the present wording of each of those templates of one organisation, by its key.

    A message counts from the day that wording was kept (`changed_at`), within the last twelve months, once
    it is 14 days old; an answer counts for the message it follows, whenever it comes. Those that were sent
    nothing, and those that ask for no answer, are not in it.
    """
    asking = [row for row in templates if row.purpose not in UNASKED][:AT_ONCE]
    if not asking:
        return {}
    since: dict[datetime, list[str]] = {}
    for row in asking:
        since.setdefault(row.changed_at, []).append(str(row.pk))
    wordings = Q()
    for changed_at, keys in since.items():
        wordings |= Q(template__in=keys, at__gte=changed_at)
    facts = _sent(now).filter(wordings)
    return {int(key): sent for key, sent in _counted(facts, "template", now).items()}


def version_rates(
    template: Template, versions: Sequence[TemplateVersion], *, now: datetime
) -> dict[int, Sent]:
    """The same of former wordings of one template, newest first, by their number."""
    if not versions or template.purpose in UNASKED:
        return {}
    facts = _sent(now).filter(
        template=str(template.pk), at__gte=versions[-1].since, at__lt=template.changed_at
    )
    spans = [When(at__gte=version.since, then=Value(version.number)) for version in versions]
    return _counted(facts.annotate(wording=Case(*spans)), "wording", now)


def _sent(now: datetime) -> QuerySet[Event]:
    # By the template's key alone, which is its organisation's own: SQLite would walk all of a firm's facts.
    mistakes = Event.objects.filter(of=OuterRef("pk"))
    return (
        Event.objects.filter(
            ~Q(template=""),
            kind__in=[Kind.MESSAGE_SENT, Kind.INVITATION_SENT],
            at__gte=now - LOOKED_BACK,
        )
        .exclude(Exists(mistakes))
        .annotate(is_answered=is_answered(outreach="outreach", at="at"))
    )


def _counted(facts: QuerySet[Event], by: str, now: datetime) -> dict[Any, Sent]:
    judged = Q(at__lte=now - JUDGED_AFTER)
    rows = (
        facts.values(wording_of=F(by))
        .annotate(
            judged=Count("outreach", distinct=True, filter=judged),
            answered=Count("outreach", distinct=True, filter=judged & Q(is_answered=True)),
            young=Count("outreach", distinct=True, filter=~judged),
        )
        .order_by("wording_of")[:AT_ONCE]
    )
    return {row["wording_of"]: Sent(rate(row["answered"], row["judged"]), row["young"]) for row in rows}
