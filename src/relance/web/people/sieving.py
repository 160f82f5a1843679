"""What the address of the list asks for, and the addresses that ask for something else."""

from dataclasses import replace

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from relance.cadence.words import Situation
from relance.method.outreach.lists import Sieve, Standing

LONGEST_SEARCH = 120
STATES = {
    "relancer": Standing.TO_FOLLOW_UP,
    "repondre": Standing.YOUR_TURN,
    "acceptation": Standing.PENDING,
    "attente": Standing.WAITING,
    "repondu": Standing.ANSWERED,
    "arretees": Standing.STOPPED,
    "sans": Standing.NOTHING_YET,
}
CODES = {standing: code for code, standing in STATES.items()}


def sieve_of(asked: QueryDict) -> Sieve:
    """The search and the filters of an address; what it does not know leaves everyone in."""
    situation = asked.get("situation", "")
    return Sieve(
        text=" ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST_SEARCH],
        standing=STATES.get(asked.get("etat", "")),
        situation=Situation(situation) if situation in set(Situation) else None,
        starred=asked.get("etoile") == "1",
        demonstration=asked.get("exemple") == "1",
    )


def page_asked(asked: QueryDict) -> int:
    number = asked.get("page", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1


def address(sieve: Sieve, page: int = 1) -> str:
    """The query of an address, with its question mark; empty for everyone."""
    asked = {
        "q": sieve.text,
        "etat": CODES[sieve.standing] if sieve.standing else "",
        "situation": sieve.situation or "",
        "etoile": "1" if sieve.starred else "",
        "exemple": "1" if sieve.demonstration else "",
        "page": str(page) if page > 1 else "",
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"?{query}" if query else ""


def with_standing(sieve: Sieve, standing: Standing | None) -> str:
    return address(replace(sieve, standing=standing))


def standing_name(standing: Standing) -> str:
    return {
        Standing.TO_FOLLOW_UP: _("To follow up"),
        Standing.YOUR_TURN: _("Your turn to answer"),
        Standing.PENDING: _("Invitation pending"),
        Standing.WAITING: _("Too early or on hold"),
        Standing.ANSWERED: _("Have answered"),
        Standing.STOPPED: _("Stopped"),
        Standing.NOTHING_YET: _("Never approached"),
    }[standing]


def situation_name(situation: Situation | str) -> str:
    return {
        Situation.LINKEDIN_INVITATION: _("LinkedIn invitation"),
        Situation.FIRST_MESSAGE: _("First message"),
        Situation.CV_DATABASE: _("CV database"),
        Situation.APPLICATION: _("Application"),
        Situation.KEEP_IN_TOUCH: _("Catching up"),
        Situation.CONVERSATION: _("Conversation they began"),
    }[Situation(situation)]


def filter_name(name: str, sieve: Sieve) -> str:
    """A filter, as the sentence « without … » names it."""
    if name == "text":
        return _("“%(text)s”") % {"text": sieve.text}
    if name == "standing" and sieve.standing:
        return standing_name(sieve.standing).lower()
    if name == "situation" and sieve.situation:
        return situation_name(sieve.situation)
    return _("must answer") if name == "starred" else _("examples")
