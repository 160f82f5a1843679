"""Whether two messages are the same text (METHOD, The guard: the same text is never sent twice)."""

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher

from relance.cadence.phrases import CLOSINGS, GREETINGS, QUOTES

MOST_WORDS_OF_A_GREETING = 6
MOST_WORDS_OF_A_CLOSING = 10
NOT_WORTH_ALIGNING = 0.5
"""Below, the share of common words alone is the answer: it is the most an alignment could give."""
MOST_LINES_OF_A_SIGNATURE = 12
SIGNATURE_MARK = "--"
GREETING = re.compile(rf"^(?:{'|'.join(GREETINGS)})\b(?:[\s,!.]|$)", re.IGNORECASE)
GREETING_BEFORE_TEXT = re.compile(rf"^(?:{'|'.join(GREETINGS)})\b[^,.!:;\n]{{0,40}}[,!:;]\s*", re.IGNORECASE)
CLOSING = re.compile(rf"^(?:{'|'.join(CLOSINGS)})\b", re.IGNORECASE)
QUOTE = re.compile(rf"^(?:{'|'.join(QUOTES)})", re.IGNORECASE)
WORD = re.compile(r"\w+(?:['’]\w+)?")


def own_words(text: str) -> list[str]:
    """The words of a message without greeting, signature and quoted text, in lower case."""
    lines = _without_signature(_without_quotes(text.splitlines()))
    body = "\n".join(_without_greeting(lines))
    return WORD.findall(unicodedata.normalize("NFKC", body).replace("’", "'").casefold())


def similarity(one: str, other: str) -> float:
    """How alike two messages are, 0 to 1, on their words without greeting, signature and quotes.

    French and English. 1.0 for the same words in the same order; two messages without any word of
    their own are not alike. Symmetric. METHOD, The guard (refused from 0.9 on).
    """
    return similarity_of_words(own_words(one), own_words(other))


def similarity_of_words(one: list[str], other: list[str]) -> float:
    """The share of words that stand in the same order in both, twice counted over all words."""
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    total = len(one) + len(other)
    at_most = 2 * sum((Counter(one) & Counter(other)).values()) / total
    if at_most < NOT_WORTH_ALIGNING:
        return at_most
    first, second = sorted((one, other))
    matching = SequenceMatcher(None, first, second, autojunk=False).ratio()
    return min(at_most, matching)


def _without_quotes(lines: list[str]) -> list[str]:
    kept = []
    for line in lines:
        stripped = line.strip()
        if QUOTE.match(stripped):
            break
        if not stripped.startswith(">"):
            kept.append(stripped)
    return kept


def _without_signature(lines: list[str]) -> list[str]:
    for index, line in enumerate(lines):
        if line == SIGNATURE_MARK:
            return lines[:index]
    for index in range(len(lines) - 1, max(0, len(lines) - MOST_LINES_OF_A_SIGNATURE) - 1, -1):
        if index > 0 and CLOSING.match(lines[index]) and len(lines[index].split()) <= MOST_WORDS_OF_A_CLOSING:
            return lines[:index]
    return lines


def _without_greeting(lines: list[str]) -> list[str]:
    for index, line in enumerate(lines):
        if not line:
            continue
        if GREETING.match(line) and len(line.split()) <= MOST_WORDS_OF_A_GREETING:
            shorter = GREETING_BEFORE_TEXT.sub("", line, count=1)
            is_whole_line = not shorter or shorter == line
            return lines[index + 1 :] if is_whole_line else [shorter, *lines[index + 1 :]]
        return [GREETING_BEFORE_TEXT.sub("", line, count=1), *lines[index + 1 :]]
    return lines
