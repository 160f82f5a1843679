"""The starter templates: none missing, each true to the method and clean of every check."""

import re
from datetime import UTC, datetime
from itertools import combinations

import pytest

from relance.cadence.words import Channel, Occasion, Situation, Tone
from relance.method.writing.checks import CheckCode, Draft, Earlier, Finding, Level, check
from relance.method.writing.sms import Encoding, sms_segments
from relance.method.writing.starters import Starter, StarterError, load, read
from relance.method.writing.syntax import fill, slots, variables
from relance.method.writing.variables import VARIABLES
from relance.method.writing.wording import addresses
from relance.method.writing.words import Address, Language, Purpose
from tests.writing.conftest import VALUES, likeness, written
from tests.writing.promised import Cell, promised

STARTERS = load()
NOTICED = {Purpose.FIRST_ACTION, Purpose.DOUBLE_CALL}
every_starter = pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.id)


def in_cell(cell: Cell) -> list[Starter]:
    return [
        s
        for s in STARTERS
        if (s.purpose, s.step, s.tone) == (cell.purpose, cell.step, cell.tone)
        and s.situation in (None, cell.situation)
        and (cell.channel is None or cell.channel in s.channels)
        and (cell.occasion is None or s.occasion in (None, cell.occasion))
    ]


def filled(starter: Starter) -> str:
    return written(fill(starter.body, VALUES[starter.language]), starter.language)


def carries_the_notice(starter: Starter) -> bool:
    """The first text that reaches somebody who asked for nothing."""
    after_invitation = starter.situation is Situation.LINKEDIN_INVITATION and starter.step == 1
    return starter.situation is not Situation.APPLICATION and (starter.purpose in NOTICED or after_invitation)


def findings(starter: Starter, text: str, channel: Channel) -> list[Finding]:
    draft = Draft(
        text=text,
        subject=fill(starter.subject, VALUES[starter.language]),
        channel=channel,
        language=starter.language,
        situation=starter.situation or Situation.FIRST_MESSAGE,
        purpose=starter.purpose,
        step=starter.step,
        template=starter.body,
        values=VALUES[starter.language],
        first_contact=carries_the_notice(starter),
    )
    return [finding for finding in check(draft, likeness) if finding.level is not Level.OK]


@pytest.mark.parametrize("cell", promised(), ids=str)
def test_every_promised_cell_has_two_in_each_voice(cell: Cell) -> None:
    here = in_cell(cell)
    for address, language in (
        (Address.VOUS, Language.FR),
        (Address.TU, Language.FR),
        (None, Language.EN),
    ):
        voice = [s for s in here if (s.address, s.language) == (address, language)]
        assert len(voice) >= cell.least, (address, language)
        for one, other in combinations(voice, 2):
            assert likeness(filled(one), filled(other)) < 0.7, (one.id, other.id)


def test_nothing_stands_outside_the_promise() -> None:
    inside = {starter.id for cell in promised() for starter in in_cell(cell)}
    assert inside == {starter.id for starter in STARTERS}


@every_starter
def test_its_variables_are_known_and_shown_by_their_first_name(starter: Starter) -> None:
    for mark in variables(starter.subject + starter.body):
        assert mark.code is not None, mark.source
        assert mark.name == VARIABLES[mark.code].name(starter.language)
        assert mark.code != "client"


@every_starter
def test_it_leaves_one_slot_in_the_text_and_none_in_the_subject(starter: Starter) -> None:
    assert len(slots(fill(starter.body, VALUES[starter.language]))) == 1
    assert not slots(starter.subject)
    assert not variables(fill(starter.body + starter.subject, VALUES[starter.language]))


@every_starter
def test_the_slot_is_the_only_thing_left_to_do(starter: Starter) -> None:
    text = fill(starter.body, VALUES[starter.language])
    for channel in starter.channels:
        assert [finding.code for finding in findings(starter, text, channel)] == [CheckCode.UNFILLED_SLOT]
        assert findings(starter, filled(starter), channel) == []


@every_starter
def test_it_asks_one_question_at_most(starter: Starter) -> None:
    without_question = starter.purpose in {Purpose.REFUSAL, Purpose.YOUR_TURN, Purpose.INVITATION_NOTE}
    assert filled(starter).count("?") in ({0, 1} if without_question else {1})
    assert "?" not in "".join(slot.hint for slot in slots(starter.body))


@every_starter
def test_it_speaks_in_one_voice(starter: Starter) -> None:
    said = addresses(re.sub(r"\[[^\]]*\]", "", f"{starter.subject}\n{starter.body}"))
    assert said == (set() if starter.address is None else {starter.address})


@every_starter
def test_a_double_is_true_for_the_day_it_may_leave_in(starter: Starter) -> None:
    said = f"{starter.subject}\n{starter.body}".casefold()
    if starter.purpose is Purpose.DOUBLE_CALL:
        assert not re.search(r"tout à l[’']heure|\bje viens d|à l[’']instant|\bjust\b|a moment ago", said)


@every_starter
def test_its_length(starter: Starter) -> None:
    text = filled(starter)
    words = len(re.findall(r"[\w’'-]+", text))
    if starter.channels == (Channel.SMS,):
        cost = sms_segments(text)
        assert (cost.encoding, cost.segments <= 2) == (Encoding.GSM_7, True), (cost, len(text))
        assert len(text) < 300, len(text)
        assert sms_segments(starter.body).encoding is Encoding.GSM_7
    elif starter.purpose is Purpose.INVITATION_NOTE:
        assert len(text) <= 200
    elif starter.purpose is Purpose.YOUR_TURN:
        assert 25 <= words <= 70
    else:
        assert 40 <= words <= 110


@every_starter
def test_its_typography(starter: Starter) -> None:
    texts = [starter.name, starter.subject]
    if starter.channels != (Channel.SMS,):
        texts.append(starter.body)
    for text in texts:
        assert "'" not in text
        assert '"' not in text
        assert "  " not in text
        assert "·" not in text
        if starter.language is Language.FR:
            assert not re.search(r"[^\u00a0][;:?!»]", text.replace("://", "")), text
            assert not re.search(r"«[^\u00a0]", text)
            assert not re.search(r"\b(?:de|que|le|du) \{(?:poste|prénom|mon|ma|entr)|[’']\{", text)
        else:
            assert "\u00a0" not in text


@every_starter
def test_a_text_in_a_thread_leans_on_nothing_it_does_not_know(starter: Starter) -> None:
    """Filled with the first name, the position and the recruiter alone, nothing but slots is left."""
    known = {"first_name", "position", "recruiter_first_name", "recruiter_firm"}
    bare = {code: value for code, value in VALUES[starter.language].items() if code in known}
    assert not variables(fill(starter.subject + starter.body, bare))


@pytest.mark.parametrize("voice", ["vous", "tu", "en"])
def test_follow_ups_never_repeat_what_was_sent(voice: str) -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    chain = [s for s in STARTERS if s.situation is Situation.FIRST_MESSAGE and s.id.endswith(voice)]
    for starter in (s for s in chain if s.purpose is Purpose.FOLLOW_UP):
        earlier = tuple(Earlier(filled(s), at, Channel.EMAIL) for s in chain if s.step < starter.step)
        draft = Draft(
            text=filled(starter).replace("Kotlin", "Rust").replace("Pixadour", "deux équipes de six"),
            channel=Channel.EMAIL,
            language=starter.language,
            situation=Situation.FIRST_MESSAGE,
            purpose=starter.purpose,
            step=starter.step,
            earlier=earlier,
            template=starter.body,
            values=VALUES[starter.language],
        )
        assert [finding.code for finding in check(draft, likeness) if finding.level is not Level.OK] == []


def test_the_occasions_and_tones_are_the_method_s() -> None:
    assert {s.occasion for s in STARTERS} == {None, *Occasion}
    no_answer_owed = {Tone.NOT_LOOKING, Tone.NEGATIVE}
    assert {s.tone for s in STARTERS} == {None, *Tone} - no_answer_owed


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('purpose = "follow_up"', "purpose"),
        ("step = 1", "step"),
        ('channels = ["email"]', "channels"),
        ('name = { fr = "n", en = "n" }', "name"),
        ('vous = "v"', "vous"),
    ],
)
def test_a_broken_entry_is_named(change: str, said: str) -> None:
    entry = """[[starter]]
slug = "one"
purpose = "follow_up"
step = 1
channels = ["email"]
name = { fr = "n", en = "n" }
subject = { vous = "s", tu = "s", en = "s" }
vous = "v"
tu = "t"
en = "e"
"""
    assert len(read("application", entry)) == 3
    with pytest.raises(StarterError, match=f"one.*{said}"):
        read("application", entry.replace(change, ""))
    with pytest.raises(StarterError, match="fields"):
        read("application", entry + "more = 1\n")
