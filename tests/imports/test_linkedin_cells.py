"""Dates, bodies and headers, cell by cell."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.imports.linkedin.dates import day, message_instant, name_day
from relance.imports.linkedin.headers import FileKind, is_assistant_log, recognised
from relance.imports.linkedin.text import fingerprint, readable
from relance.imports.names import name_key


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-12 08:10:07 UTC", (2026, 3, 12, 8, 10, 7)),
        ("2019-11-06T02:08:20", (2019, 11, 6, 2, 8, 20)),
        ("2019-11-06T02:08:20Z", (2019, 11, 6, 2, 8, 20)),
        ("10/3/18, 6:21 AM", (2018, 10, 3, 6, 21)),
        ("9/1/18, 11:59\u202fPM", (2018, 9, 1, 23, 59)),
        ("3/1/26, 12:00 AM", (2026, 3, 1, 0, 0)),
        ("3/1/26, 12:05 PM", (2026, 3, 1, 12, 5)),
        ("3/1/2026, 9:05\u00a0am", (2026, 3, 1, 9, 5)),
    ],
)
def test_instants(text: str, instant: tuple[int, ...]) -> None:
    assert message_instant(text) == datetime(*instant, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    "text", ["", "hier", "2026-13-01 00:00:00 UTC", "13/40/26, 6:21 AM", "3/1/26, 13:00 PM", "12"]
)
def test_no_instants(text: str) -> None:
    assert message_instant(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 Mar 2026", (2026, 3, 12)), ("04 Dec 2020", (2020, 12, 4)), ("4 Dec 2020", (2020, 12, 4)),
        ("9/28/18, 6:21 AM", (2018, 9, 28)), ("12/03/2026", (2026, 3, 12)), ("01-mars-26", (2026, 3, 1)),
        ("12 mars 2023", (2023, 3, 12)), ("1er févr. 2024", (2024, 2, 1)), ("15-août-25", (2025, 8, 15)),
        ("15 AOUT 2025", (2025, 8, 15)), ("03-juil-25", (2025, 7, 3)), ("2026-03-12", (2026, 3, 12)),
        ("12/03/2026 00:00", (2026, 3, 12)),
    ],
)  # fmt: skip
def test_days(text: str, expected: tuple[int, int, int]) -> None:
    found = day(text)
    assert found is not None
    assert found[0] == date(*expected)


def test_only_2018_knows_the_hour_of_a_connection() -> None:
    assert day("9/28/18, 6:21 AM") == (date(2018, 9, 28), datetime(2018, 9, 28, 6, 21, tzinfo=UTC))
    assert day("12 Mar 2026") == (date(2026, 3, 12), None)


@pytest.mark.parametrize("text", ["", "12 Foo 2026", "32 Mar 2026", "31/02/2026", "Connected On"])
def test_no_days(text: str) -> None:
    assert day(text) is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_dates(text: str) -> None:
    day(text)
    message_instant(text)
    name_day(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Basic_LinkedInDataExport_04-14-2025.zip", date(2025, 4, 14)),
        ("Complete_LinkedInDataExport_12-25-2024.zip.zip", date(2024, 12, 25)),
        ("Basic_LinkedInDataExport_06-13-2026 (1).zip", date(2026, 6, 13)),
        ("Basic_LinkedInDataExport_25-12-2024.zip", None),
        ("export.zip", None),
    ],
)
def test_the_name_says_month_first(name: str, expected: date | None) -> None:
    assert name_day(name) == expected


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>Bonjour&nbsp;Zoé,</p><p>À <strong>vous</strong></p>", "Bonjour\u00a0Zoé,\nÀ vous"),
        ("<https://example.org/a?b=1&c=2>", "<https://example.org/a?b=1&c=2>"),
        ("<mailto:a@example.org>", "<mailto:a@example.org>"),
        ("R&amp;D &amp;lt;3", "R&D &lt;3"),
        ("a < b et c > d", "a < b et c > d"),
        ("un\u2028deux", "un\ndeux"),
        ('<br class="x"/>fin', "fin"),
    ],
)  # fmt: skip
def test_readable(content: str, text: str) -> None:
    assert readable(content) == text


def test_the_same_message_flattened_or_not_has_one_fingerprint() -> None:
    assert fingerprint("Bonjour,\n\nje\u00a0recrute") == fingerprint("Bonjour,  je recrute ")
    assert fingerprint("e\u0301") == fingerprint("é")
    assert fingerprint("Bonjour") != fingerprint("bonjour")


def test_names_are_compared_whole() -> None:
    assert name_key(" Hugo ", "Sample,  PhD") == name_key("hugo sample, phd")
    assert name_key("ZOÉ") == name_key("Zoe\u0301")
    assert name_key("Zoé") != name_key("Zoe")


def test_a_file_is_known_by_its_header() -> None:
    assert recognised(["\ufefffirst name", "LAST NAME", "Connected On"]) is FileKind.CONNECTIONS
    assert recognised(["Pre\u0301nom", "Nom", "Date de connexion"]) is FileKind.CONNECTIONS
    assert recognised(["From", "To", "Date", "Content"]) is FileKind.MESSAGES
    assert recognised(["First Name", "Last Name"]) is None


@pytest.mark.parametrize(
    "name",
    [
        "guide_messages.csv",
        "coach_messages.csv",
        "learning_coach_messages.csv",
        "learning_role_play_messages.csv",
        "LearningCoachMessages.csv",
    ],
)
def test_assistants_are_told_by_name(name: str) -> None:
    assert is_assistant_log(name)
    assert not is_assistant_log("messages.csv")
