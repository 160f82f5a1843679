"""The command line's language, and the compiled messages of a checkout."""

import gettext
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_messages() -> list[Path]:
    """Compile each `.po` of a checkout that is newer than its `.mo`. A wheel brings them compiled."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = []
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po:
            catalogue = read_po(po)
        draft = target.with_suffix(f".{os.getpid()}")
        with draft.open("wb") as mo:
            write_mo(mo, catalogue)
        draft.replace(target)
        compiled.append(target)
    return compiled


def speak() -> None:
    """Speak the terminal's language if it is one of ours, else French."""
    from django.utils import translation

    translation.activate(_language())


def _language() -> str:
    asked = (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "")[:2]
    return asked if asked in {"fr", "en"} else "fr"


def without_settings(sentence: str) -> str:
    """A sentence in the terminal's language where Django's own way is shut: the settings are what is wrong."""
    return gettext.translation("django", LOCALE, [_language()], fallback=True).gettext(sentence)
