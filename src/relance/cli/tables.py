"""A table brought by the command: what was understood is printed, and columns may be named by hand."""

import argparse
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.cli.refusal import Refusal
from relance.imports.area_files import open_area
from relance.imports.models import Import
from relance.imports.tables.actions import best_plan, proposed, remember, seen, understood
from relance.imports.tables.fields import Field, squeezed
from relance.imports.tables.guessing import Guess
from relance.imports.tables.phrases import field_label, row_problem
from relance.imports.tables.plan import BadPlan, Plan, changed, plan_from
from relance.imports.tables.refusals import remarks

FEW = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--map",
        metavar="COLUMN=FIELD",
        action="append",
        default=[],
        help=f"of a table: what a column is, by its header; fields: {', '.join(Field)}",
    )
    parser.add_argument(
        "--sheet", metavar="NAME", default="", help="of a workbook: the sheet, by its name or number"
    )
    parser.add_argument(
        "--without-hidden", action="store_true", help="of a workbook: leave out the rows that it hides"
    )


def understand(row: Import, options: argparse.Namespace, *, now: datetime) -> None:
    """Set the plan of a table: the one confirmed before or guessed, with what was named by hand. Raises BadTable."""
    understood(row=row)
    guesses = seen(row)
    sheet = _sheet(guesses, options.sheet) if options.sheet else None
    plan = proposed(row, guesses, sheet) if row.choices or options.sheet else best_plan(row, guesses)
    if options.sheet:
        plan = replace(plan, beside=())  # the sheet that was named, and no other
    guess = guesses[plan.sheet]
    columns = list(plan.columns)
    for each in options.map:
        place, field = _named(guess, each)
        columns[place] = field
    try:
        plan = changed(plan, columns, plan.order, leaves_hidden=options.without_hidden)
    except BadPlan as error:
        raise Refusal(
            _(
                "The columns name nobody, or one thing stands twice: %(columns)s. Name them with --map COLUMN=FIELD."
            )
            % {"columns": ", ".join(_pairs(guess, plan)) or "–"}
        ) from error
    if options.map:
        remember(organisation_id=row.organisation_id, guess=guess, plan=plan, now=now)
    row.choices = plan.as_json()
    Import.objects.filter(pk=row.pk).update(choices=row.choices)


def _sheet(guesses: list[Guess], told: str) -> int:
    for place, each in enumerate(guesses):
        if told in {each.name, str(place + 1)}:
            return place
    raise Refusal(
        _("There is no sheet %(name)s. The sheets are: %(names)s.")
        % {"name": told, "names": ", ".join(each.name for each in guesses)}
    )


def _named(guess: Guess, told: str) -> tuple[int, Field]:
    label, _sign, code = told.rpartition("=")
    places = [place for place, each in enumerate(guess.labels) if squeezed(each) == squeezed(label)]
    if not places:
        raise Refusal(
            _("There is no column %(name)s. The columns are: %(names)s.")
            % {"name": label, "names": ", ".join(guess.labels)}
        )
    if code not in set(Field):
        raise Refusal(
            _("Unknown field: %(name)s. The fields are: %(names)s.")
            % {"name": code, "names": ", ".join(Field)}
        )
    return places[0], Field(code)


def _pairs(guess: Guess, plan: Plan) -> list[str]:
    return [
        f"{label} = {each}"
        for label, each in zip(guess.labels, plan.columns, strict=True)
        if each is not Field.IGNORED
    ]


def tell(row: Import, summary: dict[str, object], *, json: bool) -> None:
    """Print what each column was taken for and what is said of the rows; as JSON it goes into the report."""
    plan = plan_from(row.choices)
    guesses = seen(row)
    guess = guesses[plan.sheet]
    with closing(open_area(row)) as area:
        found = remarks(area, most=FEW)
    if json:
        summary["columns"] = {
            label or str(place + 1): str(each)
            for place, (label, each) in enumerate(zip(guess.labels, plan.columns, strict=True))
        }
        summary["remarks"] = [
            {
                "sheet": guesses[each.sheet].name,
                "row": each.number,
                "problem": str(each.problem),
                "refused": each.refused,
            }
            for each in found
        ]
        return
    if plan.format:
        print(summary["format"])
    for label, each in zip(guess.labels, plan.columns, strict=True):
        print(f"  {label or '–'}: {field_label(each)}")
    rows = int(str(summary["rows"]))
    print(ngettext("%(count)s row read.", "%(count)s rows read.", rows) % {"count": rows})
    for says in _about_hidden(guess, leaves=plan.leaves_hidden):
        print(says)
    for remark in found:
        print(
            "  "
            + (f"{guesses[remark.sheet].name}, " if plan.beside else "")
            + _("row %(number)s: %(says)s") % {"number": remark.number, "says": row_problem(remark.problem)}
        )


def _about_hidden(guess: Guess, *, leaves: bool) -> list[str]:
    says = []
    if guess.hidden and leaves:
        words = ngettext(
            "%(count)s hidden row was left out.", "%(count)s hidden rows were left out.", guess.hidden
        )
        says.append(words % {"count": guess.hidden})
    elif guess.hidden:
        words = ngettext(
            "%(count)s of them is hidden in the workbook; --without-hidden leaves it out.",
            "%(count)s of them are hidden in the workbook; --without-hidden leaves them out.",
            guess.hidden,
        )
        says.append(words % {"count": guess.hidden})
    if guess.hidden_sheets:
        words = ngettext(
            "%(count)s hidden sheet was not read.",
            "%(count)s hidden sheets were not read.",
            guess.hidden_sheets,
        )
        says.append(words % {"count": guess.hidden_sheets})
    return says
