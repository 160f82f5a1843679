"""The guard, asked with plain values: what is decided here needs no database, wherever it is done."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from relance.cadence.decision import Refusal
from relance.cadence.guard import Ask, Marks, OpenPermit, Standing, judge
from relance.cadence.words import Action, ReasonCode, RefusalCode

NO_MARKS = Marks()
ENDS = (
    (ReasonCode.CLOSED, "at"),
    (ReasonCode.NO_ANSWER_BY, "at"),
    (ReasonCode.COLD, "since"),
    (ReasonCode.INVITATION_IGNORED, "since"),
    (ReasonCode.CHANNEL_DEAD, "at"),
    (ReasonCode.OPTED_OUT, "at"),
    (ReasonCode.REPLY, "at"),
    (ReasonCode.CALL_ANSWERED, "at"),
)


def judged(
    ask: Ask,
    outreaches: Sequence[Standing],
    *,
    marks: Marks,
    permit: OpenPermit | None,
    overridden: Callable[[], bool],
    texts: tuple[str, ...] = (),
    timezone: str,
    region: str,
    now: datetime,
) -> Refusal | None:
    """What the guard says; the colleague rule is asked about again where a manager's override lifts it."""

    def asked(*, override: bool) -> Refusal | None:
        return judge(
            ask,
            outreaches=outreaches,
            now=now,
            marks=marks,
            open_permit=permit,
            sent_texts=texts,
            override=override,
            timezone=timezone,
            region=region,
        )

    refusal = asked(override=False)
    if refusal is not None and refusal.code == RefusalCode.COLLEAGUE and overridden():
        return asked(override=True)
    return refusal


def ended_at(action: str, reasons: Mapping[str, Mapping[str, Any]], opened_at: datetime) -> Any:
    """When an outreach that is over ended, as its reasons tell; None while it is planned."""
    if action != Action.STOP:
        return None
    return next((reasons[code][name] for code, name in ENDS if reasons.get(code, {}).get(name)), opened_at)
