"""What a note says that may not be kept of a person, in words with the way out."""

from django.utils.translation import gettext as _

from relance.method.writing.wording import past_pay, sensitive
from relance.method.writing.words import Language
from relance.web.today.checks import family_name

SHOWN = 4


def remarks_in(note: str) -> list[str]:
    """One sentence for each such remark, in whichever language it is written; at most four.

    Source: CNIL on free text (objective, never excessive), L1132-1 of the Code du travail.
    """
    found: dict[str, None] = {}
    for language in Language:
        for family, words in sensitive(note, language):
            found[_("%(family)s: “%(words)s”") % {"family": family_name(family), "words": words}] = None
        for words in past_pay(note, language):
            found[_("Past pay: “%(words)s”") % {"words": words}] = None
    return list(found)[:SHOWN]
