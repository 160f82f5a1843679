"""Gestures are posted. Their address may still be opened: reloaded after a refusal, or gone back to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from relance.web.desk import DeskRequest

View = Callable[..., HttpResponse]


def posted(to: str) -> Callable[[View], View]:
    """Takes what is posted; whoever only looks is led to the page named `to` (`today_person`: of the same key)."""

    def decorated(view: View) -> View:
        takes = require_POST(view)

        @wraps(view)
        def looked_at(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in {"GET", "HEAD"}:
                return redirect(to, **kwargs) if to == "today_person" else redirect(to)
            answer: HttpResponse = takes(request, *args, **kwargs)
            return answer

        return looked_at

    return decorated
