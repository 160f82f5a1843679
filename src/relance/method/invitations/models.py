"""What was said of an invitation on one day's round."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from relance.accounts.models import Membership, Organisation
from relance.method.outreach.models import Event, Outreach


class Said(models.TextChoices):
    """What LinkedIn shows of an invitation."""

    ACCEPTED = "accepted"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class Look(models.Model):
    """One invitation looked up on one day (`on`, the recruiter's own): it is not asked about again that day.

    That it still waits is no fact of the history; what was accepted or withdrawn is, and stands in `event`.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="looks", db_index=False)
    member = models.ForeignKey(Membership, models.CASCADE, db_index=False)
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="+")
    said = models.CharField(max_length=9, choices=Said.choices)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "outreach", "on"], name="one_look_a_day"),
            models.CheckConstraint(condition=Q(said__in=Said.values), name="look_said_is_known"),
            models.CheckConstraint(
                condition=Q(said="waiting", event__isnull=True)
                | (~Q(said="waiting") & Q(event__isnull=False)),
                name="only_a_fact_has_an_event",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["outreach", "on"], name="look_of_outreach"),
            models.Index(fields=["organisation", "member", "on", "id"], name="look_of_day"),
        ]

    def __str__(self) -> str:
        return f"look {self.pk}"
