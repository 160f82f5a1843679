"""What the tests of writing fill templates with: invented people and firms."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from relance.method.writing.syntax import Slot, parse
from relance.method.writing.words import Language

VALUES: Mapping[Language, Mapping[str, str]] = {
    Language.FR: {
        "first_name": "Camille",
        "last_name": "Hoarau",
        "company": "Pixadour",
        "role": "développeuse mobile",
        "recruiter_first_name": "Maud",
        "recruiter_firm": "Cabinet Ormel",
        "signature": "Maud Keravel",
        "position": "développeuse Android",
        "first_message_when": "mardi dernier",
        "source": "la CVthèque Apec",
    },
    Language.EN: {
        "first_name": "Camille",
        "last_name": "Hoarau",
        "company": "Pixadour",
        "role": "mobile developer",
        "recruiter_first_name": "Maud",
        "recruiter_firm": "Ormel Partners",
        "signature": "Maud Keravel",
        "position": "Android developer",
        "first_message_when": "last Tuesday",
        "source": "the Apec CV database",
    },
}
WRITTEN = {
    Language.FR: "la refonte Kotlin hors ligne à Pixadour",
    Language.EN: "the offline Kotlin rewrite at Pixadour",
}


def written(text: str, language: Language) -> str:
    """The text with every slot written by the recruiter."""
    return "".join(WRITTEN[language] if isinstance(piece, Slot) else piece.source for piece in parse(text))


def likeness(one: str, other: str) -> float:
    """A stand-in for the guard's similarity: words in common, in order."""
    words = [re.findall(r"\w+", text.casefold()) for text in (one, other)]
    return SequenceMatcher(None, words[0], words[1], autojunk=False).ratio()
