"""The firm in which the races are run: eight recruiters, and one person (or two) for each round."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from relance.accounts.models import Membership, User
from relance.cadence.words import Channel, Kind, Situation
from relance.method.candidates.models import Candidate
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach
from relance.method.outreach.overriding import override_colleague
from tests.imports.compose import compose
from tests.imports.stories import told
from tests.people import candidate, written_to
from tests.races.rounds import Firm, Round

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))
RECRUITERS = 8
WHY = "Le poste et la personne ont été vus ensemble."
KINDS = ("enter", "permits_after_a_past", "hand_over", "imports", "merge", "enter_in_parts", "permits")
IMPORTERS = 3


def plant(tries: int, at_once: int) -> Firm:
    """Found the firm, and prepare as many rounds as those tries need."""
    from relance.accounts.actions import found_desk

    owner = found_desk(name="Ormel")
    members = [owner, *(_joined(owner, number) for number in range(1, RECRUITERS))]
    firm = Firm(tuple(member.pk for member in members))
    while sum(one.waves for one in firm.rounds) * at_once < tries:
        number = len(firm.rounds)
        firm.rounds.append(_round(number, KINDS[number % len(KINDS)], members))
    return firm


def _joined(owner: Membership, number: int) -> Membership:
    user = User.objects.create_user(f"recruteur{number}@ormel.example", name=f"Recruteur {number}")
    role = "manager" if number == 1 else "recruiter"
    return Membership.objects.create(organisation=owner.organisation, user=user, role=role)


def _round(number: int, kind: str, members: Sequence[Membership]) -> Round:
    name = f"Personne {number}"
    owner = members[number % RECRUITERS]
    if kind in {"permits", "permits_after_a_past"}:
        person = _with_a_past(owner, name) if kind != "permits" else None
        outreach = _approached(members[(number + 1) % RECRUITERS] if person else owner, name, person)
        _let_all_write(outreach.candidate, members)
        return Round(number, "permits", (outreach.candidate_id,), (outreach.pk,), waves=3)
    if kind == "hand_over":
        outreach = written_to(owner, NOW, name)
        return Round(number, kind, (outreach.candidate_id,), (outreach.pk,), waves=3)
    if kind == "merge":
        two = [written_to(owner, NOW, f"{name} {letter}") for letter in "ab"]
        return Round(
            number, kind, tuple(one.candidate_id for one in two), tuple(one.pk for one in two), waves=2
        )
    if kind == "imports":
        return Round(number, kind, waves=1)
    known_by = (
        ("email", f"personne-{number}@exemple.example"),
        ("linkedin", f"personne-{number}"),
        ("phone", f"+3363998{number:04d}"),
        ("email", f"a-{number}@exemple.example"),
    )
    return Round(number, kind, identities=known_by)


def _sent(days: float, text: str) -> Entry:
    return Entry(Kind.MESSAGE_SENT, at=NOW - timedelta(days=days), channel=Channel.EMAIL, text=text)


def _with_a_past(owner: Membership, name: str) -> Candidate:
    """Two contacts of another outreach, closed since: the ninety days leave room for two more."""
    person = candidate(owner, NOW, name, identities=(("email", f"{name.replace(' ', '-')}@exemple.example"),))
    past = open_outreach(
        member=owner, candidate=person, situation=Situation.FIRST_MESSAGE,
        entries=[_sent(40, "Une première idée pour vous."), _sent(30, "Et une autre.")], now=NOW,
    )  # fmt: skip
    record(outreach=past, entries=[Entry(Kind.CLOSED, at=NOW - timedelta(days=20))], now=NOW, member=owner)
    return person


def _approached(owner: Membership, name: str, person: Candidate | None) -> Outreach:
    if person is None:
        outreach = written_to(owner, NOW, name)
    else:
        outreach = open_outreach(
            member=owner, candidate=person, situation=Situation.FIRST_MESSAGE,
            entries=[_sent(3, "Un poste chez nous.")], now=NOW, must_answer=True,
        )  # fmt: skip
    Outreach.objects.filter(pk=outreach.pk).update(follow_ups=3)
    return outreach


def _let_all_write(person: Candidate, members: Sequence[Membership]) -> None:
    for member in members:
        override_colleague(candidate=person, recruiter=member, manager=members[0], reason=WHY, now=NOW)


def bring_archives(number: int, members: Sequence[Membership]) -> None:
    """The same archive given by several, read and chosen: what is left is to store whom it holds."""
    from relance.imports import choices
    from relance.imports.actions import choose, finish_choosing, give_archive
    from relance.imports.groups import Group
    from relance.imports.jobs import advance_one_import

    with TemporaryDirectory(prefix="relance-races-") as folder:
        archive = compose(Path(folder) / "archive.zip", told(number // 4 + 2)).read_bytes()
    rows = [give_archive(member=one, chunks=[archive], now=NOW) for one in members]
    everyone = [group for group in Group if group is not Group.ASIDE]
    for row in rows:
        advance_one_import(clock=lambda: NOW)
        row.refresh_from_db()
    for row in rows:
        choose(row=row, choice=lambda area: choices.keep_only(area, everyone))
        finish_choosing(row=row)
