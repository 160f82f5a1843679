"""Writes the scenario as LinkedIn would have, in any of its variants; nothing is random.

`compose(path, scenario)` is a promise to other tests and to benchmarks.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

from tests.imports.scenario import Connection, Invitation, Message, Scenario, Someone

CONNECTIONS = ("C1", "C2", "C3", "C4", "C5")
MESSAGES = ("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10")
INVITATIONS = ("I1", "I2", "I3")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MOIS = ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"]
_NOTES = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are'
    ' missing. (…)"\n\n'
)
_M3 = [
    "CONVERSATION ID",
    "CONVERSATION TITLE",
    "FROM",
    "SENDER PROFILE URL",
    "TO",
    "DATE",
    "SUBJECT",
    "CONTENT",
    "FOLDER",
]
_M4 = [*_M3[:5], "RECIPIENT PROFILE URLS", *_M3[5:]]
_DRAFT, _BOTH = ["IS MESSAGE DRAFT"], ["IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"]
_HEADERS = {
    "M1": ["From", "To", "Date", "Subject", "Content", "Direction", "Folder"],
    "M2": ["FROM", "TO", "DATE", "SUBJECT", "CONTENT", "DIRECTION", "FOLDER"],
    "M3": _M3,
    "M4": _M4,
    "M5": _M4 + _DRAFT,
    "M6": _M4 + _BOTH,
    "M7": [*_M4, "ATTACHMENTS"],
    "M8": [*_M4, "ATTACHMENTS", *_DRAFT],
    "M9": [*_M4, "ATTACHMENTS", *_BOTH],
    "M10": [*_M4, "ATTACHMENTS"],
}


@dataclass(frozen=True, slots=True)
class Variant:
    connections: str = "C4"
    messages: str = "M10"
    invitations: str = "I3"

    @property
    def addressed(self) -> bool:
        """Whether every file gives the addresses of the people in it."""
        return (
            self.connections in {"C4", "C5"}
            and self.messages not in {"M1", "M2", "M3"}
            and self.invitations == "I3"
        )


def compose(path: Path, scenario: Scenario, variant: Variant = Variant()) -> Path:
    """Write the archive at `path` (a folder: under its usual name) and return where it is."""
    usual = f"Basic_LinkedInDataExport_{scenario.exported_at:%m-%d-%Y}.zip"
    target = path / usual if path.is_dir() else path
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, chunks in files(scenario, variant):
            info = zipfile.ZipInfo(name, scenario.exported_at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as out:
                for chunk in chunks:
                    out.write(chunk)
    return target


def files(s: Scenario, variant: Variant) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield each file's name and its bytes, in pieces."""
    old = variant.messages == "M1"
    yield "Connections.csv", _connections(s, variant.connections)
    yield "Messages.csv" if old else "messages.csv", _messages(s, variant.messages)
    yield "Invitations.csv", _invitations(s, variant.invitations)
    profile = [["First Name", "Last Name", "Maiden Name", "Headline", "Summary", "Industry"]]
    yield "Profile.csv", _written([*profile, [s.owner.first, s.owner.last, "", "Recruteuse", "", "Staffing"]])
    yield (
        "guide_messages.csv",
        _written([_M4, ["x", "", "Guide", "", s.owner.name, "", "2026-01-01 00:00:00 UTC"]]),
    )
    yield (
        "Jobs/Job Applications.csv",
        _written([["Application Date", "Company Name"], ["6/1/26, 9:00 AM", "X"]]),
    )


def month_first(at: datetime) -> str:
    return f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


def _connected_on(on: date, variant: str) -> str:
    if variant == "C1":
        return month_first(datetime(on.year, on.month, on.day, 0, 1))  # noqa: DTZ001 - only written out
    if variant == "C5":
        return f"{on:%d/%m/%Y}" if on.day % 2 else f"{on:%d}-{_MOIS[on.month - 1]}-{on:%y}"
    return f"{on:%d} {_MONTHS[on.month - 1]} {on:%Y}"


def _connections(s: Scenario, variant: str) -> Iterator[bytes]:
    addressed = variant in {"C4", "C5"}
    if variant == "C5":
        header = ["Prénom", "Nom", "URL", "Adresse e-mail", "Entreprise", "Poste", "Date de connexion"]
    else:
        header = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    if variant in {"C3", "C4"}:
        yield _NOTES.encode()

    def rows() -> Iterator[list[str]]:
        yield header
        for each in sorted(s.connections, key=lambda each: each.on, reverse=True):
            yield _connection(each, variant)

    kept = (row if addressed else [*row[:2], *row[3:]] for row in rows())
    if variant == "C5":
        yield from _written(kept, delimiter=";", end="\r\n", encoding="cp1252")
    else:
        yield from _written(kept)


def _connection(each: Connection, variant: str) -> list[str]:
    on = _connected_on(each.on, variant)
    who = each.who
    if who is None:
        return ["", "", "", "", "", "", on]
    url = f"https://www.linkedin.com/in/{quote(who.slug)}"
    return [
        who.first + (" " if len(who.slug) % 9 == 0 else ""),
        who.last,
        url,
        who.email,
        who.company,
        who.position,
        on,
    ]


def _url(who: Someone | None) -> str:
    return "" if who is None else f"https://www.linkedin.com/in/{who.slug}"


def _name(who: Someone | None) -> str:
    return "LinkedIn Member" if who is None else who.name


def _invitations(s: Scenario, variant: str) -> Iterator[bytes]:
    header = ["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"]

    def row(each: Invitation) -> list[str]:
        pair = (s.owner, each.who) if each.outgoing else (each.who, s.owner)
        urls = ["https://www.linkedin.com/in"] * 2 if variant == "I2" else [_url(who) for who in pair]
        way = "OUTGOING" if each.outgoing else "INCOMING"
        return [pair[0].name, pair[1].name, month_first(each.at), each.note, way, *urls]

    width = 5 if variant == "I1" else 7
    yield from _written(cells[:width] for cells in [header, *map(row, s.invitations)])


def _messages(s: Scenario, variant: str) -> Iterator[bytes]:
    header = _HEADERS[variant]
    drafts, last = "IS MESSAGE DRAFT" in header, variant == "M10"

    def rows() -> Iterator[list[str]]:
        yield header
        for conversation in s.conversations:
            kept = [each for each in conversation if drafts or not each.draft]
            in_order = sorted(enumerate(kept), key=lambda pair: (pair[1].at, pair[0]), reverse=True)
            for _, each in in_order:
                values = _message(s, each, variant)
                yield [values[column.upper()] for column in header]

    yield from _written(rows(), quoting=csv.QUOTE_ALL if last else csv.QUOTE_MINIMAL)


def _in_utc(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


_DATES: dict[str, Callable[[datetime], str]] = {"M1": month_first, "M2": lambda at: f"{at:%Y-%m-%dT%H:%M:%S}"}


def _message(s: Scenario, each: Message, variant: str) -> dict[str, str]:
    links = ",".join(f"https://www.linkedin.com/dms/prv/image/{n}" for n in range(each.attachments))
    return {
        "CONVERSATION ID": each.conversation,
        "CONVERSATION TITLE": each.title,
        "FROM": _name(each.sender),
        "SENDER PROFILE URL": _url(each.sender),
        "TO": ", ".join(map(_name, each.recipients)),
        "RECIPIENT PROFILE URLS": ",".join(map(_url, each.recipients)),
        "DATE": _DATES.get(variant, _in_utc)(each.at),
        "SUBJECT": each.subject,
        "CONTENT": each.text if variant == "M10" else each.text.replace("\n", "  "),
        "FOLDER": each.folder,
        "ATTACHMENTS": links,
        "IS MESSAGE DRAFT": "Yes" if each.draft else "No",
        "IS CONVERSATION DRAFT": "No",
        "DIRECTION": "OUTGOING" if each.sender is s.owner else "INCOMING",
    }


def _written(
    rows: "Iterator[list[str]] | list[list[str]]",
    *,
    delimiter: str = ",",
    end: str = "\n",
    encoding: str = "utf-8",
    quoting: int = csv.QUOTE_MINIMAL,
) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    for row in rows:
        writer.writerow(row)
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue().encode(encoding)
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode(encoding)
