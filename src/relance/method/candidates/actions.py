"""Entering, changing and marking a candidate."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction

from relance.accounts.models import Membership
from relance.cadence.words import Channel
from relance.method.candidates.identities import (
    alike_of,
    channels_of,
    company_key,
    fingerprint,
    fingerprints,
    fold,
)
from relance.method.candidates.models import (
    Act,
    Avoidance,
    Candidate,
    Fingerprint,
    Identity,
    IdentityKind,
    Mark,
)
from relance.method.candidates.queries import identities, known_channels
from relance.method.candidates.trail import trace


class IdentityTaken(Exception):
    """Another candidate of the organisation is already known by it."""

    def __init__(self, candidate: Candidate) -> None:
        super().__init__(candidate.pk)
        self.candidate = candidate


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person besides their history. Identities are (kind, value) in their one form."""

    name: str
    first_name: str = ""
    role: str = ""
    company: str = ""
    location: str = ""
    language: str = "fr"
    address: str = "vous"
    identities: tuple[tuple[str, str], ...] = ()
    source: str = ""
    source_on: date | None = None
    cv_source: str = ""
    cv_on: date | None = None
    started_on: date | None = None
    is_demonstration: bool = False
    channels: tuple[Channel, ...] = field(default=())


def make_findable(candidate: Candidate, pairs: Iterable[tuple[str, str]]) -> None:
    """Write anew the texts by which a candidate and their company are found again; unsaved."""
    values = (value for kind, value in pairs if kind != IdentityKind.SOURCE_NUMBER)
    candidate.search = fold(
        candidate.name, candidate.role, candidate.company, candidate.location, *values, candidate.note
    )[:900]
    candidate.company_key = company_key(candidate.company)


@transaction.atomic
def enter_candidate(*, member: Membership, facts: Facts, now: datetime) -> Candidate:
    """Store a person the recruiter keeps. Raises IdentityTaken when the organisation knows them already."""
    channels = facts.channels or channels_of(list(facts.identities))
    candidate = Candidate(
        organisation_id=member.organisation_id,
        name=facts.name[:200],
        first_name=(facts.first_name or first_name_of(facts.name))[:100],
        role=facts.role[:200],
        company=facts.company[:200],
        location=facts.location[:120],
        language=facts.language,
        address=facts.address,
        timezone=member.organisation.timezone,
        region=member.organisation.region,
        channels=",".join(channels),
        source=facts.source,
        source_on=facts.source_on,
        cv_source=facts.cv_source[:80],
        cv_on=facts.cv_on,
        started_on=facts.started_on,
        is_demonstration=facts.is_demonstration,
        created_at=now,
    )
    make_findable(candidate, facts.identities)
    candidate.save()
    trace(member=member, candidates=[candidate], act=Act.ENTERED, now=now)
    add_identities(candidate=candidate, pairs=facts.identities)
    return candidate


def first_name_of(name: str) -> str:
    """The first word of a full name, which is what a greeting wants."""
    return name.split()[0] if name.split() else ""


@transaction.atomic
def add_identities(*, candidate: Candidate, pairs: Iterable[tuple[str, str]]) -> None:
    """Say what else a candidate is known by. Raises IdentityTaken."""
    for kind, value in pairs:
        known = (
            Identity.objects.select_related("candidate")
            .filter(organisation_id=candidate.organisation_id, kind=kind, value=value)
            .order_by("pk")
            .first()
        )
        if known is not None and known.candidate_id != candidate.pk:
            raise IdentityTaken(known.candidate)
        if known is None:
            try:
                with transaction.atomic():
                    Identity.objects.create(
                        organisation_id=candidate.organisation_id,
                        candidate=candidate,
                        kind=kind,
                        value=value,
                        alike=alike_of(kind, value),
                    )
            except IntegrityError as error:  # another process was quicker
                other = Identity.objects.select_related("candidate").get(
                    organisation_id=candidate.organisation_id, kind=kind, value=value
                )
                raise IdentityTaken(other.candidate) from error


@transaction.atomic
def change_candidate(
    *, candidate: Candidate, facts: Facts, note: str, mark: str, member: Membership, now: datetime
) -> None:
    """Change what is known of a person and how they are marked. Raises IdentityTaken.

    The identities given replace the old ones; a preference among channels is kept where it still holds.
    """
    preferred = known_channels(candidate)
    wanted = set(facts.identities)
    for identity in identities(candidate):
        if (identity.kind, identity.value) not in wanted:
            identity.delete()
    add_identities(candidate=candidate, pairs=facts.identities)
    opened = channels_of(list(facts.identities))
    order = [channel for channel in preferred if channel in opened]
    order += [channel for channel in opened if channel not in order]
    if facts.channels:
        order = [channel for channel in facts.channels if channel in opened or channel is Channel.INMAIL]
    candidate.name, candidate.first_name = facts.name[:200], facts.first_name[:100]
    candidate.role, candidate.company, candidate.location = facts.role, facts.company, facts.location
    candidate.language, candidate.address = facts.language, facts.address
    candidate.note, candidate.mark, candidate.started_on = note, mark, facts.started_on
    candidate.channels = ",".join(order)
    make_findable(candidate, facts.identities)
    changed = _fields_changed(candidate)
    candidate.save()
    trace(member=member, candidates=[candidate], act=Act.CHANGED, about=changed, now=now)
    if mark == Mark.PRIVATE:
        leave_alone(
            organisation_id=candidate.organisation_id,
            pairs=facts.identities,
            avoidance=Avoidance.SET_ASIDE,
            member=member,
            now=now,
        )
    else:
        let_back(
            organisation_id=candidate.organisation_id, pairs=facts.identities, avoidance=Avoidance.SET_ASIDE
        )


FIELDS_TOLD = (
    "name", "first_name", "role", "company", "location", "language", "address", "note", "mark", "channels",
    "started_on",
)  # fmt: skip


def _fields_changed(candidate: Candidate) -> str:
    """Which of a candidate's fields differ from what is stored, as the trail names them."""
    stored = Candidate.objects.filter(pk=candidate.pk).order_by("pk").values(*FIELDS_TOLD).first() or {}
    return " ".join(name for name in FIELDS_TOLD if stored.get(name) != getattr(candidate, name))


def leave_alone(
    *,
    organisation_id: int,
    pairs: Iterable[tuple[str, str]],
    avoidance: Avoidance,
    member: Membership | None,
    now: datetime,
) -> None:
    """Keep a keyed fingerprint, and nothing else, of identities to leave alone."""
    Fingerprint.objects.bulk_create(
        [
            Fingerprint(
                organisation_id=organisation_id,
                avoidance=avoidance,
                digest=fingerprint(organisation_id, kind, value),
                made_at=now,
                made_by=member,
            )
            for kind, value in pairs
        ],
        ignore_conflicts=True,
    )


def let_back(*, organisation_id: int, pairs: Iterable[tuple[str, str]], avoidance: Avoidance) -> None:
    """Forget the fingerprints of identities that are no longer to be left alone."""
    digests = [digest for kind, value in pairs for digest in fingerprints(organisation_id, kind, value)]
    Fingerprint.objects.filter(
        organisation_id=organisation_id, avoidance=avoidance, digest__in=digests
    ).delete()
