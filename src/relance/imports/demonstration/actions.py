"""Opening the demonstration, and removing it without a trace."""

from datetime import datetime

from django.db import transaction

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership
from relance.cadence.calendar import Calendar
from relance.imports.demonstration.placing import SOURCE, entry_of, leaning_day
from relance.imports.demonstration.queries import has_demonstration, invented
from relance.imports.demonstration.story import Invented, invented_people
from relance.method.candidates.actions import Facts, enter_candidate, let_back
from relance.method.candidates.models import Avoidance, Identity, Trace
from relance.method.outreach.actions import open_outreach

AT_MOST = 1000


@transaction.atomic
def open_demonstration(*, member: Membership, now: datetime) -> int:
    """Enter the forty invented people with their histories, placed around `now`.

    Returns how many came: none when the organisation has them already. They are marked
    (`is_demonstration`), their facts carry the source `demonstration`.
    """
    organisation = hold_firm(member.organisation_id)
    if has_demonstration(member):
        return 0
    calendar = Calendar.of(organisation.timezone, organisation.region)
    day = leaning_day(now, calendar)
    people = invented_people()
    for person in people:
        _enter(person, member=member, day=day, calendar=calendar, now=now)
    return len(people)


def _enter(person: Invented, *, member: Membership, day: int, calendar: Calendar, now: datetime) -> None:
    candidate = enter_candidate(
        member=member,
        facts=Facts(
            name=person.name,
            role=person.role,
            company=person.company,
            location=person.place,
            language=person.language,
            address=person.address,
            identities=person.identities,
            source=SOURCE,
            is_demonstration=True,
            channels=person.prefers,
        ),
        now=now,
    )
    for approach in person.approaches:
        open_outreach(
            member=member,
            candidate=candidate,
            situation=approach.situation,
            entries=[entry_of(each, day, calendar) for each in approach.happenings],
            now=now,
            purpose=approach.purpose,
            must_answer=approach.must_answer,
        )


@transaction.atomic
def remove_demonstration(*, member: Membership) -> int:
    """Delete every invented person of the organisation with all that hangs on them. Returns how many.

    One of the two deletions the house allows (the other is the erasure of a person): outreaches,
    events, permits, identities and the trail go with the candidate, and so do the fingerprints of
    those identities, which an opt-out or a mark had left.
    """
    organisation = hold_firm(member.organisation_id)
    rows = invented(member)
    pairs = list(
        Identity.objects.filter(candidate__in=rows).order_by("pk").values_list("kind", "value")[:AT_MOST]
    )
    for avoidance in Avoidance:
        let_back(organisation_id=organisation.pk, pairs=pairs, avoidance=avoidance)
    count = rows.count()
    Trace.objects.filter(candidate__in=rows).delete()
    rows.delete()
    return count
