"""A table given: understood, its columns confirmed and remembered, read into the temporary area."""

import json
import os
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from relance.imports.area_files import scratch_of, seen_of, upload_of
from relance.imports.collecting import collecting_seldom
from relance.imports.groups import sort_people
from relance.imports.hands import more_hands
from relance.imports.known import place_of, recogniser
from relance.imports.models import Import, State, TableMapping
from relance.imports.progress import Asked, Listener, Progress, Stage
from relance.imports.tables.fields import Field
from relance.imports.tables.formats import numbers_of
from relance.imports.tables.guessing import Guess, is_usable
from relance.imports.tables.heeding import put_aside
from relance.imports.tables.plan import BadPlan, DayOrder, Plan, changed, guessed, plan_from
from relance.imports.tables.read import look, read_table
from relance.imports.tables.reasons import BadTable, BadTableCode
from relance.imports.tables.rows import PhoneForm
from relance.method.candidates.identities import BadIdentity, phone_in_one_form

_USUAL = re.compile(r"(?:(?:\+|00)33\(?0?\)?|0)?([1-9]\d{8})$")
_MARKS = re.compile(r"[\s.\-/\u00a0\u202f]")


class NotMapping(Exception):
    """The import is past the choice of its columns, or is no table."""


def understood(*, row: Import) -> bool:
    """Look at a table, keep what was seen for the page, and set its plan where nobody need be asked.

    Nobody is asked when just one sheet holds people and its columns are those of a known tool or were
    confirmed before, or when all that do are of one tool that numbers its people, and none hides a row: whether
    those count is the recruiter's to say. Raises BadTable.
    """
    guesses = look(upload_of(row))
    _save(row, guesses)
    usable = [place for place, each in enumerate(guesses) if each.sample and is_usable(each.fields)]
    remembered = _remembered(row.organisation_id, guesses)
    if len(remembered) == 1:
        row.choices = _with_others(next(iter(remembered.values())), guesses, usable).as_json()
    elif usable:
        first = min(usable, key=lambda each: (Field.EVENT_TYPE not in guesses[each].fields, each))
        plan = _with_others(guessed(first, guesses[first]), guesses, usable)
        if plan.format and len(sheets_of(plan)) == len(usable):
            row.choices = plan.as_json()
    if row.choices and any(guesses[each].hidden for each in sheets_of(plan_from(row.choices))):
        row.choices = {}
    return bool(row.choices)


def sheets_of(plan: Plan) -> tuple[int, ...]:
    """Every sheet that a plan reads, its own first."""
    return plan.sheet, *plan.beside


def _with_others(plan: Plan, guesses: Sequence[Guess], usable: Sequence[int]) -> Plan:
    """With the other sheets, where all are one tool's: its numbers tell that they speak of the same people."""
    tool = numbers_of(plan.format)
    if not tool or any(numbers_of(guesses[each].format) != tool for each in usable):
        return plan
    return replace(plan, beside=tuple(each for each in usable if each != plan.sheet))


def best_plan(row: Import, guesses: Sequence[Guess]) -> Plan:
    """What is proposed: what was confirmed before, else the sheet that looks most like people."""
    remembered = _remembered(row.organisation_id, guesses)
    if remembered:
        return next(iter(remembered.values()))
    place = max(range(len(guesses)), key=lambda each: (guesses[each].score, -each))
    return guessed(place, guesses[place])


def proposed(row: Import, guesses: Sequence[Guess], sheet: int | None) -> Plan:
    """The plan that the page shows: the one chosen, or for another sheet what it looks like."""
    if row.choices:
        plan = plan_from(row.choices)
        if sheet is None or sheet == plan.sheet:
            return plan
    best = best_plan(row, guesses)
    if sheet is None or not 0 <= sheet < len(guesses) or sheet == best.sheet:
        return best
    return _remembered(row.organisation_id, guesses).get(sheet) or guessed(sheet, guesses[sheet])


def _remembered(organisation_id: int, guesses: Sequence[Guess]) -> dict[int, Plan]:
    prints = {each.fingerprint: place for place, each in enumerate(guesses) if each.header and each.sample}
    rows = TableMapping.objects.filter(organisation_id=organisation_id, fingerprint__in=prints).order_by(
        "-used_at", "pk"
    )
    found = {}
    for mapping in rows[: len(guesses)]:
        place = prints[mapping.fingerprint]
        try:
            columns = [Field(each) for each in mapping.columns]
            found[place] = changed(guessed(place, guesses[place]), columns, DayOrder(mapping.order))
        except ValueError:  # of a version that knew other fields
            continue
    return found


def map_columns(*, row: Import, plan: Plan, now: datetime) -> None:
    """Read the table anew with these columns, and remember them for its header. Raises NotMapping, BadPlan."""
    guess = seen(row)[plan.sheet]
    if len(plan.columns) != len(guess.labels) or not is_usable(plan.columns):
        raise BadPlan
    changed_rows = Import.objects.filter(pk=row.pk, state__in=(State.MAPPING, State.READ)).update(
        state=State.WAITING, choices=plan.as_json(), stage="", done=0, total=0, lease="", leased_until=None,
        summary={}, started_at=None,
    )  # fmt: skip
    if not changed_rows:
        raise NotMapping
    row.refresh_from_db()
    remember(organisation_id=row.organisation_id, guess=guess, plan=plan, now=now)


def remember(*, organisation_id: int, guess: Guess, plan: Plan, now: datetime) -> None:
    """Take these columns for the next table of this header; a table without one is not remembered."""
    if not guess.header:
        return
    TableMapping.objects.update_or_create(
        organisation_id=organisation_id,
        fingerprint=guess.fingerprint,
        defaults={"columns": [str(each) for each in plan.columns], "order": str(plan.order), "used_at": now},
    )


def seen(row: Import) -> list[Guess]:
    """What was understood of the row's table. Raises NotMapping when it is wiped, or was none."""
    try:
        told = json.loads(seen_of(row).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotMapping from error
    return [Guess(**{**each, "fields": [Field(name) for name in each["fields"]]}) for each in told]


def _save(row: Import, guesses: Sequence[Guess]) -> None:
    path = seen_of(row)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump([asdict(each) for each in guesses], file)


def phone_form(region: str) -> PhoneForm:
    """A phone number in its one form; the usual French writings are known without asking the library."""
    french = region.startswith("FR")

    def form(written: str) -> str | None:
        usual = _USUAL.match(_MARKS.sub("", written)) if french else None
        if usual:
            return f"+33{usual[1]}"
        try:
            return phone_in_one_form(written, region)
        except BadIdentity:
            return None

    return form


@collecting_seldom()
def read(*, row: Import, heard: Listener, asked: Asked, now: datetime) -> dict[str, object]:
    """Read the table as its plan says and sort its people into groups; returns the counts to show.

    Raises BadTable and Cancelled, and leaves no area then.
    """
    plan, guesses = plan_from(row.choices), seen(row)
    organisation = row.member.organisation
    beside = [(guessed(each, guesses[each]), guesses[each].labels) for each in plan.beside]
    area = read_table(
        upload_of(row), scratch_of(row), plan, guesses[plan.sheet].labels, zone=ZoneInfo(organisation.timezone),
        phone_form=phone_form(organisation.region), now=now, heard=heard, asked_to_stop=asked, beside=beside,
    )  # fmt: skip
    with more_hands(settings.IMPORT_PROCESSES) as hands, closing(area):
        people = area.database.execute("SELECT count(*) FROM people").fetchone()[0]
        if not people and not area.recall("rows"):
            raise BadTable(BadTableCode.NOBODY)

        def told(done: int) -> None:
            heard(Progress(Stage.JOINING, rows=done, steps_done=done, steps_total=people))

        groups = sort_people(
            area, now=now, place=place_of(row.member), known=recogniser(row.member), told=told, hands=hands
        )
        put_aside(area, groups)
        return {
            "groups": groups,
            "people": people,
            "exported_on": area.recall("exported_on"),
            "left_out": area.left_out(),
            "rows": area.recall("rows"),
            "refused": area.recall("refused"),
            "joined": area.recall("joined"),
            "hidden": area.recall("hidden"),
            "format": ", ".join([plan.format, *(each.format for each, _labels in beside)]),
        }
