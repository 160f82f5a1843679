"""A page's decisions, read as a machine reads them: the marked elements, their words and their dates."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


@dataclass
class Shown:
    """One element that shows a decision."""

    pk: int
    decision: str
    due: str
    state: str
    words: str = ""
    times: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Shown] = []
        self.loads: list[tuple[str, int]] = []
        self._open: list[Shown | None] = []
        self._day, self._bold = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        shown = None
        if "data-outreach" in told:
            shown = Shown(*(str(told[name]) for name in _NAMES))  # type: ignore[arg-type]
            shown.pk = int(shown.pk)
            self.found.append(shown)
        if tag == "time" and told.get("datetime"):
            at = str(told["datetime"])
            for one in self._open:
                if one is not None:
                    one.times.append(at)
            self._day = at if len(at) == len("2026-05-06") else ""
        self._bold = tag == "b"
        if tag not in VOID:
            self._open.append(shown)

    def handle_endtag(self, tag: str) -> None:
        self._bold = False
        if tag not in VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for one in self._open:
            if one is not None:
                one.words += data
        if self._bold and self._day and data.strip().isdigit():
            self.loads.append((self._day, int(data)))
            self._day = ""


_NAMES = ("data-outreach", "data-decision", "data-due", "data-state")


def read(response: Any) -> _Reader:
    """What a page shows, in its order."""
    assert response.status_code == 200, response.status_code
    reader = _Reader()
    reader.feed(response.content.decode())
    for one in reader.found:
        one.words = " ".join(one.words.split(" ")).replace("\n", " ")
    return reader
