"""The step that comes next, once rules 1 to 5 let it come: METHOD's rules 7 to 11."""

from datetime import datetime

from relance.cadence import reasons
from relance.cadence.cadences import CADENCES
from relance.cadence.decision import Decision
from relance.cadence.due import Due, due
from relance.cadence.view import Plan, View
from relance.cadence.words import Action, Code


def due_of(view: View, plan: Plan) -> Due:
    """When the plan is due (rule 10)."""
    return due(
        view.story,
        plan.step,
        plan.timing,
        plan.channel,
        view.calendar,
        moved_at=plan.moved_at,
        rest=plan.rest,
        waited_until=plan.waited_until,
    )


def decide_step(view: View, plan: Plan, when: Due) -> Decision:
    """Wait for the step, take it, or let it go cold: rules 7 to 11."""
    cadence = CADENCES[view.outreach.situation]
    now = view.now
    optional = cadence.optional_unless_starred and not view.outreach.must_answer
    if when.away_until is not None and now < when.away_until:
        return _wait(view, plan, when, Code.AWAY, when.away_until, when.away_until, optional)
    if when.snoozed_until is not None and now < when.snoozed_until:
        return _wait(view, plan, when, Code.SNOOZED, when.snoozed_until, when.snoozed_until, optional)
    cold_at = when.at_without_attempts + cadence.cold_after
    if now >= cold_at:
        return view.stop(Code.GONE_COLD, reasons.cold(view, plan, when, cold_at))
    if now < when.at:
        return _wait(view, plan, when, Code.TOO_EARLY, when.at, min(when.at, cold_at), optional)
    late_at = None
    if not optional:
        late_at = view.not_before_brought_in(plan.timing.late.after(when.at_without_attempts, view.calendar))
    return Decision(
        Action.CONTACT,
        plan.code,
        view.first_to_come(late_at, cold_at, plan.ends_at),
        plan.step,
        plan.channel,
        view.slot(plan.channel, when.at),
        when.at,
        late_at,
        late_at is not None and now >= late_at,
        optional,
        reasons.step(view, plan, when),
        view.outreach.timezone,
    )


def _wait(
    view: View, plan: Plan, when: Due, code: Code, until: datetime, changes_at: datetime, optional: bool
) -> Decision:
    return Decision(
        Action.WAIT,
        code,
        changes_at,
        plan.step,
        plan.channel,
        view.slot(plan.channel, when.at),
        until,
        None,
        False,
        optional,
        reasons.step(view, plan, when),
        view.outreach.timezone,
    )
