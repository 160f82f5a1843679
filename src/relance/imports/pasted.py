"""A pasted mail or profile, understood: who it is, and how to reach them. Pure: a text in, a guess out.

Nothing enters from here: what was understood is shown and corrected first.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

import phonenumbers

MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
PROFILE = re.compile(r"linkedin\.com/in/([\w%.-]{2,100})", re.IGNORECASE)
FROM = re.compile(r"^\s*(?:from|de|exp[ée]diteur)\s*:\s*(?P<who>.+)$", re.IGNORECASE)
SENT_TO = re.compile(r"^\s*(?:to|cc|bcc|à|a|pour|destinataires?)\s*:", re.IGNORECASE)
SUBJECT = re.compile(r"^\s*(?:subject|objet|sujet)\s*:\s*(?P<what>.+)$", re.IGNORECASE)
DATE = re.compile(r"^\s*date\s*:\s*(?P<when>.+)$", re.IGNORECASE)
HEADER = re.compile(r"^\s*[\w -]{2,20}\s*:\s")
GIVEN = re.compile(r"^\s*(?:pr[ée]nom|first name)\s*:\s*(?P<is>.+)$", re.IGNORECASE)
FAMILY = re.compile(r"^\s*(?:nom(?: de famille)?|last name|surname)\s*:\s*(?P<is>.+)$", re.IGNORECASE)
WHOLE = re.compile(
    r"^\s*(?:nom complet|nom et pr[ée]nom|full name|name|candidat)\s*:\s*(?P<is>.+)$", re.IGNORECASE
)
POLITE = re.compile(
    r"^(?:bonjour|bonsoir|madame|monsieur|cordialement|merci|salut|hello|hi|dear|regards|best|sincerely|objet|cv|"
    r"curriculum|contact|profil|exp[ée]rience|formation|comp[ée]tences|[àa] propos|about|linkedin)\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"^(?:(?:re|tr|fw|fwd)\s*:\s*)*(?:(?:ma\s+)?candidature(?:\s+spontan[ée]e)?|application)?"
    r"(?:\s*[:–-]\s*|\s+(?:pour\s+le\s+poste\s+de|au\s+poste\s+de|pour|for)\s+|\s+|$)",
    re.IGNORECASE,
)
AT = re.compile(r"\s+(?:chez|at|@|·|\|)\s+", re.IGNORECASE)
PARTICLES = {"de", "du", "des", "le", "la", "van", "von", "el", "ben", "da", "di", "d"}
LONGEST_NAME = 60
LONGEST_LINE = 120
LINES_READ = 400


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was understood; what was not is empty. `profile` is the end of a LinkedIn address, phones are E.164."""

    name: str = ""
    role: str = ""
    company: str = ""
    mails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    profile: str = ""
    purpose: str = ""
    """What the subject is about, without the words every application has."""
    body: str = ""
    """The text without its header lines."""
    sent_at: datetime | None = None


def understand(text: str, *, region: str = "FR", ours: Collection[str] = ()) -> Pasted:
    """Read a pasted mail, with its header lines or without, or the text of a profile.

    `ours` are the mail addresses of who pastes, in lower case: those are nobody else's.
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")][:LINES_READ]
    lines = [line for line in lines if line]
    theirs = [line for line in lines if not SENT_TO.match(line)]
    mails = tuple(
        dict.fromkeys(mail for line in theirs for mail in MAIL.findall(line.lower()) if mail not in ours)
    )[:3]
    profile = next((found[1] for line in theirs if (found := PROFILE.search(line))), "")
    name = _name(theirs, mails)
    role, company = _role(theirs, name)
    return Pasted(
        name=name,
        role=role,
        company=company,
        mails=mails,
        phones=tuple(_phones(" \n".join(PROFILE.sub(" ", line) for line in theirs), region)),
        profile=profile.rstrip("."),
        purpose=ABOUT.sub("", _first(SUBJECT, lines, "what")).strip(" :–-")[:200],
        body=_body(text),
        sent_at=_date(lines),
    )


def _body(text: str) -> str:
    lines = text.replace("\r\n", "\n").strip().split("\n")
    if not lines or not any(pattern.match(lines[0]) for pattern in (FROM, SENT_TO, SUBJECT, DATE)):
        return "\n".join(lines)
    at = next(
        (index for index, line in enumerate(lines) if not line.strip() or not HEADER.match(line)), len(lines)
    )
    return "\n".join(lines[at:]).strip()


def _phones(text: str, region: str) -> Iterator[str]:
    """Numbers as they are written for a call: what has no leading 0 or + may be anything."""
    found: list[str] = []
    for match in phonenumbers.PhoneNumberMatcher(text, region[:2], phonenumbers.Leniency.POSSIBLE):
        if (
            not match.raw_string.startswith(("0", "+", "("))
            or not 9 <= sum(map(str.isdigit, match.raw_string)) <= 15
        ):
            continue
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        if number not in found:
            found.append(number)
    yield from found[:3]


def _first(pattern: re.Pattern[str], lines: list[str], group: str) -> str:
    return next((found[group].strip() for line in lines if (found := pattern.match(line))), "")


def _date(lines: list[str]) -> datetime | None:
    said = _first(DATE, lines, "when")
    try:
        at = parsedate_to_datetime(said) if said else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _name(lines: list[str], mails: tuple[str, ...]) -> str:
    """The name said by a label, else the sender's, else the line that the address bears out, else the first."""
    whole = _first(WHOLE, lines, "is")
    if whole:
        return _tidy(whole)
    given, family = _first(GIVEN, lines, "is"), _first(FAMILY, lines, "is")
    if given or family:
        return _tidy(f"{given} {family}")
    sender = MAIL.sub("", _first(FROM, lines, "who")).strip(" <>()[]\"'\t")
    if _is_name(sender):
        return _tidy(sender)
    named = [line for line in lines if _is_name(line)]
    for mail in mails:
        parts = set(re.split(r"[^a-z]+", mail.partition("@")[0])) - {""}
        for line in named:
            if parts and {_plain(word) for word in line.split()} & {part for part in parts if len(part) > 1}:
                return _tidy(line)
    if named and (lines[0] == named[0] or named[-1] in lines[-6:]):
        return _tidy(named[0] if lines[0] == named[0] else named[-1])
    return ""


def _is_name(line: str) -> bool:
    """Two to five words that begin with a capital, particles apart, and nothing else."""
    words = line.replace("-", " ").replace("’", " ").replace("'", " ").split()
    if not 2 <= len(words) <= 5 or len(line) > LONGEST_NAME or POLITE.match(line):
        return False
    if any(not word.isalpha() for word in words):
        return False
    return all(word[0].isupper() or word.lower() in PARTICLES for word in words)


def _tidy(name: str) -> str:
    """DUPONT Jeanne stays in its order; capitals become a name's."""
    words = " ".join(name.split())[:LONGEST_NAME].split(" ")
    return " ".join(word.title() if word.isupper() and len(word) > 1 else word for word in words)


def _plain(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _role(lines: list[str], name: str) -> tuple[str, str]:
    """On a profile the line below the name says what they do, and often where."""
    if len(lines) < 2 or not name or _tidy(lines[0]) != name:
        return "", ""
    line = lines[1]
    if (
        len(line) > LONGEST_LINE
        or "@" in line
        or HEADER.match(line)
        or POLITE.match(line)
        or line.endswith((".", ","))
    ):
        return "", ""
    if any(letter.isdigit() for letter in line):
        return "", ""
    role, *rest = AT.split(line, maxsplit=1)
    return role.strip(), rest[0].strip() if rest else ""
