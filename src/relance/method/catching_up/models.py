"""A reason to catch up with somebody, found or given."""

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from relance.accounts.models import Membership, Organisation
from relance.cadence.words import Occasion
from relance.method.candidates.models import Candidate
from relance.method.outreach.following import GoesAlong
from relance.method.outreach.models import Event

OCCASIONS = [occasion.value for occasion in Occasion]


class Reason(GoesAlong, models.Model):
    """Why one might catch up with somebody: kept until its recruiter takes it up, or leaves it.

    `on` is the day it is about. `line` and `link` are what was said of it, `before` and `after` the
    company (or role) of a change. What the desk finds by itself (an anniversary, a long silence) has a
    row only once it was taken up or left. `event` is the fact that taking it up recorded.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="reasons")
    member = models.ForeignKey(Membership, models.CASCADE, db_index=False, related_name="+")
    what = models.CharField(max_length=20)
    on = models.DateField()
    line = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=500, blank=True)
    before = models.CharField(max_length=402, blank=True)
    after = models.CharField(max_length=402, blank=True)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    taken = models.BooleanField(default=False)
    event = models.ForeignKey(Event, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(what__in=OCCASIONS), name="reason_what_is_known"),
            models.CheckConstraint(
                condition=Q(taken=False) | Q(settled_at__isnull=False), name="a_reason_taken_up_is_settled"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "member", "found_at", "id"],
                condition=Q(settled_at__isnull=True),
                name="reason_to_settle",
            ),
            models.Index(fields=["organisation", "member", "settled_at"], name="reason_settled"),
        ]

    def __str__(self) -> str:
        return f"reason {self.pk}"

    @classmethod
    def pass_on(cls, candidate_ids: Sequence[int], *, giver: Membership, taker: Membership) -> None:
        """What is not settled goes along; the same news that the taker has already is not told twice."""
        rows = cls.objects.filter(candidate__in=candidate_ids, settled_at=None)
        same = rows.filter(
            member=taker,
            candidate=OuterRef("candidate"),
            what=OuterRef("what"),
            on=OuterRef("on"),
            line=OuterRef("line"),
            link=OuterRef("link"),
        )
        rows.filter(Exists(same.order_by()), member=giver).delete()
        rows.filter(member=giver).update(member=taker)

    @property
    def told(self) -> str:
        """What is known of it, in the words it came in: for the history, and for who writes."""
        change = " → ".join(part for part in (self.before, self.after) if part)
        return "\n".join(part for part in (self.line or change, self.link) if part)
