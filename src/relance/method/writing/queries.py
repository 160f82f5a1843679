"""Reads of templates, and which one is offered first."""

from typing import Any

from django.db.models import Q, QuerySet

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.method.writing.models import Template, TemplateVersion
from relance.method.writing.moments import Moment

OFFERED = 12
LISTED = 400
SHOWN = 20
# Written out: every page of the day asks it, and putting it together costs five times its answer.
# A recruiter has one last use a moment: at most one template is joined to it. French alone has an address.
_OFFERED = f"""
SELECT "text".*, "mine"."id" AS "used" FROM "writing_template" AS "text"
LEFT JOIN "writing_templateuse" AS "mine" ON "mine"."template_id" = "text"."id"
  AND "mine"."organisation_id" = %(firm)s AND "mine"."recruiter_id" = %(recruiter)s AND "mine"."moment" = %(moment)s
WHERE "text"."organisation_id" = %(firm)s AND "text"."archived_at" IS NULL
  AND ("text"."private_to_id" IS NULL OR "text"."private_to_id" = %(recruiter)s)
  AND "text"."situation" IN ('', %(situation)s) AND "text"."purpose" = %(purpose)s
  AND "text"."language" = %(language)s
  AND (%(language)s <> 'fr' OR "text"."address" = %(address)s)
  AND (%(purpose)s = 'your_turn' OR "text"."step" = %(step)s)
ORDER BY "text"."situation", "text"."purpose", "text"."step", "text"."position", "text"."id" LIMIT {LISTED}
"""  # noqa: S608 - our own number


def access_template(member: Membership, pk: int) -> Template:
    """The template, if the member's organisation shares it or it is theirs. Raises Template.DoesNotExist."""
    return _seen_by(member).get(pk=pk)


def versions_of(template: Template) -> list[TemplateVersion]:
    """The wordings it had, newest first."""
    rows = TemplateVersion.objects.filter(template=template).select_related("author__user")
    return list(rows.order_by("-number")[:SHOWN])


def access_version(member: Membership, template_pk: int, number: int) -> TemplateVersion:
    """A former wording of a template that the member sees. Raises TemplateVersion.DoesNotExist."""
    rows = within(TemplateVersion.objects.select_related("template"), member)
    return rows.filter(template__in=_seen_by(member)).get(template=template_pk, number=number)


def _seen_by(member: Membership) -> QuerySet[Template]:
    rows = within(Template.objects.all(), member)
    return rows.filter(Q(private_to=None) | Q(private_to=member))


def templates(member: Membership, *, archived: bool = False) -> QuerySet[Template]:
    """The organisation's templates in the order of the method."""
    rows = _seen_by(member).filter(archived_at__isnull=not archived)
    return rows.order_by("situation", "purpose", "step", "position", "pk")


def templates_offered(member: Membership, moment: Moment) -> list[Template]:
    """What may be written at a moment, the one to fill in first.

    The plain rule: the one I last used here, else the organisation's in their order; those made for
    this very occasion or tone before those that serve for all.
    """
    values = {
        "firm": member.organisation_id,
        "recruiter": member.pk,
        "moment": moment.key,
        "situation": str(moment.situation),
        "purpose": str(moment.purpose),
        "step": moment.step,
        "language": moment.language,
        "address": moment.address,
    }
    fitting: list[Any] = [
        row
        for row in Template.objects.raw(_OFFERED, values)
        if (not row.channels or moment.channel in row.channels.split(","))
        and row.occasion in {"", moment.occasion}
        and row.tone in {"", moment.tone}
    ]
    fitting.sort(
        key=lambda row: (
            row.used is None,
            not (row.occasion or row.tone),
            not row.situation,
            row.position,
            row.pk,
        )
    )
    return fitting[:OFFERED]


def templates_in(
    member: Membership, *, language: str, address: str, archived: bool = False
) -> list[Template]:
    """The organisation's templates in one voice, in the order of the method."""
    return list(templates(member, archived=archived).filter(language=language, address=address)[:LISTED])
