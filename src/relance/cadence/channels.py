"""Which channel is proposed (METHOD, The five situations; rules 4 and 6)."""

from collections.abc import Iterator, Sequence

from relance.cadence.fold import read
from relance.cadence.history import Event, Outreach
from relance.cadence.story import DOUBLES, Story
from relance.cadence.words import Channel, Situation

FIRST_OF_A_CV = (Channel.SMS, Channel.CALL)
FIRST_ONCE_ACCEPTED = (Channel.LINKEDIN,)


def is_dead(channel: Channel, story: Story) -> bool:
    """Whether a hard bounce, in any history of the candidate, took the channel away (rule 6)."""
    return channel in story.here.dead or channel in story.elsewhere.dead


def usable_channels(outreach: Outreach, elsewhere: Sequence[Event] = ()) -> tuple[Channel, ...]:
    """The known channels on which something can reach the candidate, in their order (METHOD, rules 4 and 6).

    Not those a hard bounce took away, nor LinkedIn while the invitation that opened the outreach is not
    accepted. `elsewhere` as in `decide`. ValueError (`naive_datetime`) when an event carries no time zone.
    """
    story = read(outreach.situation, outreach.events, elsewhere)
    return tuple(channel for channel in outreach.channels if not _is_closed(channel, story))


def reaches(channel: Channel, outreach: Outreach, elsewhere: Sequence[Event] = ()) -> bool:
    """Whether what is sent on that channel, known or not, can reach the candidate; as in `usable_channels`."""
    return not _is_closed(channel, read(outreach.situation, outreach.events, elsewhere))


def _is_closed(channel: Channel, story: Story) -> bool:
    if channel == Channel.LINKEDIN and is_ignoring_an_invitation(story):
        return story.answer is None or story.answer.channel != Channel.LINKEDIN
    return is_dead(channel, story)


def double_channels(story: Story, known: Sequence[Channel]) -> list[Channel]:
    """What may double the opening call: mail, then SMS, known and alive."""
    return [channel for channel in DOUBLES if channel in known and not is_dead(channel, story)]


def answer_channel(story: Story, known: Sequence[Channel]) -> Channel | None:
    """The channel to answer on, or to go on with after an answer: the one it came on, if alive."""
    came_on = story.answer.channel if story.answer else None
    if came_on is not None and not is_dead(came_on, story):
        return came_on
    return _first_alive(_preferred(story, known), story)


def step_channel(story: Story, known: Sequence[Channel], step: int) -> Channel | None:
    """The channel of a first action or a follow-up: the first known one still alive, or None."""
    order = _preferred(story, known)
    if story.situation == Situation.LINKEDIN_INVITATION:
        if is_ignoring_an_invitation(story):
            order = [channel for channel in order if channel != Channel.LINKEDIN]
        elif step == 1 and story.accepted_at is not None:
            order = _ahead(FIRST_ONCE_ACCEPTED, order)
    elif story.situation == Situation.CV_DATABASE and step == 1:
        order = _ahead(FIRST_OF_A_CV, order)
    return _first_alive(order, story)


def is_ignoring_an_invitation(story: Story) -> bool:
    """Whether an invitation opened the outreach and has not been accepted (rule 4)."""
    return (
        story.situation == Situation.LINKEDIN_INVITATION
        and story.invited is not None
        and story.accepted_at is None
    )


def _preferred(story: Story, known: Sequence[Channel]) -> list[Channel]:
    if story.contacts and Channel.INMAIL in story.contacts[-1].channels and Channel.INMAIL in known:
        return [*(channel for channel in known if channel != Channel.INMAIL), Channel.INMAIL]
    return list(known)


def _ahead(leading: Sequence[Channel], order: Sequence[Channel]) -> list[Channel]:
    def in_turn() -> Iterator[Channel]:
        yield from (channel for channel in leading if channel in order)
        yield from (channel for channel in order if channel not in leading)

    return list(in_turn())


def _first_alive(order: Sequence[Channel], story: Story) -> Channel | None:
    for channel in order:
        if not is_dead(channel, story):
            return channel
    return None
