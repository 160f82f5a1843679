"""Where the recruiter stood: the counts of the baseline and their intervals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.cadence.rates import rate, wilson
from relance.cadence.words import Kind
from relance.imports.area_words import Moment
from relance.imports.baseline import Baseline, counted

DAY = 86_400
EXPORTED_ON = date(2026, 6, 13)
NOW = (EXPORTED_ON.toordinal() - date(1970, 1, 1).toordinal()) * DAY


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (2, 10, 6, 51),
        (4, 20, 8, 42),
        (10, 50, 11, 33),
        (20, 100, 13, 29),
        (60, 200, 24, 37),
        (100, 500, 17, 24),
    ],
)
def test_wilson(successes: int, n: int, low: int, high: int) -> None:
    assert tuple(round(100 * each) for each in wilson(successes, n)) == (low, high)


@given(st.integers(0, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_rate(pair: tuple[int, int]) -> None:
    low, high = wilson(*pair)
    assert 0 <= low <= (pair[0] / pair[1] if pair[1] else 0.5) + 1e-12
    assert (pair[0] / pair[1] if pair[1] else 0.5) - 1e-12 <= high <= 1


def test_below_thirty_nothing_is_said() -> None:
    assert rate(10, 29).rate is None
    assert rate(10, 29).low is None
    assert rate(15, 30).rate == 0.5


def history(*facts: tuple[float, Kind, bool] | tuple[float, Kind]) -> list[Moment]:
    return [Moment(NOW - int(fact[0] * DAY), fact[1], len(fact) > 2 and bool(fact[-1])) for fact in facts]


SENT, REPLY, INVITED, ACCEPTED = (
    Kind.MESSAGE_SENT, Kind.REPLY, Kind.INVITATION_SENT, Kind.INVITATION_ACCEPTED,
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (((60, SENT),), (1, 0, 0, 0, 0)),
        (((60, SENT), (59.95, SENT), (58, REPLY)), (1, 1, 0, 0, 0)),
        (((60, SENT), (57, SENT), (56, REPLY)), (1, 0, 1, 1, 0)),
        (((60, REPLY), (57, SENT), (56, REPLY)), (0, 0, 0, 0, 0)),
        (((60, INVITED),), (0, 0, 0, 0, 0)),
        (((60, INVITED, True),), (1, 0, 0, 0, 0)),
        (((60, INVITED), (50, ACCEPTED), (49, SENT), (48, REPLY)), (1, 1, 0, 0, 0)),
        (((60, INVITED), (50, ACCEPTED), (49, REPLY), (48, SENT)), (0, 0, 0, 0, 0)),
        (((60, INVITED, True), (50, ACCEPTED), (49, SENT), (48, REPLY)), (1, 0, 1, 1, 0)),
        (((60, SENT), (59.99, ACCEPTED), (59.98, SENT)), (1, 0, 1, 0, 0)),
        (((20, SENT), (10, SENT)), (1, 0, 1, 0, 1)),
        (((20, SENT), (10, REPLY)), (1, 1, 0, 0, 0)),
        (((30, SENT),), (1, 0, 0, 0, 0)),
        (((29, SENT),), (1, 0, 0, 0, 1)),
        (((300, SENT), (200, SENT), (199, REPLY)), (1, 0, 0, 0, 0)),
        (((300, SENT), (100, REPLY)), (1, 1, 0, 0, 0)),
        (((60, SENT), (59, REPLY), (58, SENT), (57, SENT)), (1, 1, 0, 0, 0)),
    ],
)
def test_one_history(facts: tuple[tuple[float, Kind]], expected: tuple[int, ...]) -> None:
    found = counted([history(*facts)], EXPORTED_ON)
    assert (
        found.first_written_to, found.answered_first_alone, found.followed_up, found.answered_after_follow_up,
        found.immature,
    ) == expected  # fmt: skip


def test_the_young_are_no_failures() -> None:
    found = Baseline(100, 10, 40, 8, 20, 5)
    assert found.answered_first_alone_rate.of == 80
    assert found.followed_up_rate.of == 100
    assert found.answered_after_follow_up_rate.of == 35
