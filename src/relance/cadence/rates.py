"""What a count of answers lets one say: a rate with its interval, or how many are missing (METHOD, Measure)."""

from dataclasses import dataclass
from math import sqrt

ENOUGH = 30
"""Below this many a rate says nothing."""
_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Rate:
    """`successes` of `of`, with its Wilson 95 % interval; all None below `ENOUGH`."""

    successes: int
    of: int
    rate: float | None
    low: float | None
    high: float | None

    @property
    def wanted(self) -> int:
        """How many more make it enough."""
        return max(0, ENOUGH - self.of)


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return the Wilson 95 % interval of a proportion; (0, 1) when nobody was counted."""
    if n == 0:
        return 0.0, 1.0
    share = successes / n
    spread = _Z95 * _Z95 / n
    middle = share + spread / 2
    half = _Z95 * sqrt(share * (1 - share) / n + spread / (4 * n))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def rate(successes: int, n: int) -> Rate:
    """Return a rate with its interval, or without either where there is not enough data."""
    if n < ENOUGH:
        return Rate(successes, n, None, None, None)
    return Rate(successes, n, successes / n, *wilson(successes, n))
