"""Planting, changing and remembering templates."""

from datetime import datetime

from django.db import transaction

from relance.accounts.models import Membership, Organisation
from relance.method.writing.models import Template, TemplateUse
from relance.method.writing.moments import Moment
from relance.method.writing.starters import load


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
    *, template: Template, name: str, subject: str, body: str, member: Membership, now: datetime
) -> None:
    """Rewrite a template: what was sent with the former text keeps it."""
    template.name, template.subject, template.body = name, subject, body
    template.author, template.changed_at = member, now
    template.save(update_fields=["name", "subject", "body", "author", "changed_at"])


@transaction.atomic
def copy_template(*, template: Template, name: str, member: Membership, now: datetime) -> Template:
    """A second text for the same moment, to be rewritten."""
    copy = Template.objects.get(pk=template.pk)
    copy.pk = None
    copy.starter, copy.name, copy.author, copy.changed_at = "", name[:120], member, now
    copy.position = template.position + 1
    copy.save(force_insert=True)
    return copy


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
