"""The file of invented people as typed values: no table, no clock."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from relance.cadence.words import Channel, Kind, Occasion, Situation, Tone

MOMENT = re.compile(r"(0|[+-]\d{1,3})(?: (\d\d):(\d\d))?")
LAST_MINUTE = 9 * 60 + 15
"""Where day 0 ends: what happened on it was over before the desk is opened."""
PERSON = {
    "name", "role", "company", "place", "linkedin", "email", "phone", "prefers", "language", "address",
    "approaches",
}  # fmt: skip
APPROACH = {"situation", "purpose", "must_answer", "facts"}
HAPPENING = {
    "at", "kind", "channel", "note", "voicemail", "hard", "tone", "what", "resume_on", "returns_on", "until",
    "subject", "text",
}  # fmt: skip


class StoryError(ValueError):
    """The file says something that means nothing; the message names the person."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A number of working days from the day the story leans on, and a local time in minutes."""

    days: int
    minute: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """One fact, not yet placed in time."""

    at: Moment
    kind: Kind
    channel: Channel | None
    note: bool
    voicemail: bool
    hard: bool
    tone: Tone | None
    what: Occasion | None
    resume_on: Moment | None
    returns_on: Moment | None
    until: Moment | None
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Approach:
    """One outreach and what happened in it, in order."""

    situation: Situation
    purpose: str
    must_answer: bool
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Invented:
    """One person who does not exist. Identities are (kind, value) in their one form."""

    name: str
    role: str
    company: str
    place: str
    language: str
    address: str
    identities: tuple[tuple[str, str], ...]
    prefers: tuple[Channel, ...]
    approaches: tuple[Approach, ...]


@cache
def invented_people() -> tuple[Invented, ...]:
    """Everyone of the file beside this one."""
    return read(files(__package__).joinpath("people.toml").read_text("utf-8"))


def read(text: str) -> tuple[Invented, ...]:
    """Read such a file. Raises StoryError, tomllib.TOMLDecodeError."""
    return tuple(_person(entry) for entry in tomllib.loads(text).get("people", []))


def _person(entry: Mapping[str, Any]) -> Invented:
    name = str(entry.get("name", "?"))
    try:
        _only(entry, PERSON)
        return Invented(
            name=name,
            role=entry["role"],
            company=entry["company"],
            place=entry["place"],
            language=entry.get("language", "fr"),
            address=entry.get("address", "vous"),
            identities=tuple((kind, entry[kind]) for kind in ("linkedin", "email", "phone") if kind in entry),
            prefers=tuple(Channel(code) for code in entry.get("prefers", ())),
            approaches=tuple(_approach(each) for each in entry["approaches"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise StoryError(f"{name}: {error}") from error


def _approach(entry: Mapping[str, Any]) -> Approach:
    _only(entry, APPROACH)
    return Approach(
        situation=Situation(entry["situation"]),
        purpose=entry.get("purpose", ""),
        must_answer=entry.get("must_answer", False),
        happenings=tuple(_happening(each) for each in entry["facts"]),
    )


def _happening(entry: Mapping[str, Any]) -> Happening:
    _only(entry, HAPPENING)
    at = _moment(entry["at"])
    if (at.days, at.minute) > (0, LAST_MINUTE):
        raise ValueError(f"to come: {entry['at']}")
    return Happening(
        at=at,
        kind=Kind(entry["kind"]),
        channel=Channel(entry["channel"]) if "channel" in entry else None,
        note=entry.get("note", False),
        voicemail=entry.get("voicemail", False),
        hard=entry.get("hard", False),
        tone=Tone(entry["tone"]) if "tone" in entry else None,
        what=Occasion(entry["what"]) if "what" in entry else None,
        resume_on=_moment(entry["resume_on"]) if "resume_on" in entry else None,
        returns_on=_moment(entry["returns_on"]) if "returns_on" in entry else None,
        until=_moment(entry["until"]) if "until" in entry else None,
        subject=entry.get("subject", ""),
        text=entry.get("text", ""),
    )


def _moment(written: str) -> Moment:
    found = MOMENT.fullmatch(written)
    if found is None:
        raise ValueError(f"no moment: {written}")
    days, hour, minute = found.groups(default="0")
    return Moment(int(days), int(hour) * 60 + int(minute))


def _only(entry: Mapping[str, Any], known: set[str]) -> None:
    unknown = set(entry) - known
    if unknown:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
