"""How many decisions a second, on one core, and where their time goes.

    python benchmarks/decisions.py [seconds]

The reference, measured in the same run on the same cases, is `json.loads` of the case's text: a
machine twice as slow halves both, so the ratio is what to compare between two machines.
"""

import cProfile
import io
import json
import pstats
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from relance.cadence.decide import decide
from relance.cadence.decision import Decision
from relance.cadence.history import Event, Outreach
from relance.cadence.words import Channel, Kind, Occasion, Situation, Tone

CASES = 2_000
OF_A_WRITTEN_KIND = (Channel.EMAIL, Channel.LINKEDIN, Channel.SMS)
Case = tuple[Outreach, datetime, tuple[Event, ...]]


def mixed_cases() -> list[Case]:
    """All situations, one to eight events over a year, a third with something elsewhere."""
    random = Random(7)
    return [_case(random, list(Situation)[number % len(Situation)]) for number in range(CASES)]


def _case(random: Random, situation: Situation) -> Case:
    at = datetime(2026, 1, 5, 8, tzinfo=UTC) + timedelta(minutes=random.randrange(300 * 24 * 60))
    openers = {
        Situation.LINKEDIN_INVITATION: Event(at, Kind.INVITATION_SENT, note=random.random() < 0.5),
        Situation.FIRST_MESSAGE: Event(at, Kind.MESSAGE_SENT, channel=Channel.EMAIL),
        Situation.CV_DATABASE: Event(at, Kind.CALL_UNANSWERED, voicemail=random.random() < 0.5),
        Situation.APPLICATION: Event(at, Kind.APPLICATION_RECEIVED, channel=Channel.EMAIL),
        Situation.KEEP_IN_TOUCH: Event(at, Kind.REASON, what=Occasion.JOB_CHANGE),
        Situation.CONVERSATION: Event(at, Kind.REPLY, channel=Channel.LINKEDIN, tone=Tone.UNKNOWN),
    }
    events = [openers[situation]]
    for _ in range(random.randrange(8)):
        at += timedelta(minutes=random.randrange(6 * 24 * 60))
        events.append(_event(random, at))
    elsewhere: tuple[Event, ...] = ()
    if random.random() < 1 / 3:
        before = at - timedelta(days=random.randrange(1, 90))
        elsewhere = (Event(before, Kind.MESSAGE_SENT, channel=Channel.LINKEDIN),)
    outreach = Outreach(
        situation,
        tuple(events),
        must_answer=random.random() < 0.5,
        channels=(Channel.EMAIL, Channel.LINKEDIN, Channel.CALL, Channel.SMS),
        timezone=random.choice(("Europe/Paris",) * 9 + ("Indian/Reunion",)),
        region=random.choice(("FR",) * 9 + ("FR-Alsace-Moselle",)),
    )
    return outreach, at + timedelta(minutes=random.randrange(12 * 24 * 60)), elsewhere


def _event(random: Random, at: datetime) -> Event:
    share = random.random()
    if share < 0.55:
        return Event(at, Kind.MESSAGE_SENT, channel=random.choice(OF_A_WRITTEN_KIND))
    if share < 0.7:
        return Event(at, Kind.CALL_UNANSWERED, voicemail=random.random() < 0.3)
    if share < 0.8:
        return Event(at, Kind.INVITATION_ACCEPTED)
    if share < 0.9:
        return Event(at, Kind.AUTO_REPLY)
    if share < 0.95:
        return Event(at, Kind.SNOOZED, until=at + timedelta(days=5))
    return Event(at, Kind.REPLY, channel=Channel.EMAIL, tone=Tone.POSITIVE)


def as_text(case: Case) -> str:
    """The case as the JSON it would come in."""
    outreach, now, elsewhere = case
    return json.dumps(
        {
            "now": now.isoformat(),
            "timezone": outreach.timezone,
            "region": outreach.region,
            "outreach": {
                "situation": outreach.situation,
                "must_answer": outreach.must_answer,
                "channels": outreach.channels,
                "events": [_as_json(event) for event in outreach.events],
            },
            "elsewhere": [_as_json(event) for event in elsewhere],
        }
    )


def _as_json(event: Event) -> dict[str, object]:
    written: dict[str, object] = {"at": event.at.isoformat(), "kind": event.kind}
    if event.channel is not None:
        written["channel"] = event.channel
    return written


def per_second(run: Callable[[], object], each: int, seconds: float) -> float:
    """The best of five rounds: the machine is shared, and only slows things down."""
    best = 0.0
    for _ in range(5):
        done = 0
        begun = time.perf_counter()
        while time.perf_counter() - begun < seconds / 5:
            run()
            done += each
        best = max(best, done / (time.perf_counter() - begun))
    return best


def main(seconds: float) -> None:
    cases = mixed_cases()
    texts = [as_text(case) for case in cases]

    def decisions() -> list[Decision]:
        return [decide(outreach, now=now, elsewhere=elsewhere) for outreach, now, elsewhere in cases]

    def reference() -> None:
        for text in texts:
            json.loads(text)

    codes: dict[str, int] = {}
    for decision in decisions():
        codes[decision.code] = codes.get(decision.code, 0) + 1
    events = sum(len(outreach.events) + len(elsewhere) for outreach, _, elsewhere in cases)
    decided, loaded = per_second(decisions, CASES, seconds), per_second(reference, CASES, seconds)
    print(f"{CASES} cases, {events / CASES:.1f} events each:", dict(sorted(codes.items())))
    print(f"decide      {decided:10,.0f} a second ({1e6 / decided:.1f} µs each)")
    print(f"json.loads  {loaded:10,.0f} a second ({1e6 / loaded:.1f} µs each)")
    print(f"one decision costs {loaded / decided:.2f} json.loads of its own case")
    profile = cProfile.Profile()
    profile.runcall(decisions)
    told = io.StringIO()
    pstats.Stats(profile, stream=told).sort_stats("tottime").print_stats(14)
    print(told.getvalue())


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
