"""One outreach with the decision that holds, before it is stored: plain, since an import takes thousands."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from relance.cadence.decide import decide
from relance.cadence.decision import Decision
from relance.cadence.guard import Ask, Marks, OpenPermit, Standing
from relance.cadence.history import Event as Fact
from relance.cadence.history import Outreach as History
from relance.cadence.priority import rank
from relance.cadence.words import Action, Channel, Code, Situation
from relance.method.outreach.judging import ended_at, judged

DECISION_FIELDS = (
    "action", "code", "step", "channel", "slot", "due_at", "late_at", "is_late", "is_optional", "changes_at",
    "reasons", "rank", "held", "frees_at", "is_open", "in_queue", "ended_at",
)  # fmt: skip


@dataclass(slots=True)
class Decided:
    """What is stored of an outreach's decision; `settle` gives what depends on the candidate's others."""

    pk: int
    recruiter_id: int
    opened_at: datetime
    history: History
    decision: Decision
    changes_at: datetime | None
    is_open: bool = False
    in_queue: bool = False
    held: str = ""
    frees_at: datetime | None = None

    def standing(self) -> Standing:
        """The outreach as the guard looks at it."""
        history = self.history
        return Standing(
            outreach_id=str(self.pk),
            recruiter_id=str(self.recruiter_id),
            situation=history.situation,
            events=history.events,
            is_open=self.is_open,
            follow_ups=history.follow_ups,
            ended_at=self.ended_at(),
        )

    def ended_at(self) -> datetime | None:
        """When it ended, if it is over."""
        if self.is_open or self.decision.action is not Action.STOP:
            return None
        reasons = {reason.code: reason.values for reason in self.decision.reasons}
        end: datetime | None = ended_at(self.decision.action, reasons, self.opened_at)
        return end

    def values(self) -> tuple[Any, ...]:
        """The values of DECISION_FIELDS, in their order."""
        return self._written(_same, bool, self._reasons())

    def prepared(
        self, instant: Callable[[datetime | None], Any], truth: Callable[[bool], Any]
    ) -> tuple[Any, ...]:
        """The values of DECISION_FIELDS as the database takes what is dated and what is true or false."""
        return self._written(instant, truth, json.dumps(self._reasons()))

    def _written(
        self, instant: Callable[[datetime | None], Any], truth: Callable[[bool], Any], reasons: object
    ) -> tuple[Any, ...]:
        decision, history = self.decision, self.history
        return (
            str(decision.action), str(decision.code), decision.step, str(decision.channel or ""),
            str(decision.slot or ""), instant(decision.due_at), instant(decision.late_at), truth(decision.late),
            truth(decision.optional), instant(self.changes_at), reasons,
            rank(decision, situation=history.situation, must_answer=history.must_answer), str(self.held),
            instant(self.frees_at), truth(self.is_open), truth(self.in_queue), instant(self.ended_at()),
        )  # fmt: skip

    def _reasons(self) -> list[dict[str, Any]]:
        return [
            {"code": str(reason.code), **{name: _plain(value) for name, value in reason.values.items()}}
            for reason in self.decision.reasons
        ]


def _same(at: datetime | None) -> datetime | None:
    return at


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def decided(
    pk: int,
    recruiter_id: int,
    opened_at: datetime,
    history: History,
    elsewhere: Sequence[Fact],
    now: datetime,
) -> Decided:
    """Decide on one outreach at `now`; `settle` is still to come."""
    decision = decide(history, now=now, elsewhere=elsewhere)
    return Decided(pk, recruiter_id, opened_at, history, decision, decision.changes_at)


def settle(
    all_decided: Sequence[Decided],
    *,
    marks: Marks,
    permit: OpenPermit | None,
    overridden: Callable[[Ask], bool],
    now: datetime,
) -> None:
    """Say which of a candidate's outreaches is open, and whether the guard holds its decision back."""
    standing = _standing(all_decided)
    if standing is None:
        return
    standing.is_open = True
    if standing.decision.action not in {Action.ANSWER, Action.CONTACT}:
        return
    channel = standing.decision.channel or Channel.LINKEDIN
    ask = Ask(str(standing.pk), str(standing.recruiter_id), channel)
    refusal = judged(
        ask,
        [each.standing() for each in all_decided],
        marks=marks,
        permit=permit,
        overridden=lambda: overridden(ask),
        timezone=standing.history.timezone,
        region=standing.history.region,
        now=now,
    )
    if refusal is None:
        standing.in_queue = True
        return
    standing.held, standing.frees_at = refusal.code, refusal.frees_at
    if refusal.frees_at and (standing.changes_at is None or refusal.frees_at < standing.changes_at):
        standing.changes_at = refusal.frees_at


def _standing(all_decided: Sequence[Decided]) -> Decided | None:
    """The one outreach that is open: an answer owed before all, else the latest that is not over.

    A catch-up for a day to come is planned, and one that nothing was recorded in leans on nothing:
    neither is open.
    """
    best: tuple[tuple[bool, datetime, int], Decided] | None = None
    for each in all_decided:
        decision = each.decision
        if decision.action is Action.STOP:
            continue
        if each.history.situation is Situation.KEEP_IN_TOUCH and decision.action is Action.WAIT:
            if decision.code is Code.NO_FIRST_ACTION:
                continue
            if decision.code is Code.TOO_EARLY and decision.step == 1:
                continue
        key = (decision.action is Action.ANSWER, each.opened_at, each.pk)
        if best is None or key > best[0]:
            best = (key, each)
    return best[1] if best else None
