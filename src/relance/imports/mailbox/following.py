"""What follows once people of a mailbox are kept: their threads, who said stop, and what came meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from typing import NamedTuple

from relance.cadence.words import Kind
from relance.imports.area import Area
from relance.imports.area_files import open_area
from relance.imports.groups import Group
from relance.imports.known import candidates_by_identity
from relance.imports.mailbox.letters import KEY_PREFIX
from relance.imports.mailbox.read import noted
from relance.imports.models import Import
from relance.imports.progress import Asked
from relance.mail.reading import reader
from relance.method.answers.taking_in import take_in, take_in_sent
from relance.method.candidates.actions import leave_alone
from relance.method.candidates.models import Avoidance, IdentityKind
from relance.method.delivery.logins import imap_of, login_of
from relance.method.delivery.models import Mailbox, MailId
from relance.method.outreach.left_lines import forget_lines
from relance.method.outreach.models import Event

AT_ONCE = 200


class _Id(NamedTuple):
    address: str
    message_id: str
    key: str
    at: int
    subject: str
    from_us: bool


def follow_through(*, row: Import, now: datetime) -> None:
    """Remember the ids of the mails of whom the desk keeps, so that threads go on, and heed who said stop."""
    with closing(open_area(row)) as area:
        for ids in _ids(area):
            _remember(row.organisation_id, ids)
        stopped = area.database.execute(f"SELECT p.key {_KEPT} AND p.id IN ({_STOPPED})").fetchall()
    pairs = [(str(IdentityKind.EMAIL), str(address)) for (address,) in stopped]
    kept = candidates_by_identity(row.organisation_id, pairs)
    forget_lines(organisation_id=row.organisation_id, pairs=list(kept))
    leave_alone(
        organisation_id=row.organisation_id,
        pairs=list(kept),
        avoidance=Avoidance.OPTED_OUT,
        member=None,
        now=now,
    )


_KEPT = (
    "FROM people p JOIN choices c ON c.person_id = p.id"
    f" WHERE (c.kept = 1 OR c.known = 1) AND c.grouped <> '{Group.ASIDE}'"
)
_STOPPED = f"SELECT person_id FROM facts WHERE kind = '{Kind.OPT_OUT}'"  # noqa: S608


def _ids(area: Area) -> Iterator[list[_Id]]:
    last = ""
    while True:
        rows = area.database.execute(
            "SELECT p.key, m.message_id, lower(hex(m.key)), m.at, m.subject, m.from_us FROM mail_ids m"  # noqa: S608
            f" JOIN (SELECT p.id, p.key {_KEPT}) p ON p.id = m.person_id WHERE m.message_id > ?"
            " ORDER BY m.message_id LIMIT ?",
            (last, AT_ONCE),
        ).fetchall()
        if not rows:
            return
        last = rows[-1][1]
        yield [_Id(row[0], row[1], KEY_PREFIX + row[2], row[3], row[4], bool(row[5])) for row in rows]


def _remember(organisation_id: int, ids: list[_Id]) -> None:
    pairs = [(str(IdentityKind.EMAIL), each.address) for each in ids]
    owners = candidates_by_identity(organisation_id, pairs)
    stored = Event.objects.filter(
        organisation_id=organisation_id,
        candidate_id__in=set(owners.values()),
        key__in=[each.key for each in ids],
    )
    outreaches = {
        (candidate, key): outreach
        for candidate, key, outreach in stored.order_by("pk").values_list(
            "candidate_id", "key", "outreach_id"
        )
    }
    rows = []
    for each in ids:
        candidate = owners.get((str(IdentityKind.EMAIL), each.address))
        if candidate is None:
            continue
        rows.append(
            MailId(
                organisation_id=organisation_id,
                candidate_id=candidate,
                outreach_id=outreaches.get((candidate, each.key)),
                message_id=each.message_id,
                subject=each.subject[:300],
                at=datetime.fromtimestamp(each.at, UTC),
                from_us=each.from_us,
            )
        )
    MailId.objects.bulk_create(rows, ignore_conflicts=True)


def catch_up(
    *,
    row: Import,
    mailbox: Mailbox,
    clock: Callable[[], datetime],
    told: Callable[[int, int], None],
    asked: Asked,
) -> None:
    """Take in what came and left while the recruiter chose, as the live reading would have, had it known them.

    Its own cursors stay as they are: what it saw already is known by its id. Raises Unreachable.
    """
    with closing(open_area(row)) as area:
        places = {role: noted(area, role) for role in ("sent", "inbox")}
        read_on = area.exported_on() or date.min
    with reader(imap_of(mailbox), login_of(mailbox, now=clock())) as open_reader:
        for role, take in (("sent", take_in_sent), ("inbox", take_in)):
            stands = open_reader.open(places[role].name)
            same = stands.uidvalidity == places[role].uidvalidity
            uids = (
                open_reader.uids_after(places[role].uidnext - 1) if same else open_reader.uids_since(read_on)
            )
            for done, fetched in enumerate(open_reader.fetch(uids)):
                take(mailbox=mailbox, fetched=fetched, now=clock())
                told(done, len(uids))
                if asked():
                    return
