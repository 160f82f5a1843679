"""Automatic replies (RFC 3834 and what programs did before it), challenges, lists and notices.

Headers are those of the outer block alone: a returned or forwarded message carries our own.
"""

import re
from dataclasses import dataclass
from functools import cache

from relance.mail.incoming import rulebook
from relance.mail.incoming.fields import decoded
from relance.mail.incoming.folding import flat
from relance.mail.incoming.mime import Headers, Letter

_GREETING = re.compile(
    r"^\W*(?:bonjour|bonsoir|hello|hi|dear|salut|cher|chere|hey|merci)\s+([^\W\d_]{2,30})\b"
)
_COMMENT = re.compile(r"\([^()]{0,200}\)")
_READ_ALONG = 4_000
_WHOLE = 260
"""Up to which length a message that names what it answers may be an absence and nothing else."""
_PREFIX = re.compile(r"^(?:(?:re|aw|tr|fwd?|sv|vs|antw|rv|wg|ref|odp)\s?(?:\[\d+\])?\s?: ?)+")
_LATIN_RE = re.compile(r"^(?:(?:re|aw|sv|vs|antw|rv|odp)\s?(?:\[\d+\])?\s?: ?)+")


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules about robots look at."""

    letter: Letter
    subject: str
    """Folded, on one line."""
    sender: str
    text: str
    """What was newly written, folded, on one line."""
    quotes: bool
    """Some of the message is quoted from another."""

    @property
    def headers(self) -> Headers:
        return self.letter.headers

    @property
    def local(self) -> str:
        return self.sender.partition("@")[0]

    @property
    def greeted(self) -> bool:
        """It greets by name the one it is written to, which no machine does."""
        greeting = _GREETING.match(self.text)
        named = flat(decoded(self.headers.get("to")).partition("<")[0])
        return greeting is not None and greeting.group(1) in named.replace(",", " ").split()

    @property
    def answers(self) -> bool:
        """It names the message that it answers."""
        return any("@" in self.headers.get(name) for name in ("in-reply-to", "references"))


def auto_submitted(headers: Headers) -> str:
    """The keyword of Auto-Submitted (RFC 3834, 5), without comment and parameters."""
    return _COMMENT.sub("", headers.get("auto-submitted")).partition(";")[0].strip().lower()


@cache
def _proofs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (each["name"], rulebook.any_of(tuple(each["patterns"])))
        for each in rulebook.rules("automatic")["header"]
    )


def automatic(said: Said) -> str:
    """The rule by which it is an automatic reply; empty when none says so."""
    headers = said.headers
    if said.letter.kind == "multipart/report" and "disposition" in said.letter.parameters.get(
        "report-type", ""
    ):
        return "read_receipt"
    keyword = auto_submitted(headers)
    if keyword.startswith("auto-replied") or keyword == "auto-reply":
        return "auto_submitted"
    for name, proof in _proofs():
        if name in headers and any(proof.search(flat(value)) for value in headers.all(name)):
            return f"header:{name}"
    by_subject = _by_subject(said)
    if by_subject:
        return by_subject
    if keyword in {"auto-generated", "auto-notified"}:
        if _LATIN_RE.match(said.subject) and not _listed(said):
            return "generated_reply"
        return "generated_absence" if _absence_in_words(said) else ""
    return _by_words(said)


def _by_subject(said: Said) -> str:
    bare = _PREFIX.sub("", said.subject)
    answered = bare != said.subject and _LATIN_RE.match(said.subject) is not None
    for rule, name in (("absence", "subject"), ("acknowledged", "subject_acknowledged")):
        if not rulebook.pattern("automatic", "subjects", rule).search(bare):
            continue
        if answered and (said.answers or said.quotes):
            return ""  # a person who answers the notice of an absence
        if rule == "acknowledged" and said.quotes and said.answers:
            return ""
        if _speaks_a_person(said) and not _strong(bare):
            return ""
        return name
    return ""


@cache
def _strong_pattern() -> re.Pattern[str]:
    return rulebook.pattern("automatic", "subjects", "unmistakable")


def _strong(bare: str) -> bool:
    return bool(_strong_pattern().search(bare))


def _speaks_a_person(said: Said) -> bool:
    text = said.text[:_READ_ALONG]
    return said.greeted or bool(rulebook.pattern("automatic", "body", "person").search(text))


def _absence_in_words(said: Said) -> bool:
    text = said.text[:_READ_ALONG]
    return bool(rulebook.pattern("automatic", "body", "absence").search(text))


def _by_words(said: Said) -> str:
    """The body alone: only where it names what only machines say, and nothing of a person is in it."""
    text = said.text[:_READ_ALONG]
    if not text or len(said.text) > 2_500 or _speaks_a_person(said):
        return ""
    if rulebook.pattern("automatic", "body", "alone").search(text) and not _listed(said):
        return "words_of_a_machine"
    if not _absence_in_words(said):
        return ""
    formal = rulebook.pattern("automatic", "body", "formal")
    if said.answers and len({found.group(0) for found in formal.finditer(text)}) >= 2:
        return "formal_words"
    if said.answers and (said.quotes or len(text) > _WHOLE):
        return ""
    signs = {found.group(0) for found in rulebook.pattern("automatic", "body", "with").finditer(text)}
    return "words_of_absence" if len(signs) >= 2 or (signs and not said.quotes and len(text) < 700) else ""


def is_away(said: Said) -> bool:
    """Whether an automatic reply speaks of an absence."""
    away = rulebook.pattern("automatic", "body", "away")
    if rulebook.pattern("automatic", "subjects", "acknowledged").search(_PREFIX.sub("", said.subject)):
        return bool(rulebook.pattern("automatic", "body", "absence").search(said.text[:_READ_ALONG]))
    return bool(away.search(said.subject) or away.search(said.text[:_READ_ALONG])) or not said.text.strip()


def has_left(said: Said) -> bool:
    """Whether it says that the person works there no more."""
    return bool(
        rulebook.pattern("automatic", "body", "left").search(f"{said.subject} {said.text[:_READ_ALONG]}")
    )


def has_moved(said: Said) -> bool:
    return bool(
        rulebook.pattern("automatic", "body", "moved").search(f"{said.subject} {said.text[:_READ_ALONG]}")
    )


def challenge(said: Said) -> str:
    """The rule by which it is a filter's request to prove oneself; empty when none says so."""
    text = said.text[:_READ_ALONG]
    told = {found.group(0)[:12] for found in rulebook.pattern("bounces", "challenge", "words").finditer(text)}
    by_subject = rulebook.pattern("bounces", "challenge", "subjects").search(said.subject)
    if rulebook.pattern("bounces", "challenge", "certain").search(said.sender):
        return "certain"
    if any(name in said.headers for name in rulebook.listed("bounces", "challenge", "headers")) and told:
        return "header"
    if rulebook.pattern("bounces", "challenge", "senders").search(said.sender) and (told or by_subject):
        return "sender"
    if said.quotes or _speaks_a_person(said):
        return ""
    sure = rulebook.pattern("bounces", "challenge", "unmistakable").search(text)
    if sure or (by_subject and (told or not text)):
        return "unmistakable"
    robot = is_robot(said) or bool(auto_submitted(said.headers)) or "precedence" in said.headers
    return "words" if len(told) >= 3 and robot else ""


def is_robot(said: Said) -> bool:
    return bool(rulebook.pattern("automatic", "notices", "robots").search(said.local))


def _listed(said: Said) -> bool:
    return any(name in said.headers for name in rulebook.listed("automatic", "notices", "headers"))


def notice(said: Said) -> str:
    """The rule by which it comes from a list or a program; empty for a person.

    A person who answers through a list is a person: their message names the one it answers.
    """
    headers = said.headers
    keyword = auto_submitted(headers)
    if keyword not in {"", "no"} and keyword.startswith("auto"):
        return "auto_submitted"
    if said.letter.parameters.get("report-type"):
        return "report"
    source = headers.get("x-ms-exchange-generated-message-source").lower()
    if "agent" in source:
        return "exchange_agent"
    if is_robot(said):
        return "robot_address"
    through = _listed(said) or bool(
        rulebook.pattern("automatic", "notices", "precedence").search(flat(headers.get("precedence")))
    )
    if not through:
        return ""
    return "" if said.answers and "feedback-id" not in headers else "list"


def decoded_subject(headers: Headers) -> str:
    return decoded(headers.get("subject"))
