"""The address in `List-Unsubscribe`: a look asks, one POST says no, from a person or from their mail program."""

from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from relance.method.answers.objecting import UnknownToken, message_of, object_to
from relance.web.desk import DeskRequest


@login_not_required
@csrf_exempt  # RFC 8058: the one-click POST comes without cookies; the token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, token: str) -> HttpResponse:
    """Ask (GET: programs that look at links must change nothing), or record the objection at once (POST)."""
    now = cast(DeskRequest, request).now
    try:
        outgoing = message_of(token)
    except UnknownToken:
        return render(request, "objection/unknown.html", status=410)
    with translation.override(outgoing.candidate.language):
        if request.method == "POST":
            object_to(outgoing=outgoing, now=now)
        context = {"firm": outgoing.candidate.organisation.name, "done": request.method == "POST"}
        response = render(request, "objection/objection.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
