"""Somebody asks to be left alone: decided on what they newly wrote, and only when it is short."""

import re

from relance.mail.incoming import rulebook
from relance.mail.incoming.folding import flat, folded

_ENDS = re.compile(r"(?<=[.!?;]) ")


def asks_to_stop(subject: str, written: str) -> str:
    """The rule by which a message is an opt-out; empty when none says so. Both as they were written."""
    heading, text = flat(subject), ""
    if len(written) <= int(rulebook.rules("optout")["with_its_foot"]):
        text = _without_offers(written)
    if len(written) <= 400 and rulebook.pattern("optout", "subjects").search(heading):
        return "subject"
    if not text or len(text) > int(rulebook.rules("optout")["longest"]):
        return ""
    sentences = _ENDS.split(text)
    if rulebook.pattern("optout", "whole").search(_said(text)):
        return "whole"
    if rulebook.pattern("optout", "goes_on").search(text):
        return ""
    if any(_asks(sentence) for sentence in sentences):
        return "words"
    return "words" if re.search(rulebook.rules("optout")["last_word"], sentences[-1]) else ""


def _said(text: str) -> str:
    return re.sub(rulebook.rules("optout")["greeting"], "", text)


def _asks(sentence: str) -> bool:
    if rulebook.pattern("optout", "rights").search(sentence):
        return True
    return bool(rulebook.pattern("optout", "words").search(sentence)) and not rulebook.pattern(
        "optout", "not"
    ).search(sentence)


def _without_offers(written: str) -> str:
    """What is asked for, on a single line: a way out that the writer offers to others is none that they take."""
    offers = rulebook.pattern("optout", "offers")
    said = [line for line in folded(written).split("\n") if not offers.search(line)]
    link = re.compile(rulebook.rules("optout")["link"])
    others = [line for line in said if not link.search(line)]
    if sum(map(len, others)) > int(rulebook.rules("optout")["link_under"]):
        said = others
    return " ".join(" ".join(said).split())
