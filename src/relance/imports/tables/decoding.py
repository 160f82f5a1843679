"""What a file's bytes are as text: UTF-8, UTF-16 or Windows' cp1252, and text that was encoded twice."""

import codecs
from typing import BinaryIO

UTF8, UTF8_MARKED, CP1252 = "utf-8", "utf-8-sig", "cp1252"
_CHUNK = 1 << 18
_TWICE = ("Ã", "Â", "â", "Å", "Ë")
_LENIENT = "relance-table-cp1252"


def _undefined(error: UnicodeError) -> tuple[str, int]:
    """Five bytes mean nothing in cp1252: each becomes the mark of a lost character."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\ufffd" * (error.end - error.start), error.end


codecs.register_error(_LENIENT, _undefined)


def encoding_of(stream: BinaryIO) -> str:
    """The encoding of a whole stream, which is left at its start; never latin-1, which has no œ, € or ’."""
    stream.seek(0)
    head = stream.read(4096)
    found = _marked(head) or wide(head) or (UTF8 if _is_utf8(stream, head) else CP1252)
    stream.seek(0)
    return found


def errors_of(encoding: str) -> str:
    """What to do with bytes that are none of that encoding's."""
    return _LENIENT if encoding == CP1252 else "replace"


def _marked(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return UTF8_MARKED
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def wide(head: bytes) -> str:
    """UTF-16 without its mark: every other byte is nil where the letters are Latin ones."""
    half = len(head) // 2
    if half < 8:
        return ""
    if head[1::2].count(0) > 0.6 * half and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > 0.6 * half and head[1::2].count(0) == 0:
        return "utf-16-be"
    return ""


def _is_utf8(stream: BinaryIO, head: bytes) -> bool:
    decoder = codecs.getincrementaldecoder(UTF8)()
    try:
        decoder.decode(head)
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def mended(text: str) -> str:
    """Text that was read as cp1252 and saved as UTF-8 again (`Ã©`) as it was meant; any other as it is."""
    if text.isascii() or not any(sign in text for sign in _TWICE):
        return text
    try:
        return b"".join(_byte(letter) for letter in text).decode(UTF8)
    except UnicodeError:
        return text


def _byte(letter: str) -> bytes:
    try:
        return letter.encode(CP1252)
    except UnicodeEncodeError:
        return letter.encode("latin-1")  # the five that cp1252 leaves out pass through as they are
