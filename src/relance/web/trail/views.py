"""The trail of one person, and of the whole desk, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relance.accounts.roles import Permission
from relance.method.candidates.models import Act, Candidate, Trace
from relance.method.candidates.trail import trail, trail_of
from relance.web.allowed import allowed
from relance.web.desk import DeskRequest
from relance.web.person.page import person_asked
from relance.web.phrases.reasons import Setting
from relance.web.settings.frame import section
from relance.web.today.page import setting_of


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, who, what they did, about whom (None where it is said above, or is forgotten)."""

    when: str
    who: str
    did: str
    about: str
    candidate: Candidate | None


def lines(rows: Iterable[Trace], setting: Setting, *, named: bool = False) -> list[Line]:
    """The trail in words; `named`: the person's name follows each."""
    done = acts()
    if named:
        done[Act.OVERRODE] = _("let a colleague write to")
    return [
        Line(
            when=setting.at(row.at),
            who=str(row.member.user) if row.member else "Relance",
            did=done[Act(row.act)],
            about=fields(row.about),
            candidate=row.candidate,
        )
        for row in rows
    ]


def acts() -> dict[Act, str]:
    """What was done, in words."""
    return {
        Act.SAW: _("saw"),
        Act.ENTERED: _("entered"),
        Act.CHANGED: _("changed"),
        Act.EXPORTED: _("exported"),
        Act.MERGED: _("made one of two sheets"),
        Act.UNMERGED: _("made two sheets again"),
        Act.HANDED_OVER: _("handed over"),
        Act.OVERRODE: _("let a colleague write"),
    }


def fields(about: str) -> str:
    """Which fields were changed, in words; a name that has none is left as it is."""
    names = {
        "name": _("name"), "first_name": _("first name"), "role": _("role"), "company": _("company"),
        "location": _("place"), "language": _("language"), "address": _("how they are spoken to"),
        "note": _("note"), "mark": _("mark"), "identities": _("addresses"), "channels": _("order of channels"),
        "elements": _("personal elements"),
    }  # fmt: skip
    parts = [part.strip() for part in about.split(",") if part.strip()]
    return ", ".join(names.get(part, part) for part in parts)


@allowed(Permission.SEE_TRAIL)
@require_safe
def person_trail(request: DeskRequest, pk: int) -> HttpResponse:
    """Who saw or changed what about one person: the last hundred lines."""
    candidate = person_asked(request, pk)
    found = lines(trail_of(request.member, candidate), setting_of(request))
    return render(request, "trail/person.html", {"here": "people", "candidate": candidate, "lines": found})


@allowed(Permission.SEE_TRAIL)
@require_safe
def journal(request: DeskRequest) -> HttpResponse:
    """The desk's whole trail, a page at a time."""
    asked = request.GET.get("page", "")
    number = max(1, min(int(asked), 10_000)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    rows, more = trail(request.member, page=number)
    context = {
        "lines": lines(rows, setting_of(request), named=True),
        "page": number,
        "newer": number - 1,
        "older": number + 1 if more else 0,
    }
    return section(request, "trail", "trail/journal.html", context)
