"""What comes in, understood: a raw message goes in, what it is comes out.

`classify` says what a message is, `propose` what a person's answer seems to mean. Both are pure, and
their words are in `rules/`.
"""

from relance.mail.incoming.classify import classify
from relance.mail.incoming.rulebook import VERSION
from relance.mail.incoming.words import Cause, Incoming, Kind, LinkedIn

__all__ = ["VERSION", "Cause", "Incoming", "Kind", "LinkedIn", "classify"]
