"""Who a recruiter is about to approach: what the desk knows of them, and letting them in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.decision import Refusal
from relance.cadence.words import Channel, RefusalCode, Situation
from relance.method.candidates.actions import Facts
from relance.method.candidates.duplicates import Duplicate, probable_duplicates
from relance.method.candidates.identities import company_key
from relance.method.candidates.models import Avoidance, Candidate, Identity
from relance.method.candidates.off_limits import off_limits_among
from relance.method.candidates.queries import avoidances
from relance.method.outreach.actions import lock
from relance.method.outreach.decisions import redecide
from relance.method.outreach.entering import Entered, LeftAlone, enter_approach
from relance.method.outreach.guarding import marks_of, refusal_before, refusal_to
from relance.method.outreach.histories import Past, pasts
from relance.method.outreach.models import Outreach, SourcingSession
from relance.method.outreach.permits import Refused
from relance.method.outreach.sessions import permits_of, still_to_write

AT_ONCE = 100
"""How many people are let in or looked up at once."""


@dataclass(frozen=True, slots=True)
class Met:
    """What the desk knows of one person: `standing` is the member's own open outreach, which the approach joins.

    `others` are two people or more whose identities were given as one person's. `alike` is who may be the
    same person.
    """

    candidate: Candidate | None = None
    standing: Outreach | None = None
    refusal: Refusal | None = None
    avoidance: Avoidance | None = None
    others: tuple[Candidate, ...] = ()
    alike: Duplicate | None = None

    @property
    def may_enter(self) -> bool:
        return self.refusal is None and self.avoidance is None and not self.others


def meet(
    *,
    member: Membership,
    people: Sequence[Facts],
    situation: Situation,
    channel: Channel,
    now: datetime,
    alike: bool = True,
) -> list[Met]:
    """What the desk knows of each of those people, and what the guard says of writing to them.

    Looking changes nothing. With `alike`, probable duplicates of whoever is new are looked for.
    """
    firm = member.organisation_id
    known = _known(member, people)
    by_pk = {candidate.pk: candidate for found in known for candidate in found}
    past_of = {past.candidate.pk: past for past in pasts(list(by_pk.values()))} if by_pk else {}
    avoided = avoidances(firm, [facts.identities for facts in people])
    barred = off_limits_among(firm, {company_key(facts.company) for facts in people})
    met = []
    for facts, found, avoidance in zip(people, known, avoided, strict=True):
        if avoidance is not None or len(found) > 1:
            met.append(Met(avoidance=avoidance, others=tuple(found) if avoidance is None else ()))
            continue
        if found:
            met.append(_of_the_known(past_of[found[0].pk], member, situation, channel, now))
            continue
        row = barred.get(company_key(facts.company))
        newcomer = Candidate(timezone=member.organisation.timezone, region=member.organisation.region)
        marks = marks_of(newcomer, row, now)
        refusal = Refusal(RefusalCode.OFF_LIMITS, marks.off_limits_until) if marks.off_limits else None
        twins = _alike(firm, facts) if alike and refusal is None else None
        met.append(Met(refusal=refusal, alike=twins))
    return met


def _known(member: Membership, people: Sequence[Facts]) -> list[list[Candidate]]:
    """Whom the identities given for each person name, each once."""
    values = {value for facts in people for _kind, value in facts.identities}
    rows = within(Identity.objects.select_related("candidate"), member).filter(value__in=values)
    named = (
        {(row.kind, row.value): row.candidate for row in rows.order_by("pk")[: AT_ONCE * 10]}
        if values
        else {}
    )
    return [
        list({named[pair].pk: named[pair] for pair in facts.identities if pair in named}.values())
        for facts in people
    ]


def _of_the_known(
    past: Past, member: Membership, situation: Situation, channel: Channel, now: datetime
) -> Met:
    own = next((row for row in past.outreaches if row.is_open and row.recruiter_id == member.pk), None)
    if own is not None:
        refusal = refusal_to(past, own, member=member, now=now)
        bars = refusal is not None and refusal.code in {
            RefusalCode.OPTED_OUT, RefusalCode.PRIVATE, RefusalCode.CLIENT, RefusalCode.OFF_LIMITS,
        }  # fmt: skip
        return Met(past.candidate, standing=own, refusal=refusal if bars else None)
    refusal = refusal_before(past, member=member, situation=situation, channel=channel, now=now)
    return Met(past.candidate, refusal=refusal)


def _alike(firm: int, facts: Facts) -> Duplicate | None:
    found = probable_duplicates(firm, name=facts.name, company=facts.company, identities=facts.identities)
    return found[0] if found else None


@transaction.atomic
def let_in(
    *,
    session: SourcingSession,
    member: Membership,
    facts: Facts,
    hook: str,
    must_answer: bool,
    now: datetime,
) -> Entered:
    """Enter one person in a session, with nothing sent yet; what is open with them already is joined.

    The guard is asked under the firm's lock, so that of two recruiters who enter one person at once the
    second is told. Raises Refused (the guard), LeftAlone, IdentityTaken and TooMany.
    """
    hold_firm(member.organisation_id)
    situation, channel = Situation(session.situation), Channel(session.channel)
    met = meet(member=member, people=[facts], situation=situation, channel=channel, now=now, alike=False)[0]
    if met.avoidance is not None:
        raise LeftAlone(met.avoidance)
    if met.refusal is not None:
        raise Refused(met.refusal)
    entered = enter_approach(
        member=member,
        facts=facts,
        situation=situation,
        entries=(),
        purpose="",
        must_answer=must_answer,
        now=now,
        position=session.position,
        session=session,
        hook=hook,
    )
    if entered.joined and entered.outreach.recruiter_id == member.pk and still_to_write(entered.outreach):
        _take_in(entered.outreach, session, hook, now)
    return entered


def _take_in(outreach: Outreach, session: SourcingSession, hook: str, now: datetime) -> None:
    """Somebody entered before, to whom nothing was sent, is approached the way of this session."""
    candidate = lock(outreach.candidate_id)
    if permits_of([outreach], outreach.recruiter):  # copied already: it is sent the way it was copied
        return
    outreach.session, outreach.situation = session, session.situation
    outreach.hook = hook.strip()[:300] or outreach.hook
    outreach.opened_at = now
    outreach.save(update_fields=["session", "situation", "hook", "opened_at"])
    redecide([candidate], now=now)
    outreach.refresh_from_db()


def say_hook(*, outreach: Outreach, hook: str) -> None:
    """Say what the first message to somebody is built on."""
    outreach.hook = " ".join(hook.split())[:300]
    Outreach.objects.filter(pk=outreach.pk).update(hook=outreach.hook)
