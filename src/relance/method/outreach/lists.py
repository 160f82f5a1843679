"""The list of people: where each stands, with search and filters, a page at a time."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Action, Code, Situation
from relance.method.candidates.identities import fold
from relance.method.candidates.models import Candidate
from relance.method.candidates.queries import candidates_matching, holding
from relance.method.outreach.actions import lock
from relance.method.outreach.decisions import redecide, redecide_changed
from relance.method.outreach.models import LISTED, Event, Outreach
from relance.method.outreach.queries import outreaches_with

A_PAGE = 50
COUNTED = 2_000
REDECIDED_BY_A_PAGE = 900
FACTS_A_PAGE = 100


class Standing(StrEnum):
    """Where a person stands, as the list is filtered."""

    TO_FOLLOW_UP = "to_follow_up"
    YOUR_TURN = "your_turn"
    PENDING = "pending"
    WAITING = "waiting"
    """Too early, postponed, away, or held by the guard."""
    ANSWERED = "answered"
    STOPPED = "stopped"
    NOTHING_YET = "nothing_yet"
    """Known, and never approached."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """What is searched and filtered. None and empty texts leave everyone in."""

    text: str = ""
    standing: Standing | None = None
    situation: Situation | None = None
    starred: bool = False
    demonstration: bool = False

    def without(self) -> list[tuple[str, "Sieve"]]:
        """Every sieve that has one filter less, named by the filter that is gone."""
        blank = Sieve()
        return [
            (name, replace(self, **{name: getattr(blank, name)}))
            for name in ("text", "standing", "situation", "starred", "demonstration")
            if getattr(self, name) != getattr(blank, name)
        ]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of people: those approached first (each with the outreach that stands), then the others."""

    outreaches: list[Outreach]
    untouched: list[Candidate]
    counts: dict[Standing, int]
    everyone: int
    more_than_counted: bool
    total: int
    page: int
    pages: int


def standing_of(outreach: Outreach) -> Standing:
    """Where the person of that outreach stands."""
    return _standing(outreach.action, outreach.code, outreach.held)


def _standing(action: str, code: str, held: str) -> Standing:
    if action == Action.ANSWER:
        return Standing.YOUR_TURN
    if action == Action.CONTACT:
        return Standing.WAITING if held else Standing.TO_FOLLOW_UP
    if action == Action.WAIT:
        return Standing.PENDING if code == Code.INVITATION_PENDING else Standing.WAITING
    return Standing.ANSWERED if code == Code.ANSWERED else Standing.STOPPED


FILTERS = {
    Standing.YOUR_TURN: Q(action=Action.ANSWER),
    Standing.TO_FOLLOW_UP: Q(action=Action.CONTACT, held=""),
    Standing.PENDING: Q(action=Action.WAIT, code=Code.INVITATION_PENDING),
    Standing.WAITING: Q(action__in=[Action.WAIT, Action.CONTACT])
    & ((Q(action=Action.WAIT) & ~Q(code=Code.INVITATION_PENDING)) | (Q(action=Action.CONTACT) & ~Q(held=""))),
    Standing.ANSWERED: Q(action=Action.STOP, code=Code.ANSWERED),
    Standing.STOPPED: Q(action=Action.STOP) & ~Q(code=Code.ANSWERED),
}


def people(member: Membership, sieve: Sieve, *, page: int, now: datetime) -> Found:
    """One page of the organisation's people, the nearest next step first; six queries whatever the page.

    What is past its `changes_at` is decided anew first. People are counted, and paged, up to 2,000:
    beyond, a search or a filter finds them. Where more than that were approached, those who never were
    are counted only when they are asked for: to find them then takes a look at everybody.
    """
    redecide_changed(now=now, member=member, limit=REDECIDED_BY_A_PAGE)
    matching = matching_in(member, sieve)
    rows = _by_an_index(approached_by(member, sieve, matching), matching)
    untouched = never_approached(member, sieve, matching)
    facets = list(_listed(rows).values_list("action", "code", "held")[: COUNTED + 1])
    counts = Counter(_standing(*facet) for facet in facets[:COUNTED])
    alone_counted = len(facets) <= COUNTED or sieve.standing is Standing.NOTHING_YET
    alone = untouched.order_by()[:COUNTED].count() if alone_counted else 0
    everyone = min(len(facets), COUNTED) + alone
    if alone_counted:
        counts[Standing.NOTHING_YET] = alone
    if sieve.standing is not None:
        rows = rows.filter(FILTERS.get(sieve.standing, Q(pk=None)))
        if len(facets) > COUNTED:  # the state's own people may all come after those
            counts[sieve.standing] = _counted(rows) if sieve.standing in FILTERS else alone
    approached = everyone - alone if sieve.standing is None else counts[sieve.standing]
    if sieve.standing is Standing.NOTHING_YET:
        approached = 0
    elif sieve.standing is not None:
        alone = 0
    total = approached + alone
    pages = max(1, -(-total // A_PAGE))
    page = min(max(1, page), pages)
    start = (page - 1) * A_PAGE
    ordered = _listed(rows).select_related("candidate", "recruiter__user")
    shown = list(ordered[start : start + A_PAGE]) if start < approached else []
    left = A_PAGE - len(shown)
    first = max(0, start - approached)
    others = list(untouched.order_by("name", "pk")[first : first + left]) if alone and left else []
    return Found(
        outreaches=shown,
        untouched=others,
        counts=dict(counts),
        everyone=everyone,
        more_than_counted=len(facets) > COUNTED,
        total=total,
        page=page,
        pages=pages,
    )


def people_counted(member: Membership, sieve: Sieve) -> int:
    """How many people a sieve lets through, counted up to 2,000."""
    matching = matching_in(member, sieve)
    alone = never_approached(member, sieve, matching).order_by()
    if sieve.standing is Standing.NOTHING_YET:
        return alone[:COUNTED].count()
    rows = _by_an_index(approached_by(member, sieve, matching), matching)
    if sieve.standing is not None:
        return _counted(rows.filter(FILTERS[sieve.standing]))
    found = _counted(rows)
    return found if found == COUNTED else min(COUNTED, found + alone[:COUNTED].count())


def _by_an_index(rows: QuerySet[Outreach], matching: list[int] | None) -> QuerySet[Outreach]:
    """Those rows by an index of the list; those of people in hand are reached by the person."""
    return rows.filter(LISTED) if matching is None else rows


def _listed(rows: QuerySet[Outreach]) -> QuerySet[Outreach]:
    """In the order of the list: the nearest next step first."""
    return rows.order_by(F("due_at").asc(nulls_last=True), "-pk")


def _counted(rows: QuerySet[Outreach]) -> int:
    return rows.order_by()[:COUNTED].count()


def matching_in(member: Membership, sieve: Sieve) -> list[int] | None:
    """Whom the search finds, looked for once; None without one, and where it finds more than are counted."""
    if not sieve.text:
        return None
    found = candidates_matching(member, sieve.text).order_by("name", "pk").values_list("pk", flat=True)
    pks = list(found[: COUNTED + 1])
    return pks if len(pks) <= COUNTED else None


def approached_by(member: Membership, sieve: Sieve, matching: list[int] | None = None) -> QuerySet[Outreach]:
    """The one outreach that stands for each candidate: the open one, else the latest."""
    others = Outreach.objects.filter(
        organisation_id=OuterRef("organisation_id"), candidate_id=OuterRef("candidate_id")
    )
    later = Q(opened_at__gt=OuterRef("opened_at")) | Q(opened_at=OuterRef("opened_at"), pk__gt=OuterRef("pk"))
    better = others.filter(Q(is_open=True) | later).exclude(pk=OuterRef("pk")).order_by()
    rows = within(Outreach.objects.all(), member).filter(Q(is_open=True) | ~Exists(better))
    if matching is not None:
        rows = rows.filter(candidate__in=matching)
    elif sieve.text:
        rows = rows.filter(holding(sieve.text, "candidate__"))
    if sieve.situation is not None:
        rows = rows.filter(situation=sieve.situation)
    if sieve.starred:
        rows = rows.filter(must_answer=True)
    if sieve.demonstration:
        rows = rows.filter(candidate__is_demonstration=True)
    return rows


def never_approached(
    member: Membership, sieve: Sieve, matching: list[int] | None = None
) -> QuerySet[Candidate]:
    """The candidates nobody ever approached."""
    if sieve.situation is not None or sieve.starred:
        return Candidate.objects.none()
    rows = within(Candidate.objects.all(), member)
    if matching is not None:  # found within the organisation already
        rows = Candidate.objects.filter(pk__in=matching)
    elif sieve.text:
        rows = rows.filter(holding(sieve.text))
    if sieve.demonstration:
        rows = rows.filter(is_demonstration=True)
    return rows.filter(~Exists(Outreach.objects.filter(candidate_id=OuterRef("pk")).order_by()))


def timeline(member: Membership, candidate_id: int, *, page: int) -> tuple[list[Event], bool]:
    """What passed with a candidate, newest first, 100 facts a page, and whether there is more."""
    rows = (
        within(Event.objects.select_related("recorded_by__user", "outreach"), member)
        .filter(candidate=candidate_id, retractions=None, of=None)
        .order_by("-at", "-pk")
    )
    start = (max(1, page) - 1) * FACTS_A_PAGE
    found = list(rows[start : start + FACTS_A_PAGE + 1])
    return found[:FACTS_A_PAGE], len(found) > FACTS_A_PAGE


def namesakes(member: Membership, candidate: Candidate) -> list[Candidate]:
    """Other candidates of the same folded name and company: they may be the same person."""
    same = (fold(candidate.name), fold(candidate.company))
    alike = candidates_matching(member, f"{candidate.name} {candidate.company}").exclude(pk=candidate.pk)
    return [other for other in alike.order_by("pk")[:50] if (fold(other.name), fold(other.company)) == same][
        :5
    ]


def outreaches_as_of(member: Membership, candidate: Candidate, *, now: datetime) -> list[Outreach]:
    """The candidate's outreaches, newest first; a decision past its `changes_at` is taken anew first."""
    found = outreaches_with(member, candidate.pk)
    if any(outreach.changes_at is not None and outreach.changes_at <= now for outreach in found):
        with transaction.atomic():
            redecide([lock(candidate.pk)], now=now)
        found = outreaches_with(member, candidate.pk)
    return found
