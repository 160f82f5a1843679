"""Why mails of a mailbox are not used."""

from enum import StrEnum


class MailLeftOut(StrEnum):
    """Each is counted, and said on the screen."""

    AMONG_US = "mail_among_us"
    MACHINE = "mail_machine"
    SEVERAL = "mail_several"
    ABOUT_NOBODY = "mail_about_nobody"
    NO_ADDRESS = "mail_no_address"
    TOO_OLD = "mail_too_old"
    UNREADABLE = "mail_unreadable"


class NoSentFolder(Exception):
    """The mailbox shows no folder of what was sent: who is silent cannot be told."""
