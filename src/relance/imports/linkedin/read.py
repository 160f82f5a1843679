"""From an archive to a filled area, in one call."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from relance.imports.area import LINES_KEPT, Area
from relance.imports.hands import Hands
from relance.imports.linkedin import rows
from relance.imports.linkedin.archive import MAX_BYTES, Archive, Member, Source, opened
from relance.imports.linkedin.beside import Beside, Order, Staged, begun_beside
from relance.imports.linkedin.csv_stream import Metered, Missed, Table, table
from relance.imports.linkedin.dates import last_instant
from relance.imports.linkedin.headers import FileKind, is_assistant_log, is_expected
from relance.imports.linkedin.join import STEPS, join
from relance.imports.linkedin.reasons import BadArchive, BadArchiveCode, LeftOut
from relance.imports.linkedin.staging import Staging
from relance.imports.linkedin.staging_schema import STAGING
from relance.imports.progress import Asked, Cancelled, Listener, Progress, Stage, never, unheard

SOURCE = "linkedin"


def read_archive(
    source: Source,
    scratch: Path,
    *,
    name: str = "",
    now: datetime | None = None,
    heard: Listener = unheard,
    asked_to_stop: Asked = never,
    hands: Hands | None = None,
) -> Area:
    """Read LinkedIn's export into a new area at `scratch` and return it open.

    `source` is a zip, a folder, a single CSV, their bytes or a seekable stream; `name` is what an
    upload was called. `now` bounds the export date the archive itself may claim (no export comes
    from the future) and the dates of its rows; without it the year 2100 does. `heard` is told the
    progress, at most every 64 KiB read; `asked_to_stop` is asked at the same moments. `hands` may
    read some of a large archive.

    Raises `BadArchive` or `Cancelled`; the area is wiped then, and nothing else was written.
    """
    area = Area.create(scratch)
    try:
        _Reading(area, heard, asked_to_stop, hands or Hands(), last_instant(now)).whole(source, name, now)
    except sqlite3.OperationalError as error:
        area.wipe()
        if str(error) == "interrupted":
            raise Cancelled from error
        raise
    except BaseException:
        area.wipe()
        raise
    return area


class _Reading:
    def __init__(self, area: Area, heard: Listener, asked: Asked, hands: Hands, latest: datetime) -> None:
        self._area = area
        self._latest = latest
        self._hands = hands
        self._heard = heard
        self._asked = asked
        self._staging = Staging(area.database)
        self._read = 0
        self._rows_beside = 0
        self._total = 0
        self._steps = 0
        self._profile_names: list[str] = []
        self._kinds: set[FileKind] = set()
        self._left_out: Counter[tuple[LeftOut, str]] = Counter()
        self._lines: dict[tuple[LeftOut, str], list[int]] = {}

    def whole(self, source: Source, name: str, now: datetime | None) -> None:
        area = self._area
        area.stop_when(self._asked)
        area.remember("source", SOURCE)
        area.database.executescript(STAGING)
        with opened(source, name=name) as archive:
            kinds = self._files(archive)
            beside = begun_beside(self._hands, read_beside, source, name, kinds, area.path, self._latest)
            try:
                area.database.execute("BEGIN")
                for place in kinds:
                    if beside is None or place not in beside.places:
                        self._member(archive.members[place])
                if beside is not None:
                    self._take_over(beside, archive)
            finally:
                if beside is not None:
                    beside.leave()
            if not self._kinds:
                names = tuple(member.name for member in archive.members[:10])
                # An export without what was wanted of it still holds tables; stray notes are no export at all.
                notes = all(member.name.lower().endswith(".txt") for member in archive.members)
                code = BadArchiveCode.NOT_AN_ARCHIVE if notes else BadArchiveCode.NOTHING_RECOGNISED
                raise BadArchive(code, names=names)
            dated = [day for day in archive.dated if day <= (now or self._latest).date()]
        for (reason, file), count in self._left_out.items():
            area.leave_out(reason, file, count, self._lines[reason, file])
        area.remember("files", ",".join(sorted(self._kinds)))
        self._tell(Stage.JOINING)
        self._join(dated)
        area.database.execute("COMMIT")
        area.stop_when(never)
        self._tell(Stage.DONE)

    def _take_over(self, beside: Beside, archive: Archive) -> None:
        """Take in what was read beside this reading, or read it here where that failed, to fail as it would have."""
        staged = beside.answer()
        if staged is None:
            for place in beside.places:
                self._member(archive.members[place])
            return
        self._area.database.execute("COMMIT")  # no file can be attached within a transaction
        self._area.database.execute("ATTACH ? AS beside", (str(beside.scratch),))
        self._area.database.execute("BEGIN")
        self._staging.take_over("beside")
        self._area.database.execute("COMMIT")
        self._area.database.execute("DETACH beside")
        self._area.database.execute("BEGIN")
        self._rows_beside = staged.rows
        self._kinds |= staged.kinds
        self._left_out.update(staged.left_out)
        self._lines.update(staged.lines)
        self._advance(staged.bytes_read)
        if self._read > MAX_BYTES:
            raise BadArchive(BadArchiveCode.TOO_LARGE)

    def beside(self, source: Path, name: str, places: tuple[int, ...]) -> Staged:
        """Stage just those members, for another reading to take over."""
        self._area.database.executescript(STAGING)
        with opened(source, name=name) as archive:
            self._area.database.execute("BEGIN")
            for place in places:
                self._member(archive.members[place])
            self._area.database.execute("COMMIT")
        return Staged(self._staging.rows, self._read, self._kinds, self._left_out, self._lines)

    def _files(self, archive: Archive) -> dict[int, tuple[FileKind, int]]:
        """Return the kinds and sizes of the members to read, by their places; only these count in the total."""
        kinds: dict[int, tuple[FileKind, int]] = {}
        for place, member in enumerate(archive.members):
            if is_assistant_log(member.name):
                self._area.leave_out(LeftOut.ASSISTANT_LOG, member.name)
            elif (kind := self._recognised(member)) is not None:
                kinds[place] = kind, member.size
            elif is_expected(member.name):
                self._area.leave_out(LeftOut.UNKNOWN_HEADER, member.name)
        self._total = sum(size for _kind, size in kinds.values())
        return kinds

    def _recognised(self, member: Member) -> FileKind | None:
        with member.opened_by() as stream:
            found = table(Metered(stream, MAX_BYTES, lambda _: None), lambda reason, line: None)
            return None if found is None else found.kind

    def _member(self, member: Member) -> None:
        def missed(reason: LeftOut, line: int) -> None:
            self._left_out[reason, member.name] += 1
            if self._left_out[reason, member.name] <= LINES_KEPT:
                self._lines.setdefault((reason, member.name), []).append(line)

        with member.opened_by() as stream:
            found = table(Metered(stream, MAX_BYTES - self._read, self._advance), missed)
            if found is not None:
                self._kinds.add(found.kind)
                self._file(found, missed)
        self._tell(Stage.READING)

    def _file(self, found: Table, missed: Missed) -> None:
        match found.kind:
            case FileKind.CONNECTIONS:
                self._staging.connections(rows.connections(found, missed, self._latest), missed)
            case FileKind.INVITATIONS:
                self._staging.invitations(rows.invitations(found, missed, self._latest), missed)
            case FileKind.MESSAGES:
                self._staging.messages(rows.messages(found, missed, self._latest), missed)
            case FileKind.CONTACTS:
                self._staging.contacts(rows.contacts(found, missed), missed)
            case FileKind.PROFILE:
                values = rows.first_values(found, missed, "first name", "last name")
                self._profile_names.extend(" ".join(value) for value in values[:1])
            case FileKind.EMAIL_ADDRESSES:
                addresses = [value for (value,) in rows.first_values(found, missed, "email address") if value]
                self._area.remember("owner_emails", ",".join(sorted(addresses)))
            case FileKind.AD_TARGETING:
                for (locale,) in rows.first_values(found, missed, "interfacelocale")[:1]:
                    self._area.remember("locale", locale)

    def _advance(self, count: int) -> None:
        self._read += count
        self._tell(Stage.READING)
        if self._asked():
            raise Cancelled

    def _join(self, dated: list[date]) -> None:
        join(self._area, profile_names=self._profile_names, dated=dated, step=self._step)

    def _step(self, done: int) -> None:
        self._steps = done
        self._tell(Stage.JOINING)
        if self._asked():
            raise Cancelled

    def _tell(self, stage: Stage) -> None:
        self._heard(
            Progress(
                stage, self._read, self._total, self._staging.rows + self._rows_beside, self._steps, STEPS
            )
        )


def read_beside(order: Order) -> Staged | None:
    """Read some members of an archive into a scratch file of their own; None where they cannot be read."""
    order.scratch.unlink(missing_ok=True)
    try:
        with closing(Area.create(order.scratch)) as area:
            return _Reading(area, unheard, never, Hands(), order.latest).beside(
                order.source, order.name, order.places
            )
    except BadArchive:
        return None
