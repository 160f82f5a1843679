"""The columns of a table, confirmed or changed; and the rows that were refused, sent back as a table."""

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from relance.imports.area import Area
from relance.imports.area_files import open_area
from relance.imports.models import Import, State
from relance.imports.queries import access_import
from relance.imports.tables.actions import NotMapping, map_columns, proposed, seen, sheets_of
from relance.imports.tables.fields import OF_AN_EVENT, Field
from relance.imports.tables.guessing import Guess
from relance.imports.tables.phrases import field_label, row_problem
from relance.imports.tables.plan import BadPlan, DayOrder, Plan, changed, plan_from
from relance.imports.tables.read import SOURCE as TABLE
from relance.imports.tables.refusals import Remark, all_remarks, remarks
from relance.web.desk import DeskRequest
from relance.web.safe_cells import Echo, plain
from relance.web.welcome.shown import shown

FEW_REFUSED = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the page: its header, its first cells, and what it is said to hold."""

    place: int
    label: str
    field: Field
    cells: list[str]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    number: int
    sheet: str
    says: str
    column: str
    cell: str
    refused: bool


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """The first remarks on a table's rows, and how many rows were read, refused, joined and left hidden."""

    lines: list[RefusedRow]
    rows: int
    refused: int
    joined: int
    hidden: int
    format: str


def mapping_page(
    request: DeskRequest, row: Import, says: str = "", plan: Plan | None = None
) -> HttpResponse | None:
    """The page on which columns are confirmed; None when the table was wiped."""
    try:
        guesses = seen(row)
        asked = request.GET.get("feuille", "")
        sheet = int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 4 else None
        plan = plan or proposed(row, guesses, sheet)
    except (NotMapping, BadPlan):
        return None
    guess = guesses[plan.sheet]
    context = {
        "row": row,
        "problem": says,
        "sheets": [
            {"number": place + 1, "name": each.name or str(place + 1), "current": place == plan.sheet}
            for place, each in enumerate(guesses)
            if each.sample
        ],
        "sheet": plan.sheet + 1,
        "columns": _columns(guess, plan),
        "fields": [(str(each), field_label(each)) for each in _choosable(plan)],
        "orders": _orders(),
        "order": str(plan.order),
        "header": guess.header,
        "hidden": guess.hidden,
        "leaves_hidden": plan.leaves_hidden,
        "hidden_sheets": guess.hidden_sheets,
        "read_before": row.state == State.READ,
    }
    return shown(request, "welcome/columns.html", context, 422 if says else 200)


def _choosable(plan: Plan) -> list[Field]:
    """Events are offered only where a table of events was recognised."""
    first = [Field.IGNORED]
    events = bool(OF_AN_EVENT.intersection(plan.columns))
    return first + [each for each in Field if each not in first and (events or each not in OF_AN_EVENT)]


def _orders() -> list[tuple[str, str]]:
    return [
        (DayOrder.BY_COLUMN, _("decided column by column")),
        (DayOrder.DAY_FIRST, _("day, month, year")),
        (DayOrder.MONTH_FIRST, _("month, day, year")),
    ]


def _columns(guess: Guess, plan: Plan) -> list[Column]:
    columns = []
    for place, (label, each) in enumerate(zip(guess.labels, plan.columns, strict=True)):
        cells = [cells[place][:80] if place < len(cells) else "" for cells in guess.sample]
        if label or any(cells):
            columns.append(
                Column(place, label or _letters(place), each, [cell for cell in cells if cell][:3])
            )
    return columns


def _letters(place: int) -> str:
    """A column's name in a spreadsheet: A, B, … AA."""
    head, last = divmod(place, 26)
    return (_letters(head - 1) if head else "") + chr(65 + last)


def _import(request: DeskRequest, pk: int) -> Import:
    try:
        return access_import(request.member, pk)
    except Import.DoesNotExist as error:
        raise Http404 from error


@require_POST
def map_it(request: DeskRequest, pk: int) -> HttpResponse:
    """Read the table with the columns chosen."""
    row = _import(request, pk)
    asked = request.POST.get("feuille", "")
    try:
        guesses = seen(row)
        sheet = int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 4 else 0
        plan = proposed(row, guesses, sheet)
        columns = [_chosen(request, place, each) for place, each in enumerate(plan.columns)]
        order = request.POST.get("dates", "")
        order = DayOrder(order) if order in set(DayOrder) else plan.order
        leaves = "sans_masquees" in request.POST
        try:
            map_columns(row=row, plan=changed(plan, columns, order, leaves_hidden=leaves), now=request.now)
        except BadPlan:
            chosen = replace(plan, columns=tuple(columns), order=order, leaves_hidden=leaves)
            says = _(
                "Say which columns hold the name and a mail address, a phone or a profile, each thing once."
            )
            return mapping_page(request, row, says, chosen) or redirect("welcome")
    except (NotMapping, BadPlan):
        pass  # past its columns, or wiped: the page says where it stands
    return redirect("welcome")


def _chosen(request: DeskRequest, place: int, otherwise: Field) -> Field:
    told = request.POST.get(f"colonne-{place}", "")
    return Field(told) if told in set(Field) else otherwise


def refused_rows(area: Area, row: Import) -> RefusedRows:
    """What is said of a table's rows, for the page of the choice."""
    sheets = _sheets(row)
    return RefusedRows(
        [
            RefusedRow(
                each.number,
                sheets.name(each),
                row_problem(each.problem),
                sheets.label(each),
                each.cell,
                each.refused,
            )
            for each in remarks(area, most=FEW_REFUSED)
        ],
        int(row.summary.get("rows") or 0),
        int(row.summary.get("refused") or 0),
        int(row.summary.get("joined") or 0),
        int(row.summary.get("hidden") or 0),
        str(row.summary.get("format") or ""),
    )


class _Sheets:
    """The sheets a table was read from, by their places: their names and headers."""

    def __init__(self, found: dict[int, Guess]) -> None:
        self._found = found
        self.heads = list(dict.fromkeys(label for each in found.values() for label in each.labels if label))

    def name(self, remark: Remark) -> str:
        """Which sheet a row stands in, where there are several."""
        return self._found[remark.sheet].name if len(self._found) > 1 and remark.sheet in self._found else ""

    def label(self, remark: Remark) -> str:
        labels = self._found[remark.sheet].labels if remark.sheet in self._found else []
        if not 0 <= remark.place < len(labels):
            return ""
        return labels[remark.place] or _letters(remark.place)

    @property
    def head(self) -> list[str]:
        """The header over refused rows: that of the only sheet as it is, of several each title once."""
        return (
            self.heads
            if len(self._found) > 1
            else [label for each in self._found.values() for label in each.labels]
        )

    def cells(self, remark: Remark) -> list[str]:
        """The cells of a row under that header."""
        if len(self._found) < 2 or remark.sheet not in self._found:
            return remark.cells
        by_label = dict(zip(self._found[remark.sheet].labels, remark.cells, strict=False))
        return [by_label.get(label, "") for label in self.heads]


def _sheets(row: Import) -> _Sheets:
    try:
        guesses = seen(row)
        return _Sheets({place: guesses[place] for place in sheets_of(plan_from(row.choices))})
    except (NotMapping, BadPlan, IndexError):
        return _Sheets({})


@require_GET
def refused_as_table(request: DeskRequest, pk: int) -> HttpResponseBase:
    """The rows that were refused or not wholly understood, each with its number, the reason and its own cells."""
    row = _import(request, pk)
    if row.source != TABLE or row.state != State.READ:
        return redirect("welcome")
    try:
        area = open_area(row)
    except FileNotFoundError:
        return redirect("welcome")
    return StreamingHttpResponse(
        _lines(area, _sheets(row), get_language() or "fr"),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="relance-lignes-{row.pk}.csv"', "Cache-Control": "no-store",
        },
    )  # fmt: skip


def _lines(area: Area, sheets: _Sheets, language: str) -> Iterator[str]:
    writer = csv.writer(Echo(), delimiter=";" if language.startswith("fr") else ",")
    with closing(area), translation.override(language):
        heads = [_("Row"), _("Used"), _("Why, and what to do"), _("Column"), _("Cell"), *sheets.head]
        yield "\ufeff" + str(writer.writerow([plain(each) for each in heads]))
        for each in all_remarks(area):
            used = _("no") if each.refused else _("yes")
            where = f"{sheets.name(each)} {each.number}".strip()
            told = [where, used, row_problem(each.problem), sheets.label(each), each.cell]
            yield str(writer.writerow([plain(cell) for cell in (*told, *sheets.cells(each))]))
