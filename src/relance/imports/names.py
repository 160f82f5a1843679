"""Full names made comparable."""

import unicodedata
from functools import lru_cache

_HIDDEN = "linkedin member"


@lru_cache(maxsize=4_096)
def name_key(*parts: str) -> str:
    """Return the full name as it is compared: NFKC, spaces collapsed, case folded.

    Accents are kept: two people whose names differ by an accent are two people.
    """
    joined = " ".join(" ".join(parts).split())
    if joined.isascii():
        return joined.lower()
    return " ".join(unicodedata.normalize("NFKC", joined).casefold().split())


def is_hidden(key: str) -> bool:
    """Whether a name key is the one shown for closed and hidden accounts."""
    return key == _HIDDEN
