"""The page of a fault: what it tells the recruiter is enough to find it in the log, and names nobody."""

import logging
import secrets
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from relance.web.phrases.ages import long_day

log = logging.getLogger("relance.web")

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of an incident's name: none that is taken for another when it is read out."""


def stumbled(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed, asking neither the database nor the session: they may be what failed."""
    name = "".join(secrets.choice(LETTERS) for _ in range(6))
    incident = f"{name[:3]}-{name[3:]}"
    match = request.resolver_match
    log.error("incident %s in %s", incident, match.route if match else "an unknown page")
    at = datetime.now(UTC)  # as in the log
    # Nobody chose a language yet where what failed is the question of who asks.
    language = getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)
    with translation.override(language):
        told = {
            "incident": incident,
            "day": long_day(at.date()).capitalize(),
            "at": at,
            "again": request.method == "GET",
        }
        page = render_to_string("500.html", told)
    return HttpResponse(page, status=500, headers={"Content-Language": language, "Cache-Control": "no-store"})
