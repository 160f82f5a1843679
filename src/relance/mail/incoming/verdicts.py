"""Why a message was refused: a table of words, then the enhanced status (RFC 3463), read in that order.

The words go first because codes lie: a rate limit under 5.1.1, an unknown person under 5.7.1. A status
of class 4 is never for good, whatever the words.
"""

import re
from dataclasses import dataclass
from functools import cache

from relance.mail.incoming import rulebook
from relance.mail.incoming.folding import flat
from relance.mail.incoming.words import DEAD, Cause

_LONGEST = 4_000
_NAMES = re.compile(
    r"https?://\S{1,300}|<?[\w.!#$%&'*+/=?^`{|}~-]{1,80}@[\w.-]{1,80}>?|\[[\da-f.:]{3,45}\]"
    r"|\b(?:[\w-]{1,63}\.){1,8}[a-z]{2,12}\b|\b\d{1,3}(?:\.\d{1,3}){3}\b"
)
_CODED = re.compile(r"(?:^|[\s(:;#\"'<>])(?:[45]\d\d[ -]|#?[45]\.\d{1,3}\.\d{1,3}\b)")
_STATUS = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?:^|[^\d.])([45])\d\d(?:[ -]|$)")


@dataclass(frozen=True, slots=True)
class Verdict:
    cause: Cause
    why: str
    status: str
    dead: bool
    """Whether the address is to be given up."""


@cache
def _table() -> tuple[tuple[Cause, str, re.Pattern[str]], ...]:
    return tuple(
        (Cause(each["cause"]), each.get("why", "words"), rulebook.any_of(tuple(each["patterns"])))
        for each in rulebook.rules("bounces")["verdict"]
    )


def verdict(status: str, diagnostic: str, said: str, fallback: str = "", subject: str = "") -> Verdict:
    """The cause, from the diagnostic of the server, else from the notice's lines with a code, else from all of it.

    `status` is the report's own; `fallback` is one met in the words of a notice that has no report.
    """
    coded = _coded_lines(said)
    for level, text in (("diagnostic", diagnostic), ("line", coded), ("notice", said), ("subject", subject)):
        plain = _plain(text)
        if not plain:
            continue
        heard = _status_in(plain)
        chosen = _better(status, heard) or fallback
        found = _said(plain, level)
        if found is None and level in {"diagnostic", "line"} and (status or heard):
            by_code = _by_status(chosen)
            found = (by_code, f"status_{chosen}") if by_code is not Cause.OTHER else None
        if found is not None:
            cause, why = found
            unsaid = not chosen or chosen.endswith(".0.0")
            passing = chosen.startswith("4") or (unsaid and _first_digit(plain) == "4")
            return Verdict(cause, f"{level}:{why}", chosen, cause in DEAD and not passing)
    chosen = status or fallback
    cause = _by_status(chosen)
    return Verdict(cause, "status", chosen, cause in DEAD and not chosen.startswith("4"))


def _coded_lines(said: str) -> str:
    """The lines that hold a reply code, each with the two after it, which often go on."""
    lines = said.split("\n")
    wanted = [index for index, line in enumerate(lines[:300]) if _CODED.search(line)]
    kept = sorted({index + more for index in wanted[:20] for more in (0, 1, 2) if index + more < len(lines)})
    return "\n".join(lines[index] for index in kept)


def _plain(text: str) -> str:
    """Folded, without the names of hosts and people, which hold words of their own."""
    return _NAMES.sub(" @ ", flat(text[:_LONGEST]))


def _said(plain: str, level: str) -> tuple[Cause, str] | None:
    """The first row of the table that matches. In a whole notice, full of general words, a person nobody
    knows says more than what might be a refusal."""
    found = [(cause, why) for cause, why, words in _table() if words.search(plain)]
    if (
        level in {"notice", "subject"}
        and (Cause.UNKNOWN_PERSON, "said") in found[1:]
        and found[0][1] == "refused"
    ):
        return Cause.UNKNOWN_PERSON, "said"
    return found[0] if found else None


def _status_in(plain: str) -> str:
    found = _STATUS.search(plain)
    return found.group(1) if found else ""


def _better(status: str, heard: str) -> str:
    """The one that says more: a report often has only x.0.0 where the server's words have the detail."""
    if status.endswith(".0.0") and heard and heard[0] == status[0]:
        return heard
    return status or heard


def _first_digit(plain: str) -> str:
    found = _REPLY.search(plain)
    return found.group(1) if found else ""


def _by_status(status: str) -> Cause:
    table = rulebook.rules("bounces")["status"]
    for key in (status, status.rpartition(".")[0], status[:1]):
        if key in table:
            return Cause(table[key])
    return Cause.OTHER
