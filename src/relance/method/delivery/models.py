"""Mailboxes, what leaves from them, and the ids by which a thread is known."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from relance.accounts.models import Membership, Organisation
from relance.mail.sending import Fault, Security
from relance.method.candidates.models import Candidate
from relance.method.outreach.models import Outreach, Permit

SECURITIES = [(each.value, each.value) for each in Security]


class SignIn(models.TextChoices):
    """How a mailbox is entered."""

    PASSWORD = "password", "password"
    GOOGLE = "google", "Google"
    MICROSOFT = "microsoft", "Microsoft"


class Mailbox(models.Model):
    """One mail account of a member. `secret` and `access` are locked in the vault.

    At Google and Microsoft `secret` is what asks for the next leave, `access` the present one.

    `read_at`: when everything that was in it had been read, an hour of the server's round included;
    nothing leaves unless that is recent. `files_sent` and `takes_plus` are what the test found out
    (None: not known): whether the provider files what leaves, and delivers `maud+x@` to `maud@`.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    member = models.ForeignKey(Membership, models.PROTECT, related_name="mailboxes")
    address = models.EmailField(max_length=254)
    sender_name = models.CharField(max_length=120, blank=True)
    sign_in = models.CharField(max_length=10, choices=SignIn.choices, default=SignIn.PASSWORD)
    username = models.CharField(max_length=254)
    secret = models.TextField(blank=True)
    access = models.TextField(blank=True)
    access_until = models.DateTimeField(null=True)
    smtp_host = models.CharField(max_length=253)
    smtp_port = models.PositiveIntegerField()
    smtp_security = models.CharField(max_length=8, choices=SECURITIES)
    imap_host = models.CharField(max_length=253)
    imap_port = models.PositiveIntegerField()
    imap_security = models.CharField(max_length=8, choices=SECURITIES)
    daily_cap = models.PositiveSmallIntegerField(default=50)
    spacing = models.PositiveSmallIntegerField(default=30)
    """Seconds between two messages, at least."""
    files_sent = models.BooleanField(null=True)
    takes_plus = models.BooleanField(null=True)
    records = models.JSONField(default=dict)
    """What DNS said of the domain at the last trial: `spf`, `dmarc`, `signs`."""
    tried_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField()
    disconnected_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    next_read_at = models.DateTimeField(null=True)
    next_send_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=12, blank=True, choices=[(each.value, each.value) for each in Fault])
    fault_words = models.CharField(max_length=300, blank=True)
    fault_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    watcher = models.CharField(max_length=32, blank=True)
    watched_until = models.DateTimeField(null=True)
    """Whose thread waits on the server for new mail; after a fault, until when nobody does."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "address"],
                condition=Q(disconnected_at__isnull=True),
                name="mailbox_is_connected_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_read_at"], condition=Q(disconnected_at__isnull=True), name="mailbox_to_read"
            ),
        ]

    def __str__(self) -> str:
        return f"mailbox {self.pk}"


class Role(models.TextChoices):
    INBOX = "inbox"
    SENT = "sent"
    ARCHIVE = "archive"
    """Where what came is put away, or all of it is: a rule of the mailbox may file an answer past the inbox."""


class Folder(models.Model):
    """How far a folder was read: every message up to `last_uid` is stored, or was none of ours."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="folders")
    role = models.CharField(max_length=8, choices=Role.choices)
    name = models.CharField(max_length=255)
    uidvalidity = models.PositiveBigIntegerField(default=0)
    last_uid = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "mailbox", "role"], name="folder_of_its_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of mailbox {self.mailbox_id}"


class Leaving(models.TextChoices):
    """The states of a message on its way out."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    TO_CHECK = "to_check"
    """It may have left: nobody sends it again before that is known."""
    CANCELLED = "cancelled"


class Problem(models.TextChoices):
    """Why a message did not leave, or waits."""

    UNREAD = "unread"
    """The mailbox could not be read: an answer may be in it."""
    ANSWERED = "answered"
    HELD = "held"
    """The guard or the decision holds the person back by now."""
    REFUSED = "refused"
    """The server refused this message for good."""
    GAVE_UP = "gave_up"
    """For two days the server said "later"."""
    DISCONNECTED = "disconnected"
    PERHAPS = "perhaps"
    """LinkedIn says that the person wrote: the recruiter looks first."""


class Outgoing(models.Model):
    """One message that leaves by itself, written down whole before anything does (state rows: decisions).

    `due_at` is the earliest instant; `claimed_at` is also the Date of the message, so that it can be
    composed again, byte for byte, to be filed among those sent.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="outgoing")
    permit = models.ForeignKey(Permit, models.CASCADE, related_name="outgoing", db_index=False)
    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="outgoing", db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="outgoing")
    message_id = models.CharField(max_length=255)
    token = models.CharField(max_length=16, unique=True)
    to_name = models.CharField(max_length=200, blank=True)
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    in_reply_to = models.CharField(max_length=255, blank=True)
    references = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=Leaving.choices, default=Leaving.READY)
    problem = models.CharField(max_length=12, blank=True, choices=Problem.choices)
    code = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)
    last_event = models.PositiveBigIntegerField(default=0)
    """The latest fact of the person that was known when the message was granted."""
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "message_id"], name="outgoing_id_is_one"),
            models.UniqueConstraint(fields=["organisation", "permit"], name="one_message_per_permit"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="outgoing_sent_has_its_instant"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mailbox", "due_at"], condition=Q(state="ready"), name="outgoing_due"),
            models.Index(fields=["due_at"], condition=Q(state="ready"), name="outgoing_due_anywhere"),
            models.Index(fields=["leased_until"], condition=Q(state="sending"), name="outgoing_claimed"),
            models.Index(
                fields=["organisation", "mailbox"], condition=Q(state="to_check"), name="outgoing_to_check"
            ),
            models.Index(
                fields=["mailbox", "claimed_at"],
                condition=Q(claimed_at__isnull=False),
                name="outgoing_of_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"outgoing {self.pk}"


class MailId(models.Model):
    """The id of a mail that passed between a candidate and the firm: what threads hang on."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="mail_ids")
    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="mail_ids", null=True)
    message_id = models.CharField(max_length=255)
    subject = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    from_us = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "message_id"], name="mail_id_is_one"),
        ]

    def __str__(self) -> str:
        return f"mail id {self.pk}"
