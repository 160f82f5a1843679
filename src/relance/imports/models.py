"""An import on its way: a state row, claimed with a lease and a fence."""

from typing import ClassVar

from django.db import models

from relance.accounts.models import Membership, Organisation
from relance.method.delivery.models import Mailbox


class State(models.TextChoices):
    WAITING = "waiting"
    READING = "reading"
    MAPPING = "mapping"
    READ = "read"
    KEEPING = "keeping"
    KEPT = "kept"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Import(models.Model):
    """One archive given, or one mailbox to read: what state it is in and how far. It holds no person's data.

    The file and what was read of it stand in the temporary area under `token`, until they are wiped.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    member = models.ForeignKey(Membership, models.CASCADE)
    token = models.CharField(max_length=32, unique=True)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, null=True)
    source = models.CharField(max_length=32)
    reader = models.CharField(max_length=10, default="worker")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    stage = models.CharField(max_length=24, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    problem = models.CharField(max_length=48, blank=True)
    problem_values = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    given_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "member", "-given_at"], name="import_latest"),
            models.Index(fields=["state", "leased_until"], name="import_to_claim"),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


class TableMapping(models.Model):
    """What the columns of a table were said to be, for the next table with the same header.

    The header is known by its fingerprint alone; `columns` are codes in the order of the columns.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    order = models.CharField(max_length=12)
    used_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "fingerprint"], name="table_mapping_is_one"),
        ]

    def __str__(self) -> str:
        return f"table mapping {self.pk}"
