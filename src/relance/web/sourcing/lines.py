"""A person in one line, as it is typed or pasted. Pure: a text in, what was understood out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from relance.cadence.words import Channel
from relance.imports.pasted import AT, MAIL, understand
from relance.method.candidates.actions import Facts
from relance.method.candidates.identities import CHANNEL_ORDER, channels_of
from relance.method.candidates.models import IdentityKind
from relance.web.people.addresses import UnreadAddress, identity_in, linkedin_in

LONGEST = 600
MOST_LINES = 100
BETWEEN = re.compile(r"[,;\t|•]+|\s[–—-]\s")
PROFILE = re.compile(r"\S*linkedin\.com/\S+", re.IGNORECASE)
PHONE = re.compile(r"(?<!\w)\+?\d[\d\s().-]{7,}\d")
HOOK = re.compile(r"\s>\s*(?P<hook>.+)$|\s(?:accroche|hook)\s*:\s*(?P<told>.+)$", re.IGNORECASE)
STAR = re.compile(r"\s*\*\s*$")
WORDLESS = re.compile(
    r"^(?:linkedin|mail|e-?mail|t[ée]l[ée]?phone|t[ée]l|sms|inmail|profil|profile)\W*$", re.IGNORECASE
)
WORK = re.compile(r"\b(?:chez|at)\s|@\s", re.IGNORECASE)


class Unread(StrEnum):
    """Why a line cannot enter as it stands."""

    NAME = "name"
    ADDRESS = "address"
    REACH = "reach"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Line:
    """What was understood of one line; `guessed` is a name taken from the end of a LinkedIn address.

    `part` is what stands for no address, where that is what was not understood.
    """

    raw: str
    name: str = ""
    role: str = ""
    company: str = ""
    identities: tuple[tuple[str, str], ...] = ()
    hook: str = ""
    starred: bool = False
    guessed: bool = False
    unread: Unread | None = None
    part: str = ""

    def reached_by(self, channel: Channel) -> bool:
        opened = channels_of(self.identities)
        return (Channel.LINKEDIN if channel is Channel.INMAIL else channel) in opened

    def facts(self, channel: Channel, language: str) -> Facts:
        """The person to enter. Who is written to by InMail is no relation: a LinkedIn message would not reach them."""
        channels: tuple[Channel, ...] = ()
        if channel is Channel.INMAIL:
            opened = set(channels_of(self.identities)) - {Channel.LINKEDIN} | {Channel.INMAIL}
            channels = tuple(each for each in CHANNEL_ORDER if each in opened)
        return Facts(
            name=self.name,
            role=self.role,
            company=self.company,
            language=language,
            identities=self.identities,
            source="hand",
            channels=channels,
        )


def lines_in(text: str) -> list[str]:
    """The lines of a text that say something, at most a hundred."""
    lines = (" ".join(line.replace("\t", " , ").split()) for line in text.replace("\r\n", "\n").split("\n"))
    return list(dict.fromkeys(line for line in lines if line))[:MOST_LINES]


def read(raw: str, region: str) -> Line:
    """Read one line: `name, role, company, addresses > hook *`, in whichever order the addresses stand.

    Of two words besides the name the last is the company; of one alone, the company.
    """
    if len(raw) > LONGEST:
        return Line(raw, unread=Unread.LONG)
    text = raw
    starred = bool(STAR.search(text))
    text = STAR.sub("", text)
    hooked = HOOK.search(text)
    hook = " ".join((hooked["hook"] or hooked["told"]).split())[:300] if hooked else ""
    text = HOOK.sub("", text)
    line = Line(raw, hook=hook, starred=starred)
    try:
        pairs = tuple(dict.fromkeys(_identities(text, region)))
    except UnreadAddress as error:
        return replace(line, unread=Unread.ADDRESS, part=error.part)
    bare = PHONE.sub(",", MAIL.sub(",", PROFILE.sub(",", text)))
    words = [part.strip(" <>()\"'.:") for part in BETWEEN.split(bare)]
    words = [word for word in words if any(map(str.isalnum, word)) and not WORDLESS.match(word)]
    name, role, company = _said(words)
    guessed = False
    if not name:
        name, guessed = _from_profile(pairs), True
    line = replace(line, name=name[:200], role=role[:200], company=company[:200], identities=pairs)
    if not name:
        return replace(line, unread=Unread.NAME)
    if not pairs:
        return replace(line, unread=Unread.REACH)
    return replace(line, guessed=guessed)


def _identities(text: str, region: str) -> Iterator[tuple[str, str]]:
    for found in PROFILE.findall(text):
        yield linkedin_in(found.strip("<>(),;\"'"))
    told = understand(PROFILE.sub(" ", text), region=region)
    for mail in told.mails:
        yield identity_in(mail, region)
    for phone in told.phones:
        yield IdentityKind.PHONE.value, phone
    if not told.phones:
        for number in PHONE.findall(text):
            yield identity_in(number.strip(), region)


def _said(words: list[str]) -> tuple[str, str, str]:
    if not words:
        return "", "", ""
    name, *rest = words
    if WORK.search(name):  # « Inès Aubrac chez Solvane » in one breath
        first, *company = AT.split(name, maxsplit=1)
        return first.strip(), "", (company[0].strip() if company else "")
    for index, word in enumerate(rest):
        role, *company = AT.split(word, maxsplit=1)
        if company:
            others = [*rest[:index], role.strip(), *rest[index + 1 :]]
            return name, ", ".join(each for each in others if each), company[0].strip()
    if not rest:
        return name, "", ""
    return name, ", ".join(rest[:-1]), rest[-1]


def _from_profile(pairs: tuple[tuple[str, str], ...]) -> str:
    """The name in the end of a LinkedIn address: two words at least, without the digits LinkedIn adds."""
    for kind, value in pairs:
        if kind == IdentityKind.LINKEDIN:
            words = [word for word in value.split("-") if word and not any(map(str.isdigit, word))]
            if len(words) > 1:
                return " ".join(word.capitalize() for word in words)
    return ""
