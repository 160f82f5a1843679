"""What LinkedIn's own mails tell: the matter and the name, from the subject and the name shown."""

import re
from functools import cache

from relance.mail.incoming import rulebook
from relance.mail.incoming.folding import flat
from relance.mail.incoming.words import LinkedIn

_NAME = r"(?P<name>[^\W\d_][^:!?|<>]{1,80}?)"
_VIA = re.compile(
    r"\s*(?:(?:via|de|from|sur|on|through)\s+linkedin|\(linkedin\)|, linkedin)\s*$", re.IGNORECASE
)
_NO_NAME = {
    "linkedin",
    "linkedin messaging",
    "messagerie linkedin",
    "linkedin notifications",
    "invitations linkedin",
}


@cache
def _subjects() -> tuple[tuple[LinkedIn, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (LinkedIn(each["is"]), tuple(re.compile(one.replace("{name}", _NAME)) for one in each["patterns"]))
        for each in rulebook.rules("linkedin")["subject"]
    )


def of_linkedin(sender: str, subject: str, shown: str, kind: str) -> tuple[LinkedIn, str] | None:
    """What a mail of LinkedIn is about, and whom it names; None when it is not LinkedIn's.

    `kind` is X-LinkedIn-Class with X-LinkedIn-Template, which name a matter where the subject is a person's own.
    """
    if not rulebook.pattern("linkedin", "domains").search(sender):
        return None
    words = " ".join(subject.split())
    plain = _same_length(words)
    for matter, patterns in _subjects():
        for one in patterns:
            found = one.search(plain)
            if found:
                name = words[found.start("name") : found.end("name")] if found.groupdict().get("name") else ""
                return matter, _tidy(name) or _shown(shown)
    return _by_class(sender, kind.lower()), _shown(shown)


def _by_class(sender: str, kind: str) -> LinkedIn:
    if "inmail-hit-reply" in sender or "inmail" in kind:
        return LinkedIn.INMAIL
    if "hit-reply" in sender or "mbr-to-mbr" in kind or "messag" in kind:
        return LinkedIn.MESSAGE
    if "accept" in kind:
        return LinkedIn.INVITATION_ACCEPTED
    return LinkedIn.INVITATION_RECEIVED if "invit" in kind else LinkedIn.OTHER


def _same_length(words: str) -> str:
    """Folded letter by letter, so that a place in it is the same place in the original."""
    return "".join((flat(letter) or " ")[:1] for letter in words)


def _shown(shown: str) -> str:
    name = _VIA.sub("", shown).strip().strip("\"'")
    return "" if flat(name) in _NO_NAME or "@" in name or "linkedin" in flat(name) else name


def _tidy(name: str) -> str:
    plain = name.strip().strip("\"',.")
    return "" if flat(plain) in {"vous", "you", "un membre", "someone", "quelqu'un"} else plain
