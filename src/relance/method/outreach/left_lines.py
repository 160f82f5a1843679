"""The lines that could not enter an open session, where they speak of somebody who must be forgotten."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import unquote

from django.db import transaction

from relance.method.candidates.models import IdentityKind
from relance.method.outreach.models import SourcingSession

SESSIONS = 1_000
DIGITS_TOLD = 9
"""Of a phone number: without its country, a number is written +33 6 … or 06 …."""
NUMBER = re.compile(r"\+?\d[\d\s().-]{7,}\d")


@transaction.atomic
def forget_lines(*, organisation_id: int, pairs: Iterable[tuple[str, str]]) -> int:
    """Take the lines that name one of those identities out of every open session; returns how many went.

    For who objects and who is erased: nothing of them stays typed anywhere. `pairs` are (kind, value)
    in their one form.
    """
    wanted = list(pairs)
    if not wanted:
        return 0
    rows = SourcingSession.objects.select_for_update().filter(organisation_id=organisation_id, ended_at=None)
    gone = 0
    for session in rows.exclude(left="").only("pk", "left").order_by("pk")[:SESSIONS]:
        lines = session.left.split("\n")
        kept = [line for line in lines if not names_one_of(line, wanted)]
        if len(kept) < len(lines):
            SourcingSession.objects.filter(pk=session.pk).update(left="\n".join(kept))
            gone += len(lines) - len(kept)
    return gone


def names_one_of(line: str, pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether a line, as somebody typed it, holds one of those identities."""
    told = unicodedata.normalize("NFC", unquote(line)).casefold()
    numbers = [re.sub(r"\D", "", found) for found in NUMBER.findall(told)]
    return any(_names(told, numbers, kind, value) for kind, value in pairs)


def _names(told: str, numbers: list[str], kind: str, value: str) -> bool:
    if kind == IdentityKind.SOURCE_NUMBER:  # nobody types it to name somebody
        return False
    if kind == IdentityKind.PHONE:
        ending = re.sub(r"\D", "", value)[-DIGITS_TOLD:]
        return any(number.endswith(ending) for number in numbers)
    written = re.escape(unicodedata.normalize("NFC", value).casefold())
    if kind == IdentityKind.EMAIL:
        return re.search(rf"(?<![\w.+'-]){written}(?![\w-]|\.\w)", told) is not None
    return re.search(rf"/{written}(?![\w-])", told) is not None
