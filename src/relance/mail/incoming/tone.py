"""What a person's answer seems to mean, by short rules that can be read: a proposal, changed with one key.

In doubt, unknown: a wrong proposal costs more than none.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from relance.cadence.words import Tone
from relance.mail.incoming import people, rulebook
from relance.mail.incoming.folding import flat
from relance.mail.incoming.later import later_day

_READ_ALONG = 1_500
_NEAR = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Proposal:
    tone: Tone
    opt_out: bool
    """They ask to be left alone for ever: to be recorded as an opt-out, not as a tone."""
    why: str
    resume_on: date | None = None
    """The day from which they may be written to again, of a "later"."""


@cache
def _table() -> tuple[tuple[Tone, str, re.Pattern[str]], ...]:
    return tuple(
        (Tone(each["is"]), each["why"], rulebook.any_of(tuple(each["patterns"])))
        for each in rulebook.rules("tone")["tone"]
    )


def propose(text: str, *, on: date) -> Proposal:
    """Propose what the newly written text of an answer means; `on` is the day on which it was written."""
    stop = people.asks_to_stop("", text)
    if stop:
        return Proposal(Tone.NEGATIVE, True, f"opt_out:{stop}")
    plain = flat(text)[:_READ_ALONG]
    found = {tone_why[1]: tone_why[0] for tone_why in _found(plain)}
    day = later_day(plain, on) if "later" in found else None
    if not found:
        return Proposal(Tone.UNKNOWN, False, "no_rule")
    if "cross" in found:
        return Proposal(Tone.NEGATIVE, False, "cross")
    if "later" in found and (day is not None or "not_looking" not in found) and not _leaning(found, day, on):
        return Proposal(Tone.LATER, False, "later", day)
    if "interested" in found:
        return _yes(found, plain, day)
    for why, tone in found.items():
        return Proposal(tone, False, why)
    return Proposal(Tone.UNKNOWN, False, "no_rule")


def _found(plain: str) -> list[tuple[Tone, str]]:
    return [(tone, why) for tone, why, words in _table() if words.search(plain)]


def _leaning(found: dict[str, Tone], day: date | None, on: date) -> bool:
    """A yes that names a near day is an appointment, unless a no stands beside it."""
    near = day is None or day - on < _NEAR
    return near and "interested" in found and not {"not_looking", "this_one_no", "no_thanks"} & set(found)


def _yes(found: dict[str, Tone], plain: str, day: date | None) -> Proposal:
    against = [why for why in found if why in {"not_looking", "this_one_no", "no_thanks"}]
    doubted = rulebook.any_of(tuple(rulebook.listed("tone", "doubt", "patterns"))).search(plain)
    if not against and not doubted:
        return Proposal(Tone.POSITIVE, False, "interested")
    if "no_thanks" in against or "not_looking" in against:
        why = against[0]
        return (
            Proposal(found[why], False, why, day)
            if doubted or len(against) > 1 or _denied(plain)
            else _unclear()
        )
    return Proposal(Tone.NOT_THIS_ONE, False, "this_one_no") if against and doubted else _unclear()


def _denied(plain: str) -> bool:
    return bool(
        re.search(r"\b(?:pas|plus|not)\b (?:\w+ ){0,3}(?:interess|interest|a l'ecoute|open|looking)", plain)
    )


def _unclear() -> Proposal:
    return Proposal(Tone.UNKNOWN, False, "both_ways")
