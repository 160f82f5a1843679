"""Text as rules see it: one case, no accents, plain apostrophes and spaces, bounded."""

import re
import unicodedata

LONGEST_BODY, MOST_LINES, LONGEST_LINE = 100_000, 2_000, 1_000

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u02bc\u00b4\u0060\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f", ""),
        "\u0142": "l",
        "\u0111": "d",
        "\u00f8": "o",
        "\u0131": "i",
        "\u0153": "oe",
        "\u00e6": "ae",
        "\u00df": "ss",
    }
)
_GAPS = re.compile(r"[^\S\n]+")
_MARKS = re.compile("[\u0300-\u036f]+")


def folded(text: str) -> str:
    """In one case, without accents, apostrophes straight, each run of spaces one space; line ends stay."""
    if text.isascii():
        return _GAPS.sub(" ", text.lower().replace("`", "'"))
    plain = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    return _GAPS.sub(" ", _MARKS.sub("", plain))


def flat(text: str) -> str:
    """Folded, on a single line."""
    return " ".join(folded(text).split())


def bounded(text: str) -> str:
    """The text with plain line ends, no longer than anything is read: 100 kB, 2,000 lines of 1,000 characters."""
    text = text[:LONGEST_BODY].replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n", MOST_LINES)[:MOST_LINES]
    return "\n".join(line[:LONGEST_LINE] for line in lines)
