"""The pasts of people in an area, decided and ready to be stored: done beside the process that stores them."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from relance.cadence.history import Event
from relance.imports.area import Area
from relance.imports.area_words import Words
from relance.imports.groups import attempts_of
from relance.method.outreach.past_rows import Attempt, OutreachRow, Person, Worded, pen, rows_of


class Order(NamedTuple):
    """Whose pasts are asked for, by their ids in the area, and what their decisions need."""

    path: Path
    people: dict[int, Person]
    key_prefix: str
    """What stands before the keys of facts that are known under it from elsewhere too."""
    dates_as_text: bool
    now: datetime


def key_of(external_key: str, person_id: int, prefix: str = "") -> str:
    """The key under which a fact enters once, whatever is imported again."""
    return f"{prefix}{external_key}" if external_key else f"{person_id:x}"


def pasts_of(order: Order) -> dict[int, list[OutreachRow]]:
    """The outreaches of each person who has any, with their decisions: nothing but the order's file is read."""
    people = order.people
    if not people:
        return {}
    write = pen(as_text=order.dates_as_text)
    with closing(Area.open(order.path)) as area:
        found = area.worded_pasts(after=min(people) - 1, until=max(people))
        return {
            person_id: rows_of(attempts, people[person_id], write, order.now)
            for person_id, attempts in _attempts(found, order)
            if attempts
        }


def _attempts(
    found: Iterator[tuple[int, list[Event], list[Words]]], order: Order
) -> Iterator[tuple[int, list[Attempt]]]:
    for person_id, events, words in found:
        if person_id not in order.people:
            continue
        worded = [
            Worded(event, subject, text, key_of(key, person_id, order.key_prefix))
            for event, (key, subject, text) in zip(events, words, strict=True)
        ]
        yield (
            person_id,
            [
                Attempt(attempt.situation, [worded[int(event.id)] for event in attempt.events])
                for attempt in attempts_of(events)
            ],
        )
