"""Probable duplicates: candidates who may be one person. Nobody is merged without a member's gesture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.method.candidates.identities import alike_of, company_key, fold
from relance.method.candidates.models import Candidate, Identity, TwoPeople

SHOWN = 10
ALIKE_TOLD = 50
MAILS_AT_ONCE = 500


class Likeness(StrEnum):
    """Why two candidates may be one person, the surest first."""

    MAIL = "mail"
    """The same mail address in another writing."""
    NAME_AND_COMPANY = "name_and_company"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Duplicate:
    candidate: Candidate
    likeness: Likeness


def probable_duplicates(
    organisation_id: int,
    *,
    name: str,
    company: str,
    identities: Iterable[tuple[str, str]],
    candidate: Candidate | None = None,
) -> list[Duplicate]:
    """Who of the organisation may be the person so described, the surest first, at most ten.

    `candidate` is that person where they are stored already: they are no duplicate of themself, nor is
    whom a member said to be somebody else. An identity that is exactly the same is no probable
    duplicate: it is the same person, and the database says so.
    """
    alike = {alike_of(kind, value) for kind, value in identities} - {""}
    others = Candidate.objects.filter(organisation_id=organisation_id)
    apart: set[int] = set()
    if candidate is not None:
        apart = {candidate.pk, *_said_apart(candidate)}
    found: dict[int, Duplicate] = {}
    if alike:
        rows = Identity.objects.select_related("candidate").filter(
            organisation_id=organisation_id, alike__in=alike
        )
        for row in rows.order_by("pk")[: SHOWN * 2]:
            found.setdefault(row.candidate_id, Duplicate(row.candidate, Likeness.MAIL))
    folded, key = fold(name), company_key(company)
    for other in (
        others.filter(search__startswith=folded).order_by("name", "pk")[: SHOWN * 5] if folded else ()
    ):
        if fold(other.name) == folded:
            same = bool(key) and other.company_key == key
            likeness = Likeness.NAME_AND_COMPANY if same else Likeness.NAME
            found.setdefault(other.pk, Duplicate(other, likeness))
    order = list(Likeness)
    kept = [duplicate for pk, duplicate in found.items() if pk not in apart]
    return sorted(kept, key=lambda one: (order.index(one.likeness), one.candidate.pk))[:SHOWN]


def alike_since(organisation_id: int, *, after_pk: int) -> list[tuple[int, int]]:
    """Who of those entered since (keys above `after_pk`) may be somebody there before: by mail, or name and company.

    Pairs of keys, newcomer first, at most fifty. Only the newcomers are held in memory; on a new desk
    nothing is read.
    """
    found = dict.fromkeys(_alike_by_mail(organisation_id, after_pk))
    found |= dict.fromkeys(_alike_by_name(organisation_id, after_pk))
    return list(found)[:ALIKE_TOLD]


def _alike_by_mail(organisation_id: int, after_pk: int) -> list[tuple[int, int]]:
    written = Identity.objects.filter(organisation_id=organisation_id).exclude(alike="")
    fresh = dict(
        written.filter(candidate__gt=after_pk)
        .order_by("-pk")
        .values_list("alike", "candidate_id")
        .iterator(2_000)
    )
    found: list[tuple[int, int]] = []
    keys = sorted(fresh)
    for start in range(0, len(keys), MAILS_AT_ONCE):
        before = written.filter(candidate__lte=after_pk, alike__in=keys[start : start + MAILS_AT_ONCE])
        pairs = before.order_by("pk").values_list("alike", "candidate_id")[:ALIKE_TOLD]
        found += [(fresh[alike], candidate_id) for alike, candidate_id in pairs]
        if len(found) >= ALIKE_TOLD:
            break
    return found


def _alike_by_name(organisation_id: int, after_pk: int) -> list[tuple[int, int]]:
    everybody = Candidate.objects.filter(organisation_id=organisation_id).exclude(company_key="")
    before = everybody.filter(pk__lte=after_pk)
    if not before.exists():
        return []
    fresh: dict[tuple[str, str], int] = {}
    rows = everybody.filter(pk__gt=after_pk).order_by("pk").values_list("pk", "name", "company_key")
    for pk, name, key in rows.iterator(chunk_size=2_000):
        fresh.setdefault((fold(name), key), pk)
    found: list[tuple[int, int]] = []
    for pk, name, key in before.order_by("pk").values_list("pk", "name", "company_key").iterator(2_000):
        newcomer = fresh.get((fold(name), key))
        if newcomer is not None:
            found.append((newcomer, pk))
            if len(found) == ALIKE_TOLD:
                break
    return found


def _said_apart(candidate: Candidate) -> set[int]:
    rows = TwoPeople.objects.filter(Q(one=candidate) | Q(other=candidate))
    pairs = rows.order_by("pk").values_list("one_id", "other_id")[:200]
    return {pk for pair in pairs for pk in pair}


def say_two_people(*, member: Membership, one: Candidate, other: Candidate, now: datetime) -> None:
    """Remember that two candidates who look alike are two people: it is not asked again."""
    first, second = sorted((one.pk, other.pk))
    rows = within(TwoPeople.objects.all(), member)
    if first != second and not rows.filter(one=first, other=second).exists():
        TwoPeople.objects.bulk_create(
            [
                TwoPeople(
                    organisation_id=member.organisation_id, one_id=first, other_id=second, said_by=member,
                    said_at=now,
                )
            ],
            ignore_conflicts=True,
        )  # fmt: skip
