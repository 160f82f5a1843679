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
    and `company`, the recruiter has not written over them. `company_key` is the company in its one
    form, by which off-limits companies and probable duplicates are found. `cv_source` is the CV
    database in which they were found, `cv_on` the day their CV bears there. `started_on` is the day
    their present position began, where somebody said it.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    name = models.CharField(max_length=200)
    first_name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=200, blank=True)
    company = models.CharField(max_length=200, blank=True)
    company_key = models.CharField(max_length=200, blank=True)
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
    cv_source = models.CharField(max_length=80, blank=True)
    cv_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
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
            models.Index(
                fields=["organisation", "company_key"],
                condition=~models.Q(company_key=""),
                name="candidate_by_company",
            ),
            models.Index(
                fields=["organisation", "started_on"],
                condition=models.Q(started_on__isnull=False),
                name="candidate_by_start",
            ),
        ]

    def __str__(self) -> str:
        return f"candidate {self.pk}"


class IdentityKind(models.TextChoices):
    LINKEDIN = "linkedin", "LinkedIn"
    LINKEDIN_MEMBER = "linkedin_member", "LinkedIn member id"
    EMAIL = "email", _("mail")
    PHONE = "phone", _("phone")
    SOURCE_NUMBER = "source_number", _("number in another tool")


class Identity(models.Model):
    """One thing by which a candidate is known: a LinkedIn slug or member id, a mail, a phone (E.164).

    A source's own number for them (`gem:7`) recognises them in that source, and reaches nobody.
    `alike` is the form in which two writings of one mail address are the same.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=16, choices=IdentityKind.choices)
    value = models.CharField(max_length=254)
    alike = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "value"], name="identity_is_one_candidate"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "alike"], condition=~models.Q(alike=""), name="identity_alike"
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


class TwoPeople(models.Model):
    """Two candidates that look alike and are two people: a member said so, nobody is asked again."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    one = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    other = models.ForeignKey(Candidate, models.CASCADE, related_name="+")
    said_by = models.ForeignKey(Membership, models.SET_NULL, null=True, db_index=False)
    said_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "one", "other"], name="two_people_said_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="two_people_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


class WhyOffLimits(models.TextChoices):
    CLIENT = "client"
    OWN = "own"
    OTHER = "other"


class OffLimits(models.Model):
    """A company whose people nobody here may approach, until `until_on` (its last day) if there is one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    company = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    why = models.CharField(max_length=8, choices=WhyOffLimits.choices)
    until_on = models.DateField(null=True)
    made_by = models.ForeignKey(Membership, models.SET_NULL, null=True, db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="off_limits_is_one_company"),
            models.CheckConstraint(
                condition=models.Q(why__in=WhyOffLimits.values), name="off_limits_why_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"off limits {self.pk}"


class Act(models.TextChoices):
    """What a member did with what is known of a person."""

    SAW = "saw"
    ENTERED = "entered"
    CHANGED = "changed"
    EXPORTED = "exported"
    MERGED = "merged"
    UNMERGED = "unmerged"
    HANDED_OVER = "handed_over"
    OVERRODE = "overrode"


class Trace(models.Model):
    """One line of the audit trail: who saw, exported or changed what about a person.

    `about` names fields, never what stands in them. A look counts once a day and member (`on` is the
    UTC date). When the person is erased the line stays and names nobody.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False)
    candidate = models.ForeignKey(
        Candidate, models.SET_NULL, null=True, related_name="traces", db_index=False
    )
    member = models.ForeignKey(Membership, models.SET_NULL, null=True, db_index=False)
    act = models.CharField(max_length=12, choices=Act.choices)
    about = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "candidate", "member", "on"],
                condition=models.Q(act="saw"),
                name="a_look_is_traced_once_a_day",
            ),
            models.CheckConstraint(condition=models.Q(act__in=Act.values), name="trace_act_is_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["candidate", "at", "id"], name="trace_by_candidate"),
            models.Index(fields=["organisation", "at", "id"], name="trace_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"
