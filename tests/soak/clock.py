"""One clock for all processes of a soak: it begins on a Tuesday morning and runs faster than the world's."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

BEGINS = datetime(2026, 3, 10, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))


@dataclass(frozen=True, slots=True)
class Clock:
    """`began` is the epoch second at which it showed `BEGINS`; `pace` its seconds in one of ours."""

    began: float
    pace: float

    def __call__(self) -> datetime:
        return BEGINS + timedelta(seconds=(time.time() - self.began) * self.pace)
