"""What the log keeps: where something failed and as what kind, never whose data it was."""

import logging
import traceback
from types import TracebackType


class Discreet(logging.Formatter):
    """Names the route instead of the path, and tells an exception by its type and place alone.

    Paths carry one-time links and identifiers; the message of a database error quotes values.
    """

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is not None and record.args:
            match = getattr(request, "resolver_match", None)
            where = getattr(match, "route", None) or "(no page)"
            record.args = tuple(where if argument == request.path else argument for argument in record.args)
        return super().format(record)

    def formatException(  # noqa: N802 - the name is the standard library's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, _error, where = ei
        if kind is None:
            return ""
        return "".join(traceback.format_tb(where)) + f"{kind.__module__}.{kind.__qualname__}"
