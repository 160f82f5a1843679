"""A last word to those who had answered about a position that closed: written by hand, under the guard."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Code, Kind, Tone
from relance.method.outreach.models import Event, Outreach, Position

OWED_FOR = timedelta(days=30)
"""As long as an answer to what somebody wrote (METHOD, rule 3)."""
LISTED = 100
ANSWERS = (Kind.REPLY, Kind.CALL_ANSWERED, Kind.APPLICATION_RECEIVED, Kind.INMAIL_DECLINED)
NOES = (Tone.NEGATIVE, Tone.NOT_LOOKING, Tone.NOT_THIS_ONE)


def answered_in(outreaches: QuerySet[Outreach]) -> QuerySet[Outreach]:
    """Those of the outreaches in which the person answered, and not with a no in the end."""
    facts = Event.objects.filter(outreach=OuterRef("pk"), kind__in=ANSWERS, retractions=None)
    last = facts.order_by("-at", "-pk")
    told = outreaches.annotate(
        last_answer=Subquery(last.values("kind")[:1]), last_tone=Subquery(last.values("tone")[:1])
    )
    return (
        told.filter(last_answer__isnull=False)
        .exclude(last_answer=Kind.INMAIL_DECLINED)
        .exclude(last_tone__in=NOES)
        .exclude(code=Code.OPTED_OUT)
    )


def owed(outreaches: QuerySet[Outreach], *, since: datetime) -> QuerySet[Outreach]:
    """Those who answered and had no message since that instant."""
    sent = Event.objects.filter(
        outreach=OuterRef("pk"), kind=Kind.MESSAGE_SENT, at__gte=since, retractions=None
    )
    return answered_in(outreaches).exclude(Exists(sent))


def last_words(member: Membership, position: Position, *, now: datetime) -> list[Outreach]:
    """To whom a word is owed since a position closed, for thirty days; those who are closed with it alone."""
    if position.closed_at is None or now - position.closed_at > OWED_FOR:
        return []
    about = within(Outreach.objects.select_related("candidate", "recruiter__user"), member).filter(
        about__position=position, is_open=False
    )
    return list(owed(about, since=position.closed_at).order_by("candidate__name", "pk")[:LISTED])


def is_owed_a_last_word(outreach: Outreach, *, now: datetime) -> bool:
    """Whether a position it is about closed, the person had answered, and nothing was written to them since."""
    closed = Position.objects.filter(
        Q(closed_at__gt=now - OWED_FOR), about__outreach=outreach, closed_at__lte=now
    )
    latest = closed.order_by("-closed_at").values_list("closed_at", flat=True).first()
    if latest is None or outreach.is_open:
        return False
    return owed(Outreach.objects.filter(pk=outreach.pk), since=latest).exists()
