"""What a past brought in says of itself."""

from typing import ClassVar

from django.db import models

from relance.accounts.models import Membership, Organisation


class Baseline(models.Model):
    """Counts of a past, before Relance (METHOD, Measure). They name nobody."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    recruiter = models.ForeignKey(Membership, models.CASCADE, db_index=False)
    source = models.CharField(max_length=32)
    as_of = models.DateField()
    read_at = models.DateTimeField()
    written_to = models.PositiveIntegerField()
    answered_first = models.PositiveIntegerField()
    followed_up = models.PositiveIntegerField()
    answered_after = models.PositiveIntegerField()
    too_young = models.PositiveIntegerField(default=0)
    too_young_followed_up = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "recruiter", "source"], name="one_baseline_per_source"
            ),
        ]

    def __str__(self) -> str:
        return f"baseline {self.pk}"
