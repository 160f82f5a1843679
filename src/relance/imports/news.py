"""What a newer archive says of people the desk knows already: added, never doubled, nothing erased."""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from relance.accounts.models import Membership
from relance.cadence.words import Kind, Occasion
from relance.imports.area_words import Person
from relance.imports.groups import situation_of
from relance.method.candidates.actions import IdentityTaken, add_identities, make_findable
from relance.method.candidates.identities import channels_of, fold
from relance.method.candidates.models import Candidate
from relance.method.candidates.queries import identities
from relance.method.catching_up.actions import note_reason
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.decisions import redecide
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach

SAME_MOMENT = timedelta(days=2)
NEW_ATTEMPT_AFTER = timedelta(days=90)
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


def add_news(
    candidate: Candidate,
    person: Person,
    pairs: tuple[tuple[str, str], ...],
    entries: list[Entry],
    *,
    member: Membership,
    news: News,
    now: datetime,
) -> None:
    """Add the facts not stored yet to the outreach they belong to, and note what changed."""
    news.known += 1
    reached_by = candidate.channels
    change = _take_up(candidate, person, pairs, news)
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
    fresh = _not_stored(candidate, entries)
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


def _not_stored(candidate: Candidate, entries: list[Entry]) -> list[Entry]:
    """Leave out what was stored, from an earlier archive or by the recruiter's own hand."""
    stored = list(Event.objects.filter(candidate=candidate, retractions=None).order_by("at", "pk"))
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
    candidate: Candidate, person: Person, pairs: tuple[tuple[str, str], ...], news: News
) -> tuple[str, str] | None:
    """Fill what was blank; follow a change of company only where the recruiter wrote nothing over it.

    Returns what two imports tell of a change of company or role: before, after.
    """
    try:
        add_identities(candidate=candidate, pairs=pairs)
    except (
        IdentityTaken
    ) as error:  # two candidates share an address: a member judges, an import merges nobody
        news.alike.append((candidate.pk, error.candidate.pk))
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
    known = [(identity.kind, identity.value) for identity in identities(candidate)]
    opened = channels_of(known)
    order = [code for code in candidate.channels.split(",") if code in opened]
    candidate.channels = ",".join([*order, *(code for code in opened if code not in order)])
    make_findable(candidate, known)
    candidate.save()
    return change


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
