"""The worker's part of the inbox: mailboxes are read in turn, each by one process at a time."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Case, DateTimeField, F, Q, Value, When

from relance.mail.reading import Place, Reader, reader
from relance.mail.sending import Fault, Unreachable
from relance.method.answers.taking_in import take_in, take_in_sent
from relance.method.delivery.departures import composed
from relance.method.delivery.logins import forget_access, imap_of, login_of
from relance.method.delivery.models import Folder, Leaving, Mailbox, Outgoing, Role

Clock = Callable[[], datetime]

EVERY = timedelta(minutes=2)
AFTER_A_FAULT = timedelta(minutes=5)
LEASE = timedelta(minutes=10)
MAILBOXES_A_ROUND = 10
MESSAGES_A_ROUND = 500
TO_FILE = 20
FILED_ON_ARRIVAL = timedelta(days=2)
"""How fresh a mail is that a rule put away. An older one was put away by hand: it was read when it came."""


def read_what_is_due(*, clock: Clock) -> int:
    """Read the mailboxes whose turn it is; returns how many were read."""
    count = 0
    for _ in range(MAILBOXES_A_ROUND):
        mailbox = _claim(clock())
        if mailbox is None:
            break
        read(mailbox, clock=clock)
        count += 1
    return count


def _claim(now: datetime) -> Mailbox | None:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    due = Mailbox.objects.filter(free, Q(next_read_at=None) | Q(next_read_at__lte=now), disconnected_at=None)
    row = due.order_by(F("next_read_at").asc(nulls_first=True), "pk").first()
    if row is None:
        return None
    lease = secrets.token_hex(16)
    if not Mailbox.objects.filter(free, pk=row.pk).update(lease=lease, leased_until=now + LEASE):
        return None
    return Mailbox.objects.select_related("organisation", "member__organisation", "member__user").get(
        pk=row.pk
    )


def read(mailbox: Mailbox, *, clock: Clock) -> None:
    """Read what came to a mailbox and what left from it since the last time, and file what we sent.

    `read_at` becomes the instant at which this reading *began*, and only when nothing was left unread.
    """
    began = clock()
    try:
        with reader(imap_of(mailbox), login_of(mailbox, now=began)) as open_reader:
            whole = _read_folder(mailbox, open_reader, Role.INBOX, clock)
            whole = _read_folder(mailbox, open_reader, Role.SENT, clock) and whole
            whole = _read_folder(mailbox, open_reader, Role.ARCHIVE, clock) and whole
            _file_sent(mailbox, open_reader, clock)
    except Unreachable as fault:
        if fault.fault is Fault.SIGN_IN:
            forget_access(mailbox)
        _end(
            mailbox,
            next_read_at=clock() + AFTER_A_FAULT,
            fault=fault.fault,
            fault_words=fault.words,
            fault_at=clock(),
        )
        return
    if whole:
        # A watcher that rang meanwhile is heard: what it saw may have come after the search.
        rang = When(next_read_at__gt=began, then=F("next_read_at"))
        again = Case(rang, default=Value(clock() + EVERY, output_field=DateTimeField()))
        _end(mailbox, read_at=began, next_read_at=again, fault="", fault_words="", fault_at=None)
    else:
        _end(mailbox, next_read_at=clock())


def _end(mailbox: Mailbox, **values: object) -> None:
    """Write what came of a reading; one whose lease was taken over meanwhile writes nothing."""
    Mailbox.objects.filter(pk=mailbox.pk, lease=mailbox.lease).update(lease="", leased_until=None, **values)


def _read_folder(mailbox: Mailbox, open_reader: Reader, role: Role, clock: Clock) -> bool:
    """Read a folder on from where it was left; False when there is more than one round takes."""
    name = _name(open_reader, role)
    if not name:
        return True
    place = open_reader.open(name)
    folder = _cursor(mailbox, role, place)
    uids = open_reader.uids_after(folder.last_uid)
    for fetched in open_reader.fetch(uids[:MESSAGES_A_ROUND]):
        if role is Role.SENT:
            take_in_sent(mailbox=mailbox, fetched=fetched, now=clock())
        elif role is Role.INBOX or fetched.taken_in_at > clock() - FILED_ON_ARRIVAL:
            take_in(mailbox=mailbox, fetched=fetched, now=clock())
        Folder.objects.filter(pk=folder.pk, last_uid__lt=fetched.uid).update(last_uid=fetched.uid)
    if len(uids) <= MESSAGES_A_ROUND and uids:
        Folder.objects.filter(pk=folder.pk).update(last_uid=uids[-1])
    return len(uids) <= MESSAGES_A_ROUND


def _name(open_reader: Reader, role: Role) -> str:
    if role is Role.INBOX:
        return "INBOX"
    return open_reader.sent_folder() if role is Role.SENT else open_reader.archive_folder()


def _cursor(mailbox: Mailbox, role: Role, place: Place) -> Folder:
    """Where a folder was left. New to us it begins at its end; where its uids are void, at its beginning again:
    what is known already is known by its id.
    """
    folder, made = Folder.objects.get_or_create(
        organisation_id=mailbox.organisation_id,
        mailbox=mailbox,
        role=role,
        defaults={"name": place.name, "uidvalidity": place.uidvalidity, "last_uid": place.uidnext - 1},
    )
    if not made and (folder.uidvalidity != place.uidvalidity or folder.name != place.name):
        folder.uidvalidity, folder.name, folder.last_uid = place.uidvalidity, place.name, 0
        folder.save(update_fields=["uidvalidity", "name", "last_uid"])
    return folder


def _file_sent(mailbox: Mailbox, open_reader: Reader, clock: Clock) -> None:
    """File what we sent among the messages sent, where the provider does not do it."""
    if mailbox.files_sent is not False:
        return
    name = open_reader.sent_folder()
    rows = Outgoing.objects.select_related("mailbox").filter(
        mailbox=mailbox, state=Leaving.SENT, filed_at=None, claimed_at__gte=mailbox.connected_at
    )
    for outgoing in rows.order_by("pk")[:TO_FILE] if name else ():
        open_reader.open(name)
        if not open_reader.has(outgoing.message_id):
            open_reader.append(name, composed(outgoing), outgoing.claimed_at or clock())
        Outgoing.objects.filter(pk=outgoing.pk).update(filed_at=clock())
