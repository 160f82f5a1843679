"""A person passes from one recruiter to another with their whole history (METHOD, The guard).

Only the recruiter of the outreaches changes: their facts, the counter of follow-ups and the rests stay.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from relance.accounts.models import Membership
from relance.accounts.roles import Permission, may, require
from relance.method.candidates.models import Act, Candidate
from relance.method.candidates.trail import trace
from relance.method.outreach.actions import lock
from relance.method.outreach.decisions import redecide
from relance.method.outreach.following import pass_along
from relance.method.outreach.models import HandOver, Outreach, Permit, WhyHandedOver

AT_A_TIME = 200


class NobodyElses(Exception):
    """The person is followed by nobody, or by who asks: there is nothing to hand over."""


class AskedAlready(Exception):
    """The same member asked for the same person, and waits."""


class Ended(Exception):
    """The request was answered or withdrawn, or the person has changed hands meanwhile."""


class SayItFirst(Exception):
    """The giver copied a message and has not said whether it was sent; `permit` is the one that is open."""

    def __init__(self, permit: Permit) -> None:
        super().__init__(permit.pk)
        self.permit = permit


def followed_by(candidate: Candidate) -> Membership | None:
    """Who follows the person: the recruiter of the open outreach, else of the latest one that is over."""
    outreach = (
        Outreach.objects.select_related("recruiter__user")
        .filter(candidate=candidate)
        .order_by("-is_open", "-opened_at", "-pk")
        .first()
    )
    return outreach.recruiter if outreach else None


@transaction.atomic
def ask_for(*, candidate: Candidate, member: Membership, note: str, now: datetime) -> HandOver:
    """Ask the colleague who follows a person to hand them over. Raises NobodyElses, AskedAlready."""
    candidate = lock(candidate.pk)
    giver = followed_by(candidate)
    if giver is None or giver.pk == member.pk:
        raise NobodyElses
    try:
        with transaction.atomic():
            return HandOver.objects.create(
                organisation_id=member.organisation_id,
                candidate=candidate,
                giver=giver,
                taker=member,
                made_by=member,
                why=WhyHandedOver.ASKED,
                note=note.strip()[:500],
                asked_at=now,
            )
    except IntegrityError as error:
        raise AskedAlready from error


@transaction.atomic
def answer_request(*, hand_over: HandOver, member: Membership, gives: bool, now: datetime) -> HandOver:
    """Give the person who is asked for, or keep them. Raises Ended, SayItFirst, NotAllowed.

    The giver answers; a manager may in their place.
    """
    if member.pk != hand_over.giver_id:
        require(member, Permission.HAND_OVER_FOR_OTHERS)
    candidate = lock(hand_over.candidate_id)
    if gives and member.pk == hand_over.giver_id:
        _nothing_copied([candidate.pk], member)
    _end(hand_over, now=now, given=gives)
    if gives:
        if not _move(candidate, giver=hand_over.giver, taker=hand_over.taker, now=now):
            raise Ended
        trace(member=member, candidates=[candidate], act=Act.HANDED_OVER, now=now)
    return hand_over


@transaction.atomic
def withdraw_request(*, hand_over: HandOver, now: datetime) -> None:
    """Take a request back before it is answered. Raises Ended."""
    lock(hand_over.candidate_id)
    _end(hand_over, now=now, given=False)


def _end(hand_over: HandOver, *, now: datetime, given: bool) -> None:
    rows = HandOver.objects.filter(pk=hand_over.pk, ended_at=None)
    if not rows.update(ended_at=now, given=given):
        raise Ended
    hand_over.ended_at, hand_over.given = now, given


def _nothing_copied(candidate_ids: Sequence[int], giver: Membership) -> None:
    copied = Permit.objects.filter(recruiter=giver, ended_at=None, candidate__in=candidate_ids)
    permit = copied.order_by("pk").first()
    if permit is not None:
        raise SayItFirst(permit)


def hand_over(
    *,
    candidates: Sequence[Candidate],
    giver: Membership,
    taker: Membership,
    member: Membership,
    why: WhyHandedOver,
    now: datetime,
) -> list[HandOver]:
    """Pass people from one recruiter to another; those the giver does not follow are left where they are.

    `member` is the giver, or whoever may do it for others (NotAllowed else). Taker and giver are of
    one organisation. Raises SayItFirst when the giver does it with a copied message in the air, before
    anybody is passed on. Many people go two hundred at a time, so that nobody else waits long.
    """
    if taker.organisation_id != giver.organisation_id or not taker.is_active or taker.pk == giver.pk:
        raise NobodyElses
    if member.pk != giver.pk:
        require(member, Permission.HAND_OVER_FOR_OTHERS)
    else:
        _nothing_copied([each.pk for each in candidates], giver)
    pks = sorted(each.pk for each in candidates)
    passed: list[HandOver] = []
    for start in range(0, len(pks), AT_A_TIME):
        with transaction.atomic():
            passed += _pass_on(pks[start : start + AT_A_TIME], giver, taker, member, why, now)
    return passed


def _pass_on(
    pks: Sequence[int],
    giver: Membership,
    taker: Membership,
    member: Membership,
    why: WhyHandedOver,
    now: datetime,
) -> list[HandOver]:
    rows = Candidate.objects.select_for_update().filter(organisation_id=giver.organisation_id, pk__in=pks)
    held = {row.pk: row for row in rows.order_by("pk")}
    theirs = Outreach.objects.filter(candidate__in=held, recruiter=giver)
    moved = [held[pk] for pk in sorted(set(theirs.order_by("pk").values_list("candidate_id", flat=True)))]
    if not moved:
        return []
    theirs.update(recruiter=taker)
    redecide(moved, now=now)
    _readdress([candidate.pk for candidate in moved], giver=giver, taker=taker, now=now)
    passed = [
        HandOver(
            organisation_id=giver.organisation_id, candidate=candidate, giver=giver, taker=taker,
            made_by=member, why=why, asked_at=now, ended_at=now, given=True,
        )
        for candidate in moved
    ]  # fmt: skip
    HandOver.objects.bulk_create(passed)
    trace(member=member, candidates=moved, act=Act.HANDED_OVER, now=now)
    return passed


def _readdress(candidate_ids: Sequence[int], *, giver: Membership, taker: Membership, now: datetime) -> None:
    """What others ask of the former recruiter is asked of the new one; what the new one asked for is answered.

    What is noted of those people beside their outreaches goes along.
    """
    waiting = HandOver.objects.filter(candidate__in=candidate_ids, ended_at=None)
    waiting.filter(taker=taker).update(ended_at=now, given=True)
    waiting.filter(giver=giver).exclude(taker=taker).update(giver=taker)
    pass_along(candidate_ids, giver=giver, taker=taker)


def _move(candidate: Candidate, *, giver: Membership, taker: Membership, now: datetime) -> bool:
    """Change the recruiter of all the giver's outreaches with the person. False when there is none."""
    moved = Outreach.objects.filter(candidate=candidate, recruiter=giver).update(recruiter=taker)
    if moved:
        _readdress([candidate.pk], giver=giver, taker=taker, now=now)
        redecide([candidate], now=now)
    return bool(moved)


@transaction.atomic
def take_back(*, covers: Sequence[HandOver], member: Membership, now: datetime) -> int:
    """Take back people a colleague covered; those the colleague has passed on meanwhile stay there.

    Returns how many came back. `member` is who gave them, or may do it for others (NotAllowed else).
    """
    back = 0
    for cover in sorted(covers, key=lambda one: one.candidate_id):
        if member.pk != cover.giver_id and not may(member, Permission.HAND_OVER_FOR_OTHERS):
            require(member, Permission.HAND_OVER_FOR_OTHERS)
        candidate = lock(cover.candidate_id)
        rows = HandOver.objects.filter(pk=cover.pk, returned_at=None, given=True, why=WhyHandedOver.COVER)
        if rows.update(returned_at=now) and _move(candidate, giver=cover.taker, taker=cover.giver, now=now):
            back += 1
            trace(member=member, candidates=[candidate], act=Act.HANDED_OVER, now=now)
    return back
