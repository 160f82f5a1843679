"""What an element of a page says of a decision to whoever reads it by machine: tests, scripts, extensions."""

from datetime import UTC

from django.utils.html import format_html
from django.utils.safestring import SafeString

from relance.method.outreach.models import Outreach

NOTHING = SafeString("")


def marks(outreach: Outreach | None) -> SafeString:
    """The attributes of the element that shows a decision: which outreach, what, due when, in which state.

    `data-decision` is the action, the code, the step, the channel and the slot, `-` for what does not
    apply; `data-due` is in UTC; `data-state` holds `late` and `optional` where they are true.
    """
    if outreach is None:
        return NOTHING
    step = "-" if outreach.step is None else outreach.step
    decision = (outreach.action, outreach.code, step, outreach.channel or "-", outreach.slot or "-")
    told = (("late", outreach.is_late), ("optional", outreach.is_optional))
    return format_html(
        'data-outreach="{}" data-decision="{}" data-due="{}" data-state="{}"',
        outreach.pk,
        " ".join(map(str, decision)),
        outreach.due_at.astimezone(UTC).isoformat() if outreach.due_at else "",
        " ".join(name for name, holds in told if holds),
    )
