"""The worker's part of an import: one state row is claimed with a lease, worked on, and handed on."""

import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import OperationalError
from django.db.models import Q

from relance.imports.actions import bring_in, load_kept, read, result_of
from relance.imports.area_files import MARK, folder, upload_of, wipe
from relance.imports.linkedin.reasons import BadArchive
from relance.imports.mailbox import actions as of_mailbox
from relance.imports.mailbox.following import catch_up, follow_through
from relance.imports.mailbox.reasons import NoSentFolder
from relance.imports.models import Import, State
from relance.imports.phrases import BROKEN, NO_SENT_FOLDER, UNREACHABLE
from relance.imports.progress import Cancelled, Progress
from relance.imports.tables import actions as of_table
from relance.imports.tables.read import SOURCE as TABLE
from relance.imports.tables.reasons import BadTable
from relance.mail.sending import Unreachable
from relance.method.delivery.models import Mailbox

Clock = Callable[[], datetime]
Stopping = Callable[[], bool]

LEASE = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(days=7)
TRIED_AGAIN_AFTER = timedelta(minutes=1)
TOLD_EVERY = 0.4
WORKED_ON = (State.WAITING, State.READING, State.KEEPING)
LEFT_TO_CHOOSE = (State.MAPPING, State.READ)


class _Lost(Exception):
    """Another worker holds the row now, or the recruiter gave it up."""


class _Claim:
    """A row under lease: every word it writes names the lease, so that a late worker writes nothing."""

    def __init__(self, row: Import, clock: Clock, stopping: Stopping, *, left_by_another: bool) -> None:
        self.row = row
        self.clock = clock
        self.stopping = stopping
        self.left_by_another = left_by_another
        self.told_at = 0.0
        self.lost = False

    def say(self, stage: str, done: int, total: int) -> None:
        """Tell the progress, at most a few times a second, and renew the lease."""
        if time.monotonic() - self.told_at < TOLD_EVERY:
            return
        self.told_at = time.monotonic()
        self.write(stage=stage, done=done, total=total, leased_until=self.clock() + LEASE)

    def write(self, **values: object) -> None:
        rows = Import.objects.filter(pk=self.row.pk, lease=self.row.lease, state=self.row.state)
        if not rows.update(**values):
            self.lost = True

    def end(self, **values: object) -> None:
        self.write(lease="", leased_until=None, **values)

    def asked_to_stop(self) -> bool:
        return self.lost

    def asked_to_give_back(self) -> bool:
        return self.lost or self.stopping()


def _never() -> bool:
    return False


def advance_one_import(*, clock: Clock, stopping: Stopping = _never) -> int:
    """Take the oldest import that waits one step on. Returns how many were worked on (0 or 1).

    A file that is being read when `stopping` says so is given back: whoever comes next reads it anew.
    """
    claim = _claim(clock, stopping)
    if claim is None:
        return 0
    try:
        if claim.row.mailbox is not None:
            (_keep_of_mailbox if claim.row.state == State.KEEPING else _read_mailbox)(
                claim, claim.row.mailbox
            )
        elif claim.row.state == State.KEEPING:
            _keep(claim)
        else:
            _read(claim)
    except _Lost:
        pass
    except OperationalError:  # the database is busy or away: the same step again, which doubles nothing
        claim.end()
        raise
    except Exception:
        claim.end(state=State.REFUSED, problem=BROKEN, ended_at=clock(), wiped_at=clock())
        wipe(claim.row)
        raise
    return 1


def _claim(clock: Clock, stopping: Stopping) -> _Claim | None:
    now = clock()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    rows = Import.objects.select_related(
        "member__organisation", "member__user", "mailbox__organisation", "mailbox__member__organisation"
    ).filter(free, state__in=WORKED_ON, reader="worker")
    row = rows.order_by("given_at", "pk").first()
    if row is None:
        return None
    lease = secrets.token_hex(16)
    state = State.READING if row.state == State.WAITING else row.state
    claimed = Import.objects.filter(free, pk=row.pk, state=row.state, lease=row.lease).update(
        lease=lease, leased_until=now + LEASE, state=state, started_at=row.started_at or now
    )
    if not claimed:
        return None
    died, row.lease, row.state = bool(row.lease), lease, state
    return _Claim(row, clock, stopping, left_by_another=died)


def _read(claim: _Claim) -> None:
    row = claim.row

    def heard(progress: Progress) -> None:
        if progress.steps_total:
            claim.say("sorting", progress.steps_done, progress.steps_total)
        else:
            claim.say("reading", progress.bytes_read, progress.bytes_total)

    _begin_anew(row)
    now = claim.clock()
    try:
        if row.source == TABLE:
            if not row.choices and not of_table.understood(row=row):
                claim.end(state=State.MAPPING, stage="", done=0, total=0)
                return
            claim.write(choices=row.choices)
            summary = of_table.read(row=row, heard=heard, asked=claim.asked_to_give_back, now=now)
            claim.end(state=State.READ, summary=summary, ended_at=claim.clock())
            return
        summary = read(
            row=row, file=upload_of(row), name="", heard=heard, asked=claim.asked_to_give_back, now=now
        )
    except BadTable as error:
        claim.end(
            state=State.REFUSED, problem=str(error.code), problem_values=dict(error.values), ended_at=claim.clock(),
            wiped_at=claim.clock(),
        )  # fmt: skip
        wipe(row)
        return
    except BadArchive as error:
        values = {name: value for name, value in error.values.items() if name != "names"}
        claim.end(
            state=State.REFUSED, problem=str(error.code), problem_values=values, ended_at=claim.clock(),
            wiped_at=claim.clock(),
        )  # fmt: skip
        wipe(row)
        return
    except Cancelled:
        claim.end()  # writes nothing where another holds it by now
        raise _Lost from None
    upload_of(row).unlink(missing_ok=True)
    claim.end(state=State.READ, summary=summary, ended_at=claim.clock())


def _begin_anew(row: Import) -> None:
    for leftover in folder().glob(f"{row.token}.area*"):  # of a worker that died: read again from the start
        leftover.unlink()


def _refuse(claim: _Claim, problem: str) -> None:
    claim.end(state=State.REFUSED, problem=problem, ended_at=claim.clock(), wiped_at=claim.clock())
    wipe(claim.row)


def _read_mailbox(claim: _Claim, mailbox: Mailbox) -> None:
    """Read some of a mailbox and give the other work its turn, until all is read."""
    row, now = claim.row, claim.clock()
    if claim.left_by_another:
        _begin_anew(row)
    heard = _Heard(claim)
    try:
        whole = of_mailbox.read_some(
            row=row, mailbox=mailbox, heard=heard.messages, asked=claim.asked_to_stop, now=now
        )
    except Unreachable:
        return _refuse(claim, UNREACHABLE)
    except NoSentFolder:
        return _refuse(claim, NO_SENT_FOLDER)
    except Cancelled:
        raise _Lost from None
    if not whole:
        claim.end(stage="messages", done=heard.done, total=heard.total)
        return None
    summary = of_mailbox.sort_mailbox(row=row, told=heard.people, now=now)
    claim.end(state=State.READ, summary=summary, ended_at=claim.clock())
    return None


class _Heard:
    """What is told of a mailbox's reading, the last of it kept for the end of a turn."""

    def __init__(self, claim: _Claim) -> None:
        self._claim = claim
        self.done = self.total = 0

    def messages(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        self._claim.say("messages", done, total)

    def people(self, done: int, total: int) -> None:
        self._claim.say("sorting", done, total)


def _keep_of_mailbox(claim: _Claim, mailbox: Mailbox) -> None:
    """Store whom the recruiter keeps, then what came from them meanwhile; only then is the area wiped.

    A mailbox that is silent just now is asked again a minute later: an answer may lie in it.
    """
    row = claim.row

    def told(done: int, total: int) -> None:
        claim.say("keeping", done, total)

    def meanwhile(done: int, total: int) -> None:
        claim.say("meanwhile", done, total)

    if not row.result:
        row.result = result_of(
            load_kept(row=row, language=row.member.user.language, told=told, now=claim.clock())
        )
        claim.write(result=row.result)
    follow_through(row=row, now=claim.clock())
    if mailbox.disconnected_at is None:
        try:
            catch_up(row=row, mailbox=mailbox, clock=claim.clock, told=meanwhile, asked=claim.asked_to_stop)
        except Unreachable:
            claim.write(stage="silent", lease="", leased_until=claim.clock() + TRIED_AGAIN_AFTER)
            return
    if claim.lost:
        raise _Lost
    wipe(row)
    claim.end(state=State.KEPT, ended_at=claim.clock(), wiped_at=claim.clock())


def _keep(claim: _Claim) -> None:
    row = claim.row

    def told(done: int, total: int) -> None:
        claim.say("keeping", done, total)

    loaded = bring_in(row=row, language=row.member.user.language, told=told, now=claim.clock())
    claim.end(state=State.KEPT, result=result_of(loaded), ended_at=claim.clock(), wiped_at=claim.clock())


def wipe_what_is_over(*, now: datetime) -> int:
    """Give up imports that nobody came back to for a week, and remove files that no import owns."""
    forgotten = Import.objects.filter(state__in=LEFT_TO_CHOOSE, given_at__lt=now - FORGOTTEN_AFTER).order_by(
        "pk"
    )[:50]
    for row in forgotten:
        Import.objects.filter(pk=row.pk, state=row.state).update(
            state=State.CANCELLED, ended_at=now, wiped_at=now
        )
        wipe(row)
    files = [path for path in folder().iterdir() if path.name != MARK]
    owned = set(
        Import.objects.filter(state__in=[*WORKED_ON, *LEFT_TO_CHOOSE])
        .order_by()
        .values_list("token", flat=True)
    )
    edge = now.timestamp() - 3600  # a file being given has no row yet
    for file in files:
        if file.name.split(".")[0] not in owned and file.stat().st_mtime < edge:
            file.unlink(missing_ok=True)
    return 0
