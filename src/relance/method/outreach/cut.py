"""Which rows of a queue a day shows: the sheltered, what the capacity leaves, and the first below its cut."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from relance.cadence.priority import SHELTERED_TOO, SHELTERED_UP_TO
from relance.cadence.words import Channel
from relance.method.outreach.models import Outreach

COUNTED = 500
SHELTERED = Q(rank__lte=SHELTERED_TOO) & (Q(rank__lte=SHELTERED_UP_TO) | Q(rank=SHELTERED_TOO))
OTHERS = Q(rank__gt=SHELTERED_UP_TO) & ~Q(rank=SHELTERED_TOO)


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of a queue as (pk, rank, channel): one more than are counted, if there are as many."""

    rows: list[tuple[int, int, str]]

    @property
    def is_all(self) -> bool:
        return len(self.rows) <= COUNTED

    def sheltered(self, channel: Channel | None) -> list[int]:
        return [pk for pk, rank, by in self.rows if _is_sheltered(rank) and channel in {None, by}]

    def others(self, channel: Channel | None) -> list[int]:
        return [pk for pk, rank, by in self.rows if not _is_sheltered(rank) and channel in {None, by}]

    @property
    def has_all_sheltered(self) -> bool:
        return self.is_all or self.rows[-1][1] > SHELTERED_TOO


def picked(
    queue: QuerySet[Outreach], head: Head, *, channel: Channel | None, others: int
) -> tuple[list[int], list[int]]:
    """The keys of the sheltered, and of the first `others` besides.

    The head nearly always holds them; the queue is asked again only where it is too long for that.
    """
    sheltered, besides = head.sheltered(channel), head.others(channel)
    rows = queue.filter(channel=channel) if channel is not None else queue
    if not head.has_all_sheltered:
        sheltered = list(rows.filter(SHELTERED).values_list("pk", flat=True)[:COUNTED])
    if not head.is_all and len(besides) < others:
        besides = list(rows.filter(OTHERS).values_list("pk", flat=True)[:others])
    return sheltered[:COUNTED], besides[:others]


def _is_sheltered(rank: int) -> bool:
    return rank <= SHELTERED_UP_TO or rank == SHELTERED_TOO
