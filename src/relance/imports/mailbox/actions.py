"""A mailbox read into the temporary area, and what follows once people of it are kept."""

import secrets
from contextlib import closing
from datetime import datetime

from django.conf import settings

from relance.accounts.models import Membership
from relance.imports.actions import give_up
from relance.imports.area_files import open_area, scratch_of
from relance.imports.groups import sort_people
from relance.imports.hands import more_hands
from relance.imports.known import place_of, recogniser
from relance.imports.mailbox.letters import Ours
from relance.imports.mailbox.read import SOURCE, Heard, begin, read_on
from relance.imports.models import Import
from relance.imports.progress import Asked
from relance.imports.queries import UNDER_WAY
from relance.mail.providers import BY_DOMAIN
from relance.mail.reading import reader
from relance.method.delivery.logins import imap_of, login_of
from relance.method.delivery.models import Mailbox

AT_ONCE = 200
ADDRESSES = 500


def give_mailbox(*, member: Membership, mailbox: Mailbox, now: datetime) -> Import:
    """Ask for the last 60 days of a mailbox to be read by the worker.

    An import the member had not finished is given up for this one.
    """
    for old in Import.objects.filter(member=member, state__in=UNDER_WAY).order_by("pk"):
        give_up(row=old, now=now)
    return Import.objects.create(
        organisation_id=member.organisation_id,
        member=member,
        mailbox=mailbox,
        token=secrets.token_hex(16),
        source=SOURCE,
        given_at=now,
    )


def ours_of(mailbox: Mailbox) -> Ours:
    """The addresses of the firm's mailboxes and members, and the mailbox's own domain unless a provider's."""
    boxes = Mailbox.objects.filter(organisation_id=mailbox.organisation_id).order_by("pk")
    members = Membership.objects.filter(organisation_id=mailbox.organisation_id).order_by("pk")
    found = [mailbox.address, mailbox.username]
    found += boxes.values_list("address", flat=True)[:ADDRESSES]
    found += [each or "" for each in members.values_list("user__email", flat=True)[:ADDRESSES]]
    domain = mailbox.address.rpartition("@")[2].lower()
    return Ours(
        frozenset(each.lower() for each in found if "@" in each),
        frozenset() if domain in BY_DOMAIN else frozenset({domain}),
    )


def read_some(*, row: Import, mailbox: Mailbox, heard: Heard, asked: Asked, now: datetime) -> bool:
    """Read some hundred mails more into the row's area; True once all are read.

    Raises Unreachable, NoSentFolder, Cancelled.
    """
    with reader(imap_of(mailbox), login_of(mailbox, now=now)) as open_reader:
        if scratch_of(row).exists():
            area = open_area(row)
        else:
            area = begin(scratch_of(row), open_reader, ours=ours_of(mailbox), on=now.date())
        with closing(area):
            return read_on(area, open_reader, now=now, heard=heard, asked=asked)


def sort_mailbox(*, row: Import, told: Heard, now: datetime) -> dict[str, object]:
    """Sort the people of the row's area into groups; returns the counts to show.

    Who wrote without ever having been written to is shown, and kept only if the recruiter says so: a
    mailbox holds suppliers and salespeople too. Sixty days are too short a past to tell rates from.
    """
    with more_hands(settings.IMPORT_PROCESSES) as hands, closing(open_area(row)) as area:
        people = area.database.execute("SELECT count(*) FROM people").fetchone()[0]
        groups = sort_people(
            area,
            now=now,
            place=place_of(row.member),
            known=recogniser(row.member),
            told=lambda done: told(done, people),
            hands=hands,
        )
        area.database.execute("UPDATE choices SET kept = 0 WHERE sent = 0 AND known = 0")
        return {
            "groups": groups,
            "people": people,
            "exported_on": area.recall("exported_on"),
            "left_out": area.left_out(),
        }
