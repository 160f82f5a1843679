"""What a status says, in the words of French and English recruiting tools."""

import re
from collections.abc import Iterable
from enum import StrEnum

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
        (
            r"ne (plus|pas) (re)?contacter|do not (contact|email|call)|dnc|black ?list\w*|liste noire|des(in|a)scrit\w*"
            r"|unsubscribed?|opt(ed)? ?out|opposition|demande de suppression|droit a l oubli"
        ),
    ),
    (
        Says.THEIR_NO,
        (
            r"(pas|non|plus|peu) interesse\w*|not interested|no longer interested|uninterested|desist\w*|withdr(ew|awn?)"
            r"|candidat\w* (a |ont )?(refus|decline)\w*|refus(e|ee)? (du|de la|par (le|la)|de) candidate?\w*|refus candidat\w*"
            r"|(candidate|offer) (declined|rejected us|refused)|declined by candidate|(has )?declined|a decline|decline\w* l offre"
            r"|pas en recherche|pas a l ecoute|plus en recherche|pas en veille|not looking|no longer looking|not open|ne cherche pas"
            r"|a refuse|offre refusee|dit non|reponse negative|retour negatif|negative reply"
        ),
    ),
    (Says.LATER, r"plus tard|later|pas maintenant|not now|pas tout de suite|en veille|snoozed?"),
    (
        Says.WAITING,
        (
            r"sans (reponse|retour|nouvelle\w*)|no (reply|response|answer)|pas (de|encore) (reponse|retour|repondu)"
            r"|n a pas repondu|not replied|unanswered|en attente( de (reponse|retour))?|awaiting( reply| response)?"
            r"|a (re)?lancer|a (re)?contacter|a rappeler|relance(e|r)?( \d)?|contacte(e)?|contacted|reached out|emailed"
            r"|message envoye|mail envoye|inmail envoye|invitation envoyee|sent|in sequence|in progress of outreach"
            r"|sourced?|source(e)?|nouveau|nouvelle|new|new lead|lead|a traiter|to contact|vivier|prospect|en cours de sourcing"
        ),
    ),
    (
        Says.ENDED,
        (
            r"refus\w*|reject\w*|ko|archiv\w+|closed|cloture\w*|clos(e)?|disqualif\w+|non retenu\w*|pas retenu\w*|not retained"
            r"|recrute\w*|embauche\w*|hired|place(e|d)|perdu\w*|lost|abandon\w*|annule\w*|cancell?ed|hors cible|not a fit|unqualified"
            r"|deja en poste|position filled|poste pourvu|inactif|inactive|non"
        ),
    ),
    (
        Says.INTERESTED,
        r"interesse\w*|interested|positi(f|ve)|reponse positive|retour positif|oui|ok|chaud|hot",
    ),
    (
        Says.ANSWERED,
        (
            r"a repondu|repondu|replied|answered|responded|entretien\w*|interview\w*|phone screen|screening|qualifi\w+"
            r"|en process|process|rdv|rendez vous|meeting|met|vu|rencontre\w*|position+e\w*|presente\w*|propose\w*|offre\w*|offer\w*"
            r"|en discussion|en cours|in conversation|shortlist\w*|test technique|technical test|on ?site|prequal\w*"
        ),
    ),
)
_PATTERNS = [(meaning, re.compile(rf"(?:^|\b)(?:{words})(?:\b|$)")) for meaning, words in _WORDS]
_ORDER = list(Says)


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
