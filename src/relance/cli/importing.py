"""Read a LinkedIn archive or a table (CSV, XLSX) and keep whom you choose, as the welcome screen does."""

import argparse
import json
import sys
import time
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.cli import tables
from relance.cli.desk import ready_member
from relance.cli.refusal import Refusal
from relance.imports import choices
from relance.imports.actions import (
    TooLarge,
    bring_in,
    choose,
    finish_choosing,
    give_archive,
    give_up,
    read,
    result_of,
)
from relance.imports.area_files import upload_of
from relance.imports.groups import KEPT_UNLESS_SAID, Group
from relance.imports.linkedin.reasons import BadArchive
from relance.imports.models import Import, State
from relance.imports.phrases import TOO_LARGE, problem
from relance.imports.progress import Progress, never
from relance.imports.tables.actions import read as read_as_mapped
from relance.imports.tables.read import SOURCE as TABLE
from relance.imports.tables.reasons import BadTable

CHUNK = 1 << 20
KEEPABLE = tuple(group for group in Group if group is not Group.ASIDE)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the archive LinkedIn gave, or a table of any tool")
    parser.add_argument(
        "--keep",
        metavar="GROUPS",
        default=",".join(KEPT_UNLESS_SAID),
        help=f"whom to keep, of: {', '.join(KEEPABLE)} (default: {','.join(KEPT_UNLESS_SAID)}); none keeps nobody new",
    )
    tables.arguments(parser)
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    parser.add_argument("--email", default="", help="for which member (default: the desk's owner)")


def run(options: argparse.Namespace) -> int:
    groups = _groups(options.keep)
    member = ready_member(timezone.now(), options.email)
    if not options.file.is_file():
        raise Refusal(_("%(file)s is not there.") % {"file": options.file})
    try:
        with options.file.open("rb") as file:
            row = give_archive(
                member=member,
                chunks=iter(lambda: file.read(CHUNK), b""),
                now=timezone.now(),
                reader="terminal",
            )
    except TooLarge as error:
        raise Refusal(problem(TOO_LARGE, error.values)) from error
    started = time.monotonic()
    try:
        summary = _read(row, options)
        choose(row=row, choice=lambda area: choices.keep_only(area, groups))
        finish_choosing(row=row)
        loaded = bring_in(row=row, language=member.user.language, told=_said("keeping"), now=timezone.now())
    except (BadArchive, BadTable) as error:
        give_up(row=row, now=timezone.now())
        raise Refusal(problem(str(error.code), error.values)) from error
    except BaseException:
        give_up(row=row, now=timezone.now())
        raise
    result = result_of(loaded)
    Import.objects.filter(pk=row.pk).update(
        state=State.KEPT, result=result, ended_at=timezone.now(), wiped_at=timezone.now()
    )
    report = {**summary, "result": result, "seconds": round(time.monotonic() - started, 2)}
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return 0
    _print(report)
    return 0


def _groups(words: str) -> list[Group]:
    names = [word.strip() for word in words.split(",") if word.strip() not in {"", "none"}]
    unknown = [name for name in names if name not in KEEPABLE]
    if unknown:
        raise Refusal(
            _("Unknown group: %(name)s. The groups are: %(names)s.")
            % {"name": unknown[0], "names": ", ".join(KEEPABLE)}
        )
    return [Group(name) for name in names]


def _read(row: Import, options: argparse.Namespace) -> dict[str, object]:
    say = _said("reading")
    is_table = row.source == TABLE
    if is_table:
        tables.understand(row, options, now=timezone.now())

    def heard(progress: Progress) -> None:
        if progress.steps_total and is_table:
            say(progress.steps_done, progress.steps_total)
        else:
            say(progress.bytes_read, progress.bytes_total)

    if is_table:
        summary = read_as_mapped(row=row, heard=heard, asked=never, now=timezone.now())
        tables.tell(row, summary, json=options.json)
    else:
        name = options.file.name
        summary = read(row=row, file=upload_of(row), name=name, heard=heard, asked=never, now=timezone.now())
    Import.objects.filter(pk=row.pk).update(state=State.READ, summary=summary)
    row.refresh_from_db()
    return summary


class _said:  # noqa: N801 - read as a verb where it is used
    """A line that tells how far a stage is, on a terminal only."""

    def __init__(self, stage: str) -> None:
        self.stage = stage
        self.told = 0.0

    def __call__(self, done: int, total: int) -> None:
        if not sys.stderr.isatty() or time.monotonic() - self.told < 0.2:
            return
        self.told = time.monotonic()
        share = 100 * done // total if total else 0
        print(f"\r{self.stage}: {share:3d} %", end="", file=sys.stderr, flush=True)


def _print(report: dict[str, object]) -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    result = report["result"]
    assert isinstance(result, dict)
    kept = result["kept"]
    print(ngettext("%(count)s person kept.", "%(count)s people kept.", kept) % {"count": kept})
    known = result["known"]
    if known:
        print(
            ngettext("%(count)s person was known already.", "%(count)s people were known already.", known)
            % {"count": known}
        )
    for name, says in (
        ("accepted", _("accepted your invitation since: %(count)s")),
        ("answered", _("answered since: %(count)s")),
        ("moved", _("changed company since: %(count)s")),
        ("alike", _("perhaps in the notebook twice: %(count)s")),
    ):
        if result[name]:
            print(says % {"count": len(result[name])})
