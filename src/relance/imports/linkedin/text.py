"""Message bodies: made readable once, and comparable across exports."""

import html
import re
import unicodedata
from hashlib import sha256

_TAGS = re.compile(r"</?(?:p|br|ul|ol|li|strong|a|em|span|div|b|i|u)(?:\s[^<>]*)?/?>", re.I)
_BREAKS = re.compile(r"<(?:br|/p|/li|/div)(?:\s[^<>]*)?/?>", re.I)
_SPONSORED = ("spinmail-quill-editor", "%FIRSTNAME%")


def readable(content: str) -> str:
    """Return a body without LinkedIn's own tags, entities unescaped once.

    Only known tags go: `<https://...>` is text. Unicode line separators become line breaks.
    """
    if "<" in content:
        content = _TAGS.sub("", _BREAKS.sub("\n", content))
    if "&" in content:
        content = html.unescape(content)
    if not content.isascii():
        content = content.replace("\u2028", "\n").replace("\u2029", "\n")
    return content.strip()


def fingerprint(text: str) -> bytes:
    """Return a hash that ignores white space.

    The same message has its line breaks flattened in exports made before 2026 and kept after.
    """
    bare = "".join(text.split())
    if not bare.isascii():
        bare = unicodedata.normalize("NFC", bare)
    return sha256(bare.encode("utf-8", "surrogatepass")).digest()


def is_advertisement(content: str, title: str) -> bool:
    """Whether a message without a sender's address is a sponsored one."""
    if title.strip().lower() == "sponsored conversation":
        return True
    return any(mark in content for mark in _SPONSORED)
