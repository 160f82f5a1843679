"""Every section of the settings: the index on the left, the section on the right; on a phone one at a time."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from relance.web.desk import DeskRequest
from relance.web.settings.sections import index


def section(
    request: DeskRequest,
    code: str,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
    opened: bool = True,
) -> HttpResponse:
    """Show a section by its code in `sections.SECTIONS`; its template extends `settings/frame.html`.

    Where it is not `opened`, a phone shows the index.
    """
    frame = {"here": "account", "index": index(request.member, code), "opened": opened}
    return render(request, template, {**frame, **(context or {})}, status=status)
