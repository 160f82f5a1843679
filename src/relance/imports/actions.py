"""Giving an archive, choosing whom to keep, and finishing: what the screens and the command call."""

import secrets
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

from django.conf import settings

from relance.accounts.models import Membership
from relance.imports import choices
from relance.imports.area import Area
from relance.imports.area_files import open_area, save_upload, scratch_of, upload_of, wipe
from relance.imports.baseline import baseline
from relance.imports.collecting import collecting_seldom
from relance.imports.groups import sort_people
from relance.imports.hands import more_hands
from relance.imports.known import place_of, recogniser
from relance.imports.linkedin.read import read_archive
from relance.imports.loader import Loaded, load
from relance.imports.models import Import, State
from relance.imports.progress import Asked, Listener, Progress, Stage
from relance.imports.queries import UNDER_WAY
from relance.imports.tables.heeding import heed_opt_outs
from relance.imports.telling_apart import source_of
from relance.method.measure.models import Baseline


class TooLarge(Exception):
    """More was given than RELANCE_UPLOAD_LIMIT_MB allows; `values` has the limit in megabytes."""

    def __init__(self) -> None:
        super().__init__()
        self.values = {"limit": settings.UPLOAD_LIMIT_BYTES // 1_000_000}


class NotReady(Exception):
    """The import is not in the state that the gesture needs."""


def give_archive(
    *, member: Membership, chunks: Iterable[bytes], now: datetime, reader: str = "worker"
) -> Import:
    """Take an archive or a table into the temporary area, to be read by the worker (or by `terminal`).

    Raises TooLarge.

    An import the member had not finished is given up for this one.
    """
    for old in Import.objects.filter(member=member, state__in=UNDER_WAY).order_by("pk"):
        give_up(row=old, now=now)
    row = Import(
        organisation_id=member.organisation_id,
        member=member,
        token=secrets.token_hex(16),
        reader=reader,
        given_at=now,
    )
    try:
        save_upload(row, _bounded(chunks))
        row.source = source_of(upload_of(row))
    except BaseException:
        wipe(row)
        raise
    row.save()
    return row


def _bounded(chunks: Iterable[bytes]) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT_BYTES:
            raise TooLarge
        yield chunk


def give_up(*, row: Import, now: datetime) -> None:
    """Leave an import: nothing of it stays."""
    rows = Import.objects.filter(pk=row.pk, state__in=UNDER_WAY)
    if row.reader == "worker":
        rows = rows.exclude(state=State.KEEPING)
    rows.update(state=State.CANCELLED, ended_at=now, wiped_at=now)
    row.refresh_from_db()
    if row.state == State.CANCELLED:
        wipe(row)


@collecting_seldom()
def read(
    *, row: Import, file: Path, name: str, heard: Listener, asked: Asked, now: datetime
) -> dict[str, object]:
    """Read a file into the row's area and sort its people into groups; returns the counts to show.

    Raises BadArchive or Cancelled, and leaves no area then.
    """
    with ExitStack() as until_read:
        hands = until_read.enter_context(more_hands(settings.IMPORT_PROCESSES))
        area = until_read.enter_context(
            closing(
                read_archive(
                    file, scratch_of(row), name=name, now=now, heard=heard, asked_to_stop=asked, hands=hands
                )
            )
        )
        people = area.database.execute("SELECT count(*) FROM people").fetchone()[0]

        def told(done: int) -> None:
            heard(Progress(Stage.JOINING, rows=done, steps_done=done, steps_total=people))

        groups = sort_people(
            area, now=now, place=place_of(row.member), known=recogniser(row.member), told=told, hands=hands
        )
        found = baseline(area)
        return {
            "groups": groups,
            "people": people,
            "exported_on": area.recall("exported_on"),
            "owner": area.recall("owner_slug"),
            "group_threads": area.recall("group_threads"),
            "left_out": area.left_out(),
            "baseline": {
                "written_to": found.first_written_to,
                "answered_first": found.answered_first_alone,
                "followed_up": found.followed_up,
                "answered_after": found.answered_after_follow_up,
                "too_young": found.immature,
                "too_young_followed_up": found.immature_followed_up,
            },
        }


def keep_baseline(*, row: Import, now: datetime) -> None:
    """Store the counts of the past, which name nobody."""
    counts = row.summary.get("baseline")
    if not counts:
        return
    Baseline.objects.update_or_create(
        organisation_id=row.organisation_id,
        recruiter=row.member,
        source=row.source,
        defaults={**counts, "read_at": now, "as_of": row.summary.get("exported_on") or now.date()},
    )


def choose(*, row: Import, choice: Callable[[Area], None]) -> None:
    """Let the recruiter's choice act on the area. Raises NotReady once the import is past choosing."""
    if row.state != State.READ:
        raise NotReady
    try:
        area = open_area(row)
    except FileNotFoundError as error:
        raise NotReady from error
    with closing(area):
        choice(area)


def finish_choosing(*, row: Import) -> None:
    """Hand whom the recruiter keeps over to the worker. Raises NotReady."""
    changed = Import.objects.filter(pk=row.pk, state=State.READ).update(
        state=State.KEEPING, stage="", done=0, total=0, lease="", leased_until=None
    )
    if not changed:
        raise NotReady
    row.refresh_from_db()


@collecting_seldom()
def load_kept(*, row: Import, language: str, told: Callable[[int, int], None], now: datetime) -> Loaded:
    """Store whom the recruiter keeps; the temporary area stays."""
    with more_hands(settings.IMPORT_PROCESSES) as hands, closing(open_area(row)) as area:
        kept, _aside = choices.totals(area)
        return load(
            area,
            member=row.member,
            language=language,
            now=now,
            told=lambda done: told(done, kept),
            hands=hands,
        )


def bring_in(*, row: Import, language: str, told: Callable[[int, int], None], now: datetime) -> Loaded:
    """Store whom the recruiter keeps, then wipe the temporary area."""
    loaded = load_kept(row=row, language=language, told=told, now=now)
    heed_opt_outs(row=row, now=now)
    keep_baseline(row=row, now=now)
    wipe(row)
    return loaded


def result_of(loaded: Loaded) -> dict[str, object]:
    """What the end of an import says."""
    return {
        "kept": loaded.kept,
        "set_aside": loaded.set_aside,
        "open": loaded.open,
        **loaded.news.as_json(),
    }
