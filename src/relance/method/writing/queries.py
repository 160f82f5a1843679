"""Reads of templates, and which one is offered first."""

from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.method.writing.models import Template
from relance.method.writing.moments import Moment

OFFERED = 12
LISTED = 400


def access_template(member: Membership, pk: int) -> Template:
    """The template, if the member's organisation holds it. Raises Template.DoesNotExist."""
    return within(Template.objects.all(), member).get(pk=pk)


def templates(member: Membership, *, archived: bool = False) -> QuerySet[Template]:
    """The organisation's templates in the order of the method."""
    rows = within(Template.objects.all(), member).filter(archived_at__isnull=not archived)
    return rows.order_by("situation", "purpose", "step", "position", "pk")


def templates_offered(member: Membership, moment: Moment) -> list[Template]:
    """What may be written at a moment, the one to fill in first.

    The plain rule: the one I last used here, else the organisation's in their order; those made for
    this very occasion or tone before those that serve for all.
    """
    wanted: dict[str, Any] = {
        "situation__in": ["", moment.situation],
        "purpose": moment.purpose,
        "language": moment.language,
    }
    if moment.language == "fr":
        wanted["address"] = moment.address
    if moment.purpose != "your_turn":
        wanted["step"] = moment.step
    # A recruiter has one last use a moment: at most one template is joined to it.
    mine = Q(
        templateuse__organisation=member.organisation_id,
        templateuse__recruiter=member,
        templateuse__moment=moment.key,
    )
    rows = templates(member).filter(**wanted).annotate(mine=FilteredRelation("templateuse", condition=mine))
    fitting: list[Any] = [
        row
        for row in rows.annotate(used=F("mine__pk"))[:LISTED]
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
