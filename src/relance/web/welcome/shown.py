"""A page of the welcome, whole or as the part that htmx asked for."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from relance.web.desk import DeskRequest


def shown(request: DeskRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    part = f"{template}#page" if request.htmx and not request.htmx.history_restore_request else template
    return render(request, part, {"here": "welcome", **context}, status=status)
