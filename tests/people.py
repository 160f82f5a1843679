"""Invented people on a desk, in a line each."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from relance.accounts.models import Membership
from relance.cadence.history import Event as Fact
from relance.cadence.words import Channel, Kind, Situation, Tone
from relance.method.candidates.actions import Facts, enter_candidate
from relance.method.candidates.batches import Newcomer, enter_many
from relance.method.candidates.identities import fold
from relance.method.candidates.models import Candidate
from relance.method.outreach.actions import open_outreach
from relance.method.outreach.batches import PastIn, record_pasts
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach
from relance.method.outreach.past_rows import Attempt, Worded

TEXT = "Bonjour {},\n\nJe recrute pour un poste de lead back-end. Auriez-vous dix minutes ?\n\nMaud"


def candidate(member: Membership, now: datetime, name: str = "Inès Aubrac", **facts: Any) -> Candidate:
    slug = facts.pop("slug", fold(name).replace(" ", "-"))
    identities = facts.pop(
        "identities",
        (("email", f"{slug}@exemple.example"), ("linkedin", f"exemple-{slug}"), ("phone", "+33639980001")),
    )
    return enter_candidate(
        member=member,
        facts=Facts(name=name, company="Solvane", role="Développeuse", identities=identities, **facts),
        now=now,
    )


def written_to(
    member: Membership,
    now: datetime,
    name: str = "Inès Aubrac",
    *,
    ago: timedelta = timedelta(days=3),
    channel: Channel = Channel.EMAIL,
    star: bool = True,
    identities: tuple[tuple[str, str], ...] | None = None,
) -> Outreach:
    """Somebody who was sent a first message, and is silent."""
    slug = fold(name).replace(" ", "-")
    known = identities or (("email", f"{slug}@exemple.example"), ("linkedin", f"exemple-{slug}"))
    person = candidate(member, now, name, identities=known)
    return open_outreach(
        member=member,
        candidate=person,
        situation=Situation.FIRST_MESSAGE,
        entries=[
            Entry(
                Kind.MESSAGE_SENT,
                at=now - ago,
                channel=channel,
                subject="Lead back-end",
                text=TEXT.format(name.split()[0]),
            )
        ],
        now=now,
        purpose="lead back-end",
        must_answer=star,
    )


def many_written_to(member: Membership, now: datetime, count: int, *, ago: timedelta) -> None:
    """As many people, starred, who were sent a first message on LinkedIn: brought in at once, at `now`."""
    fact = Fact(kind=Kind.MESSAGE_SENT, at=now - ago, channel=Channel.LINKEDIN)
    sent = Worded(fact, text="Une idée de poste ?")
    newcomers = [
        Newcomer(
            name=f"Personne Exemple {index}", first_name="Personne", role="", company="", language="fr",
            identities=(("linkedin", f"exemple-{index}"),), connected_on=None, source="file", source_on=None,
        )
        for index in range(count)
    ]  # fmt: skip
    tried = (Attempt(Situation.FIRST_MESSAGE, (sent,)),)
    with transaction.atomic():
        people = enter_many(
            organisation_id=member.organisation_id,
            timezone="Europe/Paris",
            region="FR",
            newcomers=newcomers,
            now=now,
        )
        record_pasts(
            member=member, pasts=[PastIn(person, True, tried) for person in people], source="file", now=now
        )


def answered_by(outreach: Outreach, member: Membership, at: datetime, now: datetime) -> None:
    """They answer, by mail."""
    from relance.method.outreach.actions import record

    record(
        outreach=outreach,
        entries=[
            Entry(Kind.REPLY, at=at, channel=Channel.EMAIL, tone=Tone.POSITIVE, text="Oui, pourquoi pas.")
        ],
        now=now,
        member=member,
    )
