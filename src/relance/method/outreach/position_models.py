"""Positions to fill, and the sittings in which people are sought for them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from relance.accounts.models import Membership, Organisation
from relance.cadence.words import Channel, Situation

SITUATIONS = [situation.value for situation in Situation]
CHANNELS = [channel.value for channel in Channel]


class WhyClosed(models.TextChoices):
    FILLED = "filled"
    DROPPED = "dropped"
    PAUSED = "paused"


class Position(models.Model):
    """A position to fill for a client. It is open until `closed_at`.

    Pay is in whole units of the currency, from `pay_low` to `pay_high`; `pay_words` say what it is paid
    for. `remote_days` are days a week: none is on the spot, five is all of them. A masked client is
    named in no message. A pause may have a day it lasts up to (`paused_until`): on it the position is shown again.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    owner = models.ForeignKey(Membership, models.PROTECT, db_index=False)
    title = models.CharField(max_length=150)
    client = models.CharField(max_length=150, blank=True)
    client_masked = models.BooleanField(default=True)
    place = models.CharField(max_length=120, blank=True)
    contract = models.CharField(max_length=120, blank=True)
    pay_low = models.PositiveIntegerField(null=True)
    pay_high = models.PositiveIntegerField(null=True)
    pay_words = models.CharField(max_length=120, blank=True)
    remote_days = models.PositiveSmallIntegerField(null=True)
    stack = models.CharField(max_length=300, blank=True)
    advert = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    closing_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    why_closed = models.CharField(max_length=8, choices=WhyClosed.choices, blank=True)
    paused_until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pay_low__isnull=True) | Q(pay_high__isnull=True) | Q(pay_high__gte=F("pay_low")),
                name="position_pay_is_a_range",
            ),
            models.CheckConstraint(
                condition=Q(remote_days__isnull=True) | Q(remote_days__lte=5),
                name="position_remote_days_are_of_a_week",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, why_closed="")
                | Q(closed_at__isnull=False, why_closed__in=WhyClosed.values),
                name="position_is_closed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(paused_until__isnull=True) | Q(why_closed="paused"),
                name="position_pause_alone_has_an_end",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "closed_at", "-opened_at", "-id"], name="position_listed"),
        ]

    def __str__(self) -> str:
        return f"position {self.pk}"


class SourcingSession(models.Model):
    """One sitting of finding and approaching people; `text` is the approach's, pasted once for all of them.

    A recruiter has at most one that has not ended. `left` are the lines that were typed and could not
    enter, as they were typed: they are forgotten with its end.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    recruiter = models.ForeignKey(Membership, models.PROTECT, db_index=False)
    position = models.ForeignKey(Position, models.SET_NULL, null=True, related_name="sessions")
    situation = models.CharField(max_length=24)
    channel = models.CharField(max_length=10)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    left = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "recruiter"],
                condition=Q(ended_at__isnull=True),
                name="one_open_session_per_recruiter",
            ),
            models.CheckConstraint(condition=Q(situation__in=SITUATIONS), name="session_situation_is_known"),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="session_channel_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "recruiter", "-opened_at"], name="session_by_recruiter"),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"
