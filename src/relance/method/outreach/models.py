"""Outreaches with their current decision, the append-only events, the permits."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from relance.accounts.models import Membership, Organisation
from relance.cadence.words import Kind, Situation
from relance.method.candidates.models import Candidate
from relance.method.outreach.position_models import Position, SourcingSession, WhyClosed

__all__ = [
    "About",
    "Event",
    "HandOver",
    "Merge",
    "Outreach",
    "Override",
    "Permit",
    "Position",
    "SourcingSession",
    "WhyClosed",
    "WhyHandedOver",
]
SITUATIONS = [situation.value for situation in Situation]
KINDS = [kind.value for kind in Kind]
LISTED = Q(due_at__isnull=True) | Q(due_at__isnull=False)
"""True of every row, and asked by the list of people alone: its indexes serve no other query.

SQLite keeps no figures about its tables. It would take an index that begins with the organisation for
a way to one person, and walk all of the organisation's rows.
"""


class Outreach(models.Model):
    """One attempt, by one recruiter, to get an answer from one candidate about one purpose.

    The fields from `action` on are the current decision: a cache of `cadence.decide` on the events,
    true until `changes_at`. `held` is the guard's refusal of that decision, until `frees_at`.
    `ended_at` is when an outreach that is over ended, as its reasons tell. `purpose` names in words what
    it is about, the titles of its positions where nobody wrote others; `hook` is what the first message
    was built on.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="outreaches")
    recruiter = models.ForeignKey(Membership, models.PROTECT, db_index=False)
    situation = models.CharField(max_length=24)
    purpose = models.CharField(max_length=200, blank=True)
    session = models.ForeignKey(
        SourcingSession, models.SET_NULL, null=True, related_name="outreaches", db_index=False
    )
    hook = models.CharField(max_length=300, blank=True)
    must_answer = models.BooleanField(default=False)
    follow_ups = models.PositiveSmallIntegerField(null=True)
    brought_in_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()

    action = models.CharField(max_length=8, default="wait")
    code = models.CharField(max_length=24, default="no_first_action")
    step = models.PositiveSmallIntegerField(null=True)
    channel = models.CharField(max_length=10, blank=True)
    slot = models.CharField(max_length=10, blank=True)
    due_at = models.DateTimeField(null=True)
    late_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)
    is_optional = models.BooleanField(default=False)
    changes_at = models.DateTimeField(null=True)
    reasons = models.JSONField(default=list)
    rank = models.PositiveIntegerField(default=0)
    held = models.CharField(max_length=24, blank=True)
    frees_at = models.DateTimeField(null=True)
    is_open = models.BooleanField(default=True)
    in_queue = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "candidate"],
                condition=Q(is_open=True),
                name="one_open_outreach_per_candidate",
            ),
            models.CheckConstraint(condition=Q(situation__in=SITUATIONS), name="outreach_situation_is_known"),
            models.CheckConstraint(
                condition=Q(action__in=["answer", "contact", "wait", "stop"]),
                name="outreach_action_is_known",
            ),
            models.CheckConstraint(
                condition=Q(in_queue=False) | Q(action__in=["answer", "contact"], held=""),
                name="queue_holds_only_what_may_be_done",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                # With the channel, by which the day is counted: the table itself is left alone for that.
                fields=["organisation", "recruiter", "rank", "due_at", "id", "channel"],
                condition=Q(in_queue=True),
                name="outreach_queue",
            ),
            # The list of people, by their next step: all of them, or those of one filter.
            models.Index(fields=["organisation", "due_at", "-id"], condition=LISTED, name="outreach_by_due"),
            models.Index(
                fields=["organisation", "action", "due_at", "-id"],
                condition=LISTED,
                name="outreach_by_action",
            ),
            models.Index(
                fields=["organisation", "code", "due_at", "-id"], condition=LISTED, name="outreach_by_code"
            ),
            models.Index(
                fields=["organisation", "situation", "due_at", "-id"],
                condition=LISTED,
                name="outreach_by_situation",
            ),
            models.Index(
                fields=["organisation", "due_at", "-id"],
                condition=Q(must_answer=True),
                name="outreach_starred",
            ),
            models.Index(
                fields=["organisation", "recruiter", "opened_at"],
                condition=Q(situation="linkedin_invitation"),
                name="outreach_invited",
            ),
            models.Index(
                fields=["organisation", "recruiter", "changes_at"],
                condition=Q(changes_at__isnull=False),
                name="outreach_changing",
            ),
            models.Index(fields=["changes_at"], name="outreach_changing_anywhere"),
            models.Index(
                fields=["organisation", "recruiter", "ended_at"],
                condition=Q(ended_at__isnull=False),
                name="outreach_ended",
            ),
            models.Index(
                fields=["organisation", "session", "id"],
                condition=Q(session__isnull=False),
                name="outreach_by_session",
            ),
        ]

    def __str__(self) -> str:
        return f"outreach {self.pk}"


class About(models.Model):
    """A position that an outreach is about; a second one joins it (METHOD, The guard)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="about", db_index=False)
    position = models.ForeignKey(Position, models.CASCADE, related_name="about", db_index=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "outreach", "position"], name="outreach_is_about_it_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["outreach", "order", "id"], name="about_of_outreach"),
            models.Index(fields=["position", "outreach"], name="about_of_position"),
        ]

    def __str__(self) -> str:
        return f"{self.outreach_id} about {self.position_id}"


class Permit(models.Model):
    """The guard's leave for one contact, taken before anything is copied, dialled or queued.

    From the next evening on a colleague may take the person over (`taken_over_at`): the permit then
    keeps nobody out, and its owner is still asked whether it was sent. `fact` is the event that it became. A
    `last_word` is written where nothing else is: to somebody who had answered about a position that closed.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="permits")
    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="permits")
    recruiter = models.ForeignKey(Membership, models.PROTECT, db_index=False)
    channel = models.CharField(max_length=10)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    template = models.CharField(max_length=80, blank=True)
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    taken_over_at = models.DateTimeField(null=True)
    last_word = models.BooleanField(default=False)
    fact = models.ForeignKey("Event", models.SET_NULL, null=True, related_name="permits")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "candidate"],
                condition=Q(ended_at__isnull=True, taken_over_at__isnull=True),
                name="one_open_permit_per_candidate",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "recruiter", "taken_at"],
                condition=Q(ended_at__isnull=True),
                name="permit_to_ask_about",
            ),
        ]

    def __str__(self) -> str:
        return f"permit {self.pk}"


class Event(models.Model):
    """A dated fact. Never edited, never deleted: a mistake is `retracted` by another event.

    `outside` is the guard's refusal that a contact recorded by hand went past, if it did.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="events", db_index=False)
    outreach = models.ForeignKey(Outreach, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=24)
    channel = models.CharField(max_length=10, blank=True)
    note = models.BooleanField(default=False)
    voicemail = models.BooleanField(default=False)
    hard = models.BooleanField(default=False)
    tone = models.CharField(max_length=14, blank=True)
    what = models.CharField(max_length=20, blank=True)
    resume_on = models.DateField(null=True)
    returns_on = models.DateField(null=True)
    until = models.DateTimeField(null=True)
    of = models.ForeignKey("self", models.CASCADE, null=True, related_name="retractions", db_index=False)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    template = models.CharField(max_length=80, blank=True)
    outside = models.CharField(max_length=24, blank=True)
    source = models.CharField(max_length=32, blank=True)
    key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - facts without a key are not equal
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, models.SET_NULL, null=True, db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "candidate", "key"], name="event_is_recorded_once"
            ),
            models.UniqueConstraint(fields=["organisation", "of"], name="event_is_retracted_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="event_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="retracted", of__isnull=False) | (~Q(kind="retracted") & Q(of__isnull=True)),
                name="only_a_retraction_names_an_event",
            ),
        ]
        indexes: ClassVar = [
            # Every gesture reads a candidate's facts, and a candidate is of one organisation: the key comes first,
            # for a query that names the candidate alone would read the whole table otherwise.
            models.Index(fields=["candidate", "at", "id"], name="event_of_candidate"),
            # A fact's retraction is looked up by the fact alone, and few facts are retracted.
            models.Index(fields=["of"], condition=Q(of__isnull=False), name="event_retractions"),
            models.Index(
                fields=["organisation", "recorded_by", "recorded_at"],
                condition=Q(recorded_by__isnull=False),
                name="event_by_recorder",
            ),
            # What was sent from a template, for its figures. It begins with the template: most facts have none.
            models.Index(fields=["template", "at"], condition=~Q(template=""), name="event_by_template"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class WhyHandedOver(models.TextChoices):
    ASKED = "asked"
    GIVEN = "given"
    COVER = "cover"
    LEAVING = "leaving"


class HandOver(models.Model):
    """A person passing from one recruiter to another with their whole history, or being asked for.

    Open until `ended_at`; `given` says how it ended. A cover is `returned_at` when the person comes back.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="hand_overs")
    giver = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    taker = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    why = models.CharField(max_length=8, choices=WhyHandedOver.choices)
    note = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    given = models.BooleanField(default=False)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "candidate", "taker"],
                condition=Q(ended_at__isnull=True),
                name="one_open_request_per_taker",
            ),
            models.CheckConstraint(condition=~Q(giver=models.F("taker")), name="hand_over_is_to_another"),
            models.CheckConstraint(condition=Q(why__in=WhyHandedOver.values), name="hand_over_why_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "giver", "asked_at"],
                condition=Q(ended_at__isnull=True),
                name="hand_over_to_answer",
            ),
            models.Index(
                fields=["organisation", "giver", "taker"],
                condition=Q(why="cover", given=True, returned_at__isnull=True),
                name="hand_over_to_take_back",
            ),
        ]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"


class Override(models.Model):
    """A manager's written leave for one recruiter to write to a colleague's candidate.

    It lifts the colleague rule alone, and for the outreaches that stood when it was given.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="overrides")
    recruiter = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    manager = models.ForeignKey(Membership, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=500)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"override {self.pk}"


class Merge(models.Model):
    """Two candidates made one. What came from the one that is gone is kept here until it cannot be undone.

    `gone` is the row that went, `moved` the keys of what was moved, by table; both are blanked, and
    `wiped_at` set, once thirty days have passed.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    kept = models.ForeignKey(Candidate, models.CASCADE, related_name="merges")
    gone_pk = models.PositiveBigIntegerField()
    gone = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    member = models.ForeignKey(Membership, models.SET_NULL, null=True, db_index=False)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "gone_pk"],
                condition=Q(undone_at__isnull=True),
                name="a_candidate_goes_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["merged_at"],
                condition=Q(undone_at__isnull=True, wiped_at__isnull=True),
                name="merge_to_wipe",
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"
