"""What may be told to somebody, what they were told already, and what a text tells (METHOD, Writing)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.dateparse import parse_datetime

from relance.method.candidates.models import Candidate
from relance.method.outreach.models import Event, Outreach, Permit, Position
from relance.method.writing.models import Telling
from relance.method.writing.syntax import slots, without_marks
from relance.method.writing.wording import share_held

OFFERED = 60
STANDS = 0.8
"""How much of what an angle says a text holds for telling it, though nobody chose it."""
STILL_STANDS = 1 / 3
"""As much, of one that was chosen and then written in other words."""
ANGLE, ELEMENT = "angle", "element"

# Written out: every composer asks it, and putting it together costs more than its answer.
_TOLD = """
    SELECT "telling"."angle_id", "telling"."element_id", "fact"."at" FROM "outreach_event" AS "fact"
    JOIN "writing_telling" AS "telling" ON "telling"."event_id" = "fact"."id"
    WHERE "fact"."organisation_id" = %(firm)s AND "fact"."candidate_id" = %(person)s
      AND NOT EXISTS (SELECT 1 FROM "outreach_event" AS "mistake" WHERE "mistake"."of_id" = "fact"."id")
    UNION ALL
    SELECT "telling"."angle_id", "telling"."element_id", "fact"."at" FROM "outreach_permit" AS "leave"
    JOIN "writing_telling" AS "telling" ON "telling"."permit_id" = "leave"."id"
    JOIN "outreach_event" AS "fact" ON "fact"."id" = "leave"."fact_id"
    WHERE "leave"."candidate_id" = %(person)s
      AND NOT EXISTS (SELECT 1 FROM "outreach_event" AS "mistake" WHERE "mistake"."of_id" = "fact"."id")
"""
# Most people of a desk that uses neither: a small statement is put together in a tenth of the time.
_ANYTHING = """
SELECT EXISTS (SELECT 1 FROM "outreach_about" WHERE "outreach_id" = %s)
    OR EXISTS (SELECT 1 FROM "writing_element" WHERE "candidate_id" = %s)
"""
_OFFERED = f"""
WITH "told" AS ({_TOLD})
SELECT 'position' AS "what", "about"."order" AS "place", "job"."id" AS "pk", "job"."title" AS "name",
       '' AS "text", NULL AS "told_at", "job"."client", "job"."client_masked", "job"."place" AS "town",
       "job"."pay_low", "job"."pay_high", "job"."pay_words", "job"."remote_days", "job"."stack"
FROM "outreach_about" AS "about" JOIN "outreach_position" AS "job" ON "job"."id" = "about"."position_id"
WHERE "about"."outreach_id" = %(outreach)s
UNION ALL
SELECT 'angle', "about"."order" * 1000 + "angle"."order", "angle"."id", "angle"."name", "angle"."text",
       (SELECT MAX("at") FROM "told" WHERE "angle_id" = "angle"."id"),
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM "outreach_about" AS "about" JOIN "writing_angle" AS "angle" ON "angle"."position_id" = "about"."position_id"
WHERE "about"."outreach_id" = %(outreach)s AND "angle"."archived_at" IS NULL
UNION ALL
SELECT 'element', 0, "own"."id", "own"."kind", "own"."text",
       (SELECT MAX("at") FROM "told" WHERE "element_id" = "own"."id"),
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM "writing_element" AS "own" WHERE "own"."candidate_id" = %(person)s AND "own"."archived_at" IS NULL
ORDER BY 1, 2, 3 LIMIT {OFFERED}
"""  # noqa: S608 - our own number and our own statement


@dataclass(frozen=True, slots=True)
class Tellable:
    """An angle or a personal element: `name` is the angle's, or the kind of the element."""

    what: str
    pk: int
    name: str
    text: str
    told_at: datetime | None = None
    chosen: bool = False

    @property
    def key(self) -> str:
        return f"{self.what[0]}{self.pk}"

    @property
    def is_angle(self) -> bool:
        return self.what == ANGLE


@dataclass(frozen=True, slots=True)
class Offer:
    """What a message in an outreach is about, and what it may tell."""

    positions: tuple[Position, ...] = ()
    tellables: tuple[Tellable, ...] = ()

    def choosing(self, keys: Iterable[str]) -> "Offer":
        """The same with those chosen that the recruiter chose."""
        chosen = frozenset(keys)
        return replace(
            self, tellables=tuple(replace(each, chosen=each.key in chosen) for each in self.tellables)
        )


NOTHING = Offer()


def offer_in(outreach: Outreach) -> Offer:
    """The positions of an outreach, their angles and the person's elements, with when each was told."""
    values = {"firm": outreach.organisation_id, "person": outreach.candidate_id, "outreach": outreach.pk}
    with connection.cursor() as cursor:
        cursor.execute(_ANYTHING, [outreach.pk, outreach.candidate_id])
        if not cursor.fetchone()[0]:
            return NOTHING
        cursor.execute(_OFFERED, values)
        rows = cursor.fetchall()
    return Offer(
        tuple(_position(row) for row in rows if row[0] == "position"),
        tuple(
            Tellable(what, pk, name, text, _moment(told_at))
            for what, _place, pk, name, text, told_at, *_rest in rows
            if what != "position"
        ),
    )


def told_elements(candidate: Candidate) -> dict[int, datetime]:
    """When each of a person's elements was last told, by its key."""
    values = {"firm": candidate.organisation_id, "person": candidate.pk}
    statement = f"""
        WITH "told" AS ({_TOLD})
        SELECT "element_id", MAX("at") FROM "told" WHERE "element_id" IS NOT NULL
        GROUP BY "element_id" ORDER BY "element_id" LIMIT {OFFERED}
    """  # noqa: S608 - our own number and our own statement
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        told = ((pk, _moment(at)) for pk, at in cursor.fetchall())
        return {pk: at for pk, at in told if at is not None}


def _position(row: tuple[Any, ...]) -> Position:
    _what, _place, pk, title, _text, _told, client, masked, place, low, high, words, remote, stack = row
    return Position(
        pk=pk, title=title, client=client, client_masked=bool(masked), place=place,
        pay_low=low, pay_high=high, pay_words=words, remote_days=remote, stack=stack,
    )  # fmt: skip


def _moment(stored: Any) -> datetime | None:
    moment = parse_datetime(stored) if isinstance(stored, str) else stored
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def told_by(text: str, tellables: Iterable[Tellable]) -> tuple[Tellable, ...]:
    """Which of these a text tells: what stands in it, and what was chosen and not taken out again."""
    said = without_marks(text)
    return tuple(
        each
        for each in tellables
        if share_held(said, without_marks(each.text)) >= (STILL_STANDS if each.chosen else STANDS)
    )


def with_told(text: str, saying: str) -> str:
    """The text with something told in it: where the first words are missing, else as a paragraph at its end."""
    missing = slots(text)
    if missing:
        after = text[missing[0].end :]
        # The sentence that was begun around it has its own full stop.
        return (
            text[: missing[0].start] + (saying.removesuffix(".") if after.startswith(".") else saying) + after
        )
    return f"{text.rstrip()}\n\n{saying}" if text.strip() else saying


@transaction.atomic
def tell_with_permit(*, permit: Permit, told: Sequence[Tellable]) -> None:
    """Remember what the message tells that leaves with a permit, in place of what was remembered before."""
    Telling.objects.filter(permit=permit).delete()
    Telling.objects.bulk_create(_tellings(permit.organisation_id, told, permit=permit))


@transaction.atomic
def tell_with_facts(*, outreach: Outreach, events: Sequence[Event]) -> None:
    """Remember what facts recorded by hand told: what stands in their texts."""
    spoken = [event for event in events if event.text and event.pk]
    if not spoken:
        return
    tellables = offer_in(outreach).tellables
    for event in spoken:
        told = told_by(event.text, tellables)
        Telling.objects.bulk_create(
            _tellings(event.organisation_id, told, event=event), ignore_conflicts=True
        )


def _tellings(organisation_id: int, told: Sequence[Tellable], **message: Permit | Event) -> list[Telling]:
    return [
        Telling(
            organisation_id=organisation_id,
            angle_id=each.pk if each.is_angle else None,
            element_id=None if each.is_angle else each.pk,
            **message,
        )
        for each in told
    ]
