"""One invented recruiter, told as stories, each with its own truth."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

EXPORTED_AT = datetime(2026, 6, 13, 18, 0, tzinfo=UTC)
_FIRST = (
    "Zoé",
    "Inès",
    "Hugo",
    "Karim",
    "Odile",
    "Élodie",
    "Jean-Noël",
    "Maëlle",
    "Loïc",
    "Françoise",
    "Anaïs",
)
_LAST = (
    "Exemplaire",
    "Inventé",
    "Fictif",
    "Brandt-Fictif",
    "D'Imagine",
    "Supposé",
    "Prétendu",
    "Façade",
    "Œuvrard",
)
_SUFFIX = ("", "", "", ", PhD", "", "", "")


@dataclass(frozen=True, slots=True)
class Someone:
    first: str
    last: str
    slug: str
    company: str = "Brumelle SAS"
    position: str = "Développeuse, Data"
    email: str = ""

    @property
    def name(self) -> str:
        return " ".join(f"{self.first} {self.last}".split())


@dataclass(frozen=True, slots=True)
class Connection:
    who: Someone | None
    on: date


@dataclass(frozen=True, slots=True)
class Invitation:
    who: Someone
    at: datetime
    note: str = ""
    outgoing: bool = True


@dataclass(frozen=True, slots=True)
class Message:
    conversation: str
    sender: Someone | None
    recipients: tuple[Someone | None, ...]
    at: datetime
    text: str
    subject: str = ""
    title: str = ""
    folder: str = "INBOX"
    draft: bool = False
    attachments: int = 0


@dataclass(slots=True)
class Truth:
    """What a reader must find; people stand as themselves, their keys depend on the variant."""

    accepted: dict[Someone, date] = field(default_factory=dict)
    silent: set[Someone] = field(default_factory=set)
    pending: set[Someone] = field(default_factory=set)
    they_last: set[Someone] = field(default_factory=set)
    i_last: set[Someone] = field(default_factory=set)
    never: set[Someone] = field(default_factory=set)
    groups: int = 0
    no_identity: int = 0
    direction_unknown: int = 0
    written: int = 0
    first_alone: int = 0
    followed: int = 0
    after: int = 0
    immature: int = 0


OWNER = Someone("Nadège", "Fictive", "nadège-fictive")


@dataclass(slots=True)
class Scenario:
    """The whole history, and its truth. `tell` adds people; nothing is random."""

    owner: Someone = OWNER
    connections: list[Connection] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    conversations: list[list[Message]] = field(default_factory=list)
    truth: Truth = field(default_factory=Truth)
    count: int = 0
    exported_at: datetime = EXPORTED_AT

    def someone(self, name: str = "") -> Someone:
        """Invent a person: a name of their own unless one is given, always a slug of their own."""
        n = self.count
        self.count += 1
        first = _FIRST[n % len(_FIRST)]
        last = f"{_LAST[n % len(_LAST)]} {_letters(n)}{_SUFFIX[n % len(_SUFFIX)]}"
        if name:
            first, last = name.split(" ", 1)
        slug = f"{first}-{_LAST[n % len(_LAST)]}-{n:x}".lower().replace("'", "").replace(" ", "-")
        email = f"personne{n}@example.org" if n % 25 == 0 else ""
        return Someone(first, last, slug, f"Atelier {n % 7}, SARL", "Ingénieure", email)

    def connect(self, who: Someone, days: float) -> date:
        on = (EXPORTED_AT - timedelta(days=days)).date()
        self.connections.append(Connection(who, on))
        return on

    def invite(self, who: Someone, days: float, note: str = "", *, outgoing: bool = True) -> None:
        self.invitations.append(Invitation(who, ago(days), note, outgoing))

    def talk(self, *said: tuple[Someone | None, Someone | None, float, str], subject: str = "") -> None:
        """Add a one-to-one conversation: (from, to, days ago, text), oldest first."""
        conversation = f"2-ZmljdGlm{len(self.conversations):06d}=="
        self.conversations.append(
            [Message(conversation, a, (b,), ago(days), text, subject) for a, b, days, text in said]
        )


def ago(days: float) -> datetime:
    return (EXPORTED_AT - timedelta(days=days)).replace(second=0, microsecond=0)


def _letters(n: int) -> str:
    word = ""
    while True:
        word = chr(97 + n % 26) + word
        n = n // 26 - 1
        if n < 0:
            return word.capitalize()


def moved(scenario: Scenario, exported_at: datetime) -> Scenario:
    """The same history as if it had been exported at another instant, every date with it."""
    by = exported_at - scenario.exported_at
    days = timedelta(days=(exported_at.date() - scenario.exported_at.date()).days)
    return replace(
        scenario,
        connections=[replace(each, on=each.on + days) for each in scenario.connections],
        invitations=[replace(each, at=each.at + by) for each in scenario.invitations],
        conversations=[[replace(each, at=each.at + by) for each in told] for told in scenario.conversations],
        exported_at=exported_at,
    )
