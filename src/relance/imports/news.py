"""What a newer archive says of people the desk knows already: added, never doubled, nothing erased."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from relance.accounts.models import Membership
from relance.cadence.words import Kind, Occasion
from relance.imports.area_words import Person
from relance.imports.groups import situation_of
from relance.method.candidates.actions import IdentityTaken, add_identities, make_findable
from relance.method.candidates.identities import channels_of, fold
from relance.method.candidates.models import Candidate, Identity
from relance.method.candidates.queries import identities
from relance.method.catching_up.actions import note_reason
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.decisions import redecide
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach

SAME_MOMENT = timedelta(days=2)
NEW_ATTEMPT_AFTER = timedelta(days=90)
TAKEN_UP = (
    "started_on", "company", "source_company", "role", "source_role", "note", "location", "connected_on", "channels",
    "search", "company_key",
)  # fmt: skip
"""What an import may change of a candidate."""
ONCE = {Kind.INVITATION_SENT, Kind.INVITATION_ACCEPTED}


@dataclass(slots=True)
class News:
    """Who accepted, who answered, who changed company: (candidate id, …) for the screen that says so."""

    known: int = 0
    accepted: list[int] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    moved: list[tuple[int, str, str]] = field(default_factory=list)
    alike: list[tuple[int, int]] = field(default_factory=list)
    """Who may be somebody else of the notebook: (newcomer, or whom the row was taken for; other)."""

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class Stored:
    """What the desk holds of some candidates, read at once; of one whose turn comes again, read anew."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        keys = [candidate.pk for candidate in candidates]
        self._facts: dict[int, list[Event]] = {key: [] for key in keys}
        self._identities: dict[int, list[tuple[str, str]]] = {key: [] for key in keys}
        facts = Event.objects.filter(candidate__in=keys, retractions=None)
        for event in facts.order_by("candidate", "at", "pk").iterator(chunk_size=2_000):
            self._facts[event.candidate_id].append(event)
        known = Identity.objects.filter(candidate__in=keys).order_by("pk")
        for key, kind, value in known.values_list("candidate", "kind", "value"):
            self._identities[key].append((kind, value))

    def facts(self, candidate: Candidate) -> list[Event]:
        """Their facts that stand, oldest first."""
        found = self._facts.pop(candidate.pk, None)
        if found is not None:
            return found
        return list(Event.objects.filter(candidate=candidate, retractions=None).order_by("at", "pk"))

    def identities(self, candidate: Candidate) -> list[tuple[str, str]]:
        """Their identities as (kind, value)."""
        found = self._identities.pop(candidate.pk, None)
        return [(each.kind, each.value) for each in identities(candidate)] if found is None else found


def add_news(
    candidate: Candidate,
    person: Person,
    pairs: tuple[tuple[str, str], ...],
    entries: list[Entry],
    *,
    stored: Stored,
    member: Membership,
    news: News,
    now: datetime,
) -> None:
    """Add the facts not stored yet to the outreach they belong to, and note what changed."""
    news.known += 1
    reached_by = candidate.channels
    change = _take_up(candidate, person, pairs, stored, news)
    if change is not None:
        note_reason(
            candidate=candidate,
            member=member,
            what=Occasion.JOB_CHANGE,
            on=now.astimezone(ZoneInfo(candidate.timezone)).date(),
            before=change[0],
            after=change[1],
            now=now,
        )
    fresh = _not_stored(stored.facts(candidate), entries)
    if not fresh:
        if candidate.channels != reached_by:  # who could not be reached may be now
            redecide([candidate], now=now)
        return
    if any(entry.kind is Kind.INVITATION_ACCEPTED for entry in fresh):
        news.accepted.append(candidate.pk)
    if any(entry.kind is Kind.REPLY for entry in fresh):
        news.answered.append(candidate.pk)
    for part in _parted(candidate, fresh):
        latest = (
            Outreach.objects.filter(candidate=candidate).order_by("-is_open", "-opened_at", "-pk").first()
        )
        if latest is None or _begins_anew(latest, part):
            situation = situation_of(part)
            open_outreach(
                member=member,
                candidate=candidate,
                situation=situation,
                entries=part,
                now=now,
                brought_in_at=now,
            )
        else:
            record(outreach=latest, entries=part, now=now)


def _parted(candidate: Candidate, entries: list[Entry]) -> list[list[Entry]]:
    """The new facts in runs that no 90 days part."""
    ordered = sorted(entries, key=lambda entry: entry.at)
    runs: list[list[Entry]] = []
    for entry in ordered:
        if runs and entry.at - runs[-1][-1].at < NEW_ATTEMPT_AFTER:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _begins_anew(latest: Outreach, part: list[Entry]) -> bool:
    last = latest.events.filter(retractions=None).order_by("-at", "-pk").first()
    outbound = part[0].kind in {Kind.MESSAGE_SENT, Kind.INVITATION_SENT}
    return outbound and (last is None or part[0].at - last.at >= NEW_ATTEMPT_AFTER)


def _not_stored(stored: list[Event], entries: list[Entry]) -> list[Entry]:
    """Leave out what was stored, from an earlier archive or by the recruiter's own hand."""
    keys = {event.key for event in stored if event.key}
    return [
        entry
        for entry in entries
        if entry.key not in keys and not any(_same(entry, event) for event in stored)
    ]


def _same(entry: Entry, event: Event) -> bool:
    if entry.kind != event.kind:
        return False
    if entry.kind in ONCE:
        return abs(entry.at - event.at) < NEW_ATTEMPT_AFTER
    if not event.text or event.source or abs(entry.at - event.at) > SAME_MOMENT:
        return False
    return fold(entry.text) == fold(event.text)


def _take_up(
    candidate: Candidate, person: Person, pairs: tuple[tuple[str, str], ...], stored: Stored, news: News
) -> tuple[str, str] | None:
    """Fill what was blank; follow a change of company only where the recruiter wrote nothing over it.

    Returns what two imports tell of a change of company or role: before, after.
    """
    before = {field: getattr(candidate, field) for field in TAKEN_UP}
    known = _known_by(candidate, pairs, stored, news)
    company, role = person.company[:200], person.position[:200]
    change = _change(candidate, company, role)
    if change is not None:
        candidate.started_on = None  # it was that of the position they left
    if company and candidate.source_company and company != candidate.source_company:
        news.moved.append((candidate.pk, candidate.source_company, company))
    if company:
        if candidate.company in {"", candidate.source_company}:
            candidate.company = company
        candidate.source_company = company
    if role:
        if candidate.role in {"", candidate.source_role}:
            candidate.role = role
        candidate.source_role = role
    candidate.note = candidate.note or person.note
    candidate.location = candidate.location or person.location[:120]
    if candidate.connected_on is None:
        candidate.connected_on = person.connected_on
    opened = channels_of(known)
    order = [code for code in candidate.channels.split(",") if code in opened]
    candidate.channels = ",".join([*order, *(code for code in opened if code not in order)])
    make_findable(candidate, known)
    if any(getattr(candidate, field) != value for field, value in before.items()):
        candidate.save()
    return change


def _known_by(
    candidate: Candidate, pairs: tuple[tuple[str, str], ...], stored: Stored, news: News
) -> list[tuple[str, str]]:
    """Add the identities that are new; returns all of them."""
    known = stored.identities(candidate)
    if set(pairs) <= set(known):
        return known
    try:
        add_identities(candidate=candidate, pairs=pairs)
    except (
        IdentityTaken
    ) as error:  # two candidates share an address: a member judges, an import merges nobody
        news.alike.append((candidate.pk, error.candidate.pk))
    return [(identity.kind, identity.value) for identity in identities(candidate)]


def _change(candidate: Candidate, company: str, role: str) -> tuple[str, str] | None:
    """What the last import said and what this one says; None where they say the same, or one says nothing."""
    before = (candidate.source_role, candidate.source_company)
    moved = company and before[1] and fold(company) != fold(before[1])
    renamed = role and before[0] and fold(role) != fold(before[0])
    if not moved and not renamed:
        return None
    after = (role or before[0] if not moved else role, company or before[1])
    return _position(*before), _position(*after)


def _position(role: str, company: str) -> str:
    return ", ".join(part for part in (role, company) if part)
