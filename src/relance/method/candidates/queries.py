"""Reads of candidates. `access_candidate` is the only way to one of them."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q, QuerySet

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.accounts.written_out import rows_of
from relance.cadence.words import Channel
from relance.method.candidates.identities import fingerprints, fold
from relance.method.candidates.models import Avoidance, Candidate, Fingerprint, Identity

IDENTITIES_SHOWN = 20
NAMESAKES_SHOWN = 10
# By the candidate alone: told the organisation too, SQLite walks all of its identities instead.
# Written out: every page about somebody asks it, and putting it together costs five times its answer.
_IDENTITIES = f"""
SELECT * FROM "candidates_identity" WHERE "candidate_id" = %s
ORDER BY "kind", "id" LIMIT {IDENTITIES_SHOWN}
"""  # noqa: S608 - our own number


def access_candidate(member: Membership, pk: int) -> Candidate:
    """The candidate, if the member's organisation knows them. Raises Candidate.DoesNotExist."""
    return within(Candidate.objects.all(), member).get(pk=pk)


def access_candidates(member: Membership, pks: Collection[int]) -> dict[int, Candidate]:
    """Those of these candidates whom the member's organisation knows, by their keys; the others are left out."""
    rows = within(Candidate.objects.filter(pk__in=pks), member).order_by("pk")
    return {candidate.pk: candidate for candidate in rows[: len(pks)]}


def identities(candidate: Candidate) -> list[Identity]:
    """What the candidate is known by, oldest first."""
    return rows_of(Identity, _IDENTITIES, [candidate.pk])


def known_channels(candidate: Candidate) -> tuple[Channel, ...]:
    """The candidate's channels, in their order of preference."""
    return tuple(Channel(code) for code in candidate.channels.split(",") if code)


def candidate_known_by(member: Membership, kind: str, value: str) -> Candidate | None:
    """The organisation's candidate with that identity (in its one form), or None."""
    identity = (
        within(Identity.objects.select_related("candidate"), member)
        .filter(kind=kind, value=value)
        .order_by("pk")
        .first()
    )
    return identity.candidate if identity else None


def namesakes(candidate: Candidate) -> list[Candidate]:
    """Others of the organisation with the same name, capitals and accents apart: probable duplicates."""
    name = fold(candidate.name)
    rows = Candidate.objects.filter(
        organisation_id=candidate.organisation_id, search__startswith=name
    ).exclude(pk=candidate.pk)
    found = rows.order_by("name", "pk")[: NAMESAKES_SHOWN * 5]
    return [other for other in found if fold(other.name) == name][:NAMESAKES_SHOWN]


def candidates_matching(member: Membership, text: str) -> QuerySet[Candidate]:
    """Candidates whose name, company, role, place, note or addresses hold every word of `text`."""
    return within(Candidate.objects.all(), member).filter(holding(text))


def holding(text: str, before: str = "") -> Q:
    """The condition of that search; `before` leads to the candidate from another table (`candidate__`)."""
    wanted = Q()
    for word in fold(text).split():
        wanted &= Q(**{f"{before}search__contains": word})
    return wanted


def avoided(organisation_id: int, identities: Iterable[tuple[str, str]], avoidance: Avoidance) -> bool:
    """Whether one of those (kind, value) pairs is on the suppression list or was set aside."""
    digests = [digest for kind, value in identities for digest in fingerprints(organisation_id, kind, value)]
    return bool(digests) and (
        Fingerprint.objects.filter(
            organisation_id=organisation_id, avoidance=avoidance, digest__in=digests
        ).exists()
    )


def avoidances(organisation_id: int, people: Sequence[Iterable[tuple[str, str]]]) -> list[Avoidance | None]:
    """Of each person, given by their (kind, value) pairs, whether they are to be left alone, and why; one query."""
    digests = [
        [digest for kind, value in pairs for digest in fingerprints(organisation_id, kind, value)]
        for pairs in people
    ]
    wanted = sorted({digest for each in digests for digest in each})
    rows = Fingerprint.objects.filter(organisation_id=organisation_id, digest__in=wanted).order_by("pk")
    known: dict[str, set[str]] = {}
    most = len(wanted) * len(Avoidance)
    for digest, avoidance in rows.values_list("digest", "avoidance")[:most] if wanted else ():
        known.setdefault(digest, set()).add(avoidance)
    found: list[Avoidance | None] = []
    for each in digests:
        told = set().union(*(known.get(digest, set()) for digest in each))
        found.append(next((one for one in (Avoidance.OPTED_OUT, Avoidance.SET_ASIDE) if one in told), None))
    return found


def avoided_digests(organisation_id: int, avoidances: Collection[Avoidance]) -> dict[str, set[str]]:
    """Every fingerprint of those kinds at once, for an import that has thousands of people to look up."""
    rows = (
        Fingerprint.objects.filter(organisation_id=organisation_id, avoidance__in=avoidances)
        .order_by("pk")
        .values_list("avoidance", "digest")
        .iterator(chunk_size=5000)
    )
    found: dict[str, set[str]] = {str(avoidance): set() for avoidance in avoidances}
    for avoidance, digest in rows:
        found[avoidance].add(digest)
    return found
