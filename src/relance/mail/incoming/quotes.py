"""What was newly written in a text: the quoted part and what programs add are left out."""

import re
from functools import cache

from relance.mail.incoming import rulebook
from relance.mail.incoming.folding import folded
from relance.mail.incoming.separators import QUOTED, cut_at, past_blank


def newly_written(text: str) -> str:
    """The person's own words in a text already bounded, in their lines, without blank ends."""
    lines = [line.replace("\u00a0", " ").replace("\u202f", " ").rstrip() for line in text.split("\n")]
    plain = folded("\n".join(lines)).split("\n")
    if len(plain) != len(lines):  # a character that folds into a line end
        plain = [folded(line).replace("\n", " ") for line in lines]
    kept = _without_quotes(lines, plain)
    kept = _without_signature(kept)
    return "\n".join(kept).strip("\n").rstrip()


def _without_quotes(lines: list[str], plain: list[str]) -> list[str]:
    kept: list[str] = []
    index = 0
    while index < len(lines):
        if QUOTED.match(lines[index]):
            index += 1
            continue
        cut = cut_at(plain, lines, index)
        if cut is None:
            kept.append(lines[index])
            index += 1
            continue
        if cut.column:
            kept.append(lines[index][: cut.column].rstrip(" -"))
        after = past_blank(lines, cut.end)
        if cut.strict or after >= len(lines) or not QUOTED.match(lines[after]):
            if not cut.strict and _nothing_before(kept) and after < len(lines):
                index = cut.end  # it opens with an introduction, and nothing was said yet
                continue
            break
        index = after
    return _squeezed(kept)


def _nothing_before(kept: list[str]) -> bool:
    return not any(line.strip() for line in kept)


def _squeezed(kept: list[str]) -> list[str]:
    """Without the run of blank lines that a quote leaves behind."""
    out: list[str] = []
    for line in kept:
        if line.strip() or (out and out[-1].strip()):
            out.append(line)
    while out and not out[-1].strip():
        out.pop()
    return out


_SIGNATURES = {"--", "\u2014", "---", "__"}
_LONGEST_SIGNATURE = 8


@cache
def _added() -> tuple[re.Pattern[str], re.Pattern[str]]:
    mobile = "|".join(rulebook.listed("quotes", "mobile"))
    footers = "|".join(rulebook.listed("quotes", "footers"))
    return re.compile(rf"^\W{{0,6}}(?:{mobile})\W*$"), re.compile(rf"^\W{{0,3}}(?:{footers})")


def _without_signature(lines: list[str]) -> list[str]:
    """Without what follows "-- ", what a telephone adds, and the footer of a list."""
    mobile, footers = _added()
    kept = lines
    for index, line in enumerate(lines):
        if line in _SIGNATURES and any(each.strip() for each in lines[:index]):
            below = sum(1 for each in lines[index + 1 :] if each.strip())
            if line == "--" or below <= _LONGEST_SIGNATURE:
                kept = lines[:index]
                break
    short = [folded(line).strip() for line in kept]
    for index in range(len(kept) - 1, max(-1, len(kept) - 40), -1):
        if len(short[index]) < 200 and footers.match(short[index]) and _is_footer(short[index:]):
            kept, short = kept[:index], short[:index]
    last = len(kept)
    while last and (not short[last - 1] or (len(short[last - 1]) < 160 and mobile.match(short[last - 1]))):
        last -= 1
    return kept[:last]


def _is_footer(below: list[str]) -> bool:
    """A rule alone proves nothing: below it must speak a list or a scanner."""
    text = " ".join(below)[:2_000]
    return (
        bool(re.search(r"subscri|mailing list|desinscri|desabonn|virus|https?://|listinfo|@", text))
        and len(below) < 16
    )
