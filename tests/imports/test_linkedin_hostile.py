"""Archives that are wrong or mean harm: each has its code, in bounded time and memory, and leaves nothing."""

import io
import stat
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from relance.imports.linkedin.archive import MAX_BYTES, opened
from relance.imports.linkedin.inspect import inspect
from relance.imports.linkedin.reasons import BadArchive, BadArchiveCode
from tests.imports.compose import compose
from tests.imports.stories import told

HEADER = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROW = b"Odile,Exemplaire,https://www.linkedin.com/in/odile,,Brumelle,Dev,12 Mar 2026\n"


def zipped(*members: tuple[str, bytes], mode: int = 0o100644) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2026, 6, 13, 0, 0, 0))
            info.external_attr = mode << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def grown(total: int, chunk: Callable[[int], bytes]) -> bytes:
    """A zip of one Connections.csv of `total` bytes, written as it goes and never held unpacked."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("Connections.csv", "w") as file,
    ):
        file.write(HEADER)
        written = 0
        while written < total:
            piece = chunk(written)
            file.write(piece)
            written += len(piece)
    return out.getvalue()


def varied(start: int) -> bytes:
    return b"".join(b"%d,%x," % (start * k, start ^ k * 7919) + ROW for k in range(2**14))


def marked_encrypted(data: bytes) -> bytes:
    """The same zip with the encryption bit set in its central directory and local header."""
    changed = bytearray(data)
    for magic, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = changed.find(magic)
        changed[at + offset] |= 1
    return bytes(changed)


def lying_about_its_size(data: bytes) -> bytes:
    """The same zip declaring that its first member holds ten bytes."""
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    struct.pack_into("<L", changed, at + 24, 10)
    return bytes(changed)


GOOD = zipped(("Connections.csv", HEADER + ROW * 50))

REFUSED: dict[str, tuple[Callable[[], bytes], BadArchiveCode]] = {
    "empty file": (lambda: b"", BadArchiveCode.EMPTY),
    "empty zip": (zipped, BadArchiveCode.EMPTY),
    "nothing readable": (lambda: zipped(("photo.png", b"x")), BadArchiveCode.NOT_AN_ARCHIVE),
    "bomb": (lambda: grown(100 * 2**20, lambda n: b"0" * 2**20), BadArchiveCode.SUSPICIOUS_RATIO),
    "large": (
        lambda: grown(300 * 2**20, varied),
        BadArchiveCode.TOO_LARGE,
    ),
    "traversal": (lambda: zipped(("../Connections.csv", HEADER)), BadArchiveCode.PATH_TRAVERSAL),
    "windows traversal": (
        lambda: zipped(("a\\..\\..\\Connections.csv", HEADER)),
        BadArchiveCode.PATH_TRAVERSAL,
    ),
    "absolute": (lambda: zipped(("/etc/Connections.csv", HEADER)), BadArchiveCode.ABSOLUTE_NAME),
    "drive": (lambda: zipped(("C:/Connections.csv", HEADER)), BadArchiveCode.ABSOLUTE_NAME),
    "symlink": (
        lambda: zipped(("Connections.csv", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777),
        BadArchiveCode.SYMLINK,
    ),
    "nested": (lambda: zipped(("inner.zip", GOOD)), BadArchiveCode.NESTED),
    "encrypted": (lambda: marked_encrypted(GOOD), BadArchiveCode.ENCRYPTED),
    "many": (lambda: zipped(*((f"{n}.csv", b"") for n in range(2_001))), BadArchiveCode.TOO_MANY_MEMBERS),
    "truncated": (lambda: GOOD[: len(GOOD) // 2], BadArchiveCode.DAMAGED),
    "cut at the end": (lambda: GOOD[:-30], BadArchiveCode.DAMAGED),
    "lying size": (lambda: lying_about_its_size(GOOD), BadArchiveCode.DAMAGED),
    "binary": (lambda: bytes(range(256)) * 100, BadArchiveCode.NOT_AN_ARCHIVE),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", BadArchiveCode.NOTHING_RECOGNISED),
    "wrong headers": (
        lambda: zipped(("Connections.csv", b"a,b,c\n1,2,3\n")),
        BadArchiveCode.NOTHING_RECOGNISED,
    ),
    "stray note": (
        lambda: zipped(("a.txt", b"bonjour\n"), ("photo.png", b"x")),
        BadArchiveCode.NOT_AN_ARCHIVE,
    ),
    "wrong single": (lambda: b"a;b;c\n1;2;3\n", BadArchiveCode.NOTHING_RECOGNISED),
    "binary member": (lambda: zipped(("messages.csv", b"\0\1" * 5000)), BadArchiveCode.NOTHING_RECOGNISED),
    "only assistants": (
        lambda: zipped(("coach_messages.csv", b"No conversations found\n")),
        BadArchiveCode.NOTHING_RECOGNISED,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_has_its_code_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    build, code = REFUSED[name]
    data = build()
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(BadArchive) as caught:
        inspect(data, scratch=tmp_path / "area")
    took = time.perf_counter() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.code is code
    assert list(tmp_path.iterdir()) == []
    assert peak < 24 * 2**20
    assert took < 5


def test_a_bzip2_member_is_not_unpacked(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("Connections.csv", HEADER + ROW)
    with pytest.raises(BadArchive) as caught:
        inspect(out.getvalue(), scratch=tmp_path / "area")
    assert caught.value.code is BadArchiveCode.UNSUPPORTED_COMPRESSION


@pytest.mark.parametrize(("month", "day"), [(0, 1), (2, 31), (15, 3), (6, 0)])
def test_an_impossible_day_in_the_directory_is_left_aside(month: int, day: int, tmp_path: Path) -> None:
    """One member bears a day of no calendar, the other a real one, later than any row."""
    data = bytearray(zipped(("Connections.csv", HEADER + ROW), ("Profile.csv", b"First Name,Last Name\n")))
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 14, (2030 - 1980) << 9 | month << 5 | day)
    said = inspect(bytes(data), scratch=tmp_path / "area")
    assert said["export_date"] == "2026-06-13"
    assert said["left_out"] == {}


def test_a_flipped_byte_is_damage(tmp_path: Path) -> None:
    data = bytearray(compose(tmp_path, told(3)).read_bytes())
    for at in range(200, 1200, 7):
        data[at] ^= 0xFF
    with pytest.raises(BadArchive) as caught:
        inspect(bytes(data), scratch=tmp_path / "area")
    assert caught.value.code is BadArchiveCode.DAMAGED


def test_a_line_without_end_stays_out_of_memory(tmp_path: Path) -> None:
    """64 MiB in one line, then one quote never closed: counted, bounded, and the good rows read."""
    path = tmp_path / "Connections.csv"
    with path.open("wb") as file:
        file.write(HEADER + ROW)
        for _ in range(64):
            file.write(b"x" * 2**20)
        file.write(b"\n" + ROW.replace(b"odile", b"karim") + b'"never closed,')
        for _ in range(20_000):
            file.write(ROW)
    tracemalloc.start()
    said = inspect(path, scratch=tmp_path / "area")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 40 * 2**20
    left_out = said["left_out"]
    assert isinstance(left_out, dict)
    assert left_out["row_too_long"] == 1
    assert left_out["unreadable_row"] == 1


@pytest.mark.parametrize("name", ["x.zip", "x.zip.zip", "Basic_LinkedInDataExport_06-13-2026 (1).zip"])
def test_a_wrapping_folder_and_a_mac_s_litter(name: str, tmp_path: Path) -> None:
    inside = "Basic_LinkedInDataExport_06-13-2026.zip"
    data = zipped(
        (f"{inside}/Connections.csv", HEADER + ROW),
        (f"__MACOSX/{inside}/._Connections.csv", b"\0\5\x16\7"),
        (f"{inside}/.DS_Store", b"\0\0\0\1Bud1"),
        (f"{inside}/Jobs/Job Applications.csv", b"Application Date\n"),
    )
    path = tmp_path / name
    path.write_bytes(data)
    assert inspect(path, scratch=tmp_path / "area")["export_date"] == "2026-06-13"
    with opened(path) as archive:
        assert [member.name for member in archive.members] == ["Connections.csv", "Job Applications.csv"]


def test_a_folder_and_a_single_file_read_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "Basic_LinkedInDataExport_06-13-2026.zip"
    folder.mkdir()
    with zipfile.ZipFile(compose(tmp_path / "a.zip", told())) as archive:
        archive.extractall(folder)
    said = inspect(folder, scratch=tmp_path / "area")
    assert said == inspect(tmp_path / "a.zip", scratch=tmp_path / "area")
    with (folder / "Connections.csv").open("rb") as stream:
        alone = inspect(stream, scratch=tmp_path / "area")
    assert alone["connections_without_identity"] == said["connections_without_identity"]
    assert alone["pending_outgoing"] == []


def test_the_limit_is_what_a_whole_export_never_reaches() -> None:
    assert MAX_BYTES == 256 * 2**20
