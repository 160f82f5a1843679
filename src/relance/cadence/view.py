"""Where a decision is taken from: one outreach at one instant, and the step that may come."""

from dataclasses import dataclass
from datetime import datetime

from relance.cadence.cadences import LATE_BROUGHT_IN, Delay, Step
from relance.cadence.calendar import Calendar
from relance.cadence.decision import Decision, Reason
from relance.cadence.history import Outreach
from relance.cadence.instants import in_utc
from relance.cadence.story import Story
from relance.cadence.windows import slot_of
from relance.cadence.words import Action, Channel, Code, Slot


@dataclass(slots=True)
class View:
    """One outreach as it stands at one instant (UTC)."""

    outreach: Outreach
    story: Story
    calendar: Calendar
    now: datetime

    def first_to_come(self, *instants: datetime | None) -> datetime | None:
        """The earliest instant that is still to come."""
        to_come = [at for at in instants if at is not None and at > self.now]
        return min(to_come) if to_come else None

    def not_before_brought_in(self, late_at: datetime) -> datetime:
        """Nothing is late before two working days after it was brought in (rule 10)."""
        if self.outreach.brought_in_at is None:
            return late_at
        return max(late_at, LATE_BROUGHT_IN.after(in_utc(self.outreach.brought_in_at), self.calendar))

    def slot(self, channel: Channel, due_at: datetime) -> Slot | None:
        """The slot a call is due in."""
        return slot_of(due_at, self.calendar) if channel == Channel.CALL else None

    def stop(self, code: Code, why: tuple[Reason, ...], until: datetime | None = None) -> Decision:
        """An end, which no time changes unless `until` says when it is called otherwise."""
        return Decision(Action.STOP, code, until, reasons=why, timezone=self.outreach.timezone)

    def wait(self, code: Code, until: datetime | None, why: tuple[Reason, ...]) -> Decision:
        """A wait that leads to no step yet."""
        return Decision(Action.WAIT, code, until, due_at=until, reasons=why, timezone=self.outreach.timezone)


@dataclass(frozen=True, slots=True)
class Plan:
    """A step that may come: its number, its timing, its channel and what it counts from."""

    code: Code
    step: int
    timing: Step
    channel: Channel
    moved_at: datetime
    rest: Delay | None
    waited_until: datetime | None = None
    ends_at: datetime | None = None
    """When the step ceases to come, whatever its due time: the double's 24 h."""
