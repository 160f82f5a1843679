"""Why an archive cannot be used, and what to do about it: said alike on the screen and in the terminal."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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


def left_out(reason: str, count: int) -> str:
    """How many rows or mails were left out, and why, as a line of counts."""
    if reason in set(RowProblem):
        return left_out_of_table(RowProblem(reason), count)
    if reason in set(MailLeftOut):
        return _mail_left_out(MailLeftOut(reason), count)
    return {
        LeftOut.UNREADABLE_ROW: ngettext(
            "%(count)s row that cannot be read", "%(count)s rows that cannot be read", count
        ),
        LeftOut.ROW_TOO_LONG: ngettext("%(count)s row far too long", "%(count)s rows far too long", count),
        LeftOut.TOO_FEW_COLUMNS: ngettext(
            "%(count)s row that lacks columns", "%(count)s rows that lack columns", count
        ),
        LeftOut.BAD_DATE: ngettext(
            "%(count)s row whose date cannot be read, or cannot be true",
            "%(count)s rows whose date cannot be read, or cannot be true",
            count,
        ),
        LeftOut.BAD_DIRECTION: ngettext(
            "%(count)s invitation of unknown direction", "%(count)s invitations of unknown direction", count
        ),
        LeftOut.EMPTY_RECORD: ngettext("%(count)s empty row", "%(count)s empty rows", count),
        LeftOut.NO_IDENTITY: ngettext(
            "%(count)s connection that shows only a date",
            "%(count)s connections that show only a date",
            count,
        ),
        LeftOut.HIDDEN_PERSON: ngettext(
            "%(count)s message of a hidden or closed account",
            "%(count)s messages of hidden or closed accounts",
            count,
        ),
        LeftOut.NO_RECIPIENT: ngettext("%(count)s message to nobody", "%(count)s messages to nobody", count),
        LeftOut.NOT_A_PERSON: ngettext(
            "%(count)s message of a company", "%(count)s messages of companies", count
        ),
        LeftOut.AMBIGUOUS_NAME: ngettext(
            "%(count)s person whom only a shared name names",
            "%(count)s people whom only a shared name names",
            count,
        ),
        LeftOut.OWNER_UNKNOWN: ngettext(
            "%(count)s message whose side cannot be told",
            "%(count)s messages whose side cannot be told",
            count,
        ),
        LeftOut.CONNECTIONS_MISSING: ngettext(
            "%(count)s invitation whose fate cannot be told without Connections.csv",
            "%(count)s invitations whose fate cannot be told without Connections.csv",
            count,
        ),
        LeftOut.GROUP: ngettext(
            "%(count)s message of a group conversation", "%(count)s messages of group conversations", count
        ),
        LeftOut.SPONSORED: ngettext("%(count)s sponsored message", "%(count)s sponsored messages", count),
        LeftOut.SPAM: ngettext("%(count)s message filed as spam", "%(count)s messages filed as spam", count),
        LeftOut.DRAFT: ngettext(
            "%(count)s draft that was not sent", "%(count)s drafts that were not sent", count
        ),
        LeftOut.DUPLICATE: ngettext(
            "%(count)s row that stands twice", "%(count)s rows that stand twice", count
        ),
        LeftOut.ASSISTANT_LOG: ngettext(
            "%(count)s file of LinkedIn's assistants", "%(count)s files of LinkedIn's assistants", count
        ),
        LeftOut.UNKNOWN_HEADER: ngettext(
            "%(count)s file with unknown columns", "%(count)s files with unknown columns", count
        ),
    }[LeftOut(reason)] % {"count": count}


def _mail_left_out(reason: MailLeftOut, count: int) -> str:
    return {
        MailLeftOut.AMONG_US: ngettext(
            "%(count)s message among colleagues or to yourself",
            "%(count)s messages among colleagues or to yourself",
            count,
        ),
        MailLeftOut.MACHINE: ngettext(
            "%(count)s list, notice or automatic message",
            "%(count)s lists, notices and automatic messages",
            count,
        ),
        MailLeftOut.SEVERAL: ngettext(
            "%(count)s message to several people", "%(count)s messages to several people", count
        ),
        MailLeftOut.ABOUT_NOBODY: ngettext(
            "%(count)s returned or automatic message about nobody you wrote to",
            "%(count)s returned or automatic messages about nobody you wrote to",
            count,
        ),
        MailLeftOut.NO_ADDRESS: ngettext(
            "%(count)s message without an address that can be read",
            "%(count)s messages without an address that can be read",
            count,
        ),
        MailLeftOut.TOO_OLD: ngettext(
            "%(count)s message older than 60 days", "%(count)s messages older than 60 days", count
        ),
        MailLeftOut.UNREADABLE: ngettext(
            "%(count)s message that cannot be read", "%(count)s messages that cannot be read", count
        ),
    }[reason] % {"count": count}
