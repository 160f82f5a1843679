"""Planting, changing and remembering templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from relance.accounts.models import Membership, Organisation
from relance.cadence.words import Channel
from relance.method.writing.models import Template, TemplateUse, TemplateVersion
from relance.method.writing.moments import Moment
from relance.method.writing.starters import load
from relance.method.writing.words import Language, Purpose

LAST = 1000
"""Where a template begun by hand stands: after those that came along."""


def plant_starters(*, organisation: Organisation, now: datetime) -> int:
    """Give an organisation the texts that Relance comes with; those it has already stay as they are."""
    known = set(
        Template.objects.filter(organisation=organisation)
        .exclude(starter="")
        .order_by("pk")
        .values_list("starter", flat=True)
    )
    fresh = [
        Template(
            organisation=organisation,
            starter=starter.id,
            situation=starter.situation or "",
            purpose=starter.purpose,
            step=starter.step,
            channels=",".join(starter.channels),
            occasion=starter.occasion or "",
            tone=starter.tone or "",
            language=starter.language,
            address=starter.address or "",
            name=starter.name,
            subject=starter.subject,
            body=starter.body,
            position=position,
            changed_at=now,
        )
        for position, starter in enumerate(load())
        if starter.id not in known
    ]
    Template.objects.bulk_create(fresh)
    return len(fresh)


@transaction.atomic
def change_template(
    *,
    template: Template,
    name: str,
    subject: str,
    body: str,
    member: Membership,
    now: datetime,
    channels: Sequence[Channel] | None = None,
) -> None:
    """Rewrite a template: what was sent with the former text keeps it, and the former text is kept as a version."""
    before = Template.objects.select_for_update().get(pk=template.pk)
    if (before.subject, before.body) != (subject, body):
        TemplateVersion.objects.create(
            organisation_id=before.organisation_id,
            template=before,
            number=TemplateVersion.objects.filter(template=before).count() + 1,
            subject=before.subject,
            body=before.body,
            author=before.author,
            since=before.changed_at,
        )
        template.changed_at, template.author = now, member
    template.name, template.subject, template.body = name, subject, body
    if channels is not None:
        template.channels = ",".join(channels)
    template.save(update_fields=["name", "subject", "body", "author", "changed_at", "channels"])


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTemplate:
    """A template that is begun by hand: its moment, its voice and its text."""

    name: str
    situation: str
    purpose: Purpose
    step: int
    language: Language
    address: str
    channels: tuple[Channel, ...]
    subject: str
    body: str
    tone: str = ""
    occasion: str = ""


def add_template(*, member: Membership, facts: NewTemplate, private: bool, now: datetime) -> Template:
    """Begin a template by hand; `private` keeps it to its author."""
    return Template.objects.create(
        organisation_id=member.organisation_id,
        author=member,
        private_to=member if private else None,
        name=facts.name[:120],
        situation=facts.situation,
        purpose=facts.purpose,
        step=facts.step,
        language=facts.language,
        address=facts.address if facts.language is Language.FR else "",
        channels=",".join(facts.channels),
        subject=facts.subject[:200],
        body=facts.body,
        tone=facts.tone,
        occasion=facts.occasion,
        position=LAST,
        changed_at=now,
    )


@transaction.atomic
def copy_template(
    *, template: Template, name: str, member: Membership, now: datetime, private: bool = False
) -> Template:
    """A second text for the same moment, to be rewritten; `private` keeps it to the member."""
    copy = Template.objects.get(pk=template.pk)
    copy.pk = None
    copy.starter, copy.name, copy.author, copy.changed_at = "", name[:120], member, now
    copy.position = template.position + 1
    copy.private_to = member if private else None
    copy.save(force_insert=True)
    return copy


def share_template(*, template: Template) -> None:
    """Give a private template to everybody. There is no way back: others may count on it then."""
    Template.objects.filter(pk=template.pk).update(private_to=None)


def archive_template(*, template: Template, now: datetime) -> None:
    """Offer it no more. It can be brought back."""
    Template.objects.filter(pk=template.pk, archived_at=None).update(archived_at=now)


def bring_back_template(*, template: Template) -> None:
    """Offer an archived template again."""
    Template.objects.filter(pk=template.pk).update(archived_at=None)


def remember_use(*, member: Membership, moment: Moment, template: Template, now: datetime) -> None:
    """Remember which template the recruiter used here, to offer it first next time."""
    TemplateUse.objects.update_or_create(
        organisation_id=member.organisation_id,
        recruiter=member,
        moment=moment.key,
        defaults={"template": template, "used_at": now},
    )
