"""The words of the method, as codes (METHOD, Words; The decision as JSON)."""

from enum import StrEnum


class Situation(StrEnum):
    LINKEDIN_INVITATION = "linkedin_invitation"
    FIRST_MESSAGE = "first_message"
    CV_DATABASE = "cv_database"
    APPLICATION = "application"
    KEEP_IN_TOUCH = "keep_in_touch"
    CONVERSATION = "conversation"
    """What the candidate began themself: it has no follow-up and is in no figure."""


class Channel(StrEnum):
    EMAIL = "email"
    LINKEDIN = "linkedin"
    INMAIL = "inmail"
    SMS = "sms"
    CALL = "call"


class Kind(StrEnum):
    """What happened: the kinds of event."""

    INVITATION_SENT = "invitation_sent"
    INVITATION_ACCEPTED = "invitation_accepted"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    MESSAGE_SENT = "message_sent"
    CALL_UNANSWERED = "call_unanswered"
    CALL_ANSWERED = "call_answered"
    APPLICATION_RECEIVED = "application_received"
    REPLY = "reply"
    INMAIL_DECLINED = "inmail_declined"
    HANDLED = "handled"
    RETRACTED = "retracted"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    OPT_OUT = "opt_out"
    SNOOZED = "snoozed"
    CLOSED = "closed"
    REASON = "reason"


class Tone(StrEnum):
    POSITIVE = "positive"
    UNKNOWN = "unknown"
    LATER = "later"
    NOT_THIS_ONE = "not_this_one"
    NOT_LOOKING = "not_looking"
    NEGATIVE = "negative"


class Occasion(StrEnum):
    """What gives a `keep_in_touch` its reason."""

    WORK_ANNIVERSARY = "work_anniversary"
    JOB_CHANGE = "job_change"
    POST_PUBLISHED = "post_published"
    DATE_REQUESTED = "date_requested"
    SILENCE = "silence"


class Slot(StrEnum):
    MORNING = "morning"
    LUNCH = "lunch"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Action(StrEnum):
    ANSWER = "answer"
    CONTACT = "contact"
    WAIT = "wait"
    STOP = "stop"


class Code(StrEnum):
    """What the decision is called, by the rule that took it."""

    YOUR_TURN = "your_turn"
    FIRST_ACTION = "first_action"
    DOUBLE_CALL = "double_call"
    FOLLOW_UP = "follow_up"
    WENT_QUIET = "went_quiet"
    TOO_EARLY = "too_early"
    NO_FIRST_ACTION = "no_first_action"
    INVITATION_PENDING = "invitation_pending"
    LAST_WORD = "last_word"
    AWAY = "away"
    SNOOZED = "snoozed"
    OPTED_OUT = "opted_out"
    CLOSED = "closed"
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    INVITATION_IGNORED = "invitation_ignored"
    UNREACHABLE = "unreachable"
    GONE_COLD = "gone_cold"


class RefusalCode(StrEnum):
    """Why the guard refuses a contact (METHOD, The guard)."""

    OPTED_OUT = "opted_out"
    PRIVATE = "private"
    CLIENT = "client"
    OFF_LIMITS = "off_limits"
    PERMIT_OPEN = "permit_open"
    COLLEAGUE = "colleague"
    HARD_CAP = "hard_cap"
    TOO_MANY_CONTACTS = "too_many_contacts"
    RESTING = "resting"
    KEEP_IN_TOUCH_ONLY = "keep_in_touch_only"
    SAME_TEXT = "same_text"
