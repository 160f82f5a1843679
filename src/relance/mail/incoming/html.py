"""HTML mail as text, the quoted part marked as mail programs mark it in plain text.

A tokeniser of our own: linear on any input, and it knows where the programs put what they quote.
"""

import html
import re
from dataclasses import dataclass, field

from relance.mail.incoming.folding import bounded

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HIDDEN = re.compile(
    r"<(script|style|head|title|xml)\b[^>]{0,2000}>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,30})([^<>]{0,3000})>|<[!?][^<>]{0,1000}>")
_ATTRIBUTE = re.compile(r"""([\w:-]{1,30})\s*=\s*(?:"([^"]{0,600})"|'([^']{0,600})'|([^\s"'>]{1,300}))""")
_LINES = {
    "p",
    "div",
    "br",
    "tr",
    "li",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "blockquote",
    "hr",
    "pre",
    "section",
    "article",
}
_VOID = {"br", "hr", "img", "meta", "link", "input", "wbr", "area", "base", "col"}
_QUOTES = re.compile(
    r"\b(?:gmail_quote|gmail_extra|yahoo_quoted|protonmail_quote|zmail_extra|moz-cite-prefix|tutanota_quote|bloop_original_html|"
    r"gmail_attr|domino-section|wlwriterquote|quoted-message|hcsig_quote|front-blockquote|mailru-blockquote|ydp[0-9a-f]{0,12}yahoo_quoted)\b"
)
_REST = re.compile(
    r"\b(?:divrplyfwdmsg|appendonsend|olk_src_body_section|replysplit|messagereplysection|mail-editor-reference-message-container|stopspelling|lineBreakAtBeginningOfMessage_quote|origbody|isforwardcontent)\b",
    re.IGNORECASE,
)
_OUTLOOK = re.compile(
    r"border(?:-top)?:\s*(?:solid|none;\s*border-top:\s*solid)\s*#?(?:b5c4df|e1e1e1|c3c3c3|cccccc|b5c4df)|border-top:\s*#(?:b5c4df|e1e1e1)\s*1(?:\.0)?pt\s*solid",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Writing:
    out: list[str] = field(default_factory=list)
    open_tags: list[tuple[str, bool]] = field(default_factory=list)
    quoting: int = 0
    ended: bool = False

    def line(self) -> None:
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")

    def said(self, text: str) -> None:
        if self.quoting or self.ended:
            return
        plain = re.sub(r"[ \t\r\n\f]+", " ", html.unescape(text))
        if plain.strip() or (plain and self.out and not self.out[-1].endswith((" ", "\n"))):
            self.out.append(plain.lstrip(" ") if not self.out or self.out[-1].endswith("\n") else plain)

    def begins(self, tag: str, attributes: str) -> None:
        quotes = _is_quote(tag, attributes)
        if not self.quoting and not self.ended:
            if quotes == "rest" and any(piece.strip() for piece in self.out):
                self.ended = True
                return
            if tag == "br":
                self.out.append("\n")
            elif tag in _LINES:
                self.line()
            if tag in {"p", "h1", "h2", "h3"} and self.out and self.out[-1] != "\n":
                self.out.append("\n")
            if quotes == "quote":
                self.line()
                self.out.append("\n> \n")
        if tag in _VOID or attributes.rstrip().endswith("/"):
            return
        if len(self.open_tags) < 400:
            self.open_tags.append((tag, quotes == "quote"))
            self.quoting += quotes == "quote"

    def ends(self, tag: str) -> None:
        for depth in range(len(self.open_tags) - 1, max(-1, len(self.open_tags) - 60), -1):
            if self.open_tags[depth][0] == tag:
                self.quoting -= sum(1 for _, quoted in self.open_tags[depth:] if quoted)
                del self.open_tags[depth:]
                break
        if tag in _LINES and not self.quoting and not self.ended:
            self.line()
            if tag == "p":
                self.out.append("\n")


def _is_quote(tag: str, attributes: str) -> str:
    """Whether an element holds what is quoted (`quote`), or it and all that follows do (`rest`)."""
    if tag == "blockquote":
        return "quote"
    if not attributes:
        return ""
    read = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(attributes)}
    marks = f"{read.get('class', '')} {read.get('id', '')} {read.get('name', '')}".lower()
    if _REST.search(marks):
        return "rest"
    if _QUOTES.search(marks) and "gmail_extra" not in marks:
        return "quote"
    return "rest" if tag == "div" and _OUTLOOK.search(read.get("style", "")) else ""


def as_text(source: str) -> str:
    """The HTML as text, in the lines a reader sees; what is marked as quoted becomes a line `> `."""
    source = _HIDDEN.sub(" ", _without_comments(source))
    writing = _Writing()
    at = 0
    for found in _TAG.finditer(source):
        writing.said(source[at : found.start()])
        at = found.end()
        tag = (found.group(2) or "").lower()
        if not tag:
            continue
        if found.group(1):
            writing.ends(tag)
        else:
            writing.begins(tag, found.group(3) or "")
    writing.said(source[at:])
    text = "".join(writing.out).replace("\u00a0", " ")
    return bounded(re.sub(r"\n{3,}", "\n\n", text)).strip("\n")


def _without_comments(source: str) -> str:
    return _COMMENT.sub(" ", source)
