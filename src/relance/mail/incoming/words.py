"""The kinds of mail that come in, what a bounce says, what LinkedIn tells, and the one thing `classify` answers."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    HUMAN = "human"
    AUTO_REPLY = "auto_reply"
    """A machine answered for the person: absence, acknowledgement, receipt. `away` tells the first from the rest."""
    BOUNCE_HARD = "bounce_hard"
    """The address is dead: nobody there, moved, no such host."""
    BOUNCE_SOFT = "bounce_soft"
    """Not delivered, for a reason that says nothing about the address."""
    DELAY = "delay"
    """Still on its way: nothing will tell when it arrives."""
    CHALLENGE = "challenge"
    """Held by a filter until the sender clicks: not delivered."""
    LIST_OR_NOTIFICATION = "list_or_notification"
    UNSUBSCRIBE = "unsubscribe"
    COMPLAINT = "complaint"
    """An abuse report (RFC 5965): to be taken as an opt-out."""


class Cause(StrEnum):
    """Why a message was not delivered, or why an address is no use any more."""

    NONE = ""
    UNKNOWN_PERSON = "unknown_person"
    MOVED = "moved"
    LEFT_COMPANY = "left_company"
    NO_SUCH_HOST = "no_such_host"
    TAKES_NO_MAIL = "takes_no_mail"
    FULL = "full"
    SUSPENDED = "suspended"
    POLICY = "policy"
    CONTENT = "content"
    TOO_LARGE = "too_large"
    UNREACHABLE = "unreachable"
    SYSTEM = "system"
    OTHER = "other"


DEAD = frozenset({Cause.UNKNOWN_PERSON, Cause.MOVED, Cause.NO_SUCH_HOST, Cause.TAKES_NO_MAIL})
"""The causes after which an address is given up."""


class LinkedIn(StrEnum):
    """What a notification of LinkedIn is about."""

    MESSAGE = "message"
    INMAIL = "inmail"
    INVITATION_ACCEPTED = "invitation_accepted"
    INVITATION_RECEIVED = "invitation_received"
    WORK_ANNIVERSARY = "work_anniversary"
    NEW_POSITION = "new_position"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message that came in, understood. Addresses are in lower case, ids in angle brackets."""

    kind: Kind
    why: str
    """The code of the rule that decided."""
    rules_version: int
    return_date: date | None = None
    """The day on which somebody away is back, in their own calendar."""
    reply_text: str = ""
    """What was newly written: no quote, no marked signature."""
    in_reply_to: tuple[str, ...] = ()
    """The ids that may name our message, the most to be trusted first: in a returned message, Exchange's
    parent, In-Reply-To, References from the last."""
    recipients: tuple[str, ...] = ()
    """To whom it was not delivered (bounce, delay, challenge)."""
    message_id: str = ""
    references: tuple[str, ...] = ()
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    addressed_to: tuple[str, ...] = ()
    """Where it came to: To, Cc, Delivered-To, X-Original-To, Envelope-To and their like."""
    subject: str = ""
    sent_at: datetime | None = None
    """The Date header, aware; None when there is none that can be read."""
    tokens: tuple[str, ...] = ()
    """Our tokens in the addresses it came to."""
    returned_tokens: tuple[str, ...] = ()
    """Our tokens in the message that a bounce returns."""
    status: str = ""
    """The enhanced status of a bounce (RFC 3463), as "5.1.1"."""
    cause: Cause = Cause.NONE
    away: bool = False
    """An automatic reply that speaks of an absence, not one that only acknowledges."""
    left_company: bool = False
    linkedin: LinkedIn | None = None
    linkedin_name: str = ""
