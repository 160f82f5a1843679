"""Mails that came from people who are kept, or about them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from relance.accounts.models import Membership, Organisation
from relance.cadence.words import Tone
from relance.mail.incoming import Kind
from relance.method.candidates.models import Candidate
from relance.method.delivery.models import Mailbox, Outgoing
from relance.method.outreach.models import Event, Outreach


class MatchedBy(models.TextChoices):
    """By what a mail was matched, the surest first."""

    TOKEN = "token"  # noqa: S105
    THREAD = "thread"
    ADDRESS = "address"
    NAME = "name"
    """Only by a name: the recruiter is asked."""
    HAND = "hand"


class Sorting(models.TextChoices):
    TO_SORT = "to_sort"
    SORTED = "sorted"
    SET_ASIDE = "set_aside"
    NOT_THEM = "not_them"


class Received(models.Model):
    """One mail, taken in once whatever the mailboxes it came to.

    `kind`, `text` and `returns_on` are what the rules of `rules_version` read; `raw` is kept so that
    later rules may read it again. `event` is the fact it was recorded as, if it was.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="received")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="received")
    outreach = models.ForeignKey(Outreach, models.CASCADE, null=True, related_name="received")
    outgoing = models.ForeignKey(Outgoing, models.SET_NULL, null=True, related_name="+", db_index=False)
    event = models.ForeignKey(Event, models.SET_NULL, null=True, related_name="+", db_index=False)
    message_id = models.CharField(max_length=255)
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=24, choices=[(each.value, each.value) for each in Kind])
    cause = models.CharField(max_length=24, blank=True)
    linkedin = models.CharField(max_length=24, blank=True)
    why = models.CharField(max_length=60, blank=True)
    rules_version = models.PositiveSmallIntegerField()
    matched_by = models.CharField(max_length=8, choices=MatchedBy.choices)
    returns_on = models.DateField(null=True)
    tone = models.CharField(max_length=14, blank=True, choices=[(each.value, each.value) for each in Tone])
    """What the rules propose, then what the recruiter chose."""
    tone_why = models.CharField(max_length=60, blank=True)
    resume_on = models.DateField(null=True)
    sent_at = models.DateTimeField()
    taken_in_at = models.DateTimeField()
    sorting = models.CharField(max_length=10, choices=Sorting.choices, default=Sorting.TO_SORT)
    sorted_at = models.DateTimeField(null=True)
    sorted_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", db_index=False)
    raw = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "message_id"], name="received_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "mailbox", "sent_at"],
                condition=Q(sorting="to_sort"),
                name="received_to_sort",
            ),
        ]

    def __str__(self) -> str:
        return f"received {self.pk}"
