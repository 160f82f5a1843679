"""What a text message costs: the GSM 03.38 alphabet, its segments, and the text that fits it."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM_7 = _BASIC | _EXTENSION
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ′", "'"),
        **dict.fromkeys("«»“”„", '"'),
        **dict.fromkeys("–—‑‐−•·", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\t", " "),
        "…": "...",
        "œ": "oe",
        "Œ": "OE",
        "\u200b": "",
    }
)
_INSIDE_QUOTES = (("« ", "«"), (" »", "»"))


class Encoding(StrEnum):
    GSM_7 = "gsm_7"
    UCS_2 = "ucs_2"


@dataclass(frozen=True, slots=True)
class Segments:
    encoding: Encoding
    units: int
    """Septets (an extension character is two), or UTF-16 code units."""
    segments: int


def sms_segments(text: str) -> Segments:
    """How a text travels: 160 septets or 70 units alone, 153 or 67 per part once split.

    A character of two units is never cut between two parts.
    """
    gsm = _GSM_7.issuperset(text)
    encoding = Encoding.GSM_7 if gsm else Encoding.UCS_2
    alone, part = (160, 153) if gsm else (70, 67)
    sizes = [1 + ((c in _EXTENSION) if gsm else (ord(c) > 0xFFFF)) for c in text]
    units = sum(sizes)
    if units <= alone:
        return Segments(encoding, units, 1 if text else 0)
    segments, room = 1, part
    for size in sizes:
        if size > room:
            segments, room = segments + 1, part
        room -= size
    return Segments(encoding, units, segments)


def sms_safe(text: str) -> str:
    """The text in characters that keep 160 to a segment: ç→c, ê→e, ’→', no-break space→space.

    What has no plain form (an emoji, another script) stays, and `sms_segments` then says UCS-2.
    """
    text = unicodedata.normalize("NFC", text).replace("\u00a0", " ").replace("\u202f", " ")
    for spaced, tight in _INSIDE_QUOTES:
        text = text.replace(spaced, tight)
    return "".join(c if c in _GSM_7 else _plain(c) for c in text.translate(_PLAIN))


def _plain(character: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return base if base and _GSM_7.issuperset(base) else character
