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
from relance.web.phrases.reasons import Setting
from relance.web.safe_cells import Echo, plain
from relance.web.today.page import setting_of

LINKEDIN = {IdentityKind.LINKEDIN, IdentityKind.LINKEDIN_MEMBER}


@allowed(Permission.EXPORT)
@require_POST
def export(request: DeskRequest) -> HttpResponseBase:
    """Send whoever the search and the filters let through, as CSV in UTF-8 with the marks Excel needs.

    Semicolons in French, as its spreadsheets expect, commas in English.
    """
    setting = setting_of(request)
    people = exported(request.member, sieve_of(request.GET), now=request.now)
    name = f"relance-{setting.today:%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        _lines(people, setting, get_language() or "fr"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _lines(people: Iterable[Exported], setting: Setting, language: str) -> Iterator[str]:
    """The file, a line at a time: it is written when the request's own language is over."""
    writer = csv.writer(Echo(), delimiter=";" if language.startswith("fr") else ",")
    with translation.override(language):
        yield "\ufeff" + str(writer.writerow(_heads()))
        for person in people:
            yield str(writer.writerow([plain(value) for value in _cells(person, setting)]))


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
