"""Waiting on the servers for new mail (IDLE, RFC 2177), so that an answer is seen within seconds.

A watcher only rings: it makes the mailbox's turn to be read come at once, and the reading, with its lease
and its cursor, stays where it is. What no watcher sees is read every two minutes all the same.
"""

import secrets
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError, connections
from django.db.models import Q

from relance.mail.reading import reader
from relance.mail.sending import Unreachable
from relance.method.delivery.logins import imap_of, login_of
from relance.method.delivery.models import Mailbox

Clock = Callable[[], datetime]

AT_ONCE = 40
"""Mailboxes that one process waits on: each costs a thread that sleeps and a connection."""
LEASE = timedelta(minutes=3)
LISTENS = 60.0
"""Seconds between two signs of life: a watcher that died is replaced when its lease has passed."""
RESTS = timedelta(minutes=10)
"""Until a server that cannot wait, or did not answer, is tried again."""


class Watchers:
    """The watchers of one process, a thread each; they end with it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.running: dict[int, threading.Thread] = {}
        self.stopping = threading.Event()

    def look_after(self) -> int:
        """Begin to wait on mailboxes that nobody waits on; returns how many."""
        self.running = {pk: thread for pk, thread in self.running.items() if thread.is_alive()}
        begun = 0
        for pk in _unwatched(self.clock(), AT_ONCE - len(self.running)):
            if pk in self.running or self.stopping.is_set():
                continue
            lease = secrets.token_hex(16)
            if _take(pk, lease, self.clock()):
                thread = threading.Thread(target=self._watch, args=(pk, lease), daemon=True)
                self.running[pk] = thread
                thread.start()
                begun += 1
        return begun

    def stop(self) -> None:
        """Ask them to end; a process that goes does not wait for the servers they listen to."""
        self.stopping.set()

    def _watch(self, pk: int, lease: str) -> None:
        try:
            self._listen(pk, lease)
        except (Unreachable, DatabaseError, OSError):
            pass  # the reading of every two minutes says what is wrong
        finally:
            try:
                _let_go(pk, lease, self.clock() + RESTS)
            except DatabaseError:
                pass  # its lease ends by itself
            connections.close_all()

    def _listen(self, pk: int, lease: str) -> None:
        mailbox = Mailbox.objects.select_related("organisation").get(pk=pk)
        with reader(imap_of(mailbox), login_of(mailbox, now=self.clock())) as inside:
            if not inside.can_wait():
                return
            inside.open("INBOX")
            while not self.stopping.is_set() and _keep(pk, lease, self.clock()):
                connections.close_all()  # a thread that waits holds no connection to the database
                if inside.wait(LISTENS):
                    ring(pk, self.clock())


def ring(pk: int, now: datetime) -> None:
    """Have a mailbox read at once."""
    Mailbox.objects.filter(pk=pk, disconnected_at=None).update(next_read_at=now)


def _unwatched(now: datetime, most: int) -> list[int]:
    free = Q(watched_until=None) | Q(watched_until__lt=now)
    rows = Mailbox.objects.filter(free, disconnected_at=None, fault="", read_at__isnull=False)
    return list(rows.order_by("pk").values_list("pk", flat=True)[: max(0, most)])


def _take(pk: int, lease: str, now: datetime) -> bool:
    free = Q(watched_until=None) | Q(watched_until__lt=now)
    return bool(Mailbox.objects.filter(free, pk=pk).update(watcher=lease, watched_until=now + LEASE))


def _keep(pk: int, lease: str, now: datetime) -> bool:
    """Whether it is still ours to wait on: connected, and taken by nobody else."""
    rows = Mailbox.objects.filter(pk=pk, watcher=lease, disconnected_at=None)
    return bool(rows.update(watched_until=now + LEASE))


def _let_go(pk: int, lease: str, until: datetime) -> None:
    Mailbox.objects.filter(pk=pk, watcher=lease).update(watcher="", watched_until=until)
