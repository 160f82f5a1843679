"""Templates, angles of positions, personal elements of people, and what was told of them to whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from relance.accounts.models import Membership, Organisation
from relance.method.candidates.models import Candidate
from relance.method.outreach.models import Event, Permit, Position


class Template(models.Model):
    """A reusable message for one moment of a situation, to be personalised.

    `purpose` is the decision's code it serves (`first_action`, `follow_up`, `went_quiet`, ...), `step`
    its number there; without a situation it serves in all. `starter` names the shipped text it came from.
    `private_to` is whose it is alone; without, the whole organisation's.
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
    private_to = models.ForeignKey(
        Membership, models.CASCADE, null=True, related_name="private_templates", db_index=False
    )
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


class TemplateVersion(models.Model):
    """A wording that a template had, from `since` until the next one's; its own present one is no row."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    template = models.ForeignKey(Template, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    author = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", db_index=False)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "template", "number"], name="version_of_a_template_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of template {self.template_id}"


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


class Angle(models.Model):
    """One concrete point about a position, in the recruiter's own words: what one message develops."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    position = models.ForeignKey(Position, models.CASCADE, related_name="angles", db_index=False)
    name = models.CharField(max_length=40)
    text = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["position", "order", "id"], name="angle_of_position"),
        ]

    def __str__(self) -> str:
        return f"angle {self.pk}"


class ElementKind(models.TextChoices):
    TALK = "talk"
    REPOSITORY = "repository"
    ARTICLE = "article"
    FORMER_EMPLOYER = "former_employer"
    SHARED_CONTACT = "shared_contact"
    OTHER = "other"


class Element(models.Model):
    """Something personal that a message to somebody may take up: a talk, a repository, an article."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="elements", db_index=False)
    kind = models.CharField(max_length=16, choices=ElementKind.choices, default=ElementKind.OTHER)
    text = models.CharField(max_length=300)
    link = models.URLField(max_length=500, blank=True)
    added_by = models.ForeignKey(Membership, models.SET_NULL, null=True, db_index=False)
    added_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ElementKind.values), name="element_kind_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["candidate", "id"], name="element_of_candidate"),
        ]

    def __str__(self) -> str:
        return f"element {self.pk}"


class Telling(models.Model):
    """An angle, or an element, that a message takes up.

    It hangs on the permit the message leaves with, and tells nothing before that became a fact; or on a
    fact recorded by hand. When the fact is retracted, nothing was told.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    angle = models.ForeignKey(Angle, models.CASCADE, null=True, related_name="tellings", db_index=False)
    element = models.ForeignKey(Element, models.CASCADE, null=True, related_name="tellings", db_index=False)
    permit = models.ForeignKey(Permit, models.CASCADE, null=True, related_name="tellings", db_index=False)
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="tellings", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(angle__isnull=True, element__isnull=False)
                | Q(angle__isnull=False, element__isnull=True),
                name="telling_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(permit__isnull=True, event__isnull=False)
                | Q(permit__isnull=False, event__isnull=True),
                name="telling_hangs_on_one_message",
            ),
            *(
                models.UniqueConstraint(
                    fields=["organisation", message, told], name=f"{told}_is_told_once_by_{message}"
                )
                for message in ("permit", "event")
                for told in ("angle", "element")
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"telling_by_{name}")
            for name in ("permit", "event", "angle", "element")
        ]

    def __str__(self) -> str:
        return f"telling {self.pk}"
