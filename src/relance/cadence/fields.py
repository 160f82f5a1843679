"""The fields of a JSON object, each asked for by its type, none left unread."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Never, TypeVar

Word = TypeVar("Word", bound=StrEnum)
Named = TypeVar("Named", bound=Hashable)

YEARS = range(1970, 2200)


class Problem(StrEnum):
    """What is wrong with a field."""

    NOT_JSON = "not_json"
    MISSING = "missing"
    UNKNOWN_FIELD = "unknown_field"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_WORD = "unknown_word"
    NOT_A_DATETIME = "not_a_datetime"
    NAIVE_DATETIME = "naive_datetime"
    NOT_A_DATE = "not_a_date"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_TIMEZONE = "unknown_timezone"
    UNKNOWN_REGION = "unknown_region"
    DUPLICATE = "duplicate"


class BadCase(ValueError):
    """A case that cannot be read: where (`path`), why (`problem`) and what stood there (`value`)."""

    def __init__(self, path: str, problem: Problem, value: object) -> None:
        super().__init__(path, problem.value, value)
        self.path = path
        self.problem = problem
        self.value = value


def fail(path: str, problem: Problem, value: object) -> Never:
    """Raise BadCase."""
    raise BadCase(path, problem, value)


def repeated(names: Sequence[Named]) -> Named | None:
    """The first name that stands twice."""
    seen: set[Named] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


class Fields:
    """A JSON object at a path. A field that is absent or null has its default, if it has one."""

    __slots__ = ("_left", "_values", "path")

    def __init__(self, values: object, path: str) -> None:
        if not isinstance(values, dict):
            fail(path, Problem.WRONG_TYPE, values)
        self.path = path
        self._values: dict[str, object] = values
        self._left = dict.fromkeys(values)

    def at(self, name: str) -> str:
        """The path of a field."""
        return f"{self.path}.{name}"

    def refuse_the_rest(self) -> None:
        """Raise BadCase if a field was never asked for."""
        for name in self._left:
            fail(self.at(name), Problem.UNKNOWN_FIELD, self._values[name])

    def text(self, name: str, *, default: str) -> str:
        found = self._take(name)
        if found is None:
            return default
        if not isinstance(found, str):
            fail(self.at(name), Problem.WRONG_TYPE, found)
        return found

    def truth(self, name: str) -> bool:
        found = self._take(name)
        if found is None:
            return False
        if not isinstance(found, bool):
            fail(self.at(name), Problem.WRONG_TYPE, found)
        return found

    def whole(self, name: str) -> int | None:
        found = self._take(name)
        if found is None:
            return None
        if not isinstance(found, int) or isinstance(found, bool):
            fail(self.at(name), Problem.WRONG_TYPE, found)
        if found < 0:
            fail(self.at(name), Problem.OUT_OF_RANGE, found)
        return found

    def instant(self, name: str) -> datetime:
        found = self.instant_or_none(name)
        if found is None:
            fail(self.at(name), Problem.MISSING, None)
        return found

    def instant_or_none(self, name: str) -> datetime | None:
        found = self._take(name)
        if found is None:
            return None
        if not isinstance(found, str):
            fail(self.at(name), Problem.WRONG_TYPE, found)
        try:
            at = datetime.fromisoformat(found)
        except ValueError:
            fail(self.at(name), Problem.NOT_A_DATETIME, found)
        if at.tzinfo is None:
            fail(self.at(name), Problem.NAIVE_DATETIME, found)
        if at.year not in YEARS:
            fail(self.at(name), Problem.OUT_OF_RANGE, found)
        return at

    def day_or_none(self, name: str) -> date | None:
        found = self._take(name)
        if found is None:
            return None
        if not isinstance(found, str):
            fail(self.at(name), Problem.WRONG_TYPE, found)
        try:
            day = date.fromisoformat(found)
        except ValueError:
            fail(self.at(name), Problem.NOT_A_DATE, found)
        if day.year not in YEARS:
            fail(self.at(name), Problem.OUT_OF_RANGE, found)
        return day

    def word(self, name: str, words: type[Word]) -> Word:
        found = self.word_or_none(name, words)
        if found is None:
            fail(self.at(name), Problem.MISSING, None)
        return found

    def word_or_none(self, name: str, words: type[Word]) -> Word | None:
        found = self._take(name)
        return None if found is None else self.word_of(found, words, name)

    def word_of(self, found: object, words: type[Word], name: str) -> Word:
        """A value as one of the method's words; `name` says where it stood."""
        if not isinstance(found, str):
            fail(self.at(name), Problem.WRONG_TYPE, found)
        try:
            return words(found)
        except ValueError:
            fail(self.at(name), Problem.UNKNOWN_WORD, found)

    def sequence(self, name: str, *, required: bool) -> list[object]:
        found = self._take(name)
        if found is None:
            if required:
                fail(self.at(name), Problem.MISSING, None)
            return []
        if not isinstance(found, list):
            fail(self.at(name), Problem.WRONG_TYPE, found)
        return found

    def mapping(self, name: str) -> Mapping[str, object]:
        found = self._take(name)
        if found is None:
            return {}
        if not isinstance(found, dict):
            fail(self.at(name), Problem.WRONG_TYPE, found)
        return found

    def inner(self, name: str) -> "Fields":
        found = self._take(name)
        if found is None:
            fail(self.at(name), Problem.MISSING, None)
        return Fields(found, self.at(name))

    def _take(self, name: str) -> object:
        self._left.pop(name, None)
        return self._values.get(name)
