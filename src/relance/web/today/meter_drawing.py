"""The skipping stone: what was sent, what is due, what is still allowed, as one drawing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.cadence.meter import Meter
from relance.web.phrases.ages import ordinal

# From the design: where the stone lands, and how high it bounces before that.
LANDINGS = (6, 58, 104, 142)
BOUNCES = ("", "M6 30Q32 -10 58 30", "M58 30Q81 0 104 30", "M104 30Q123 10 142 30")


@dataclass(frozen=True, slots=True)
class Bounce:
    path: str
    x: int
    state: str


@dataclass(frozen=True, slots=True)
class Drawing:
    title: str
    label: str
    note: str
    bounces: list[Bounce]
    ended: str


def draw(meter: Meter, *, step: int | None, due: bool, stopped: bool, opened: bool) -> Drawing:
    """The drawing of an outreach's meter. `due` says that `step` is proposed now; `opened`, that the
    first action took place."""
    sent = meter.follow_ups_sent
    planned = max(meter.planned, sent)
    bounces = []
    for number in range(min(planned, 3) + 1):
        if (number == 0 and opened) or 0 < number <= sent:
            state = "done"
        elif due and number == (step or 0):
            state = "now"
        elif meter.answered or stopped:
            continue
        else:
            state = "left"
        bounces.append(Bounce(BOUNCES[number], LANDINGS[number], state))
    ended = "answered" if meter.answered else "stopped" if stopped else ""
    return Drawing(
        title=_title(meter, step=step, due=due, planned=planned),
        label=_label(meter, due=due, planned=planned, ended=ended),
        note=_note(meter, step=step, due=due),
        bounces=bounces,
        ended=ended,
    )


def _title(meter: Meter, *, step: int | None, due: bool, planned: int) -> str:
    if due and step:
        return _("%(nth)s follow-up of %(planned)s") % {"nth": ordinal(step), "planned": planned}
    return ngettext(
        "%(sent)s follow-up of %(planned)s", "%(sent)s follow-ups of %(planned)s", meter.follow_ups_sent
    ) % {"sent": meter.follow_ups_sent, "planned": planned}


def _label(meter: Meter, *, due: bool, planned: int, ended: str) -> str:
    parts = [
        ngettext("%(count)s follow-up sent", "%(count)s follow-ups sent", meter.follow_ups_sent)
        % {"count": meter.follow_ups_sent}
    ]
    if due:
        parts.append(_("one due now"))
    left = planned - meter.follow_ups_sent - due
    if left > 0 and not ended:
        parts.append(ngettext("%(count)s still planned", "%(count)s still planned", left) % {"count": left})
    if ended == "answered":
        parts.append(_("an answer came"))
    elif ended == "stopped":
        parts.append(_("stopped"))
    return ", ".join(parts)


def _note(meter: Meter, *, step: int | None, due: bool) -> str:
    if not due or not step or meter.answered:
        return ""
    if step >= meter.cap:
        return _("The last one allowed.")
    if step >= meter.planned:
        return _("The last one advised. A %(nth)s stays allowed, never more.") % {"nth": ordinal(meter.cap)}
    return ""
