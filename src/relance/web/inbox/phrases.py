"""What machines said, in plain words, and what may be done about it."""

from django.utils.translation import gettext as _

from relance.mail.incoming import Cause, Kind, LinkedIn
from relance.method.answers.models import MatchedBy, Received
from relance.method.answers.taking_in import WROTE
from relance.web.phrases.reasons import Setting


def linkedin_says(received: Received) -> str:
    """What a notification of LinkedIn tells."""
    return {
        LinkedIn.MESSAGE: _("wrote to you, says LinkedIn"),
        LinkedIn.INMAIL: _("answered an InMail, says LinkedIn"),
        LinkedIn.INVITATION_ACCEPTED: _("accepted your invitation, says LinkedIn"),
        LinkedIn.INVITATION_RECEIVED: _("invites you, says LinkedIn"),
        LinkedIn.WORK_ANNIVERSARY: _("a work anniversary, says LinkedIn"),
        LinkedIn.NEW_POSITION: _("a new position, says LinkedIn"),
        LinkedIn.OTHER: _("LinkedIn mentions them"),
    }[LinkedIn(received.linkedin)]


def robot_says(received: Received) -> str:
    """What a mail that no person wrote comes to, in a few words."""
    kind = Kind(received.kind)
    if received.cause == Cause.LEFT_COMPANY:
        return _("Has left the company")
    if kind is Kind.AUTO_REPLY:
        if received.returns_on:
            return _("Away, back on %(day)s") % {"day": received.returns_on.strftime("%d/%m")}
        return _("Away, no date given") if received.event_id else _("Automatic acknowledgement")
    return {
        Kind.BOUNCE_HARD: _("The address does not work any more"),
        Kind.BOUNCE_SOFT: _("Not delivered this time"),
        Kind.DELAY: _("Still on its way, delayed"),
        Kind.CHALLENGE: _("Held until you prove you are a person"),
        Kind.UNSUBSCRIBE: _("Asks not to be contacted any more"),
        Kind.COMPLAINT: _("Was reported as unwanted"),
        Kind.LIST_OR_NOTIFICATION: _("A notice"),
    }.get(kind, "")


def meaning(received: Received, setting: Setting) -> str:
    """What a mail that no person wrote means, and what was done about it: one or two sentences."""
    kind = Kind(received.kind)
    if received.linkedin in WROTE:
        return _(
            "LinkedIn told you by mail, %(when)s: “%(subject)s”. Relance does not read LinkedIn: only your eye can say "
            "whether it is an answer."
        ) % {"when": setting.at(received.sent_at), "subject": received.subject}
    if received.linkedin:
        return _(
            "LinkedIn says so by mail. Open LinkedIn to see; nothing was recorded from the notice itself."
        )
    if received.cause == Cause.LEFT_COMPANY:
        return _(
            "This address reaches nobody any more: it will not be used again. It says nothing against you."
        )
    if kind is Kind.AUTO_REPLY and received.returns_on:
        return _("An automatic answer, not an answer: it does not count. Nothing leaves before %(day)s.") % {
            "day": setting.on(received.returns_on)
        }
    if kind is Kind.AUTO_REPLY:
        return _("An automatic answer, not an answer: it stops nothing and does not count.")
    return {
        Kind.BOUNCE_HARD: _("The address does not exist any more. Your message did not arrive; the address is used "
                            "no more."),
        Kind.BOUNCE_SOFT: cause_says(received),
        Kind.DELAY: _("Their server has not taken the message yet and goes on trying. Nothing is to be done."),
        Kind.CHALLENGE: _("A filter holds your message until somebody clicks in its mail. Open that mail in your "
                          "mailbox, if you wish to."),
        Kind.UNSUBSCRIBE: _("They asked not to be contacted any more: it is done, for the whole firm and for good."),
        Kind.COMPLAINT: _("Your message was reported as unwanted: nobody here writes to them any more."),
    }.get(kind, "")  # fmt: skip


def cause_says(received: Received) -> str:
    """Why a message was not delivered this time."""
    return {
        Cause.FULL: _("Their mailbox is full. The address stays; another channel may be quicker."),
        Cause.POLICY: _("Their server refused the message by its own rules; the address stays."),
        Cause.CONTENT: _("Their server refused the text as unwanted: change it before you write again."),
        Cause.TOO_LARGE: _("The message was too large for their server."),
        Cause.UNREACHABLE: _("Their server could not be reached; the address stays."),
    }.get(Cause(received.cause), _("The message was not delivered this time; the address stays."))


def recognised_by(received: Received) -> str:
    """By what a mail was matched to the person."""
    return {
        MatchedBy.TOKEN: _("the address it came to"),
        MatchedBy.THREAD: _("the thread of your mail"),
        MatchedBy.ADDRESS: _("their address"),
        MatchedBy.NAME: _("their name alone"),
        MatchedBy.HAND: _("you"),
    }[MatchedBy(received.matched_by)]
