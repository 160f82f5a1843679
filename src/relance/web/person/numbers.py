"""What other tools call a person: told, since it is kept, and no way to reach anybody."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from relance.method.candidates.models import Identity, IdentityKind

TOOLS = {"gem": "Gem", "talent_hub": "LinkedIn Talent Hub"}


def numbers_in(known: Iterable[Identity]) -> list[tuple[str, str]]:
    """A pair for the sheet, where there is any number."""
    told = [_told(each.value) for each in known if each.kind == IdentityKind.SOURCE_NUMBER]
    return [(_("Number elsewhere"), ", ".join(told))] if told else []


def _told(value: str) -> str:
    source, _sign, number = value.partition(":")
    return f"{TOOLS[source]} {number}" if source in TOOLS else number
