"""Which contact an answer belongs to (METHOD, Measure): the one it follows."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from relance.cadence.words import Kind
from relance.method.outreach.decisions import OUTBOUND
from relance.method.outreach.last_words import ANSWERS
from relance.method.outreach.models import Event

WORDS = Q(kind=Kind.MESSAGE_SENT) | Q(kind=Kind.INVITATION_SENT, note=True)
"""What writes to somebody: a message, or an invitation's note. A bare invitation does not."""
A_BURST = timedelta(hours=2)
JUDGED_AFTER = timedelta(days=14)
"""How old a contact is when its silence counts: the ten working days after which the method takes no answer for
the last word (METHOD, rule 5), and as long as an invitation waits (rule 4). A younger one is in no rate,
answered or not: else the quick answers alone would count."""
LOOKED_BACK = timedelta(days=365)
"""How far back rates look: what a text did years ago says little of what it does now."""
HERE = ("", "mail")
"""The sources of what was done from this desk: entered or sent here, or read from a connected mailbox's own day.

A past brought in has others, and is in no rate: one keeps of it whom one likes.
"""


def is_answered(*, outreach: str, at: str) -> Exists:
    """Whether an answer follows a contact, and no other contact comes before it.

    `outreach` and `at` name the contact's own fields in the outer query; two hours are one contact.
    """
    between = Event.objects.filter(
        outreach=OuterRef("outreach"),
        kind__in=OUTBOUND,
        at__gt=OuterRef(OuterRef(at)) + A_BURST,
        at__lt=OuterRef("at"),
        retractions=None,
    )
    answers = Event.objects.filter(
        outreach=OuterRef(outreach), kind__in=ANSWERS, at__gt=OuterRef(at), retractions=None
    )
    return Exists(answers.exclude(Exists(between)))
