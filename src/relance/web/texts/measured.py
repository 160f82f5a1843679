"""What became of the messages of a template, beside those of the same moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from relance.method.measure.answered import LOOKED_BACK
from relance.method.measure.template_rates import NOTHING, UNASKED, Sent
from relance.method.writing.models import Template
from relance.web.phrases.rates import Shown, axis_of, shown
from relance.web.phrases.reasons import Setting

BESIDE = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One template of the comparison."""

    name: str
    rate: Shown
    own: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """The open template's figures; without `lines` they are too few."""

    lines: list[Line]
    judged: int
    young: int
    wanted: int
    between: str
    since: str


def measured(
    template: Template, rows: Sequence[Template], rates: Mapping[int, Sent], setting: Setting
) -> Measured | None:
    """The figures of one template, with up to three others of its moment that have enough; None where it asks
    for no answer.
    """
    if template.purpose in UNASKED:
        return None
    sent = rates.get(template.pk, NOTHING)
    beside = [
        row
        for row in rows
        if row.pk != template.pk
        and (row.situation, row.purpose, row.step) == (template.situation, template.purpose, template.step)
        and rates.get(row.pk, NOTHING).answered.rate is not None
    ][:BESIDE]
    compared = [template, *beside] if sent.answered.rate is not None else []
    axis = axis_of(*(rates[row.pk].answered for row in compared))
    lines = [
        Line(row.name, shown(rates[row.pk].answered, axis=axis), own=row is template) for row in compared
    ]
    return Measured(
        lines=lines,
        judged=sent.answered.of,
        young=sent.young,
        wanted=sent.answered.wanted,
        between=lines[0].rate.between if lines else "",
        since=setting.since_day(_since(template, setting.now)),
    )


def _since(template: Template, now: datetime) -> datetime:
    return max(template.changed_at, now - LOOKED_BACK)
