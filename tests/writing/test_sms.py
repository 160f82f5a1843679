"""What a text message costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.method.writing.sms import Encoding, Segments, sms_safe, sms_segments


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "gsm_7", 0, 0),
        ("a" * 160, "gsm_7", 160, 1),
        ("a" * 161, "gsm_7", 161, 2),
        ("a" * 306, "gsm_7", 306, 2),
        ("a" * 307, "gsm_7", 307, 3),
        ("é" * 160, "gsm_7", 160, 1),
        ("€" * 80, "gsm_7", 160, 1),
        ("a" * 159 + "€", "gsm_7", 161, 2),
        ("a" * 152 + "€" + "a" * 152, "gsm_7", 306, 3),
        ("ç" * 70, "ucs_2", 70, 1),
        ("ç" * 71, "ucs_2", 71, 2),
        ("ç" * 134, "ucs_2", 134, 2),
        ("ç" * 135, "ucs_2", 135, 3),
        ("😀" * 35, "ucs_2", 70, 1),
        ("ç" * 66 + "😀" + "ç" * 66, "ucs_2", 134, 3),
    ],
)
def test_segments(text: str, encoding: str, units: int, segments: int) -> None:
    assert sms_segments(text) == Segments(Encoding(encoding), units, segments)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Ça, c’est reçu…", "Ça, c'est recu..."),
        ("même forêt, où ? à l’été", "meme foret, où ? à l'été"),
        ("« bœuf »\u00a0– Noël\u202f!", '"boeuf" - Noel !'),
        ("ÀÊÎÔÛŸ Œ", "AEIOUY OE"),
        ("e\u0301", "é"),
        ("58 k€", "58 k€"),
        ("😀", "😀"),
    ],
)
def test_the_text_that_fits(text: str, safe: str) -> None:
    assert sms_safe(text) == safe


@given(st.text(alphabet="abcéèàçêëîïôûùÿœâÂÊÎÔÛÀÈËÏÙŸŒ’‘“”«»…–—\u00a0\u202f !?€[]{}"))
def test_french_always_fits_and_fitting_twice_changes_nothing(text: str) -> None:
    safe = sms_safe(text)
    assert sms_segments(safe).encoding is Encoding.GSM_7
    assert sms_safe(safe) == safe


@given(st.text())
def test_a_longer_text_never_costs_less(text: str) -> None:
    assert sms_segments(text).segments <= sms_segments(text + "ç").segments
