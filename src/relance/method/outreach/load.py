"""How many people each member of a firm follows, what waits with them, and who stands in for whom.

By name, never by number: it says where help is needed, not who is better.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from relance.accounts.absences import Availability, absences_of_all, availability
from relance.accounts.models import Membership
from relance.accounts.queries import MOST_MEMBERS, team, within
from relance.cadence.words import Action
from relance.method.candidates.models import Candidate
from relance.method.outreach.handing_over import hand_over
from relance.method.outreach.models import HandOver, Outreach, WhyHandedOver

SLIPPING = 500
EVERYBODY = 20_000


def followed_by(member: Membership) -> dict[int, int]:
    """Open outreaches by the id of the membership that holds them, for the whole firm of `member`."""
    held = within(Outreach.objects.all(), member).filter(is_open=True)
    counted = held.order_by("recruiter_id").values("recruiter_id").annotate(people=Count("pk"))
    return {row["recruiter_id"]: row["people"] for row in counted[:MOST_MEMBERS]}


@dataclass(frozen=True, slots=True)
class Load:
    """One member's: people followed, due now (`answers` of them answers owed), late; who covers for them."""

    member: Membership
    followed: int
    due: int
    answers: int
    late: int
    availability: Availability
    covered_by: Sequence[tuple[Membership, int]]


def loads(member: Membership, *, on: date) -> list[Load]:
    """How every member of the firm stands on a day of the firm's zone, by name."""
    counted = _counted(member)
    away = absences_of_all(member.organisation)
    members = team(member=member)
    by_pk = {one.pk: one for one in members}
    covers = _covers(member)
    found = []
    for one in sorted(members, key=lambda each: (str(each.user).casefold(), each.pk)):
        one.organisation = member.organisation
        own = [absence for absence in away if absence.member_id in {None, one.pk}]
        numbers = counted.get(one.pk, {})
        found.append(
            Load(
                member=one,
                followed=numbers.get("followed", 0),
                due=numbers.get("due", 0),
                answers=numbers.get("answers", 0),
                late=numbers.get("late", 0),
                availability=availability(one, on, own),
                covered_by=[(by_pk[pk], count) for pk, count in covers.get(one.pk, []) if pk in by_pk],
            )
        )
    return found


def _counted(member: Membership) -> dict[int, Mapping[str, int]]:
    rows = within(Outreach.objects.all(), member).filter(is_open=True).order_by("recruiter_id")
    counted = rows.values("recruiter_id").annotate(
        followed=Count("pk"),
        due=Count("pk", filter=Q(in_queue=True)),
        answers=Count("pk", filter=Q(in_queue=True, action=Action.ANSWER)),
        late=Count("pk", filter=Q(in_queue=True, is_late=True)),
    )
    return {row["recruiter_id"]: row for row in counted[:MOST_MEMBERS]}


def _covers(member: Membership) -> dict[int, list[tuple[int, int]]]:
    rows = within(HandOver.objects.all(), member).filter(
        why=WhyHandedOver.COVER, given=True, returned_at=None
    )
    counted = rows.order_by("giver", "taker").values_list("giver", "taker").annotate(people=Count("pk"))
    found: dict[int, list[tuple[int, int]]] = {}
    for giver, taker, people in counted[:MOST_MEMBERS]:
        found.setdefault(giver, []).append((taker, people))
    return found


def slipping(giver: Membership, *, before: datetime | None = None) -> list[Candidate]:
    """Whom a member should have followed up and did not: what is late, answers owed first.

    With `before` (UTC), whoever waits for a gesture of theirs until then: what an absence would let slip.
    """
    late = Q(in_queue=True, is_late=True)
    falls_due = Q(in_queue=True) | Q(due_at__lt=before, action__in=[Action.WAIT, Action.CONTACT])
    rows = within(Outreach.objects.select_related("candidate"), giver).filter(
        late if before is None else falls_due, recruiter=giver, is_open=True
    )
    return [row.candidate for row in rows.order_by("rank", "due_at", "pk")[:SLIPPING]]


def people_of(giver: Membership) -> list[Candidate]:
    """Everybody a member ever approached and still holds, open or over."""
    rows = within(Candidate.objects.all(), giver).filter(outreaches__recruiter=giver)
    return list(rows.order_by("pk").distinct()[:EVERYBODY])


def hand_everybody_over(*, giver: Membership, taker: Membership, member: Membership, now: datetime) -> int:
    """Pass on whomever a leaving member holds. Returns how many people. Raises NotAllowed, NobodyElses."""
    count = 0
    while held := people_of(giver):
        passed = hand_over(
            candidates=held, giver=giver, taker=taker, member=member, why=WhyHandedOver.LEAVING, now=now
        )
        if not passed:
            break
        count += len(passed)
    return count
