"""Any history, as hypothesis strategies: every kind of event, in any order, around clock changes."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from relance.cadence.history import Event, Outreach
from relance.cadence.words import Channel, Kind, Occasion, Situation, Tone

settings.register_profile(
    "default", max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile(
    "thorough", max_examples=5_000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.load_profile(os.environ.get("RELANCE_HYPOTHESIS", "default"))

ZONES = (
    "Europe/Paris",
    "UTC",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
REGIONS = ("FR", "FR", "FR-Alsace-Moselle", "US", "EG", "JP")
WRITTEN = (Channel.EMAIL, Channel.LINKEDIN, Channel.INMAIL, Channel.SMS)
FROM = datetime(2026, 3, 23, tzinfo=UTC)
"""The weeks around the European change of clocks and Easter Monday."""

minutes = st.one_of(
    st.integers(0, 3 * 24 * 60),
    st.integers(0, 40 * 24 * 60),
    st.sampled_from([0, 60, 120, 24 * 60, 48 * 60, 6 * 24 * 60, 14 * 24 * 60]),
)
instants = st.builds(lambda minute: FROM + timedelta(minutes=minute), minutes)
days = st.builds(lambda number: (FROM + timedelta(days=number)).date(), st.integers(-5, 90))
snoozes = st.builds(lambda number: FROM + timedelta(hours=number), st.integers(-24, 90 * 24))

SENT = (Kind.MESSAGE_SENT, Kind.CALL_UNANSWERED, Kind.INVITATION_SENT)
ANSWERS = (Kind.REPLY, Kind.APPLICATION_RECEIVED, Kind.INMAIL_DECLINED, Kind.CALL_ANSWERED)
kinds = st.one_of(
    st.sampled_from((Kind.MESSAGE_SENT, Kind.MESSAGE_SENT, *SENT, Kind.INVITATION_ACCEPTED)),
    st.sampled_from(list(Kind)),
)


@st.composite
def events(draw: st.DrawFn, any_kind: st.SearchStrategy[Kind] = kinds) -> Event:
    kind = draw(any_kind)
    needs_channel = kind in (Kind.MESSAGE_SENT, Kind.BOUNCE)
    channel: Channel | None = None
    if needs_channel:
        channel = draw(st.sampled_from(WRITTEN))
    elif kind in (Kind.REPLY, Kind.APPLICATION_RECEIVED):
        channel = draw(st.none() | st.sampled_from(list(Channel)))
    return Event(
        at=draw(instants),
        kind=kind,
        id=draw(st.sampled_from(["", "", "", "a", "b"])),
        channel=channel,
        note=draw(st.booleans()) if kind == Kind.INVITATION_SENT else False,
        voicemail=draw(st.booleans()) if kind == Kind.CALL_UNANSWERED else False,
        tone=draw(st.none() | st.sampled_from(list(Tone))) if kind == Kind.REPLY else None,
        resume_on=draw(st.none() | days) if kind in (Kind.REPLY, Kind.REASON) else None,
        returns_on=draw(st.none() | days) if kind == Kind.AUTO_REPLY else None,
        hard=draw(st.booleans()) if kind == Kind.BOUNCE else False,
        until=draw(snoozes) if kind == Kind.SNOOZED else None,
        what=draw(st.sampled_from(list(Occasion))) if kind == Kind.REASON else None,
        of=draw(st.sampled_from(["a", "b"])) if kind == Kind.RETRACTED else "",
    )


some_channels = st.lists(st.sampled_from(list(Channel)), unique=True)
OPENERS: dict[Situation, Callable[[datetime], Event] | None] = {
    Situation.LINKEDIN_INVITATION: lambda at: Event(at, Kind.INVITATION_SENT),
    Situation.FIRST_MESSAGE: lambda at: Event(at, Kind.MESSAGE_SENT, channel=Channel.EMAIL),
    Situation.CV_DATABASE: lambda at: Event(at, Kind.CALL_UNANSWERED),
    Situation.APPLICATION: lambda at: Event(at, Kind.APPLICATION_RECEIVED),
    Situation.KEEP_IN_TOUCH: lambda at: Event(at, Kind.REASON, what=Occasion.POST_PUBLISHED),
    Situation.CONVERSATION: None,
}


quiet_kinds = st.sampled_from(
    (
        Kind.MESSAGE_SENT,
        Kind.MESSAGE_SENT,
        Kind.CALL_UNANSWERED,
        Kind.CALL_UNANSWERED,
        Kind.INVITATION_ACCEPTED,
        Kind.AUTO_REPLY,
        Kind.SNOOZED,
    )
)


@st.composite
def outreaches(draw: st.DrawFn) -> Outreach:
    situation = draw(st.sampled_from(list(Situation)))
    any_kind, size = draw(st.sampled_from([(kinds, 7), (quiet_kinds, 4), (quiet_kinds, 1)]))
    history = draw(st.lists(events(any_kind), max_size=size))
    opener = OPENERS[situation]
    if opener is not None and draw(st.integers(0, 4)):
        history.insert(0, opener(draw(instants)))
    return Outreach(
        situation=situation,
        events=tuple(history),
        must_answer=draw(st.booleans()),
        channels=tuple(draw(st.one_of(some_channels, st.permutations(list(Channel))))),
        follow_ups=draw(st.none() | st.integers(0, 9)),
        brought_in_at=draw(st.none() | instants),
        timezone=draw(st.sampled_from(ZONES)),
        region=draw(st.sampled_from(REGIONS)),
    )


elsewheres = st.just(()) | st.lists(
    events(
        st.sampled_from(
            [
                Kind.MESSAGE_SENT,
                Kind.MESSAGE_SENT,
                Kind.CALL_UNANSWERED,
                Kind.CALL_ANSWERED,
                Kind.BOUNCE,
                Kind.OPT_OUT,
                Kind.RETRACTED,
                Kind.REPLY,
            ]
        )
    ),
    max_size=3,
).map(tuple)
offsets = st.one_of(st.integers(-24 * 60, 60 * 24 * 60), st.integers(0, 130 * 24 * 60))
nows = st.builds(lambda minute: FROM + timedelta(minutes=minute), offsets)
