"""Positions: opened, changed, closed, and which outreaches are about them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.method.outreach.actions import lock
from relance.method.outreach.models import About, Outreach, Position

LISTED = 200
JOINED = 5
"""How many positions one outreach is about, at most."""
A_YEARS = 10_000
"""A sum from here on is a year's pay, below it a day's."""


class TooMany(Exception):
    """An outreach is about five positions at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionFacts:
    """What a recruiter says of a position; pay in whole units of the currency."""

    title: str
    client: str = ""
    client_masked: bool = True
    place: str = ""
    contract: str = ""
    pay_low: int | None = None
    pay_high: int | None = None
    pay_words: str = ""
    remote_days: int | None = None
    stack: str = ""
    advert: str = ""
    note: str = ""
    closing_on: date | None = None


def access_position(member: Membership, pk: int) -> Position:
    """A position of the member's organisation. Raises Position.DoesNotExist."""
    return within(Position.objects.select_related("owner__user"), member).get(pk=pk)


def open_positions(member: Membership) -> list[Position]:
    """The organisation's positions that are open, the latest opened first."""
    return open_positions_in(member.organisation_id)


def open_positions_in(organisation_id: int) -> list[Position]:
    """The positions of an organisation that are open, the latest opened first."""
    rows = Position.objects.filter(organisation_id=organisation_id, closed_at=None)
    return list(rows.order_by("-opened_at", "-pk")[:LISTED])


def pay_around(position: Position) -> tuple[int, int] | None:
    """From what to what the organisation's open positions pay, this one among them.

    Years are compared with years, days with days. None where it says no pay, or no other says another.
    """
    pay = Coalesce("pay_low", "pay_high"), Coalesce("pay_high", "pay_low")
    own = position.pay_low if position.pay_low is not None else position.pay_high
    if own is None:
        return None
    rows = Position.objects.filter(organisation_id=position.organisation_id)
    same = Q(from_here__gte=A_YEARS) if own >= A_YEARS else Q(from_here__lt=A_YEARS)
    around = (
        rows.filter(Q(closed_at=None) | Q(pk=position.pk))
        .annotate(from_here=pay[0], up_to_here=pay[1])
        .filter(same)
        .aggregate(low=Min("from_here"), high=Max("up_to_here"), count=Count("pk"))
    )
    standing = (own, position.pay_high if position.pay_high is not None else own)
    found = (around["low"], around["high"])
    return found if around["count"] > 1 and found != standing else None


def leads_to(outreach: Outreach) -> list[Position]:
    """The open positions that somebody who said no to those of an outreach may be approached about later."""
    rows = Position.objects.filter(organisation_id=outreach.organisation_id, closed_at=None)
    return list(rows.exclude(about__outreach=outreach).order_by("-opened_at", "-pk")[:JOINED])


def positions_of(outreach: Outreach) -> list[Position]:
    """What an outreach is about, in order."""
    rows = Position.objects.filter(about__outreach=outreach)
    return list(rows.order_by("about__order", "about__pk")[:JOINED])


def closed_with(outreach: Outreach) -> Position | None:
    """The position an outreach was about that closed last; None where all are open, or there is none."""
    rows = Position.objects.filter(about__outreach=outreach, closed_at__isnull=False)
    return rows.order_by("-closed_at", "-pk").first()


@transaction.atomic
def open_position(*, member: Membership, facts: PositionFacts, now: datetime) -> Position:
    """Open a position; who opens it owns it."""
    return Position.objects.create(
        organisation_id=member.organisation_id, owner=member, opened_at=now, **asdict(facts)
    )


@transaction.atomic
def change_position(*, position: Position, facts: PositionFacts) -> None:
    """Say anew what the position is. Outreaches that bear its title bear the new one."""
    standing = Position.objects.select_for_update().get(pk=position.pk)
    for name, value in asdict(facts).items():
        setattr(position, name, value)
    position.save(update_fields=list(asdict(facts)))
    if standing.title != position.title:
        _bear_title(position, was=standing.title)


def _bear_title(position: Position, *, was: str) -> None:
    Outreach.objects.filter(about__position=position, purpose=was).update(purpose=position.title[:200])
    others = Outreach.objects.filter(about__position=position, purpose__contains=", ")
    for outreach in others.order_by("pk").iterator(chunk_size=500):
        titles = [each.title for each in positions_of(outreach)]
        before = [was if title == position.title else title for title in titles]
        if outreach.purpose == named(before):
            Outreach.objects.filter(pk=outreach.pk).update(purpose=named(titles))


def named(titles: Sequence[str]) -> str:
    """How an outreach about positions of these titles is called, where nobody wrote other words."""
    return ", ".join(titles)[:200]


@transaction.atomic
def say_positions(*, outreach: Outreach, positions: Sequence[Position]) -> None:
    """Say what an outreach is about, in order; words that nobody wrote follow. Raises TooMany.

    Positions are of the outreach's own organisation.
    """
    lock(outreach.candidate_id)
    wanted = list({position.pk: position for position in positions}.values())
    if len(wanted) > JOINED:
        raise TooMany
    outreach.refresh_from_db(fields=["purpose"])
    before = named([position.title for position in positions_of(outreach)])
    About.objects.filter(outreach=outreach).delete()
    About.objects.bulk_create(
        About(organisation_id=outreach.organisation_id, outreach=outreach, position=position, order=order)
        for order, position in enumerate(wanted)
    )
    if outreach.purpose in {"", before}:
        outreach.purpose = named([position.title for position in wanted])
        Outreach.objects.filter(pk=outreach.pk).update(purpose=outreach.purpose)


@transaction.atomic
def join_position(*, outreach: Outreach, position: Position) -> None:
    """A position joins what an outreach is about; one that it is about already stays. Raises TooMany."""
    lock(outreach.candidate_id)
    standing = positions_of(outreach)
    if position.pk not in {each.pk for each in standing}:
        say_positions(outreach=outreach, positions=[*standing, position])


@transaction.atomic
def leave_position(*, outreach: Outreach, position: Position) -> None:
    """The outreach is not about that position any more; its other positions stay."""
    lock(outreach.candidate_id)
    left = [each for each in positions_of(outreach) if each.pk != position.pk]
    say_positions(outreach=outreach, positions=left)
