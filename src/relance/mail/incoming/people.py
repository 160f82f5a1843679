"""Somebody asks to be left alone: decided on what they newly wrote, and only when it is short."""

import re

from relance.mail.incoming import rulebook
from relance.mail.incoming.folding import flat

_GREETING = re.compile(r"^\W*(?:bonjour|bonsoir|hello|hi|dear|madame|monsieur|hey)\b[^,.!]{0,40}[,.!]? ?")


def asks_to_stop(subject: str, written: str) -> str:
    """The rule by which a message is an opt-out; empty when none says so. Both as they were written."""
    heading, text = flat(subject), flat(written)
    if len(text) <= 400 and rulebook.pattern("optout", "subjects").search(heading):
        return "subject"
    if not text or len(text) > int(rulebook.rules("optout")["longest"]):
        return ""
    if rulebook.pattern("optout", "not").search(text):
        return ""
    if rulebook.pattern("optout", "whole").search(_GREETING.sub("", text)):
        return "whole"
    return "words" if rulebook.pattern("optout", "words").search(text) else ""
