"""Organisations, users, memberships, one-time sign-in links, and the keys of the installation."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import functions
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None, *, name: str = "", password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email) or None, name=name)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Someone who signs in. The owner of a new desk has no mail address until they give one."""

    email = models.EmailField(_("mail address"), unique=True, null=True)  # noqa: DJ001 - unknown addresses are not equal
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(max_length=5, default="fr")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email or f"user {self.pk}"


class Organisation(models.Model):
    """A firm. Every other table carries its id."""

    name = models.CharField(max_length=200, blank=True)
    timezone = models.CharField(max_length=64, default="Europe/Paris")
    region = models.CharField(max_length=32, default="FR")
    invitations_a_week = models.PositiveSmallIntegerField(_("LinkedIn invitations a week"), default=100)
    """The firm's own figure: LinkedIn publishes none."""
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name or f"organisation {self.pk}"


class Role(models.TextChoices):
    RECRUITER = "recruiter", _("recruiter")
    MANAGER = "manager", _("manager")
    ADMINISTRATOR = "administrator", _("administrator")


class Membership(models.Model):
    """A user at one organisation's desk: the recruiter of the method.

    `working_days` are the days of the week they follow people up on, Monday being 1.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.RECRUITER)
    capacity = models.PositiveSmallIntegerField(_("follow-ups a day"), default=20)
    working_days = models.CharField(max_length=7, default="12345")
    signature = models.CharField(_("signature"), max_length=120, blank=True)
    has_linkedin_premium = models.BooleanField(_("LinkedIn Premium"), default=False)
    approaches_a_week = models.PositiveSmallIntegerField(_("approaches a week"), null=True)
    """How many people they mean to approach in a week, where they want it shown; it holds nothing back."""
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(null=True)
    """To five minutes: what the page of the team shows."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_membership_per_organisation"),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1, capacity__lte=200), name="capacity_is_human"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.organisation}"


class Invitation(models.Model):
    """A link that makes somebody a member. Only a digest of its secret is kept."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    email = models.EmailField(_("mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.RECRUITER)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Membership, models.PROTECT, db_index=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation_per_address",
            ),
            models.CheckConstraint(
                condition=models.Q(email=functions.Lower("email")), name="invited_address_is_lower"
            ),
        ]
        indexes: ClassVar = [
            # Who comes in through a provider is looked up by address, before any firm is known.
            models.Index(
                fields=["email"],
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class SignInLink(models.Model):
    """A link that lets its user in once. Only a digest of its secret is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_in_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link {self.pk}"


class InstalledKey(models.Model):
    """By which short name a key of the installation is recognised; those it had before are `former`."""

    name = models.CharField(max_length=20, unique=True)
    digest = models.CharField(max_length=16)
    since = models.DateTimeField()
    former = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.name} {self.digest}"


class Absence(models.Model):
    """Days on which nobody is followed up: a member's days off or, without a member, the firm's quiet period.

    Both ends count. One that comes back `every_year` is known by its day and month; it may cross the new year.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    member = models.ForeignKey(Membership, models.CASCADE, null=True, db_index=False)
    name = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    every_year = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_ends_after_it_began"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "member", "starts_on"], name="absence_of_member"),
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"
