"""A message taken apart: its headers, its parts in order, nothing that can raise or run away.

The standard library's parser tests every line against every open boundary, so that a hostile
message makes it slow, and stumbles over some real ones. This one looks for boundaries only,
to a bounded depth and number, and keeps the octets of a part until somebody reads them.
"""

import binascii
import quopri
import re
from dataclasses import dataclass, field

from relance.mail.incoming.folding import LONGEST_BODY, bounded

LARGEST, DEEPEST, MOST_PARTS, MOST_HEADERS, LONGEST_HEADER = 6_000_000, 6, 60, 400, 8_000
_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_FIELD = re.compile(r"^([!-9;-~]{1,80})[ \t]*:[ \t]?(.*)$")
_PARAMETER = re.compile(r';\s*([\w*-]{1,40})\s*=\s*(?:"([^"]{0,300})"|([^\s;"]{1,300}))')


class Headers:
    """Header fields by name, unfolded, not yet decoded."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self.fields = fields
        self._named: dict[str, list[str]] = {}
        for name, value in fields:
            self._named.setdefault(name, []).append(value)

    def get(self, name: str) -> str:
        """The first field of that name (given in lower case), or nothing."""
        found = self._named.get(name)
        return found[0] if found else ""

    def all(self, name: str) -> list[str]:
        return self._named.get(name, [])

    def __contains__(self, name: str) -> bool:
        return name in self._named


@dataclass(slots=True)
class Part:
    """A leaf of the message; `kind` is its content type, `depth` how many messages it lies within."""

    headers: Headers
    kind: str
    parameters: dict[str, str]
    octets: bytes
    depth: int = 0

    @property
    def is_attached(self) -> bool:
        return self.headers.get("content-disposition").lower().lstrip().startswith("attachment")

    def text(self) -> str:
        """The decoded text, bounded."""
        return bounded(_characters(self._decoded(), self.parameters.get("charset", "")))

    def _decoded(self) -> bytes:
        encoding = self.headers.get("content-transfer-encoding").strip().lower()
        octets = self.octets[: LONGEST_BODY * 3]
        if encoding == "base64":
            return _from_base64(octets)
        return quopri.decodestring(octets) if encoding == "quoted-printable" else octets


@dataclass(slots=True)
class Letter:
    """The whole message: outer headers, then its leaves in order."""

    headers: Headers
    kind: str
    parameters: dict[str, str]
    parts: list[Part] = field(default_factory=list)


def opened(raw: bytes) -> Letter:
    """Take a message apart."""
    raw = raw[:LARGEST]
    if b"\n" not in raw[:100_000]:  # lines that end as on an old Macintosh
        raw = raw.replace(b"\r", b"\n")
    if raw.startswith((b"From ", b">From ")):
        raw = raw.partition(b"\n")[2]
    headers, body = _split(raw.lstrip(b"\r\n"))
    kind, parameters = content_type(headers)
    letter = Letter(headers, kind, parameters)
    _walk(headers, body, 0, 0, letter.parts)
    return letter


def _split(raw: bytes) -> tuple[Headers, bytes]:
    end = _HEAD_END.search(raw, 0, 400_000)
    if raw.startswith((b"\n", b"\r\n")):
        return Headers([]), raw.lstrip(b"\r\n")
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw[:400_000], b"")
    return headers_in(_characters(head, "")), body


def headers_in(head: str) -> Headers:
    """The fields of a block of header lines; what is no field is left out."""
    fields: list[tuple[str, str]] = []
    for line in head.replace("\r\n", "\n").replace("\r", "\n").split("\n")[: MOST_HEADERS * 4]:
        if line[:1] in {" ", "\t"} and fields:
            name, value = fields[-1]
            if len(value) < LONGEST_HEADER:
                fields[-1] = (name, f"{value} {line.strip()[:LONGEST_HEADER]}")
            continue
        found = _FIELD.match(line[:LONGEST_HEADER])
        if found and len(fields) < MOST_HEADERS:
            fields.append((found.group(1).lower(), found.group(2).strip()))
    return Headers(fields)


def content_type(headers: Headers) -> tuple[str, dict[str, str]]:
    """The content type in lower case, `text/plain` by default, and its parameters."""
    value = headers.get("content-type")
    kind = value.partition(";")[0].strip().lower() or "text/plain"
    found = _PARAMETER.findall(value[len(value.partition(";")[0]) :])
    return kind, {name.lower().rstrip("*"): quoted or bare for name, quoted, bare in found}


def _walk(headers: Headers, body: bytes, level: int, depth: int, parts: list[Part]) -> None:
    kind, parameters = content_type(headers)
    if len(parts) >= MOST_PARTS:
        return
    boundary = parameters.get("boundary", "").encode("utf-8", "replace")
    if kind.startswith("multipart/") and boundary and level < DEEPEST:
        pieces = _pieces(body, boundary)
        if pieces:
            for piece in pieces[: MOST_PARTS - len(parts)]:
                inner, content = _split(piece)
                _walk(inner, content, level + 1, depth, parts)
            return
        kind = "text/plain"
    if kind in {"message/rfc822", "message/global", "message/partial", "text/rfc822"} and level < DEEPEST:
        parts.append(Part(headers, "message/rfc822", parameters, body, depth))
        inner, content = _split(_unwrapped(headers, body).lstrip(b"\r\n"))
        _walk(inner, content, level + 1, depth + 1, parts)
        return
    if kind.startswith("multipart/"):
        kind = "text/plain"
    parts.append(Part(headers, kind, parameters, body, depth))


def _unwrapped(headers: Headers, body: bytes) -> bytes:
    encoding = headers.get("content-transfer-encoding").strip().lower()
    return _from_base64(body[:400_000]) if encoding == "base64" else body


def _pieces(body: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the boundaries (RFC 2046, 5.1.1); the last may lack its end."""
    mark = b"--" + boundary
    starts: list[tuple[int, int]] = []
    at = body.find(mark)
    while at >= 0 and len(starts) <= MOST_PARTS:
        if at == 0 or body[at - 1 : at] in {b"\n", b"\r"}:
            line_end = body.find(b"\n", at)
            end = len(body) if line_end < 0 else line_end + 1
            rest = body[at + len(mark) : end].strip()
            if rest in {b"", b"--"}:
                starts.append((at, end))
                if rest == b"--":
                    break
        at = body.find(mark, at + len(mark))
    if not starts:
        return []
    ends = [start for start, _ in starts[1:]]
    closed = body[starts[-1][0] + len(mark) : starts[-1][1]].strip() == b"--"
    if not closed:
        ends.append(len(body))
    return [body[after:end] for (_, after), end in zip(starts, ends, strict=False)]


_PLAIN = {"", "utf-8", "us-ascii", "ascii", "utf8"}
_UNFIT = {"punycode", "idna", "unicode_escape", "unicode-escape", "raw_unicode_escape", "undefined"}
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def _from_base64(octets: bytes) -> bytes:
    clean = _NOT_BASE64.sub(b"", octets.partition(b"=")[0] if octets.count(b"=") > 2 else octets)
    clean = clean[: len(clean) - len(clean) % 4] if len(clean) % 4 == 1 else clean
    try:
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
    except binascii.Error:
        return b""


def _characters(octets: bytes, charset: str) -> str:
    """The octets as text: in their charset, else UTF-8, else what Western mail programs mean."""
    name = charset.strip().strip("'\"").lower()
    if name not in _PLAIN | _UNFIT:
        try:
            return octets.decode("cp1252" if name in {"iso-8859-1", "latin1"} else name, "replace")
        except (LookupError, ValueError):
            pass  # a charset nobody knows: guess
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        if name in {"utf-8", "utf8"}:
            return octets.decode("utf-8", "replace")
        return octets.decode("cp1252", "replace")


characters, from_base64 = _characters, _from_base64
