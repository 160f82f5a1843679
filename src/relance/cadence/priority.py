"""The order of the queue, as one number that a database can sort by (METHOD, Priority)."""

from collections.abc import Mapping

from relance.cadence.decision import Decision
from relance.cadence.words import Action, Code, Situation

WENT_QUIET = 2
PLACES: Mapping[Situation, int] = {
    Situation.APPLICATION: 0,
    Situation.LINKEDIN_INVITATION: 1,
    Situation.CONVERSATION: WENT_QUIET,
    Situation.CV_DATABASE: 3,
    Situation.FIRST_MESSAGE: 4,
    Situation.KEEP_IN_TOUCH: 5,
}
OUT_OF_THE_QUEUE = 1_000


def rank(decision: Decision, *, situation: Situation, must_answer: bool) -> int:
    """The place of a decision in the queue, smaller first; earliest due, then id, decide equals.

    `your_turn`, then not optional, must-answer, late, and the situation in METHOD's order. What is
    neither an answer nor a contact comes after everything, from OUT_OF_THE_QUEUE on.
    """
    place = WENT_QUIET if decision.code == Code.WENT_QUIET else PLACES[situation]
    if decision.action not in (Action.ANSWER, Action.CONTACT):
        return OUT_OF_THE_QUEUE + place
    number = 0
    for comes_after in (
        decision.code != Code.YOUR_TURN,
        decision.optional,
        not must_answer,
        not decision.late,
    ):
        number = number * 2 + comes_after
    return number * 10 + place


def sheltered(decision: Decision, *, situation: Situation, must_answer: bool) -> bool:
    """Whether it never falls below the daily capacity's cut: `your_turn`, starred applications."""
    if decision.code == Code.YOUR_TURN:
        return True
    return decision.action == Action.CONTACT and situation == Situation.APPLICATION and must_answer


def _starred_application(*, late: bool) -> int:
    decision = Decision(Action.CONTACT, Code.FIRST_ACTION, late=late)
    return rank(decision, situation=Situation.APPLICATION, must_answer=True)


SHELTERED_UP_TO = _starred_application(late=True)
"""Ranks up to this one are answers owed and starred applications that are late: never below the cut."""
SHELTERED_TOO = _starred_application(late=False)
"""The rank of a starred application that is not late: sheltered among ranks that are not."""
