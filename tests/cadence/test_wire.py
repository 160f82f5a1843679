"""What the wire refuses, and where it says it stood (METHOD, The decision as JSON)."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from relance.cadence.decide import decide
from relance.cadence.wire import BadCase, read_cases, write_decision


def case(event: dict[str, object] | None = None, **changes: object) -> dict[str, object]:
    sent = {"at": "2026-03-02T10:00:00+01:00", "kind": "message_sent", "channel": "email"}
    outreach: dict[str, object] = {
        "situation": "first_message",
        "channels": ["email"],
        "events": [{**sent, **(event or {})}],
    }
    inner = {name[9:]: value for name, value in changes.items() if name.startswith("outreach_")}
    outer = {name: value for name, value in changes.items() if not name.startswith("outreach_")}
    return {"now": "2026-03-04T10:00:00+01:00", "outreach": {**outreach, **inner}, **outer}


BAD = [
    (case(surprise=1), "$.surprise", "unknown_field", 1),
    (case({"colour": "red"}), "$.outreach.events[0].colour", "unknown_field", "red"),
    (case(now=None), "$.now", "missing", None),
    (case(now="2026-03-04T10:00:00"), "$.now", "naive_datetime", "2026-03-04T10:00:00"),
    (case(now="yesterday"), "$.now", "not_a_datetime", "yesterday"),
    (case(now="9999-12-31T23:59:59+00:00"), "$.now", "out_of_range", "9999-12-31T23:59:59+00:00"),
    (case(now=12), "$.now", "wrong_type", 12),
    (case(timezone="Mars/Olympus"), "$.timezone", "unknown_timezone", "Mars/Olympus"),
    (case(region="ZZ"), "$.region", "unknown_region", "ZZ"),
    (case(outreach=None), "$.outreach", "missing", None),
    (case(outreach=[]), "$.outreach", "wrong_type", []),
    (case(elsewhere={}), "$.elsewhere", "wrong_type", {}),
    (case(elsewhere=[3]), "$.elsewhere[0]", "wrong_type", 3),
    (case(expect=[]), "$.expect", "wrong_type", []),
    (case(outreach_situation="hope"), "$.outreach.situation", "unknown_word", "hope"),
    (case(outreach_situation=None), "$.outreach.situation", "missing", None),
    (case(outreach_channels=["fax"]), "$.outreach.channels[0]", "unknown_word", "fax"),
    (case(outreach_channels=[4]), "$.outreach.channels[0]", "wrong_type", 4),
    (case(outreach_channels=["sms", "sms"]), "$.outreach.channels", "duplicate", "sms"),
    (case(outreach_events=None), "$.outreach.events", "missing", None),
    (case(outreach_follow_ups=-1), "$.outreach.follow_ups", "out_of_range", -1),
    (case(outreach_follow_ups=True), "$.outreach.follow_ups", "wrong_type", True),
    (case(outreach_must_answer="yes"), "$.outreach.must_answer", "wrong_type", "yes"),
    (case({"kind": "prayed"}), "$.outreach.events[0].kind", "unknown_word", "prayed"),
    (case({"channel": None}), "$.outreach.events[0].channel", "missing", None),
    (case({"channel": "call"}), "$.outreach.events[0].channel", "unknown_word", "call"),
    (case({"kind": "snoozed"}), "$.outreach.events[0].until", "missing", None),
    (case({"kind": "retracted"}), "$.outreach.events[0].of", "missing", None),
    (case({"kind": "reason"}), "$.outreach.events[0].what", "missing", None),
    (case({"resume_on": "June"}), "$.outreach.events[0].resume_on", "not_a_date", "June"),
    (case({"id": 5}), "$.outreach.events[0].id", "wrong_type", 5),
    (
        case({"id": "a"}, elsewhere=[{"at": "2026-03-02T10:00:00Z", "kind": "handled", "id": "a"}]),
        "$.outreach.events",
        "duplicate",
        "a",
    ),
]


@pytest.mark.parametrize(("bad", "path", "problem", "value"), BAD, ids=[each[1] + each[2] for each in BAD])
def test_says_what_is_wrong_and_where(bad: dict[str, object], path: str, problem: str, value: object) -> None:
    with pytest.raises(BadCase) as raised:
        read_cases(json.dumps(bad))
    assert (raised.value.path, raised.value.problem, raised.value.value) == (path, problem, value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        ("3", "wrong_type"),
        ('{"now": 1, "now": 2}', "duplicate"),
    ],
)
def test_what_is_no_case(text: str, problem: str) -> None:
    with pytest.raises(BadCase) as raised:
        read_cases(text)
    assert raised.value.problem == problem


def test_names_stand_once() -> None:
    with pytest.raises(BadCase) as raised:
        read_cases(json.dumps([case(name="twin"), case(name="twin")]))
    assert (raised.value.path, raised.value.problem) == ("$", "duplicate")


def test_one_case_or_several() -> None:
    assert len(read_cases(json.dumps(case()))) == 1
    assert len(read_cases(json.dumps([case(), case()]))) == 2
    assert read_cases("[]") == []


def test_writes_in_the_zone_of_the_candidate() -> None:
    (read,) = read_cases(json.dumps(case(timezone="America/New_York", region="US")))
    decision = decide(read.outreach, now=read.now)
    written = write_decision(decision)
    assert json.loads(json.dumps(written)) == written
    assert written["due_at"] == "2026-03-04T08:30:00-05:00"
    assert set(written) == {
        "action",
        "code",
        "step",
        "channel",
        "slot",
        "changes_at",
        "due_at",
        "late_at",
        "late",
        "optional",
        "reasons",
    }


def test_a_naive_datetime_is_refused_by_the_engine_too() -> None:
    (read,) = read_cases(json.dumps(case()))
    with pytest.raises(ValueError, match="naive_datetime"):
        decide(read.outreach, now=datetime(2026, 3, 4))  # noqa: DTZ001
    decide(read.outreach, now=datetime(2026, 3, 4, tzinfo=ZoneInfo("Asia/Tokyo")))
