"""Templates."""

from typing import ClassVar

from django.db import models

from relance.accounts.models import Membership, Organisation


class Template(models.Model):
    """A reusable message for one moment of a situation, to be personalised.

    `purpose` is the decision's code it serves (`first_action`, `follow_up`, `went_quiet`, ...), `step`
    its number there; without a situation it serves in all. `starter` names the shipped text it came from.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    author = models.ForeignKey(Membership, models.SET_NULL, null=True)
    starter = models.CharField(max_length=80, blank=True)
    situation = models.CharField(max_length=24, blank=True)
    purpose = models.CharField(max_length=24)
    step = models.PositiveSmallIntegerField(default=0)
    channels = models.CharField(max_length=60, blank=True)
    occasion = models.CharField(max_length=20, blank=True)
    tone = models.CharField(max_length=14, blank=True)
    language = models.CharField(max_length=5)
    address = models.CharField(max_length=4, blank=True)
    name = models.CharField(max_length=120)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "starter"],
                condition=~models.Q(starter=""),
                name="a_starter_is_planted_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "situation", "purpose", "step", "language"], name="template_by_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TemplateUse(models.Model):
    """Which template a recruiter last used at one moment: the plain rule of what is offered first."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    recruiter = models.ForeignKey(Membership, models.CASCADE, db_index=False)
    moment = models.CharField(max_length=120)
    template = models.ForeignKey(Template, models.CASCADE)
    used_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "recruiter", "moment"], name="one_last_use_per_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.moment
