"""The templates Relance comes with, read from the files beside this one.

One file per situation, and `any.toml` for what is said in every one of them (`situation` none).
An entry says once what it is for and carries its text in the three voices: French *vous*, French
*tu*, English; each voice is a starter of its own. A subject is given wherever a mail or an InMail
is possible and serves only where there is no thread to continue: a follow-up in a thread keeps
the thread's subject. A body for SMS alone is stored in the characters a text message can carry.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from relance.cadence.words import Channel, Occasion, Situation, Tone
from relance.method.writing.words import Address, Language, Purpose

FILES = ("first_message", "linkedin_invitation", "cv_database", "application", "keep_in_touch", "any")
VOICES = {
    "vous": (Language.FR, Address.VOUS),
    "tu": (Language.FR, Address.TU),
    "en": (Language.EN, None),
}
_WRITTEN = frozenset({Channel.EMAIL, Channel.INMAIL})
_ENTRY = frozenset({"slug", "purpose", "step", "channels", "occasion", "tone", "name", "subject", *VOICES})


class StarterError(ValueError):
    """A starter file does not keep its promises; the message names the entry and the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    id: str
    """Stable: the entry's slug and its voice, `other-angle.vous`."""
    situation: Situation | None
    """None: whatever the situation."""
    purpose: Purpose
    step: int
    channels: tuple[Channel, ...]
    occasion: Occasion | None
    """Why one catches up; None where it serves for every occasion, or none is needed."""
    tone: Tone | None
    """Of `your_turn`: the answer it answers."""
    language: Language
    address: Address | None
    name: str
    subject: str
    body: str


@cache
def load() -> tuple[Starter, ...]:
    """Every starter, in the order of the files. Raises StarterError on a file that breaks its form."""
    starters = tuple(starter for name in FILES for starter in read(name, _source(name)))
    if len({starter.id for starter in starters}) < len(starters):
        raise StarterError("id")
    return starters


def read(name: str, source: str) -> tuple[Starter, ...]:
    """The starters of one file's text; `name` is the situation's code, or `any`."""
    situation = None if name == "any" else Situation(name)
    entries = tomllib.loads(source)["starter"]
    return tuple(_starter(situation, entry, voice) for entry in entries for voice in VOICES)


def _starter(situation: Situation | None, entry: dict[str, Any], voice: str) -> Starter:
    language, address = VOICES[voice]
    slug = entry.get("slug", "")
    try:
        starter = Starter(
            id=f"{slug}.{voice}",
            situation=situation,
            purpose=Purpose(entry["purpose"]),
            step=entry["step"],
            channels=tuple(Channel(channel) for channel in entry["channels"]),
            occasion=Occasion(entry["occasion"]) if "occasion" in entry else None,
            tone=Tone(entry["tone"]) if "tone" in entry else None,
            language=language,
            address=address,
            name=entry["name"][language],
            subject=entry.get("subject", {}).get(voice, ""),
            body=entry[voice].strip(),
        )
    except (KeyError, ValueError) as error:
        raise StarterError(f"{slug}.{voice}: {error}") from error
    _validate(starter, entry)
    return starter


def _validate(starter: Starter, entry: dict[str, Any]) -> None:
    problems = {
        "slug": not entry["slug"].replace("-", "").isalnum(),
        "fields": not _ENTRY.issuperset(entry),
        "step": starter.step not in range(4),
        "channels": not starter.channels,
        "tone": (starter.tone is not None) != (starter.purpose is Purpose.YOUR_TURN),
        "occasion": starter.occasion is not None and starter.situation is not Situation.KEEP_IN_TOUCH,
        "subject": bool(starter.subject) != bool(_WRITTEN.intersection(starter.channels)),
        "body": not starter.body,
        "name": not starter.name,
    }
    broken = [field for field, is_broken in problems.items() if is_broken]
    if broken:
        raise StarterError(f"{starter.id}: {', '.join(broken)}")


def _source(name: str) -> str:
    return files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
