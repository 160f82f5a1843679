"""Where each person stands with the recruiter, told from the facts alone, whatever their source."""

from dataclasses import dataclass

from relance.cadence.words import Kind
from relance.imports.area_words import Moment


@dataclass(frozen=True, slots=True)
class Standing:
    """Instants are seconds since 1970 UTC, None where the thing has not happened.

    The note of an invitation is not something said: neither side's note makes a last word.
    """

    invited_at: int | None
    accepted_at: int | None
    last_said_at: int | None
    they_spoke_last: bool
    they_ever_spoke: bool
    said_after_acceptance: bool

    @property
    def pending(self) -> bool:
        return self.invited_at is not None and self.accepted_at is None

    @property
    def accepted_and_never_messaged_after(self) -> bool:
        return self.accepted_at is not None and not self.said_after_acceptance

    @property
    def i_spoke_last_after_a_reply(self) -> bool:
        return self.last_said_at is not None and not self.they_spoke_last and self.they_ever_spoke

    @property
    def never_replied(self) -> bool:
        return self.last_said_at is not None and not self.they_ever_spoke


def standing(moments: list[Moment]) -> Standing:
    """Tell where a person stands from their facts in order of time."""
    invited = accepted = said = None
    theirs = ever = after = False
    for moment in moments:
        if moment.kind == Kind.INVITATION_SENT:
            invited = moment.at
        elif moment.kind == Kind.INVITATION_ACCEPTED:
            accepted = moment.at
            after = False
        elif moment.kind in {Kind.MESSAGE_SENT, Kind.REPLY} and not moment.note:
            said = moment.at
            theirs = moment.kind == Kind.REPLY
            ever = ever or theirs
            after = accepted is not None
    return Standing(invited, accepted, said, theirs, ever, after)
