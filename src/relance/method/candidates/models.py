"""Candidates, what identifies them, and the fingerprints of those to leave alone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from relance.accounts.models import Membership, Organisation


class Mark(models.TextChoices):
    PRIVATE = "private", _("private")
    CLIENT = "client", _("client")


class Address(models.TextChoices):
    """How the recruiter speaks to the person in French."""

    VOUS = "vous", "vous"
    TU = "tu", "tu"


class Candidate(models.Model):
    """Someone the team may write to. `search` is the folded text that the list is searched by.

    `source_role` and `source_company` are what the last import said: where they still equal `role`
    and `company`, the recruiter has not written over them.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    name = models.CharField(max_length=200)
    first_name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=200, blank=True)
    company = models.CharField(max_length=200, blank=True)
    location = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="fr")
    address = models.CharField(max_length=4, choices=Address.choices, default=Address.VOUS)
    timezone = models.CharField(max_length=64, default="Europe/Paris")
    region = models.CharField(max_length=32, default="FR")
    channels = models.CharField(max_length=60, blank=True)
    mark = models.CharField(max_length=8, choices=Mark.choices, blank=True)
    source = models.CharField(max_length=32, blank=True)
    source_on = models.DateField(null=True)
    connected_on = models.DateField(null=True)
    source_role = models.CharField(max_length=200, blank=True)
    source_company = models.CharField(max_length=200, blank=True)
    is_demonstration = models.BooleanField(default=False)
    search = models.CharField(max_length=900, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(mark__in=["", "private", "client"]), name="candidate_mark_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "name", "id"], name="candidate_by_name"),
            models.Index(
                fields=["organisation"],
                condition=models.Q(is_demonstration=True),
                name="candidate_invented",
            ),
        ]

    def __str__(self) -> str:
        return f"candidate {self.pk}"


class IdentityKind(models.TextChoices):
    LINKEDIN = "linkedin", "LinkedIn"
    LINKEDIN_MEMBER = "linkedin_member", "LinkedIn member id"
    EMAIL = "email", _("mail")
    PHONE = "phone", _("phone")


class Identity(models.Model):
    """One thing by which a candidate is known: a LinkedIn slug or member id, a mail, a phone (E.164)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=16, choices=IdentityKind.choices)
    value = models.CharField(max_length=254)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "value"], name="identity_is_one_candidate"
            ),
        ]

    def __str__(self) -> str:
        return f"identity {self.pk}"


class Avoidance(models.TextChoices):
    OPTED_OUT = "opted_out", _("opted out")
    SET_ASIDE = "set_aside", _("set aside")


class Fingerprint(models.Model):
    """A keyed digest of an identity to leave alone: it names nobody, and recognises who comes again."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    avoidance = models.CharField(max_length=10, choices=Avoidance.choices)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "digest", "avoidance"], name="fingerprint_is_one_row"
            ),
        ]

    def __str__(self) -> str:
        return f"fingerprint {self.pk}"
