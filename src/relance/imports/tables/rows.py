"""One row as a person and dated facts; what has no date stays a note, and nothing is made up.

How a status is read stands in docs/decisions/tables.md.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from relance.cadence.words import Channel, Kind, Tone
from relance.imports.area_words import KeyKind
from relance.imports.linkedin.profile_url import ProfileKey, profile_key
from relance.imports.names import name_key
from relance.imports.tables.fields import DATES, Field
from relance.imports.tables.gem import event_of_gem
from relance.imports.tables.reasons import RowProblem
from relance.imports.tables.status import Says, strongest
from relance.imports.tables.values import When, folded, full_name, is_nothing, mails, phones, when, yes

MOST_NOTE = 4_000
MOST_NUMBER = 100
PhoneForm = Callable[[str], str | None]
"""A phone number in its one form, None for what is none."""


class Dated(NamedTuple):
    """A fact before its person is known."""

    at: datetime
    kind: Kind
    key: str
    channel: Channel | None = None
    exact: bool = True
    order: int = 0
    tone: Tone | None = None


@dataclass(slots=True)
class Read:
    """What a row says. `problems` are (what, column, cell); a refused one stands first and alone."""

    name: str = ""
    first: str = ""
    last: str = ""
    mails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    profile: ProfileKey | None = None
    profile_url: str = ""
    number: str = ""
    position: str = ""
    company: str = ""
    location: str = ""
    note: str = ""
    opted_out: bool = False
    unclear: bool = False
    until: datetime | None = None
    facts: list[Dated] = field(default_factory=list)
    problems: list[tuple[RowProblem, int, str]] = field(default_factory=list)

    @property
    def is_reached(self) -> bool:
        """Whether it says how to reach the person."""
        return bool(self.mails or self.phones or self.profile)


class Refused(Exception):
    """A row of which nothing can be used."""

    def __init__(self, problem: RowProblem, column: int = -1, cell: str = "") -> None:
        super().__init__(problem)
        self.problem, self.column, self.cell = problem, column, cell


class RowReader:
    """Reads the rows of one table. `numbers` names the tool whose own numbers its people bear, if it is known."""

    def __init__(
        self,
        columns: Sequence[Field],
        labels: Sequence[str],
        day_first: Sequence[bool],
        *,
        zone: tzinfo,
        phone_form: PhoneForm,
        now: datetime,
        numbers: str = "",
    ) -> None:
        self._numbers = numbers
        self._places: dict[Field, list[int]] = {}
        for place, each in enumerate(columns):
            if each is not Field.IGNORED:
                self._places.setdefault(each, []).append(place)
        self._labels, self._day_first = labels, day_first
        self._zone, self._phone_form, self._now = zone, phone_form, now
        self._width = len(columns)
        self._events = Field.EVENT_TYPE in self._places

    def read(self, cells: list[str]) -> Read:
        """Raises Refused."""
        read = Read()
        if any(cells[self._width :]):
            read.problems.append((RowProblem.MORE_CELLS, self._width, ""))
        self._who(cells, read)
        for name, each in (
            ("position", Field.POSITION),
            ("company", Field.COMPANY),
            ("location", Field.LOCATION),
        ):
            setattr(read, name, "" if is_nothing(told := self._one(cells, each)) else " ".join(told.split()))
        if self._events:
            self._event(cells, read)
        else:
            self._past(cells, read)
        if not read.is_reached and not read.facts:
            raise Refused(RowProblem.NO_ADDRESS)
        read.note = self._note(cells)
        return read

    def _all(self, cells: list[str], each: Field) -> Sequence[tuple[int, str]]:
        places = self._places.get(each)
        if places is None:
            return ()
        return [(place, cells[place]) for place in places if place < len(cells) and cells[place]]

    def _one(self, cells: list[str], each: Field) -> str:
        for _, cell in self._all(cells, each):
            return cell
        return ""

    def _who(self, cells: list[str], read: Read) -> None:
        bad = [*self._mails(cells, read), *self._phones(cells, read), *self._profiles(cells, read)]
        read.name, read.first, read.last = full_name(
            self._one(cells, Field.FULL_NAME),
            self._one(cells, Field.FIRST_NAME),
            self._one(cells, Field.LAST_NAME),
        )
        read.number = self._number(cells, read.name)
        # A number that its tool gives tells one person for sure: what happened waits there for an address.
        if not read.is_reached and not (self._numbers and read.number):
            if bad:
                raise Refused(RowProblem.BAD_ADDRESS, bad[0][0], bad[0][1][:120])
            raise Refused(RowProblem.NO_ADDRESS)
        if is_nothing(read.name):
            if not (read.mails or read.profile):
                raise Refused(RowProblem.NO_NAME)
            read.name = read.mails[0] if read.mails else str(read.profile.value if read.profile else "")
            read.first = read.last = ""
        read.problems += [(RowProblem.PART_ADDRESS, place, cell[:120]) for place, cell in bad]

    def _number(self, cells: list[str], name: str) -> str:
        """The source's own number of the person, with its source; that of a tool not known holds for one name alone."""
        told = " ".join(self._one(cells, Field.NUMBER).split())
        if is_nothing(told) or len(told) > MOST_NUMBER:
            return ""
        if self._numbers:
            return f"{self._numbers}:{told}"
        if is_nothing(name):
            return ""
        return f"table-{hashlib.sha256(name_key(name).encode()).hexdigest()[:12]}:{told}"

    def _mails(self, cells: list[str], read: Read) -> Iterable[tuple[int, str]]:
        for place, cell in self._all(cells, Field.EMAIL):
            good, wrong = mails(cell)
            read.mails += [each for each in good if each not in read.mails]
            yield from ((place, each) for each in wrong)

    def _phones(self, cells: list[str], read: Read) -> Iterable[tuple[int, str]]:
        for place, cell in self._all(cells, Field.PHONE):
            formed = [self._phone_form(each) for each in phones(cell)]
            read.phones += [each for each in formed if each and each not in read.phones]
            if not any(formed) and not is_nothing(cell):
                yield place, cell

    def _profiles(self, cells: list[str], read: Read) -> Iterable[tuple[int, str]]:
        for place, cell in self._all(cells, Field.LINKEDIN):
            parts = [*cell.replace(",", " , ").split(), cell]
            found = next(((key, url) for url in parts if (key := profile_key(url))), None)
            if found is None:
                if not is_nothing(cell):
                    yield place, cell
            elif read.profile is None or read.profile.kind is KeyKind.LINKEDIN_MEMBER:
                read.profile, read.profile_url = found[0], found[1][:500]

    def _date(self, place: int, cell: str, read: Read) -> When | None:
        found = when(cell, self._day_first[place], self._zone)
        if found is None:
            if not is_nothing(cell):
                read.problems.append((RowProblem.BAD_DATE, place, cell[:120]))
            return None
        return found

    def _dates(self, cells: list[str], each: Field, read: Read) -> list[When]:
        """The dates of a field that are past; one to come is told, and is no event."""
        found = []
        for place, cell in self._all(cells, each):
            date = self._date(place, cell, read)
            if date is None:
                continue
            if date.at > self._now and not date.exact and date.at - self._now < timedelta(hours=13):
                date = When(self._now, False)  # today, before noon
            if date.at > self._now:
                read.problems.append((RowProblem.FUTURE_DATE, place, cell[:120]))
            else:
                found.append(date)
        return found

    def _event(self, cells: list[str], read: Read) -> None:
        at = next((date for date in self._dates(cells, Field.EVENT_AT, read)), None)
        told = event_of_gem(
            self._one(cells, Field.EVENT_TYPE),
            self._one(cells, Field.EVENT_SUBTYPE),
            self._one(cells, Field.EVENT_TONE),
        )
        if at is None or told is None:
            raise Refused(
                RowProblem.BAD_EVENT, self._places[Field.EVENT_TYPE][0], self._one(cells, Field.EVENT_TYPE)
            )
        kind, channel, tone = told
        read.facts.append(
            Dated(at.at, kind, f"{kind} {at.at:%Y%m%dT%H%M%S} {channel}", channel, at.exact, 0, tone)
        )

    def _past(self, cells: list[str], read: Read) -> None:
        status, told = strongest(cell for _, cell in self._all(cells, Field.STATUS))
        channel, called = self._channel(cells, read)
        contacts = {
            date.at.date() if not date.exact else date.at: date
            for date in self._dates(cells, Field.CONTACT_ON, read)
        }
        replies = self._dates(cells, Field.REPLY_ON, read)
        applied = self._dates(cells, Field.APPLIED_ON, read)
        created = self._dates(cells, Field.CREATED_ON, read)
        stated = self._dates(cells, Field.STATUS_ON, read)
        if not applied and created and _is_application(self._one(cells, Field.SOURCE)):
            applied = created[:1]
        for date in applied:
            way = Channel.EMAIL if read.mails else None
            read.facts.append(_fact(date, Kind.APPLICATION_RECEIVED, way))
        if called and contacts:
            read.problems.append((RowProblem.UNTOLD_CALL, self._places[Field.CHANNEL][0], ""))
        else:
            read.facts += [_fact(date, Kind.MESSAGE_SENT, channel, order=1) for date in contacts.values()]
        for date in replies:
            read.facts.append(
                _fact(date, Kind.REPLY, channel, order=2, tone=_TONES.get(status, Tone.UNKNOWN))
            )
        read.opted_out = status is Says.OPT_OUT or any(
            yes(cell) for _, cell in self._all(cells, Field.OPT_OUT)
        )
        self._ended(read, status, told, stated, answered=bool(replies), channel=channel)
        self._next(cells, read)

    def _ended(
        self,
        read: Read,
        status: Says,
        told: str,
        stated: list[When],
        *,
        answered: bool,
        channel: Channel | None,
    ) -> None:
        """What a status says beside the dates: an end or an answer counts where it is dated, or clearly theirs."""
        last = max(read.facts, key=lambda each: each.at, default=None)
        if read.opted_out:
            at = last.at if last else (stated[0].at if stated else self._now)
            read.facts.append(Dated(at, Kind.OPT_OUT, "opt_out", None, False, 8))
        elif answered or status in {Says.NOTHING, Says.WAITING}:
            return
        elif status is Says.ENDED and stated:
            read.facts.append(_fact(stated[0], Kind.CLOSED, None, order=7))
        elif (status is Says.THEIR_NO and (stated or last)) or (status is Says.LATER and stated):
            at = stated[0].at if stated else (last.at if last else self._now)
            read.facts.append(Dated(at, Kind.REPLY, f"said {status}", channel, False, 3, _TONES[status]))
        elif last is not None:
            read.unclear = True
            read.problems.append((RowProblem.UNDATED_STATUS, self._places[Field.STATUS][0], told[:120]))

    def _next(self, cells: list[str], read: Read) -> None:
        """A next action to come puts the follow-up off until that day; a past one stays a note."""
        for place, cell in self._all(cells, Field.NEXT_ON):
            date = self._date(place, cell, read)
            if date is not None and date.at > self._now:
                on = date.at.astimezone(self._zone).replace(hour=0, minute=0, second=0)
                read.until = date.at if date.exact else on.astimezone(UTC)

    def _channel(self, cells: list[str], read: Read) -> tuple[Channel | None, bool]:
        """The way the table says, else the first by which the person is known; and whether it was a call."""
        told = folded(self._one(cells, Field.CHANNEL))
        for words, channel in _CHANNELS:
            if any(word in told for word in words):
                return channel, channel is Channel.CALL
        if read.mails:
            return Channel.EMAIL, False
        if read.profile:
            return Channel.LINKEDIN, False
        return (Channel.SMS if read.phones else Channel.EMAIL), False

    def _note(self, cells: list[str]) -> str:
        """What the table says and no event holds, under its own headers."""
        lines = []
        for each in (
            Field.STATUS,
            Field.NEXT_ON,
            Field.SOURCE,
            Field.CREATED_ON,
            Field.STATUS_ON,
            Field.NOTE,
        ):
            for place, cell in self._all(cells, each):
                if not is_nothing(cell) or each not in DATES | {Field.NOTE, Field.SOURCE}:
                    label = self._labels[place]
                    lines.append(f"{label} : {cell}".removeprefix(" : "))
        for each in (Field.CONTACT_ON, Field.REPLY_ON, Field.APPLIED_ON):
            for place, cell in self._all(cells, each):
                if when(cell, self._day_first[place], self._zone) is None and not is_nothing(cell):
                    lines.append(f"{self._labels[place]} : {cell}".removeprefix(" : "))
        return "\n".join(lines)[:MOST_NOTE]


_CHANNELS: tuple[tuple[tuple[str, ...], Channel], ...] = (
    (("inmail",), Channel.INMAIL),
    (("linkedin",), Channel.LINKEDIN),
    (("sms", "texto", "whatsapp"), Channel.SMS),
    (("appel", "tel", "phone", "call", "vocal"), Channel.CALL),
    (("mail", "courriel"), Channel.EMAIL),
)
_TONES = {
    Says.THEIR_NO: Tone.NEGATIVE,
    Says.ENDED: Tone.NEGATIVE,
    Says.OPT_OUT: Tone.NEGATIVE,
    Says.LATER: Tone.LATER,
    Says.INTERESTED: Tone.POSITIVE,
}


def _fact(
    date: When, kind: Kind, channel: Channel | None, *, order: int = 0, tone: Tone | None = None
) -> Dated:
    written = f"{date.at:%Y%m%dT%H%M%S}" if date.exact else f"{date.at:%Y%m%d}"
    return Dated(date.at, kind, f"{kind} {written}", channel, date.exact, order, tone)


def _is_application(source: str) -> bool:
    return any(
        word in folded(source) for word in ("applied", "candidature", "postul", "applicant", "career site")
    )


def key_of(fact: Dated) -> bytes:
    """What names a fact among those of its person, in every later export of the table."""
    return hashlib.sha256(f"table {fact.key}".encode()).digest()[:28]
