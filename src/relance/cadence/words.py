"""The words of the method, as codes (METHOD, Words; The decision as JSON)."""

from enum import StrEnum


class Coded(StrEnum):
    """A word that is its code, and is found in a table as quickly as the code would be."""

    __hash__ = str.__hash__


class Situation(Coded):
    LINKEDIN_INVITATION = "linkedin_invitation"
    FIRST_MESSAGE = "first_message"
    CV_DATABASE = "cv_database"
    APPLICATION = "application"
    KEEP_IN_TOUCH = "keep_in_touch"
    CONVERSATION = "conversation"
    """What the candidate began themself: it has no follow-up and is in no figure."""


class Channel(Coded):
    EMAIL = "email"
    LINKEDIN = "linkedin"
    INMAIL = "inmail"
    SMS = "sms"
    CALL = "call"


class Kind(Coded):
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


class Tone(Coded):
    POSITIVE = "positive"
    UNKNOWN = "unknown"
    LATER = "later"
    NOT_THIS_ONE = "not_this_one"
    NOT_LOOKING = "not_looking"
    NEGATIVE = "negative"


class Occasion(Coded):
    """What gives a `keep_in_touch` its reason."""

    WORK_ANNIVERSARY = "work_anniversary"
    JOB_CHANGE = "job_change"
    POST_PUBLISHED = "post_published"
    DATE_REQUESTED = "date_requested"
    SILENCE = "silence"


class Slot(Coded):
    MORNING = "morning"
    LUNCH = "lunch"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Action(Coded):
    ANSWER = "answer"
    CONTACT = "contact"
    WAIT = "wait"
    STOP = "stop"


class Code(Coded):
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


class RefusalCode(Coded):
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


class ReasonCode(Coded):
    """The facts a decision leans on, and the values each one carries.

    Instants are aware datetimes in UTC, days are dates of the candidate's zone. No value depends on
    the moment of the decision: "52 h ago" is for the screen to count from `at`.
    """

    LAST_CONTACT = "last_contact"
    """`at`, `channel` (of its last event), `number` (0: the first action), `events`."""
    NO_CONTACT = "no_contact"
    """Nothing was sent yet."""
    SILENT_SINCE = "silent_since"
    """`at`: nothing of theirs since the last contact, made then."""
    FOLLOW_UPS = "follow_ups"
    """`sent`, `planned`, `cap`."""
    WORDS_AFTER_ANSWER = "words_after_answer"
    """`sent` of `planned` words after an exchange that went quiet; the answer itself is none."""
    MUST_ANSWER = "must_answer"
    CHOICE = "choice"
    """Not starred: for the recruiter to choose whether to do it at all."""
    INVITATION_SENT = "invitation_sent"
    """`at`, `note`."""
    INVITATION_ACCEPTED = "invitation_accepted"
    """`at`, `note`, `written_since`: whether a contact followed the acceptance."""
    INVITATION_IGNORED = "invitation_ignored"
    """`at` (sent), `since`, `withdrawn`: LinkedIn is no channel until it is accepted."""
    APPLICATION_RECEIVED = "application_received"
    """`at`, `channel`."""
    REPLY = "reply"
    """`at`, `channel`, `kind` (reply, application_received or inmail_declined), `tone`, `resume_on`."""
    CALL_ANSWERED = "call_answered"
    """`at`."""
    HANDLED = "handled"
    """`at`: the recruiter said that nothing is owed."""
    HELD_A_NO = "held_a_no"
    """The outreach holds a no or a "later": no word after the answer."""
    OCCASION = "occasion"
    """`what`, `at` (known), `on` (the day it counts from)."""
    SNOOZED = "snoozed"
    """`until`, `at` (set)."""
    AWAY = "away"
    """`until`, `at` (of the automatic answer), `returns_on`."""
    ATTEMPTS = "attempts"
    """`count` since the last contact, `at` (of the last), `slot`."""
    CONTACTED_BY_COLLEAGUE = "contacted_by_colleague"
    """`at`, `channel`, `until`: elsewhere in the organisation, which moves this due time."""
    INMAIL_REST = "inmail_rest"
    """`at`, `until`: an InMail they had, which moves this due time."""
    CHANNEL_DEAD = "channel_dead"
    """`channel`, `at`: a hard bounce."""
    SOFT_BOUNCE = "soft_bounce"
    """`channel`, `at`: changes nothing, is shown."""
    NO_CHANNEL = "no_channel"
    CALL_TO_DOUBLE = "call_to_double"
    """`at`, `voicemail`, `until`."""
    OUT_OF_WINDOW = "out_of_window"
    """`at`: what the due time would be, were it not for the channel's window or slot."""
    BROUGHT_IN = "brought_in"
    """`at`: nothing was late before two working days after it."""
    COLD = "cold"
    """`due_at`, `since`: due for so long that it is a catch-up now."""
    NO_ANSWER_BY = "no_answer_by"
    """`at`: the end of the time given to the last word."""
    OPTED_OUT = "opted_out"
    """`at`, `elsewhere`: whether it was said to a colleague."""
    WROTE_AFTER_OPT_OUT = "wrote_after_opt_out"
    """`at`: their own move, which may be answered."""
    CLOSED = "closed"
    """`at`."""
    FOR_THE_RECRUITER = "for_the_recruiter"
    """A conversation that the candidate began: there is no follow-up in it."""
