"""The checks before sending (METHOD, Writing): a draft in, explained findings out, no sentence.

The first four block: nothing written, something left to write, a text this person already had, a text
the channel cannot carry. The others warn, each with the values its sentence and its remedy need.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from relance.cadence.words import Channel, Situation
from relance.method.writing.lengths import Fit, fit
from relance.method.writing.sms import sms_safe, sms_segments
from relance.method.writing.syntax import Slot, fill, slots, variables, without_marks
from relance.method.writing.wording import (
    addresses,
    has_notice,
    new_words,
    own_part,
    own_words,
    past_pay,
    pressures,
    questions,
    reproaches,
    sensitive,
)
from relance.method.writing.words import Language, Purpose

SAME_TEXT = 0.9
RESEMBLES = 0.7
OWN_WORDS = 2
NEW_WORDS = 3
COPIED = 0.8
TELLING = 8
"""Words of one's own: with fewer, two texts are alike by chance."""
FOLLOWING = frozenset({Purpose.FOLLOW_UP, Purpose.WENT_QUIET})
WITHOUT_QUESTION = frozenset({Purpose.INVITATION_NOTE, Purpose.REFUSAL, Purpose.YOUR_TURN})

Similarity = Callable[[str, str], float]
"""How alike two texts are, 0 to 1, greeting, signature and quoted text removed (the guard's own)."""


class CheckCode(StrEnum):
    EMPTY = "empty"
    UNRESOLVED_VARIABLE = "unresolved_variable"
    UNFILLED_SLOT = "unfilled_slot"
    SAME_TEXT = "same_text"
    TOO_LONG = "too_long"
    RESEMBLES = "resembles"
    NO_PERSONAL_ELEMENT = "no_personal_element"
    NO_NEW_ANGLE = "no_new_angle"
    REPROACH = "reproach"
    PRESSURE = "pressure"
    MIXED_ADDRESS = "mixed_address"
    SEVERAL_QUESTIONS = "several_questions"
    NO_QUESTION = "no_question"
    NO_NOTICE = "no_notice"
    COPY_PASTE = "copy_paste"
    PAST_PAY = "past_pay"
    SENSITIVE = "sensitive"
    SMS_COSTS = "sms_costs"
    FITS = "fits"
    PERSONAL_ELEMENT = "personal_element"


class Level(StrEnum):
    BLOCK = "block"
    TODO = "todo"
    OK = "ok"


Value = str | int | datetime | None


@dataclass(frozen=True, slots=True)
class Finding:
    code: CheckCode
    level: Level
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A text this person already had, from whoever in the organisation."""

    text: str
    sent_at: datetime
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    text: str
    """As it stands in the composer: what would be sent."""
    channel: Channel
    language: Language
    situation: Situation
    purpose: Purpose
    step: int
    subject: str = ""
    earlier: tuple[Earlier, ...] = ()
    template: str | None = None
    """The template it was begun from, unfilled; None when written from scratch."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the template was filled with, by variable code; brackets in a value are no slot."""
    first_contact: bool = False
    """Nothing written to this person has carried the notice of rights yet."""
    notice_present: bool = False
    """Something outside the text carries it (a signature, a link); else the text is read for it."""
    new_angle: bool = False
    """An angle that this person was not told yet stands in the text; else the words are compared."""
    personal: bool = False
    """A personal element noted of this person stands in the text; else the words are compared."""
    others: Callable[[], Iterable[str]] = tuple
    """The last texts sent to other people; asked for only where there is something to compare."""
    shared: tuple[str, ...] = ()
    """What is meant to be told to many: the angles of the position."""
    note_limit: int = 200
    """Characters of an invitation's note, by LinkedIn account: 200, or 300 with Premium."""


def check(draft: Draft, similarity: Similarity) -> tuple[Finding, ...]:
    """What stands in the way of this draft: what blocks, then what warns, then what is well."""
    if not draft.text.strip() and draft.purpose is not Purpose.INVITATION_NOTE:  # an invitation may be blank
        return (Finding(CheckCode.EMPTY, Level.BLOCK),)
    open_marks = tuple(_unresolved(draft))
    findings = [*open_marks, *_told_already(draft, similarity), _length(draft)]
    if not open_marks:
        findings += [*_personal(draft), *_novelty(draft), *_copied(draft, similarity)]
    findings += [*_manner(draft), *_unfit(draft), *_question(draft), *_notice(draft), *_costs(draft)]
    order = list(Level)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.level)))


def _unresolved(draft: Draft) -> Iterator[Finding]:
    """Positions are offsets in the text; a mark left in the subject has none."""
    literal = tuple(draft.values.values())
    for text, is_subject in ((draft.subject, True), (draft.text, False)):
        for mark in (*variables(text, literal), *slots(text, literal)):
            slot = isinstance(mark, Slot)
            yield Finding(
                CheckCode.UNFILLED_SLOT if slot else CheckCode.UNRESOLVED_VARIABLE,
                Level.BLOCK,
                {"mark": mark.source, "start": None if is_subject else mark.start},
            )


def _told_already(draft: Draft, similarity: Similarity) -> Iterator[Finding]:
    """The nearest of the earlier texts, if it is near."""
    nearest = max(
        ((similarity(draft.text, other.text), other.sent_at, other) for other in draft.earlier),
        key=lambda told: told[:2],
        default=None,
    )
    if nearest is None or nearest[0] < RESEMBLES:
        return
    degree, sent_at, other = nearest
    same = degree >= SAME_TEXT
    yield Finding(
        CheckCode.SAME_TEXT if same else CheckCode.RESEMBLES,
        Level.BLOCK if same else Level.TODO,
        {"percent": int(degree * 100), "sent_at": sent_at, "channel": other.channel.value},
    )


def _length(draft: Draft) -> Finding:
    found = fit(draft.text, draft.subject, draft.channel, draft.purpose, draft.note_limit)
    values: dict[str, Value] = {
        "part": found.part,
        "unit": found.unit,
        "count": found.count,
        "limit": found.limit,
    }
    if found.fit is Fit.FITS:
        return Finding(CheckCode.FITS, Level.OK, values)
    return Finding(CheckCode.TOO_LONG, Level.BLOCK if found.fit is Fit.CUT else Level.TODO, values)


def _personal(draft: Draft) -> Iterator[Finding]:
    """Words the template did not bring, or the noted detail; a text written from scratch is one's own."""
    if draft.template is None or draft.purpose is Purpose.YOUR_TURN:
        return
    blank = without_marks(fill(draft.template, draft.values), draft.values.values())
    detail = draft.values.get("detail", "").strip()
    noted = draft.personal or bool(detail and detail in draft.text)
    own = noted or own_words(draft.text, blank) >= OWN_WORDS
    if own:
        yield Finding(CheckCode.PERSONAL_ELEMENT, Level.OK)
    else:
        yield Finding(CheckCode.NO_PERSONAL_ELEMENT, Level.TODO)


def _novelty(draft: Draft) -> Iterator[Finding]:
    if draft.purpose not in FOLLOWING or not draft.earlier or draft.new_angle:
        return
    if new_words(draft.text, (other.text for other in draft.earlier), draft.language) < NEW_WORDS:
        yield Finding(CheckCode.NO_NEW_ANGLE, Level.TODO)


def _copied(draft: Draft, similarity: Similarity) -> Iterator[Finding]:
    """What one wrote oneself, the template left out, said to others already: they compare."""
    brought = (fill(draft.template, draft.values) if draft.template else "", *draft.shared)
    mine = own_part(draft.text, *brought)
    if len(mine.split()) < TELLING:
        return
    alike = sum(similarity(mine, own_part(other, *brought)) >= COPIED for other in draft.others())
    if alike:
        yield Finding(CheckCode.COPY_PASTE, Level.TODO, {"count": alike})


def _unfit(draft: Draft) -> Iterator[Finding]:
    """What may not be asked, and what may not be said of a person."""
    said = _said(draft)
    for words in past_pay(said, draft.language):
        yield Finding(CheckCode.PAST_PAY, Level.TODO, {"words": words})
    for family, words in sensitive(said, draft.language):
        yield Finding(CheckCode.SENSITIVE, Level.TODO, {"words": words, "family": family})


def _costs(draft: Draft) -> Iterator[Finding]:
    """A character that halves what a text message carries, where a plain one says the same."""
    if draft.channel is not Channel.SMS:
        return
    now, safe = sms_segments(draft.text), sms_segments(sms_safe(draft.text))
    if safe.segments < now.segments:
        yield Finding(CheckCode.SMS_COSTS, Level.TODO, {"count": now.segments, "safe": safe.segments})


def _manner(draft: Draft) -> Iterator[Finding]:
    said = _said(draft)
    for words in reproaches(said, draft.language):
        yield Finding(CheckCode.REPROACH, Level.TODO, {"words": words})
    for words in pressures(said, draft.language):
        yield Finding(CheckCode.PRESSURE, Level.TODO, {"words": words})
    if draft.language is not Language.FR:
        return
    here = addresses(said)
    told = (addresses(other.text) for other in sorted(draft.earlier, key=lambda e: e.sent_at))
    first = next((one for one in told if len(one) == 1), here)
    if len(here | first) > 1:
        yield Finding(CheckCode.MIXED_ADDRESS, Level.TODO, {"first": min(first) if len(first) == 1 else None})


def _said(draft: Draft) -> str:
    """Subject and text without what is still to be written: a slot's words are for the recruiter."""
    return without_marks(f"{draft.subject}\n{draft.text}", draft.values.values())


def _question(draft: Draft) -> Iterator[Finding]:
    asked = questions(without_marks(draft.text, draft.values.values()))
    if asked > 1:
        yield Finding(CheckCode.SEVERAL_QUESTIONS, Level.TODO, {"count": asked})
    elif asked == 0 and draft.purpose not in WITHOUT_QUESTION:
        yield Finding(CheckCode.NO_QUESTION, Level.TODO)


def _notice(draft: Draft) -> Iterator[Finding]:
    """An invitation's note has no room for it, and who applies was told when applying."""
    owed = (
        draft.first_contact
        and not draft.notice_present
        and draft.purpose is not Purpose.INVITATION_NOTE
        and draft.situation is not Situation.APPLICATION
    )
    if owed and not has_notice(draft.text, draft.language):
        yield Finding(CheckCode.NO_NOTICE, Level.TODO)
