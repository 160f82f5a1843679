"""The list as a file for a spreadsheet, in which no cell can be a formula."""

import csv
from collections.abc import Iterable, Iterator

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relance.accounts.roles import Permission
from relance.method.candidates.models import IdentityKind, Mark
from relance.method.delivery.links import linkedin_profile
from relance.method.outreach.exporting import Exported, exported
from relance.web.allowed import allowed
from relance.web.desk import DeskRequest
from relance.web.people.rows import row_of, untouched_row
from relance.web.people.sieving import sieve_of
from relance.web.people.workbook import CONTENT_TYPE, workbook
from relance.web.phrases.reasons import Setting
from relance.web.safe_cells import Echo, plain
from relance.web.today.page import setting_of

LINKEDIN = {IdentityKind.LINKEDIN, IdentityKind.LINKEDIN_MEMBER}


@allowed(Permission.EXPORT)
@require_POST
def export(request: DeskRequest) -> HttpResponseBase:
    """Send whoever the search and the filters let through, as XLSX or as CSV in UTF-8 with the marks Excel needs.

    Semicolons in French, as its spreadsheets expect, commas in English.
    """
    setting = setting_of(request)
    people = exported(request.member, sieve_of(request.GET), now=request.now)
    language = get_language() or "fr"
    name = f"relance-{setting.today:%Y-%m-%d}"
    if request.POST.get("format") == "xlsx":
        return StreamingHttpResponse(
            workbook(_rows(people, setting, language)),
            content_type=CONTENT_TYPE,
            headers={
                "Content-Disposition": f'attachment; filename="{name}.xlsx"',
                "Cache-Control": "no-store",
            },
        )
    return StreamingHttpResponse(
        _lines(_rows(people, setting, language), language),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"},
    )


def _rows(people: Iterable[Exported], setting: Setting, language: str) -> Iterator[list[str]]:
    """The header, then a row at a time: the file is written when the request's own language is over."""
    with translation.override(language):
        yield _heads()
        for person in people:
            yield _cells(person, setting)


def _lines(rows: Iterable[list[str]], language: str) -> Iterator[str]:
    writer = csv.writer(Echo(), delimiter=";" if language.startswith("fr") else ",")
    yield "\ufeff"
    for row in rows:
        yield str(writer.writerow([plain(value) for value in row]))


def _heads() -> list[str]:
    return [
        _("Name"), _("First name"), _("Role"), _("Company"), _("Place"), _("Mail"), _("Phone"), _("LinkedIn"),
        _("Where it stands"), _("Next step"), _("Must answer"), _("Followed by"), _("About"), _("Mark"), _("Note"),
    ]  # fmt: skip


def _cells(person: Exported, setting: Setting) -> list[str]:
    candidate, outreach = person.candidate, person.outreach
    row = row_of(outreach, setting) if outreach else untouched_row(candidate)
    due = outreach.due_at if outreach and outreach.due_at and row.when else None

    def of(kinds: set[IdentityKind]) -> str:
        return ", ".join(identity.value for identity in person.identities if identity.kind in kinds)

    profiles = [linkedin_profile(one.value) for one in person.identities if one.kind in LINKEDIN]
    return [
        candidate.name,
        candidate.first_name,
        candidate.role,
        candidate.company,
        candidate.location,
        of({IdentityKind.EMAIL}),
        of({IdentityKind.PHONE}),
        ", ".join(profiles),
        row.says,
        f"{due.astimezone(setting.zone):%Y-%m-%d %H:%M}" if due else "",
        _("yes") if outreach and outreach.must_answer else "",
        str(outreach.recruiter.user) if outreach else "",
        outreach.purpose if outreach else "",
        str(Mark(candidate.mark).label) if candidate.mark else "",
        candidate.note,
    ]
