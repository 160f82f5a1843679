"""Where the words of another begin: the lines by which mail programs introduce what they quote.

A separator must look like one on its own: an ordinary sentence that starts with "Le" and holds a colon
is none. Each line is looked at a bounded number of times.
"""

import re
from dataclasses import dataclass
from functools import cache

from relance.mail.incoming import rulebook

_FOLDED_OVER = 7
"""Over how many lines "On ... wrote:" may be folded."""
_LONGEST_INTRODUCTION = 420
QUOTED = re.compile(r"^\s{0,3}(?:>|\|(?=\s|$))")
_DASHES = r"[-_=*~\u2500\u2014\u2013]"
_ADDRESS = re.compile(r"[\w.+=-]{1,100}@[\w.-]{1,100}")
_DATED = re.compile(
    r"\d{1,4}[./ -]\s?\d{1,2}|\d{1,2}:\d{2}|\b(?:19|20)\d\d\b|\d{1,2}h\d{2}|年"
    r"|\b\d{1,2}(?:\.|er|st|nd|rd|th)? ?[a-z]{3,9}|[a-z]{3,9} \d{1,2}\b"
)
_BEGINS_ISO = re.compile(r"^\s{0,8}(?:>|-|\*)?\s?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b")
_ISO = re.compile(
    _BEGINS_ISO.pattern + r".{0,200}?(?:<[^<>\n]{0,200}@[^<>\n]{0,200}>|a ecrit|wrote|schrieb) ?:?\s*$"
)
_NAMED = re.compile(
    r"^\s{0,8}(?:[\"'(]?[^\n:<]{1,80}[\"')]? )?<?[\w.+=-]{1,100}@[\w.-]{1,100}>?"
    r" (?:wrote|a ecrit|writes|schrieb|escribio|ha scritto) ?:\s*$"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A separator: where it starts, how much of that line is still the person's, where it ends."""

    line: int
    column: int
    end: int
    strict: bool = False
    """What follows is the other message, whatever it looks like."""


def cut_at(plain: list[str], lines: list[str], index: int) -> Cut | None:
    """The separator that starts at that line; `plain` are the lines folded."""
    line = plain[index]
    if not line.strip():
        return None
    return (
        _dashed(plain, index)
        or _same_line(line, lines[index], index)
        or _introduction(plain, index)
        or _header_block(plain, index)
    )


@cache
def _dashed_pattern() -> re.Pattern[str]:
    words = "|".join(rulebook.listed("quotes", "dashed"))
    bare = "|".join(rulebook.listed("quotes", "bare"))
    return re.compile(
        rf"^\s{{0,20}}(?:{_DASHES}{{2,80}}\s{{0,4}}(?:{words})\s{{0,4}}:?\s{{0,4}}{_DASHES}{{0,80}}|{bare})\s*$"
    )


_RULE = re.compile(rf"^\s{{0,20}}{_DASHES}{{5,}}\s*$")


def _dashed(plain: list[str], index: int) -> Cut | None:
    line = plain[index]
    if len(line) < 300 and _dashed_pattern().match(line):
        quotes = line.rstrip().endswith(("wrote ----", "a ecrit ----"))
        return Cut(index, 0, index + 1, strict=not quotes)
    if _RULE.match(line):
        after = past_blank(plain, index + 1)
        near = after < len(plain) and after <= index + 3
        if near and (_header_block(plain, after) or _dashed_pattern().match(plain[after])):
            return Cut(index, 0, after, strict=True)
    return None


@cache
def _wrote() -> tuple[re.Pattern[str], re.Pattern[str]]:
    starts = "|".join(dict.fromkeys(rulebook.listed("quotes", "starts")))
    ends = "|".join(rulebook.listed("quotes", "ends"))
    return (
        re.compile(rf"^\s{{0,20}}(?:[-*_>\u2022]{{0,8}}\s?)(?:{starts})\b[.,:]?", re.IGNORECASE),
        re.compile(rf"(?:{ends})[\s*_>-]{{0,40}}$"),
    )


def _introduction(plain: list[str], index: int) -> Cut | None:
    """ "On 3 May 2026 at 10:12, somebody wrote:", in one line or folded."""
    starts, ends = _wrote()
    line = plain[index]
    if _ISO.match(line[:400]) or _NAMED.match(line[:400]) or _dated_address(line):
        return Cut(index, 0, index + 1)
    begins = starts.match(line)
    if _BEGINS_ISO.match(line) and _ISO.match(" ".join(plain[index : index + 2])[:400]):
        return Cut(index, 0, index + 2)
    if len(line) < 160 and ends.search(line) and _quoted_next(plain, index + 1):
        return Cut(index, 0, index + 1)
    if begins is None and not _ADDRESS.search(line[:300]) and not _DATED.match(line.strip()[:40]):
        return None
    joined = ""
    for more in range(_FOLDED_OVER):
        if index + more >= len(plain) or len(joined) > _LONGEST_INTRODUCTION:
            return None
        piece = plain[index + more].strip()
        if more and not piece and not _goes_on(plain, index + more):
            return None
        joined = f"{joined} {piece}".strip()
        found = ends.search(joined[-200:]) if piece else None
        if found and (begins is not None or more == 0 or _ADDRESS.search(joined)):
            if _is_introduction(joined, begins is not None):
                return Cut(index, 0, index + more + 1)
            return None
    return None


def _quoted_next(plain: list[str], index: int) -> bool:
    after = past_blank(plain[: index + 3], index)
    return after < min(len(plain), index + 3) and QUOTED.match(plain[after]) is not None


def _goes_on(plain: list[str], index: int) -> bool:
    """A blank line within an introduction: only before the address, which some programs put on its own."""
    return index + 1 < len(plain) and plain[index + 1].lstrip().startswith("<")


def _dated_address(line: str) -> bool:
    """A time and a bracketed address before a colon, whatever the language."""
    ends = line.rstrip().endswith((">:", "> :"))
    return ends and len(line) < 300 and bool(_ADDRESS.search(line)) and bool(_DATED.search(line))


def _is_introduction(joined: str, begins: bool) -> bool:
    """Somebody named at some time: neither alone makes an introduction of a sentence."""
    if len(joined) > _LONGEST_INTRODUCTION + 100 or re.search(r"[?!] ", joined):
        return False
    dated, addressed = bool(_DATED.search(joined)), bool(_ADDRESS.search(joined))
    return dated or (addressed and not begins) or (addressed and begins)


@cache
def _names() -> dict[str, re.Pattern[str]]:
    return {
        group: re.compile(
            r"^\s{0,20}[*_>\s]{0,6}(?:"
            + "|".join(rulebook.listed("quotes", group))
            + r")\s?[*_]{0,3}\s?[:\uff1a][*_]{0,3}"
        )
        for group in ("from", "sent", "to", "subject")
    }


def _header_block(plain: list[str], index: int) -> Cut | None:
    """From, Sent, To, Subject in some order: three of the four kinds, or From with one more that is dated."""
    names = _names()
    first = next(
        (group for group in ("from", "sent", "to", "subject") if names[group].match(plain[index])), None
    )
    if first is None:
        return None
    seen, end = {first}, index
    texts = [plain[index]]
    for offset in range(1, 14):
        at = index + offset
        if at >= len(plain) or (not plain[at].strip() and len(seen) > 1 and offset > 2 * len(seen)):
            break
        found = {group for group in names if names[group].match(plain[at])}
        if found:
            seen |= found if len(found) == 1 else {min(found, key=lambda each: each in seen)}
            end = at
            texts.append(plain[at])
            if "objet" in plain[at] and " objet " in f" {plain[at]}":
                seen.add("subject")
        elif at - end > 3:
            break
    if not _is_block(seen, "\n".join(texts)):
        return None
    return Cut(index, 0, end + 1, strict=True)


def _is_block(seen: set[str], told: str) -> bool:
    """Three of the four kinds with a sender or all the rest; two where an address or a time shows what they are."""
    shows = bool(_ADDRESS.search(told) or _DATED.search(told))
    if "from" in seen:
        return len(seen) >= 3 or (len(seen) == 2 and shows)
    timed = bool(_ADDRESS.search(told) and re.search(r"\d{1,2}:\d{2}", told))
    return seen >= {"to", "sent", "subject"} or (seen == {"to", "sent"} and timed)


_INLINE = re.compile(
    r"(?:\s|^)(?:-{2,4} ?)?("
    r"on (?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? .{6,160} wrote ?:"
    r"|le (?:lun|mar|mer|jeu|ven|sam|dim)[a-z]{0,5}\.? \d.{6,160} a ecrit ?:)\s*$"
    r"|[^-\s]-{2,4} ?(on .{6,160} wrote ?:)\s*$"
    r"|^(?:sent from|envoye de) .{1,80}?<[^<>@]{1,80}@[^<>]{1,80}> (wrote|a ecrit) ?:\s*$"
)


def _same_line(line: str, original: str, index: int) -> Cut | None:
    """An introduction that shares its line with the end of the answer."""
    if len(line) > 600 or not line.rstrip().endswith((":", ": ")):
        return None
    found = _INLINE.search(line)
    if found is None or not (_DATED.search(found.group(0)) or found.group(3)):
        return None
    if found.group(3):
        return Cut(index, 0, index + 1)
    start = found.start(1) if found.group(1) else found.start(2)
    return Cut(index, min(start, len(original)), index + 1) if line[:start].strip(" -*_>") else None


def past_blank(lines: list[str], index: int) -> int:
    """The first line from there on that is not blank."""
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index
