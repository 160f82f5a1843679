"""Cases in, decisions out, as JSON (METHOD, The decision as JSON)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Never
from zoneinfo import ZoneInfo

from relance.cadence.calendar import UNKNOWN_TIMEZONE, Calendar
from relance.cadence.decision import Decision, Reason, Value
from relance.cadence.fields import BadCase, Fields, Problem, fail, repeated
from relance.cadence.history import Event, Outreach
from relance.cadence.words import Channel, Kind, Occasion, Situation, Tone

__all__ = ["BadCase", "Case", "Problem", "read_cases", "write_decision"]

CHANNELS_OF_MESSAGES = frozenset({Channel.EMAIL, Channel.LINKEDIN, Channel.INMAIL, Channel.SMS})


@dataclass(frozen=True, slots=True)
class Case:
    """One question to the engine, and what is expected of its answer, if anything is."""

    outreach: Outreach
    now: datetime
    elsewhere: tuple[Event, ...] = ()
    name: str = ""
    why: str = ""
    expect: Mapping[str, object] = field(default_factory=dict)


def read_cases(text: str) -> list[Case]:
    """The cases of a JSON text: one object, or a list of them.

    Raises BadCase, with the path, the problem's code and the offending value, on anything that
    METHOD does not know: datetimes must carry their offset.
    """
    try:
        found = json.loads(text, object_pairs_hook=_without_repeats)
    except BadCase:
        raise
    except (ValueError, RecursionError) as unreadable:  # ValueError: also a number of thousands of digits
        raise BadCase("", Problem.NOT_JSON, str(unreadable)) from unreadable
    if not isinstance(found, list):
        return [_case(Fields(found, "$"))]
    cases = [_case(Fields(each, f"$[{index}]")) for index, each in enumerate(found)]
    named = [case.name for case in cases if case.name]
    double = repeated(named)
    if double is not None:
        fail("$", Problem.DUPLICATE, double)
    return cases


def write_decision(decision: Decision) -> dict[str, object]:
    """The decision as JSON-ready values, datetimes in ISO 8601 in the candidate's zone."""
    zone = ZoneInfo(decision.timezone)
    return {
        "action": decision.action.value,
        "code": decision.code.value,
        "changes_at": _written(decision.changes_at, zone),
        "step": decision.step,
        "channel": _written(decision.channel, zone),
        "slot": _written(decision.slot, zone),
        "due_at": _written(decision.due_at, zone),
        "late_at": _written(decision.late_at, zone),
        "late": decision.late,
        "optional": decision.optional,
        "reasons": [_reason(reason, zone) for reason in decision.reasons],
    }


def _reason(reason: Reason, zone: ZoneInfo) -> dict[str, object]:
    values = {name: _written(value, zone) for name, value in reason.values.items()}
    return {"code": str(reason.code), "values": values}


def _written(value: Value, zone: ZoneInfo) -> object:
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    double = repeated([name for name, _ in pairs])
    if double is not None:
        fail(double, Problem.DUPLICATE, double)
    return dict(pairs)


def _case(fields: Fields) -> Case:
    timezone = fields.text("timezone", default="Europe/Paris")
    region = fields.text("region", default="FR")
    try:
        Calendar.of(timezone, region)
    except ValueError as unknown:
        if unknown.args[0] == UNKNOWN_TIMEZONE:
            fail(fields.at("timezone"), Problem.UNKNOWN_TIMEZONE, timezone)
        fail(fields.at("region"), Problem.UNKNOWN_REGION, region)
    outreach_fields = fields.inner("outreach")
    case = Case(
        outreach=_outreach(outreach_fields, timezone, region),
        now=fields.instant("now"),
        elsewhere=_events(fields, "elsewhere", required=False),
        name=fields.text("name", default=""),
        why=fields.text("why", default=""),
        expect=fields.mapping("expect"),
    )
    fields.refuse_the_rest()
    ids = [event.id for event in (*case.outreach.events, *case.elsewhere) if event.id]
    double = repeated(ids)
    if double is not None:
        fail(outreach_fields.at("events"), Problem.DUPLICATE, double)
    return case


def _outreach(fields: Fields, timezone: str, region: str) -> Outreach:
    channels = tuple(
        fields.word_of(each, Channel, f"channels[{index}]")
        for index, each in enumerate(fields.sequence("channels", required=False))
    )
    double = repeated(channels)
    if double is not None:
        fail(fields.at("channels"), Problem.DUPLICATE, str(double))
    outreach = Outreach(
        situation=fields.word("situation", Situation),
        events=_events(fields, "events", required=True),
        must_answer=fields.truth("must_answer"),
        channels=channels,
        follow_ups=fields.whole("follow_ups"),
        brought_in_at=fields.instant_or_none("brought_in_at"),
        timezone=timezone,
        region=region,
    )
    fields.refuse_the_rest()
    return outreach


def _events(fields: Fields, name: str, *, required: bool) -> tuple[Event, ...]:
    found: Sequence[object] = fields.sequence(name, required=required)
    return tuple(_event(Fields(each, f"{fields.at(name)}[{index}]")) for index, each in enumerate(found))


def _event(fields: Fields) -> Event:
    event = Event(
        at=fields.instant("at"),
        kind=fields.word("kind", Kind),
        id=fields.text("id", default=""),
        channel=fields.word_or_none("channel", Channel),
        note=fields.truth("note"),
        voicemail=fields.truth("voicemail"),
        tone=fields.word_or_none("tone", Tone),
        resume_on=fields.day_or_none("resume_on"),
        returns_on=fields.day_or_none("returns_on"),
        hard=fields.truth("hard"),
        until=fields.instant_or_none("until"),
        what=fields.word_or_none("what", Occasion),
        of=fields.text("of", default=""),
    )
    fields.refuse_the_rest()
    _require_what_its_kind_needs(event, fields)
    return event


def _require_what_its_kind_needs(event: Event, fields: Fields) -> None:
    needed: Mapping[Kind, tuple[str, object]] = {
        Kind.MESSAGE_SENT: ("channel", event.channel),
        Kind.BOUNCE: ("channel", event.channel),
        Kind.SNOOZED: ("until", event.until),
        Kind.REASON: ("what", event.what),
        Kind.RETRACTED: ("of", event.of),
    }
    name, value = needed.get(event.kind, ("kind", event.kind))
    if not value:
        _missing(fields, name)
    if event.kind == Kind.MESSAGE_SENT and event.channel not in CHANNELS_OF_MESSAGES:
        fail(fields.at("channel"), Problem.UNKNOWN_WORD, str(event.channel))


def _missing(fields: Fields, name: str) -> Never:
    fail(fields.at(name), Problem.MISSING, None)
