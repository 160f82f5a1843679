"""Rest after a no (METHOD, The guard)."""

from collections.abc import Iterable
from datetime import datetime

from relance.cadence.decision import Refusal, Value
from relance.cadence.instants import days
from relance.cadence.story import Story
from relance.cadence.words import RefusalCode, Situation

REST_OF_A_PURPOSE = days(30)
REST_OF_A_PERSON = days(180)


def rest_after_a_no(situation: Situation, stories: Iterable[Story], now: datetime) -> Refusal | None:
    """The refusal owed to a no said in any outreach, unless the person came back on it since.

    30 days after `not_this_one`; after `not_looking` (`negative` and a declined InMail mean it) 180
    days, then `keep_in_touch` only. A later yes, "later" or application is their coming back.
    """
    told = list(stories)
    back_at = max((story.came_back_at for story in told if story.came_back_at is not None), default=None)

    def standing(at: datetime | None) -> bool:
        return at is not None and (back_at is None or at >= back_at)

    not_looking_at = max((at for story in told if standing(at := story.not_looking_at) and at), default=None)
    not_this_at = max((at for story in told if standing(at := story.not_this_one_at) and at), default=None)
    this_until = not_this_at + REST_OF_A_PURPOSE if not_this_at else None
    if not_looking_at is not None:
        until = not_looking_at + REST_OF_A_PERSON
        in_touch = situation == Situation.KEEP_IN_TOUCH
        values: dict[str, Value] = {"at": not_looking_at, "until": until, "then_keep_in_touch_only": True}
        if now < until:
            return Refusal(RefusalCode.RESTING, until if in_touch else None, values)
        if not in_touch:
            return Refusal(RefusalCode.KEEP_IN_TOUCH_ONLY, values=values)
    if this_until is not None and now < this_until:
        values = {"at": not_this_at, "until": this_until, "then_keep_in_touch_only": False}
        return Refusal(RefusalCode.RESTING, this_until, values)
    return None
