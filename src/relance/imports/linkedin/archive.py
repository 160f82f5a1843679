"""Opening what the recruiter was given: an archive, its folder, or one file of it.

Nothing is ever written to disk under a name taken from the archive, and nothing is trusted that
the archive declares about itself: sizes are counted again while reading.
"""

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from relance.imports.linkedin.csv_stream import Metered, table
from relance.imports.linkedin.dates import name_day
from relance.imports.linkedin.reasons import BadArchive, BadArchiveCode

Source = Path | bytes | BinaryIO

MAX_BYTES = 256 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_RATIO = 200
RATIO_COUNTS_FROM = 4 * 1024 * 1024
MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 3
_PACKED = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError)
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Member:
    """One file that may be read: its own name, its declared size, and how to open its bytes."""

    name: str
    size: int
    opened_by: Callable[[], AbstractContextManager[IO[bytes]]]


@dataclass(frozen=True, slots=True)
class Archive:
    """What was opened. `dated` are the days its name and its members give for the export."""

    members: tuple[Member, ...]
    dated: tuple[date, ...] = ()


@contextmanager
def opened(source: Source, *, name: str = "") -> Iterator[Archive]:
    """Open a zip, a folder or a single file, by what it holds and not by what it is called.

    `name` is the file's name where it came without one (an upload). Raises `BadArchive`.
    """
    if isinstance(source, Path) and source.is_dir():
        yield _folder(source)
        return
    called = name or (source.name if isinstance(source, Path) else "")
    if isinstance(source, Path):
        with source.open("rb") as stream:
            yield from _file(stream, called)
    else:
        yield from _file(io.BytesIO(source) if isinstance(source, bytes) else source, called)


def _file(stream: BinaryIO, name: str) -> Iterator[Archive]:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    if not head:
        raise BadArchive(BadArchiveCode.EMPTY)
    if size > MAX_BYTES:
        raise BadArchive(BadArchiveCode.TOO_LARGE, limit=MAX_BYTES)
    if not head.startswith(_ZIP_MAGIC):
        if b"\0" in head and not _is_table(head):
            raise BadArchive(BadArchiveCode.NOT_AN_ARCHIVE)
        yield Archive((Member(name or "file.csv", size, lambda: _again(stream)),))
        return
    _check_directory(stream, size)
    try:
        opened_zip = zipfile.ZipFile(stream)
    except (*_BROKEN, OSError, ValueError) as error:
        raise BadArchive(BadArchiveCode.DAMAGED) from error
    try:
        with opened_zip:
            yield _zip(opened_zip, name)
    except _BROKEN as error:
        raise BadArchive(BadArchiveCode.DAMAGED) from error


def _is_table(head: bytes) -> bool:
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return marked or table(Metered(io.BytesIO(head), len(head), lambda _: None), lambda *_: None) is not None


def _file_of(path: Path) -> IO[bytes]:
    return path.open("rb")


@contextmanager
def _again(stream: BinaryIO) -> Iterator[IO[bytes]]:
    """Read a single file from its start; who opened it closes it."""
    stream.seek(0)
    yield stream


def _check_directory(stream: BinaryIO, size: int) -> None:
    """Refuse a directory too large to be read into memory, before it is."""
    reach = min(size, _END.size + 65_535)
    stream.seek(size - reach)
    tail = stream.read(reach)
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise BadArchive(BadArchiveCode.DAMAGED)
    _, _, _, _, entries, directory_bytes, _, _ = _END.unpack_from(tail, at)
    if entries > MAX_MEMBERS or directory_bytes > MAX_DIRECTORY_BYTES:
        raise BadArchive(BadArchiveCode.TOO_MANY_MEMBERS, limit=MAX_MEMBERS)


def _zip(opened_zip: zipfile.ZipFile, name: str) -> Archive:
    infos = opened_zip.infolist()
    if len(infos) > MAX_MEMBERS:
        raise BadArchive(BadArchiveCode.TOO_MANY_MEMBERS, limit=MAX_MEMBERS)
    total = 0
    members: list[Member] = []
    dated: list[date] = []
    for info in infos:
        _check_member(info)
        total += info.file_size
        if total > MAX_BYTES:
            raise BadArchive(BadArchiveCode.TOO_LARGE, limit=MAX_BYTES)
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or not _readable(path):
            continue
        members.append(Member(path.name, info.file_size, partial(opened_zip.open, info)))
        if (day := _member_day(info)) is not None:
            dated.append(day)
    if not members:
        holds = any(not info.is_dir() for info in infos)
        raise BadArchive(BadArchiveCode.NOT_AN_ARCHIVE if holds else BadArchiveCode.EMPTY)
    from_name = name_day(name)
    return Archive(tuple(members), (*dated, from_name) if from_name else tuple(dated))


def _member_day(info: zipfile.ZipInfo) -> date | None:
    """The day a member was written; the directory may hold one of no calendar, or none at all (1980)."""
    try:
        return date(*info.date_time[:3]) if info.date_time[0] > 1980 else None
    except ValueError:
        return None


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.filename.replace("\\", "/")
    if not name:  # zipfile itself cannot say whether it is a folder
        raise BadArchive(BadArchiveCode.DAMAGED)
    if name.startswith("/") or name[1:2] == ":":
        raise BadArchive(BadArchiveCode.ABSOLUTE_NAME, member=name)
    if ".." in name.split("/"):
        raise BadArchive(BadArchiveCode.PATH_TRAVERSAL, member=name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise BadArchive(BadArchiveCode.SYMLINK, member=name)
    if info.flag_bits & 0x1:
        raise BadArchive(BadArchiveCode.ENCRYPTED, member=name)
    if not info.is_dir() and name.lower().endswith(_PACKED):
        raise BadArchive(BadArchiveCode.NESTED, member=name)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadArchive(BadArchiveCode.UNSUPPORTED_COMPRESSION, member=name)
    if info.file_size > RATIO_COUNTS_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise BadArchive(BadArchiveCode.SUSPICIOUS_RATIO, member=name, limit=MAX_RATIO)


def _folder(folder: Path) -> Archive:
    """Walk a folder the archive was unpacked into; the times of its files are not the export's."""
    members: list[Member] = []
    total = 0
    for path in _walked(folder):
        size = path.stat().st_size
        total += size
        if total > MAX_BYTES:
            raise BadArchive(BadArchiveCode.TOO_LARGE, limit=MAX_BYTES)
        members.append(Member(path.name, size, partial(_file_of, path)))
    if not members:
        raise BadArchive(BadArchiveCode.EMPTY)
    from_name = name_day(folder.name)
    return Archive(tuple(members), (from_name,) if from_name else ())


def _walked(folder: Path) -> Iterator[Path]:
    seen = 0
    for where, folders, files in os.walk(folder):
        inside = Path(where).relative_to(folder)
        folders[:] = sorted(folders) if len(inside.parts) < MAX_DEPTH - 1 else []
        seen += len(files) + len(folders)
        if seen > MAX_MEMBERS:
            raise BadArchive(BadArchiveCode.TOO_MANY_MEMBERS, limit=MAX_MEMBERS)
        for file in sorted(files):
            path = Path(where) / file
            if (
                _readable(PurePosixPath((inside / file).as_posix()))
                and path.is_file()
                and not path.is_symlink()
            ):
                yield path


def _readable(path: PurePosixPath) -> bool:
    if "__MACOSX" in path.parts or len(path.parts) > MAX_DEPTH:
        return False
    return path.suffix.lower() in {".csv", ".tsv", ".txt"} and not path.name.startswith(".")
