"""What a text says, seen through the word lists: its address, its questions, what is new in it."""

import re
from collections import Counter
from collections.abc import Iterable

from relance.method.writing.wordlists import address_patterns, composed, fold, stem, tokens, word_lists
from relance.method.writing.words import Address, Language

_QUESTION = re.compile(r"[?？]+")
_LINK = re.compile(r"https?://\S+")
_QUOTED_LINE = re.compile(r"(?m)^>.*$")
_INFORMATIVE = 4
_GREETING = 60


def reproaches(text: str, language: Language) -> tuple[str, ...]:
    """The words of the text, as typed, that blame the person for their silence."""
    return _found(word_lists(language).reproach, text)


def pressures(text: str, language: Language) -> tuple[str, ...]:
    """The words of the text, as typed, that hurry the person."""
    return _found(word_lists(language).pressure, text)


def past_pay(text: str, language: Language) -> tuple[str, ...]:
    """The words of the text, as typed, that ask for or tell what somebody earns or earned."""
    return _found(word_lists(language).past_pay, text)


def sensitive(text: str, language: Language) -> tuple[tuple[str, str], ...]:
    """What is not to be written of a person: its family and the words, as typed (CNIL; L1132-1)."""
    lists = word_lists(language).sensitive
    return tuple((family, words) for family, pattern in lists for words in _found(pattern, text))


def addresses(text: str) -> frozenset[Address]:
    """Whether a French text says *tu*, *vous*, both or neither; quotations and links apart."""
    patterns = address_patterns()
    own = patterns.quoted.sub(" ", composed(text))
    return frozenset(address for address, pattern in patterns.by_address if pattern.search(own))


def questions(text: str) -> int:
    """How many questions it asks; `??` is one, and the `?` of a link none."""
    return len(_QUESTION.findall(_LINK.sub(" ", _QUOTED_LINE.sub("", text))))


def has_notice(text: str, language: Language) -> bool:
    """Whether it says where the details come from and that one may object (GDPR art. 14 and 21)."""
    folded = fold(text)
    return all(pattern.search(folded) for pattern in word_lists(language).notice)


def own_words(text: str, template: str) -> int:
    """How many words of the text are not in the filled template."""
    return (Counter(tokens(text)) - Counter(tokens(template))).total()


def own_part(text: str, *shared: str) -> str:
    """Its words, folded, without those that the shared texts brought, in order."""
    brought = Counter(token for other in shared for token in tokens(other))
    kept = []
    for token in tokens(text):
        if brought[token]:
            brought[token] -= 1
        else:
            kept.append(token)
    return " ".join(kept)


def new_words(text: str, earlier: Iterable[str], language: Language) -> int:
    """How many informative words no earlier text had: long ones and figures, courtesy apart."""
    told = {stem(token) for other in earlier for token in tokens(other)}
    told |= word_lists(language).common
    return len({stem(token) for token in tokens(_body(text)) if _informs(token)} - told)


def share_held(text: str, saying: str) -> float:
    """How much of what is said somewhere a text holds, 0 to 1, by the informative words of the saying."""
    sought = {stem(token) for token in tokens(saying) if _informs(token)}
    if not sought:
        return 1.0 if saying.strip() and saying.strip().casefold() in text.casefold() else 0.0
    return len(sought & {stem(token) for token in tokens(text)}) / len(sought)


def _informs(token: str) -> bool:
    return len(token) >= _INFORMATIVE or any(map(str.isdigit, token)) or token[-1] in "+#"


def _body(text: str) -> str:
    """Without the greeting: a first line that is short and ends with a comma."""
    first, _, rest = text.lstrip().partition("\n")
    greeting = len(first) <= _GREETING and first.rstrip().endswith(",")
    return _QUOTED_LINE.sub("", rest if greeting else text)


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    typed = composed(_QUOTED_LINE.sub("", text))
    return tuple(typed[found.start() : found.end()] for found in pattern.finditer(fold(typed)))
