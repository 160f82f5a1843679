"""What one learns of a position from the first message on, and what nobody was told yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relance.method.measure.told_counts import Told
from relance.method.writing.models import Angle
from relance.method.writing.syntax import slots

SHOWN = 2
"""Of each: those told most, and those never told."""


@dataclass(frozen=True, slots=True)
class Said:
    """One angle: when it is told, or that it never is."""

    pk: int
    says: str
    level: str
    icon: str
    never: bool = False
    unwritten: bool = False


def said_at_once(told: Sequence[tuple[Angle, Told]]) -> list[Said]:
    """The two angles told most often, with how often at once; then two that nobody was told, in their order."""
    most = sorted((one for one in told if one[1].times), key=lambda one: -one[1].times)[:SHOWN]
    never = [angle for angle, counts in told if not counts.times][:SHOWN]
    return [_told(angle, counts) for angle, counts in most] + [
        Said(
            angle.pk, _("%(angle)s: never told") % {"angle": angle.name}, "todo", "clock",
            never=True, unwritten=bool(slots(angle.text)),
        )
        for angle in never
    ]  # fmt: skip


def _told(angle: Angle, counts: Told) -> Said:
    says = _("%(angle)s: in the first message, %(first)s of %(all)s times") % {
        "angle": angle.name, "first": counts.at_once, "all": counts.times,
    }  # fmt: skip
    early = counts.at_once * 2 >= counts.times
    return Said(angle.pk, says, "ok" if early else "todo", "check" if early else "clock")
