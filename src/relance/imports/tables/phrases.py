"""What is said of a table: why it is refused, what a column is, what is wrong with a row and what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.imports.tables.fields import Field
from relance.imports.tables.reasons import BadTableCode, RowProblem

Values = Mapping[str, object]


def table_problem(code: str, values: Values) -> str:
    """One clear sentence for a table that was refused; nothing of it was kept."""
    return {
        BadTableCode.EMPTY: _("This table is empty: export it again, with its rows."),
        BadTableCode.OLD_EXCEL: _(
            "This is a workbook in Excel's old format (.xls). Open it, save it as .xlsx or CSV, and give that one."
        ),
        BadTableCode.ENCRYPTED: _(
            "This file is protected by a password. Take the password off in Excel, and give it again."
        ),
        BadTableCode.OTHER_SHEET: _(
            "This kind of workbook is not read (.xlsb, .ods, .numbers). Save it as .xlsx or CSV, and give that one."
        ),
        BadTableCode.PAGE: _(
            "This is a web page, whatever its name says. Open it in Excel, save it as .xlsx, and give that one."
        ),
        BadTableCode.NOT_A_TABLE: _("This is no table: give a CSV or an XLSX file."),
        BadTableCode.DAMAGED: _(
            "This table is damaged, its download was probably cut. Export it again, or save it again in Excel."
        ),
        BadTableCode.TOO_LARGE: _(
            "This table is far too large once opened. Give it in several parts, or save it as CSV."
        ),
        BadTableCode.NOBODY: _(
            "No row was found under the header of this table: export it again, with its rows."
        ),
    }[BadTableCode(code)] % values


def field_label(field: Field) -> str:
    """What a column is, as it is chosen."""
    return {
        Field.FULL_NAME: _("Full name"),
        Field.FIRST_NAME: _("First name"),
        Field.LAST_NAME: _("Last name"),
        Field.EMAIL: _("Mail address"),
        Field.PHONE: _("Phone"),
        Field.LINKEDIN: _("LinkedIn profile"),
        Field.NUMBER: _("Their number in that tool"),
        Field.POSITION: _("Role"),
        Field.COMPANY: _("Company"),
        Field.LOCATION: _("Place"),
        Field.CONTACT_ON: _("Contact or follow-up: its date"),
        Field.REPLY_ON: _("Their answer: its date"),
        Field.APPLIED_ON: _("Application: its date"),
        Field.CREATED_ON: _("Entered on"),
        Field.NEXT_ON: _("Next action: its date"),
        Field.STATUS: _("Status"),
        Field.STATUS_ON: _("Status: its date"),
        Field.CHANNEL: _("Way of contact"),
        Field.SOURCE: _("Origin"),
        Field.OPT_OUT: _("Not to be contacted (yes or no)"),
        Field.NOTE: _("Note"),
        Field.EVENT_AT: _("Event: its time"),
        Field.EVENT_TYPE: _("Event: what happened"),
        Field.EVENT_SUBTYPE: _("Event: its way"),
        Field.EVENT_TONE: _("Event: what they said"),
        Field.IGNORED: _("Leave this column"),
    }[field]


def row_problem(problem: RowProblem) -> str:
    """What is wrong with a row, and what to do about it."""
    return {
        RowProblem.UNCLOSED_QUOTE: _("A quotation mark is opened and never closed: take it out of the cell."),
        RowProblem.TOO_LONG: _("The row is far too long: shorten its cells."),
        RowProblem.NO_NAME: _("Nobody is named: give a name."),
        RowProblem.NO_ADDRESS: _("No mail address, phone or LinkedIn profile: give one of them."),
        RowProblem.BAD_ADDRESS: _("The address cannot be read: correct it."),
        RowProblem.BAD_EVENT: _("This event is not known, or has no time: it was left out."),
        RowProblem.BAD_DATE: _("This date cannot be read; it stays in the note. Write it as 31/12/2026."),
        RowProblem.FUTURE_DATE: _("This date is still to come: it is not counted as done."),
        RowProblem.MORE_CELLS: _("The row has more cells than the header: those in excess were left out."),
        RowProblem.SHARED_PHONE: _("Another person has this phone number already: it stays theirs."),
        RowProblem.UNDATED_STATUS: _(
            "This status speaks of an answer or an end, without a date: it stays in the note, and the person is kept"
            " only if you say so."
        ),
        RowProblem.UNTOLD_CALL: _("Nothing says whether this call was taken: it stays in the note."),
        RowProblem.PART_ADDRESS: _("One address of the row cannot be read: the others were taken."),
    }[problem]


def left_out_of_table(problem: RowProblem, count: int) -> str:
    """How many cells or rows have that problem, as a line of counts."""
    return {
        RowProblem.UNCLOSED_QUOTE: ngettext(
            "%(count)s row whose quotation mark is not closed",
            "%(count)s rows whose quotation mark is not closed",
            count,
        ),
        RowProblem.TOO_LONG: ngettext("%(count)s row far too long", "%(count)s rows far too long", count),
        RowProblem.NO_NAME: ngettext(
            "%(count)s row that names nobody", "%(count)s rows that name nobody", count
        ),
        RowProblem.NO_ADDRESS: ngettext(
            "%(count)s row without a mail address, phone or profile",
            "%(count)s rows without a mail address, phone or profile",
            count,
        ),
        RowProblem.BAD_ADDRESS: ngettext(
            "%(count)s row whose address cannot be read", "%(count)s rows whose address cannot be read", count
        ),
        RowProblem.BAD_EVENT: ngettext(
            "%(count)s row whose event is not known", "%(count)s rows whose event is not known", count
        ),
        RowProblem.BAD_DATE: ngettext(
            "%(count)s date that cannot be read", "%(count)s dates that cannot be read", count
        ),
        RowProblem.FUTURE_DATE: ngettext(
            "%(count)s date still to come", "%(count)s dates still to come", count
        ),
        RowProblem.MORE_CELLS: ngettext(
            "%(count)s row with more cells than the header",
            "%(count)s rows with more cells than the header",
            count,
        ),
        RowProblem.SHARED_PHONE: ngettext(
            "%(count)s phone number of two people", "%(count)s phone numbers of two people", count
        ),
        RowProblem.UNDATED_STATUS: ngettext(
            "%(count)s status without a date", "%(count)s statuses without a date", count
        ),
        RowProblem.UNTOLD_CALL: ngettext(
            "%(count)s call of which nothing says whether it was taken",
            "%(count)s calls of which nothing says whether they were taken",
            count,
        ),
        RowProblem.PART_ADDRESS: ngettext(
            "%(count)s address that cannot be read", "%(count)s addresses that cannot be read", count
        ),
    }[problem] % {"count": count}
