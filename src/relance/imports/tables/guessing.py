"""From a header and some rows to what each column holds: a guess, to be confirmed where no tool is recognised."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from relance.imports.linkedin.profile_url import profile_key
from relance.imports.tables.fields import DATES, FIELDS, FRENCH, SEVERAL, Field, squeezed
from relance.imports.tables.formats import format_of
from relance.imports.tables.status import looks_like_places
from relance.imports.tables.values import mails, phones, when

HEADER_WITHIN = 30
SHOWN = 5
_UTC = ZoneInfo("UTC")
_NAMES = (Field.FULL_NAME, Field.FIRST_NAME, Field.LAST_NAME)
_WAYS = (Field.EMAIL, Field.PHONE, Field.LINKEDIN)


@dataclass(slots=True)
class Guess:
    """What a sheet was understood to be. `header` is the number of its header's row, 0 when it has none.

    `hidden` is how many of its rows below that its workbook hides, `hidden_sheets` how many sheets.
    """

    name: str
    header: int = 0
    labels: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    day_first: bool = True
    format: str = ""
    sample: list[list[str]] = field(default_factory=list)
    hidden: int = 0
    hidden_sheets: int = 0

    @property
    def fingerprint(self) -> str:
        """What the header is known by next time; the header itself is not kept."""
        return hashlib.sha256("\x1f".join(squeezed(each) for each in self.labels).encode()).hexdigest()

    @property
    def score(self) -> int:
        """How much of a table of people it is."""
        known = sum(each is not Field.IGNORED for each in self.fields)
        return known + 20 * is_usable(self.fields) if self.sample else 0


def is_usable(fields: Sequence[Field]) -> bool:
    """Whether columns name people and say how to reach them; a mail address or a profile names by itself."""
    held = set(fields)
    return bool(held.intersection({Field.EMAIL, Field.LINKEDIN})) or bool(
        Field.PHONE in held and held.intersection(_NAMES)
    )


def guess(name: str, rows: Sequence[tuple[int, list[str]]], *, french: bool) -> Guess:
    """Understand a sheet by its first rows. `french`: it was written by a French spreadsheet."""
    told = [(number, cells) for number, cells in rows if any(cells)]
    head = _header(told)
    if head is None:
        width = max((len(cells) for _, cells in told), default=0)
        labels, header, body = [""] * width, 0, [cells for _, cells in told]
    else:
        header, labels = told[head][0], _trimmed(told[head][1])
        body = [cells for _, cells in told[head + 1 :]]
    found = Guess(name, header, labels, sample=[cells[: len(labels)] for cells in body[:SHOWN]])
    known = format_of(labels)
    found.format = known.name if known else ""
    found.day_first = french or bool(FRENCH.intersection(squeezed(each) for each in labels))
    columns = [[cells[place] for cells in body if place < len(cells)] for place in range(len(labels))]
    if known:
        found.fields = [known.columns.get(squeezed(label), Field.IGNORED) for label in labels]
    else:
        fields = [_of(label, column) for label, column in zip(labels, columns, strict=True)]
        found.fields = _checked(_last_names(labels, fields))
    return found


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return [" ".join(each.split())[:120] for each in cells]


def _header(told: Sequence[tuple[int, list[str]]]) -> int | None:
    """The place of the row that most looks like a header: titles may stand above it."""
    best, found = 0, None
    for place, (_, cells) in enumerate(told[:HEADER_WITHIN]):
        known = len({each for each in cells if each and squeezed(each) in FIELDS})
        if format_of(cells):
            known += 100
        filled = sum(bool(each) for each in cells)
        if known > best and known * 4 >= filled and not any("@" in each for each in cells):
            best, found = known, place
    return found if found is not None else _unknown_header(told)


def _unknown_header(told: Sequence[tuple[int, list[str]]]) -> int | None:
    """The first row, where it holds words alone and the rows under it addresses or dates."""
    first = _trimmed(told[0][1]) if told else []
    if len(first) < 2 or not all(first) or any(_is_data(each) for each in first):
        return None
    under = any(_is_data(cell) for _, cells in told[1:20] for cell in cells[: len(first)] if cell)
    return 0 if under else None


def _is_data(value: str) -> bool:
    return _is_mail(value) or _is_profile(value) or _is_phone(value) or _is_date(value)


def _of(label: str, column: Sequence[str]) -> Field:
    told = [each for each in column if each][:200]
    known = FIELDS.get(squeezed(label))
    if known is None:
        known = _by_words(squeezed(label))
    if known in DATES:
        return known if not told or _share(told, _is_date) >= 0.5 else _undated(known)
    if known is Field.STATUS and squeezed(label) in {"etat", "state"} and looks_like_places(told):
        return Field.LOCATION
    if known is Field.LINKEDIN and told and _share(told, _is_profile) < 0.3:
        return Field.IGNORED
    if known in {Field.FULL_NAME, Field.NUMBER} and told and _share(told, _is_mail) >= 0.5:
        return Field.EMAIL
    if (
        known in {Field.EMAIL, Field.PHONE}
        and told
        and _share(told, _is_mail if known is Field.EMAIL else _is_phone) < 0.2
    ):
        return Field.IGNORED
    if known is not None:
        return known
    if told and _share(told, _is_mail) >= 0.6:
        return Field.EMAIL
    if told and _share(told, _is_profile) >= 0.6:
        return Field.LINKEDIN
    return Field.IGNORED


def _undated(known: Field) -> Field:
    """A column called as a date is, whose cells hold words."""
    return Field.STATUS if known is Field.REPLY_ON else Field.NOTE


def _by_words(label: str) -> Field | None:
    if "linkedin" in label:
        return Field.LINKEDIN
    if "mail" in label and not any(
        word in label for word in ("date", "statut", "status", "envoye", "sent", "opt")
    ):
        return Field.EMAIL
    if any(word in label for word in ("telephone", "phone", "portable", "mobile")):
        return Field.PHONE
    return None


def _share(values: Sequence[str], holds: object) -> float:
    return sum(bool(holds(each)) for each in values) / len(values)  # type: ignore[operator]


def _is_date(value: str) -> bool:
    return when(value, True, _UTC) is not None


def _is_mail(value: str) -> bool:
    return "@" in value and bool(mails(value)[0])


def _is_phone(value: str) -> bool:
    return bool(phones(value))


def _is_profile(value: str) -> bool:
    return profile_key(value.strip().split(" ")[0]) is not None


def _last_names(labels: Sequence[str], fields: Sequence[Field]) -> list[Field]:
    """`Nom` is a full name, unless a first name stands beside it."""
    if Field.FIRST_NAME not in fields or Field.LAST_NAME in fields:
        return list(fields)
    return [
        Field.LAST_NAME if each is Field.FULL_NAME and squeezed(label) in {"nom", "name"} else each
        for label, each in zip(labels, fields, strict=True)
    ]


def _checked(fields: list[Field]) -> list[Field]:
    """Each single field to the first column that names it."""
    taken: set[Field] = set()
    found = []
    for each in fields:
        if each in taken and each not in SEVERAL:
            each = Field.NOTE if each is Field.SOURCE else Field.IGNORED
        taken.add(each)
        found.append(each)
    return found
