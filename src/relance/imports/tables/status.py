"""What a status says, in the words of French and English recruiting tools."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from relance.imports.tables.values import folded


class Says(StrEnum):
    """The meaning of a status, the strongest first."""

    OPT_OUT = "opt_out"
    THEIR_NO = "their_no"
    LATER = "later"
    ENDED = "ended"
    INTERESTED = "interested"
    ANSWERED = "answered"
    WAITING = "waiting"
    NOTHING = "nothing"


_WORDS: tuple[tuple[Says, str], ...] = (
    (
        Says.OPT_OUT,
        (r"ne (plus|pas) (re)?contacter|do not (contact|email|call)|dnc|black ?list\w*|liste noire"
        r"|des(in|a)scrit\w*|unsubscribed?|opt(ed)? ?out|opposition|demande de suppression"
        r"|droit a l oubli"),
    ),
    (
        Says.THEIR_NO,
        (r"(pas|non|plus|peu) interesse\w*|not interested|no longer interested|uninterested|desist\w*"
        r"|withdr(ew|awn?)|candidat\w* (a |ont )?(refus|decline)\w*"
        r"|refus(e|ee)? (du|de la|par (le|la)|de) candidate?\w*|refus candidat\w*"
        r"|(candidate|offer) (declined|rejected us|refused)|declined by candidate|(has )?declined"
        r"|a decline|decline\w* l offre|pas en recherche|pas a l ecoute|plus en recherche|pas en veille"
        r"|not looking|no longer looking|not open|ne cherche pas|a refuse|offre refusee|dit non"
        r"|reponse negative|retour negatif|negative reply"),
    ),
    (
        Says.LATER,
        r"plus tard|later|pas maintenant|not now|pas tout de suite|en veille|snoozed?",
    ),
    (
        Says.WAITING,
        (r"sans (reponse|retour|nouvelle\w*)|no (reply|response|answer)"
        r"|pas (de|encore) (reponse|retour|repondu)|n a pas repondu|not replied|unanswered"
        r"|en attente( de (reponse|retour))?|awaiting( reply| response)?|a (re)?lancer|a (re)?contacter"
        r"|a rappeler|relance(e|r)?( \d)?|contacte(e)?|contacted|reached out|emailed|message envoye"
        r"|mail envoye|inmail envoye|invitation envoyee|sent|in sequence|in progress of outreach|sourced?"
        r"|source(e)?|nouveau|nouvelle|new|new lead|lead|a traiter|to contact|vivier|prospect"
        r"|en cours de sourcing|non"),
    ),
    (
        Says.ENDED,
        (r"refus\w*|reject\w*|ko|archiv\w+|closed|cloture\w*|clos(e)?|disqualif\w+|non retenu\w*"
        r"|pas retenu\w*|not retained|recrute\w*|embauche\w*|hired|place(e|d)|perdu\w*|lost|abandon\w*"
        r"|annule\w*|cancell?ed|hors cible|not a fit|unqualified|deja en poste|position filled"
        r"|poste pourvu|inactif|inactive|sans suite"),
    ),
    (
        Says.INTERESTED,
        r"interesse\w*|interested|positi(f|ve)|reponse positive|retour positif|chaud|hot",
    ),
    (
        Says.ANSWERED,
        (r"a repondu|repondu|oui|ok|replied|answered|responded|entretien\w*|interview\w*|phone screen|screening"
        r"|qualifi\w+|en process|process|rdv|rendez vous|meeting|met|vu|rencontre\w*|position+e\w*"
        r"|presente\w*|propose\w*|offre\w*|offer\w*|en discussion|en cours|in conversation|shortlist\w*"
        r"|test technique|technical test|on ?site|prequal\w*"),
    ),
)  # fmt: skip
_PATTERNS = [(meaning, re.compile(rf"(?:^|\b)(?:{words})(?:\b|$)")) for meaning, words in _WORDS]
_ORDER = list(Says)


@lru_cache(maxsize=1_024)
def says(status: str) -> Says:
    """The meaning of one status; NOTHING for a word that is not known."""
    text = folded(status[:200])
    if not text:
        return Says.NOTHING
    return next((meaning for meaning, pattern in _PATTERNS if pattern.search(text)), Says.NOTHING)


def strongest(statuses: Iterable[str]) -> tuple[Says, str]:
    """The strongest meaning among a row's statuses, and the status that has it."""
    found = [(says(each), each) for each in statuses if each]
    return min(found, key=lambda pair: _ORDER.index(pair[0]), default=(Says.NOTHING, ""))


def is_known(status: str) -> bool:
    return says(status) is not Says.NOTHING


def looks_like_places(values: Iterable[str]) -> bool:
    """Whether a column called "État" or "State" holds places: no status is known in most of its values."""
    told = [value for value in values if value]
    return bool(told) and sum(is_known(value) for value in told) * 3 < len(told)
