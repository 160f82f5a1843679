"""The list put together."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from relance.accounts.roles import Permission, may
from relance.cadence.words import Situation
from relance.method.candidates.models import Candidate, IdentityKind
from relance.method.candidates.queries import access_candidate, identities
from relance.method.outreach.day import recent_purposes
from relance.method.outreach.lists import Found, Sieve, Standing, people, people_counted
from relance.method.outreach.positions import open_positions
from relance.method.writing.lengths import NOTE_LIMITS
from relance.web.desk import DeskRequest
from relance.web.people import sieving
from relance.web.people.forms import CV_DATABASES, WAYS, ApproachForm
from relance.web.people.rows import row_of, untouched_row
from relance.web.phrases.reasons import Setting
from relance.web.today.page import setting_of


def page(
    request: DeskRequest, *, form: ApproachForm | None = None, pasted: str = "", status: int = 200
) -> HttpResponse:
    """Render the list as its address asks; `form` is an approach that could not be entered, kept as typed.

    `pasted` says whether a pasted text was `read` into it, or only `partly`.
    """
    setting = setting_of(request)
    sieve = sieving.sieve_of(request.GET)
    found = people(request.member, sieve, page=sieving.page_asked(request.GET), now=request.now)
    rows = [row_of(outreach, setting) for outreach in found.outreaches]
    rows += [untouched_row(candidate) for candidate in found.untouched]
    context: dict[str, Any] = {
        "here": "people",
        "setting": setting,
        "sieve": sieve,
        "found": found,
        "rows": rows,
        "states": _states(found, sieve),
        "situations": _situations(sieve),
        "state_code": sieving.CODES[sieve.standing] if sieve.standing else "",
        "query": sieving.address(sieve, found.page),
        "starred_query": sieving.address(Sieve(sieve.text, sieve.standing, sieve.situation, not sieve.starred,
                                               sieve.demonstration)),
        "before": sieving.address(sieve, found.page - 1) if found.page > 1 else "",
        "after": sieving.address(sieve, found.page + 1) if found.page < found.pages else "",
        "first": (found.page - 1) * 50 + 1,
        "last": (found.page - 1) * 50 + len(rows),
        "active": sieve != Sieve(),
        "without": [] if rows else _without(request, sieve),
        "form": form or _form(request, setting),
        "adding": form is not None or "ajouter" in request.GET,
        "pasted": pasted,
        "note_limit": NOTE_LIMITS[request.member.has_linkedin_premium],
        "databases": CV_DATABASES,
        "purposes": recent_purposes(request.member),
        "undo": request.session.get("undo"),
        "exports": may(request.member, Permission.EXPORT),
    }  # fmt: skip
    return render(request, "people/people.html", context, status=status)


def _form(request: DeskRequest, setting: Setting) -> ApproachForm:
    return ApproachForm(setting=setting, initial=_known(request), positions=open_positions(request.member))


def _known(request: DeskRequest) -> dict[str, str]:
    """What the form begins with: an approach to somebody known, of one kind, or for a position."""
    way = request.GET.get("moyen", "")
    begun = {"pour": request.GET.get("poste", ""), **_who(request)}
    return {"moyen": way, **begun} if way in WAYS else begun


def _who(request: DeskRequest) -> dict[str, str]:
    asked = request.GET.get("ajouter", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return {}
    try:
        person = access_candidate(request.member, int(asked))
    except Candidate.DoesNotExist:
        return {}
    values = ", ".join(each.value for each in identities(person) if each.kind != IdentityKind.SOURCE_NUMBER)
    return {
        "nom": person.name,
        "poste": person.role,
        "societe": person.company,
        "adresse": values,
    }


def _states(found: Found, sieve: Sieve) -> list[dict[str, Any]]:
    more = "+" if found.more_than_counted else ""
    states: list[dict[str, Any]] = [
        {"code": "", "name": "", "count": f"{found.everyone}{more}", "on": sieve.standing is None,
         "query": sieving.with_standing(sieve, None)}
    ]  # fmt: skip
    for standing in Standing:
        count = found.counts.get(standing, 0)
        if count or standing is sieve.standing or standing is not Standing.NOTHING_YET:
            states.append(
                {"code": sieving.CODES[standing], "name": sieving.standing_name(standing),
                 "count": f"{count}{more}", "on": standing is sieve.standing,
                 "query": sieving.with_standing(sieve, standing)}
            )  # fmt: skip
    return states


def _situations(sieve: Sieve) -> list[dict[str, Any]]:
    return [
        {"code": code, "name": sieving.situation_name(code), "on": code == sieve.situation}
        for code in Situation
    ]


def _without(request: DeskRequest, sieve: Sieve) -> list[dict[str, Any]]:
    """For a list filtered to nothing: each filter, and what taking it away would give back."""
    return [
        {"name": sieving.filter_name(name, sieve), "query": sieving.address(less) or "?",
         "count": people_counted(request.member, less)}
        for name, less in sieve.without()
    ]  # fmt: skip
