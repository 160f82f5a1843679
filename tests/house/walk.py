"""Every address there is, taken from the URL table and put on a desk with people on it.

A new page is walked by itself. A new kind of argument has to be said once, in `ARGUMENTS`.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django.utils.html import strip_tags

from relance.accounts.models import Invitation, Membership
from relance.cadence.words import Channel
from relance.method.candidates.models import Act, Candidate
from relance.method.outreach.decided import DECISION_FIELDS
from relance.method.outreach.models import Outreach, Permit
from relance.method.outreach.permits import permit
from relance.method.writing.models import Template
from tests.house import placed
from tests.people import answered_by, written_to

THEIRS = "compte/"  # allauth's own pages

COLLEAGUE = "agathe@ormel.example"
Key = Callable[[Membership], object]


def _latest(rows: Any, **sought: Any) -> Any:
    found = rows.filter(**sought).order_by("pk").first()
    assert found is not None, f"the desk of these tests lacks what {sought} asks for"
    return found.pk


def _import(member: Membership) -> object:
    from relance.imports.models import Import

    return _latest(Import.objects, organisation_id=member.organisation_id)


def _colleague(member: Membership) -> object:
    from relance.accounts.models import User

    user, made = User.objects.get_or_create(email=COLLEAGUE, defaults={"name": "Agathe Ormel"})
    if made:
        Membership.objects.create(organisation=member.organisation, user=user)
    return _latest(Membership.objects, user=user)


def _invitation(member: Membership) -> object:
    from relance.accounts.invitations import AlreadyInvited, invite

    try:
        invite(by=member, email="invite@ormel.example", role="recruiter", now=timezone.now())
    except AlreadyInvited:
        pass
    return _latest(Invitation.objects, organisation_id=member.organisation_id)


def _session(member: Membership) -> object:
    session, _made = UserSession.objects.get_or_create(
        session_key=f"autre-{member.pk}", user=member.user, defaults={"ip": "0.0.0.0"}
    )
    return session.pk


def _hand_over(member: Membership) -> object:
    from relance.method.outreach.handing_over import AskedAlready, ask_for
    from relance.method.outreach.models import HandOver

    candidate = Candidate.objects.filter(organisation_id=member.organisation_id).order_by("pk")[0]
    _colleague(member)
    taker = Membership.objects.get(user__email=COLLEAGUE)
    try:
        ask_for(candidate=candidate, member=taker, note="", now=timezone.now())
    except AskedAlready:
        pass
    return _latest(HandOver.objects, organisation_id=member.organisation_id, ended_at=None)


def _former(member: Membership) -> object:
    from relance.accounts.models import User

    user, made = User.objects.get_or_create(email="parti@ormel.example", defaults={"name": "Basile Ormel"})
    if made:
        Membership.objects.create(organisation=member.organisation, user=user, is_active=False)
    return _latest(Membership.objects, user=user)


def _absence(member: Membership) -> object:
    from relance.accounts.absences import absences, add_absence

    own = [absence.pk for absence in absences(member) if absence.member_id == member.pk]
    today = timezone.now().date()
    return (
        own[0]
        if own
        else add_absence(
            member=member, firm=False, name="", starts_on=today, ends_on=today + timedelta(days=3)
        ).pk
    )


def _company(member: Membership) -> object:
    from relance.method.candidates.models import OffLimits, WhyOffLimits
    from relance.method.candidates.off_limits import put_off_limits

    put_off_limits(
        member=member, company="Brivane", why=WhyOffLimits.CLIENT, until_on=None, now=timezone.now()
    )
    return _latest(OffLimits.objects, organisation_id=member.organisation_id)


def _mailbox(member: Membership) -> object:
    from relance.method.delivery.models import Mailbox

    box, _made = Mailbox.objects.get_or_create(
        organisation=member.organisation, member=member, address="boite@ormel.example",
        defaults={
            "username": "", "smtp_host": "127.0.0.1", "smtp_port": 1, "smtp_security": "none",
            "imap_host": "127.0.0.1", "imap_port": 1, "imap_security": "none", "connected_at": timezone.now(),
        },
    )  # fmt: skip
    return box.pk


def _outgoing(member: Membership) -> object:
    from relance.method.delivery.models import Outgoing
    from relance.method.delivery.outbox import queue
    from relance.method.delivery.queries import sends_from

    if not Outgoing.objects.filter(organisation_id=member.organisation_id).exists():
        _mailbox(member)
        taken = Permit.objects.filter(organisation_id=member.organisation_id, ended_at=None).order_by("pk")[0]
        box = sends_from(member)
        assert box is not None
        queue(permit=taken, mailbox=box, now=timezone.now())
    return _latest(Outgoing.objects, organisation_id=member.organisation_id)


def _received(member: Membership) -> object:
    from relance.mail.reading import Fetched
    from relance.method.answers.models import Received
    from relance.method.answers.taking_in import take_in
    from relance.method.delivery.models import Mailbox

    _mailbox(member)
    box = Mailbox.objects.get(address="boite@ormel.example", organisation=member.organisation)
    if not Received.objects.filter(mailbox=box).exists():
        person = Candidate.objects.filter(
            organisation_id=member.organisation_id, identities__kind="email"
        ).order_by("pk")[0]
        address = person.identities.filter(kind="email").order_by("pk")[0].value
        raw = f"From: {address}\r\nTo: boite@ormel.example\r\nMessage-ID: <a@b.example>\r\n\r\nOui, volontiers.\r\n"
        take_in(mailbox=box, fetched=Fetched(1, timezone.now(), raw.encode()), now=timezone.now())
    return _latest(Received.objects, mailbox=box)


def _pair(member: Membership) -> object:
    rows = Candidate.objects.filter(organisation_id=member.organisation_id).order_by("pk")
    return {"pk": rows[0].pk, "other": rows[1].pk}


def _merge(member: Membership) -> object:
    from relance.method.outreach.merging import merge
    from relance.method.outreach.models import Merge

    if not Merge.objects.filter(organisation_id=member.organisation_id).exists():
        one = written_to(member, timezone.now(), "Ophélie Brivane", ago=timedelta(days=5)).candidate
        other = written_to(member, timezone.now(), "Ophélie Brivanne", ago=timedelta(days=5)).candidate
        merge(kept=one, gone=other, member=member, now=timezone.now())
    return _latest(Merge.objects, organisation_id=member.organisation_id)


# The longest beginning of a route that fits says what stands for its arguments.
ARGUMENTS: dict[str, Key] = {
    "aujourdhui/": lambda m: _latest(Outreach.objects, organisation_id=m.organisation_id, in_queue=True),
    "aujourdhui/envois/": _outgoing,
    "aujourdhui/permis/": lambda m: _latest(Permit.objects, organisation_id=m.organisation_id),
    "personnes/": lambda m: _latest(Candidate.objects, organisation_id=m.organisation_id),
    "personnes/elements/": placed.element,
    "postes/": lambda m: placed.position(m).pk,
    "postes/angles/": placed.angle,
    "postes/dernier-mot/": lambda m: _latest(Outreach.objects, organisation_id=m.organisation_id),
    "passations/": _hand_over,
    "bienvenue/": _import,
    "trames/": lambda m: _latest(Template.objects, organisation_id=m.organisation_id),
    "entrer/": lambda _m: "un-secret-inconnu",
    "rejoindre/": lambda _m: "un-secret-inconnu",
    "non/": lambda _m: "un-secret-inconnu",
    "reglages/equipe/": _colleague,
    "reglages/equipe/invitations/": _invitation,
    "reglages/sessions/": _session,
    "reglages/equipe/partis/": _former,
    "reglages/jours/": _absence,
    "reglages/societes/": _company,
    "reglages/charge/": _colleague,
    "personnes/<int:pk>/doublon/": _pair,
    "fusions/": _merge,
    "reglages/boites/": _mailbox,
    "reglages/boites/chez/": lambda _m: "google",
    "invitations/": placed.invited,
    "candidatures/": placed.applied,
    "prises-de-nouvelles/": lambda m: _latest(Candidate.objects, organisation_id=m.organisation_id),
    "session/": lambda m: placed.sat(m).session_id,
    "session/approches/": lambda m: placed.sat(m).pk,
    "session/permis/": lambda m: _latest(Permit.objects, organisation_id=m.organisation_id),
    "boite/": _received,
    "boite/a-verifier/": _outgoing,
    "compte/": lambda _m: 1,
}


@dataclass(frozen=True, slots=True)
class Page:
    """One route, and its address on the desk at hand."""

    route: str
    address: str
    has_object: bool
    is_ours: bool


def routes() -> Iterator[tuple[str, URLPattern, list[str]]]:
    """Every route as the URL table writes it, with the names of its arguments."""

    def walk(
        patterns: list[URLPattern | URLResolver], before: str, names: list[str]
    ) -> Iterator[tuple[str, URLPattern, list[str]]]:
        for pattern in patterns:
            route, given = before + str(pattern.pattern), [*names, *pattern.pattern.regex.groupindex]
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route, given)
            else:
                yield route, pattern, given

    return walk(get_resolver().url_patterns, "", [])


def pages(member: Membership) -> list[Page]:
    """Every address of the desk, for this member's own objects."""
    found = []
    for route, pattern, names in routes():
        given: dict[str, object] = {}
        if names:
            fits = [start for start in ARGUMENTS if route.startswith(start)]
            assert fits, f"{route}: say in tests/house/walk.py what {names} stands for"
            value = ARGUMENTS[max(fits, key=len)](member)
            given = value if isinstance(value, dict) else dict.fromkeys(names, value)
        ours = not route.startswith(THEIRS)
        has_object = bool(names) and not route.startswith(("entrer/", "rejoindre/", "non/"))
        assert pattern.name or not names, f"{route} has no name"
        address = reverse(pattern.name, kwargs=given) if pattern.name else f"/{route}"
        found.append(Page(route, address, has_object, ours))
    return found


def links(body: str, here: str) -> list[str]:
    """The addresses of the desk that a page leads to by a look (`href`, `hx-get`), one of each kind."""
    kinds: dict[tuple[str, ...], str] = {}
    for raw in re.findall(r"""\b(?:href|hx-get)=["']([^"']*)["']""", body):
        link = raw.replace("&amp;", "&").split("#")[0]
        if link.startswith("?"):
            link = here.split("?")[0] + link
        if link.startswith("/") and not link.startswith(("//", "/static/", "/compte/")):
            path, _, query = link.partition("?")
            names = sorted(part.split("=")[0] for part in query.split("&") if part)
            kinds.setdefault((re.sub(r"\d+", "N", path), *names), link)
    return list(kinds.values())


def crowd(member: Membership, now: datetime, first: int, count: int) -> None:
    """People in each state that the screens tell apart: silent, answered, asked about, recent."""
    for index in range(first, first + count):
        state = index % 4
        ago = timedelta(hours=2) if state == 3 else timedelta(days=3 + index % 5)
        outreach = written_to(member, now, f"Personne Numéro{index}", ago=ago, star=index % 3 == 0)
        if state == 1:
            answered_by(outreach, member, now - timedelta(hours=3), now)
        if state == 2:
            permit(
                outreach=outreach, member=member, channel=Channel.EMAIL, text=f"Une idée, {index} ?", now=now
            )


def choosing(member: Membership, now: datetime, folder: Path) -> None:
    """An archive that has been read: the welcome page shows whom it found, and lets choose."""
    from relance.imports.actions import give_archive
    from relance.imports.jobs import advance_one_import
    from tests.imports.compose import compose
    from tests.imports.stories import told

    archive = compose(folder / "Basic_LinkedInDataExport.zip", told(1))
    row = give_archive(member=member, chunks=[archive.read_bytes()], now=now)
    for _step in range(4):
        advance_one_import(clock=lambda: now)
    row.refresh_from_db()
    assert row.state == "read", row.state


def look(client: Client, address: str, *, htmx: bool = False) -> Any:
    return client.get(address, headers={"HX-Request": "true"} if htmx else {})


def told_by(response: Any) -> str:
    """The words of an answer, without its markup."""
    return strip_tags(response.content.decode()) if response.status_code == 200 else ""


REMADE_BY_A_LOOK = {
    "Outreach": set(DECISION_FIELDS),  # a decision past its `changes_at` is taken anew
    "Membership": {"last_seen_at"},  # a colleague sees on the team's page who was here
}
KEPT_FOR_A_VISIT = {"Session", "UserSession"}


def contents() -> dict[str, str]:
    """A digest of every row of every table, and the names in the temporary area."""
    found = {}
    for model in apps.get_models():
        if model.__name__ not in KEPT_FOR_A_VISIT:
            found[model._meta.label] = _digest(model, REMADE_BY_A_LOOK.get(model.__name__, set()))
    area = Path(settings.TEMPORARY_AREA)
    found["temporary area"] = ",".join(sorted(p.name for p in area.rglob("*") if not p.name.endswith("-shm")))
    return found


def _digest(model: type[models.Model], without: set[str]) -> str:
    rows = model._default_manager.order_by("pk").values()
    if model.__name__ == "Trace":
        rows = rows.exclude(act=Act.SAW)  # a look says that it took place
    plain = [
        sorted((name, repr(value)) for name, value in row.items() if name not in without) for row in rows
    ]
    return f"{len(plain)} rows, {hashlib.sha256(repr(plain).encode()).hexdigest()[:16]}"
