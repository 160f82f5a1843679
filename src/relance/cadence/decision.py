"""What comes out: a decision, with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from relance.cadence.words import Action, Channel, Code, RefusalCode, Slot

Value = str | int | bool | datetime | date | None
NO_VALUES: Mapping[str, Value] = MappingProxyType({})


class Reason(NamedTuple):
    """One fact behind a decision: a code and its values, enough for one honest clause."""

    code: str
    values: Mapping[str, Value] = NO_VALUES


class Decision(NamedTuple):
    """What is to be done with one outreach, constant until `changes_at` (None: never changes).

    `due_at` of a wait is its end. `late` and `late_at` speak only of `answer` and `contact`; what is
    optional is never late and has no `late_at`. Instants are in UTC, where they compare safely;
    `timezone` is the candidate's, for who shows them.
    """

    action: Action
    code: Code
    changes_at: datetime | None = None
    step: int | None = None
    channel: Channel | None = None
    slot: Slot | None = None
    due_at: datetime | None = None
    late_at: datetime | None = None
    late: bool = False
    optional: bool = False
    reasons: tuple[Reason, ...] = ()
    timezone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The guard's no: why, and the instant at which time alone lifts it (None: time does not)."""

    code: RefusalCode
    frees_at: datetime | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
