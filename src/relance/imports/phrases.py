"""Why an archive cannot be used, and what to do about it: said alike on the screen and in the terminal."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from relance.imports.linkedin.reasons import BadArchiveCode, LeftOut
from relance.imports.mailbox.reasons import MailLeftOut
from relance.imports.tables.phrases import left_out_of_table, table_problem
from relance.imports.tables.reasons import BadTableCode, RowProblem

BROKEN = "broken"
TOO_LARGE = "too_large_to_take"
UNREACHABLE = "mailbox_unreachable"
NO_SENT_FOLDER = "mailbox_without_sent"
Values = Mapping[str, object]


def problem(code: str, values: Values) -> str:
    """One clear sentence for a file that was refused; nothing of it was kept."""
    if code in set(BadTableCode):
        return table_problem(code, values)
    if code == BROKEN:
        return _("Something failed while reading. Nothing was kept: try again.")
    if code == UNREACHABLE:
        return _(
            "Your mailbox could not be read to the end. Nothing was kept: try it out in the settings, then again."
        )
    if code == NO_SENT_FOLDER:
        return _(
            "No folder of sent messages was found in your mailbox: who has not answered cannot be told. "
            "Nothing was kept."
        )
    if code == TOO_LARGE:
        return _(
            "This file is larger than %(limit)s MB. LinkedIn's archives are 1 to 10 MB: is it the right one?"
        ) % (values)
    told = {
        BadArchiveCode.EMPTY: _("This file is empty. Download the archive again from LinkedIn's message."),
        BadArchiveCode.NOT_AN_ARCHIVE: _(
            "This is no archive of LinkedIn, and no table: choose the .zip file as it was sent, or a CSV or XLSX file."
        ),
        BadArchiveCode.DAMAGED: _(
            "The archive is damaged, its download was probably cut. Download it again."
        ),
        BadArchiveCode.ENCRYPTED: _(
            "The archive is protected by a password: give the one LinkedIn sent, unchanged."
        ),
        BadArchiveCode.NESTED: _(
            "This archive holds another archive: open it once, and give the one inside."
        ),
        BadArchiveCode.PATH_TRAVERSAL: _(
            "This archive holds names that leave its folder: it does not come from LinkedIn."
        ),
        BadArchiveCode.ABSOLUTE_NAME: _(
            "This archive holds names that leave its folder: it does not come from LinkedIn."
        ),
        BadArchiveCode.SYMLINK: _("This archive holds links to other files: it does not come from LinkedIn."),
        BadArchiveCode.TOO_MANY_MEMBERS: _(
            "This archive holds far too many files: it does not come from LinkedIn."
        ),
        BadArchiveCode.TOO_LARGE: _(
            "This archive is far too large once opened: it does not come from LinkedIn."
        ),
        BadArchiveCode.SUSPICIOUS_RATIO: _(
            "This archive is far too large once opened: it does not come from LinkedIn."
        ),
        BadArchiveCode.UNSUPPORTED_COMPRESSION: _(
            "This archive is compressed in a way LinkedIn does not use: give the one LinkedIn sent."
        ),
        BadArchiveCode.NOTHING_RECOGNISED: _(
            "Neither connections nor messages nor invitations were found in it. On LinkedIn's page, tick "
            "Connections, Messages and Invitations, then give the archive it sends."
        ),
    }
    return told[BadArchiveCode(code)]


def left_out(reason: str) -> str:
    """Why rows or mails were left out, as the head of a line of counts."""
    if reason in set(RowProblem):
        return left_out_of_table(RowProblem(reason))
    if reason in set(MailLeftOut):
        return _mail_left_out(MailLeftOut(reason))
    return {
        LeftOut.UNREADABLE_ROW: _("rows that cannot be read"),
        LeftOut.ROW_TOO_LONG: _("rows far too long"),
        LeftOut.TOO_FEW_COLUMNS: _("rows that lack columns"),
        LeftOut.BAD_DATE: _("rows whose date cannot be read"),
        LeftOut.BAD_DIRECTION: _("invitations of unknown direction"),
        LeftOut.EMPTY_RECORD: _("empty rows"),
        LeftOut.NO_IDENTITY: _("connections that show only a date"),
        LeftOut.HIDDEN_PERSON: _("messages of hidden or closed accounts"),
        LeftOut.NO_RECIPIENT: _("messages to nobody"),
        LeftOut.NOT_A_PERSON: _("messages of companies"),
        LeftOut.AMBIGUOUS_NAME: _("people whom only a shared name names"),
        LeftOut.OWNER_UNKNOWN: _("messages whose side cannot be told"),
        LeftOut.CONNECTIONS_MISSING: _("invitations whose fate cannot be told without Connections.csv"),
        LeftOut.GROUP: _("messages of group conversations"),
        LeftOut.SPONSORED: _("sponsored messages"),
        LeftOut.SPAM: _("messages filed as spam"),
        LeftOut.DRAFT: _("drafts that were not sent"),
        LeftOut.DUPLICATE: _("rows that stand twice"),
        LeftOut.ASSISTANT_LOG: _("files of LinkedIn's assistants"),
        LeftOut.UNKNOWN_HEADER: _("files with unknown columns"),
    }[LeftOut(reason)]


def _mail_left_out(reason: MailLeftOut) -> str:
    return {
        MailLeftOut.AMONG_US: _("messages among colleagues or to yourself"),
        MailLeftOut.MACHINE: _("lists, notices and automatic messages"),
        MailLeftOut.SEVERAL: _("messages to several people"),
        MailLeftOut.ABOUT_NOBODY: _("returned or automatic messages about nobody you wrote to"),
        MailLeftOut.NO_ADDRESS: _("messages without an address that can be read"),
        MailLeftOut.TOO_OLD: _("messages older than 60 days"),
        MailLeftOut.UNREADABLE: _("messages that cannot be read"),
    }[reason]
