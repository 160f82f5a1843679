"""The door before a contact: `permit` asks the guard, under the candidate's lock."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from relance.accounts.absences import quiet_until
from relance.accounts.models import Membership
from relance.accounts.written_out import change
from relance.cadence.channels import reaches
from relance.cadence.decision import Refusal
from relance.cadence.words import Action, Channel, Code, Kind, Situation
from relance.method.candidates.models import Candidate
from relance.method.outreach.actions import lock, record
from relance.method.outreach.decisions import redecide, store_decisions
from relance.method.outreach.facts import Entry
from relance.method.outreach.guarding import refusal_of
from relance.method.outreach.histories import Past, pasts
from relance.method.outreach.last_words import is_owed_a_last_word
from relance.method.outreach.models import Event, Outreach, Permit

ASKED_AGAIN_AFTER = timedelta(hours=2)
REFUSAL = "refusal:"
"""How the `template` of a permit begins whose message turns an application down: what follows is the text's own."""


class Refused(Exception):
    """The guard refuses the contact; `refusal` says why and what frees it."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal.code))
        self.refusal = refusal


class NotNow(Exception):
    """The engine proposes no contact in this outreach: it waits or has stopped."""

    def __init__(self, outreach: Outreach) -> None:
        super().__init__(outreach.code)
        self.outreach = outreach


class NoWay(NotNow):
    """Nothing sent on `channel` would reach them: an address that is dead, an invitation not accepted."""

    def __init__(self, outreach: Outreach, channel: Channel) -> None:
        super().__init__(outreach)
        self.channel = channel


class Quiet(Exception):
    """The firm writes to nobody these days; `until_on` is the last of them."""

    def __init__(self, until_on: date) -> None:
        super().__init__(until_on)
        self.until_on = until_on


class PermitEnded(Exception):
    """The permit was confirmed or released already."""


@transaction.atomic
def permit(
    *,
    outreach: Outreach,
    member: Membership,
    channel: Channel,
    text: str,
    now: datetime,
    subject: str = "",
    template: str = "",
    last_word: bool = False,
) -> Permit:
    """Ask leave for one contact before its text is copied, dialled or queued.

    The first action is the recruiter's own to take (METHOD, rule 4): it is granted though nothing is
    proposed. Raises Refused (the guard), NotNow (nothing is proposed), NoWay (not by that channel) and Quiet
    (the firm writes to nobody these days; answers and applications pass). Asking again for the same outreach
    renews the text of the permit that is open; a colleague's that nobody answered for by the next evening is
    taken over.
    A `last_word` may be written in an outreach that ended with its position, where one is owed.
    """
    candidate = lock(outreach.candidate_id)
    redecide([candidate], now=now)
    outreach.refresh_from_db()
    standing = (
        Permit.objects.filter(
            organisation_id=member.organisation_id, candidate=candidate, ended_at=None, taken_over_at=None
        )
        .order_by("pk")
        .first()
    )
    mine = standing is not None and standing.recruiter_id == member.pk and standing.outreach_id == outreach.pk
    if not _asks_for_words(outreach, last_word=last_word, now=now):
        raise NotNow(outreach)
    _not_quiet(outreach, member, now)
    past = pasts([candidate])[0]
    if channel != outreach.channel and not reaches(channel, past.of(outreach), past.elsewhere(outreach)):
        raise NoWay(outreach, channel)
    refusal = refusal_of(
        past, outreach, member=member, channel=channel, text=text, now=now,
        standing=None if mine else standing,
    )  # fmt: skip
    if refusal is not None:
        raise Refused(refusal)
    values = {
        "channel": channel, "text": text, "subject": subject[:300], "template": template,
        "last_word": last_word,
    }  # fmt: skip
    if mine and standing is not None:
        for name, value in values.items():
            setattr(standing, name, value)
        standing.save(update_fields=list(values))
        return standing
    if standing is not None:  # the guard let a colleague's pass: the next evening has come
        Permit.objects.filter(pk=standing.pk).update(taken_over_at=now)
    taken = Permit.objects.create(
        organisation_id=member.organisation_id,
        candidate=candidate,
        outreach=outreach,
        recruiter=member,
        taken_at=now,
        **values,
    )
    redecide([candidate], now=now)  # nothing else is proposed for this person meanwhile
    return taken


def still_granted(*, permit: Permit, past: Past, now: datetime) -> None:
    """Ask again, of what is known now, for a contact that was granted before and did not take place yet.

    `past` is the candidate's, just read under the lock that who asks holds. Raises what `permit` raises.
    """
    outreaches = store_decisions([past], now=now)
    outreach = next((each for each in outreaches if each.pk == permit.outreach_id), permit.outreach)
    if not _asks_for_words(outreach, last_word=permit.last_word, now=now):
        raise NotNow(outreach)
    _not_quiet(outreach, permit.recruiter, now)
    refusal = refusal_of(
        past, outreach, member=permit.recruiter, channel=Channel(permit.channel),
        text=permit.text, now=now, standing=None,
    )  # fmt: skip
    if refusal is not None:
        raise Refused(refusal)


def is_open_to_a_contact(outreach: Outreach) -> bool:
    """Whether its decision lets the recruiter ask leave: something is due, or the first action is still to come."""
    if outreach.action in {Action.ANSWER, Action.CONTACT}:
        return True
    return outreach.code == Code.NO_FIRST_ACTION and outreach.situation != Situation.KEEP_IN_TOUCH


def opens_by_invitation(outreach: Outreach, channel: str) -> bool:
    """Whether what is sent on that channel is the invitation that the outreach begins with."""
    begins = outreach.situation == Situation.LINKEDIN_INVITATION and outreach.code == Code.NO_FIRST_ACTION
    return begins and channel == Channel.LINKEDIN


def _asks_for_words(outreach: Outreach, *, last_word: bool, now: datetime) -> bool:
    """Whether the decision asks for something to be written, or a last word is owed."""
    return is_open_to_a_contact(outreach) or (last_word and is_owed_a_last_word(outreach, now=now))


def _not_quiet(outreach: Outreach, member: Membership, now: datetime) -> None:
    """A quiet period holds back what we begin; who wrote or applied is answered all the same."""
    if outreach.action == Action.ANSWER or outreach.situation == Situation.APPLICATION:
        return
    until_on = quiet_until(member.organisation, now.astimezone(ZoneInfo(member.organisation.timezone)).date())
    if until_on is not None:
        raise Quiet(until_on)


def confirm(
    *,
    permit: Permit,
    member: Membership,
    now: datetime,
    sent_at: datetime | None = None,
    outcome: Kind = Kind.MESSAGE_SENT,
    voicemail: bool = False,
    said: str = "",
    key: str | None = None,
    locked: Candidate | None = None,
) -> list[Event]:
    """Say that the contact took place: the permit ends as a fact. Raises PermitEnded.

    A message that turned an application down closes the outreach with it. What opens an outreach by an
    invitation is one: its text is the note, and without a text it went without.

    `outcome` is `message_sent`, or for a call `call_unanswered` (with or without `voicemail`) or
    `call_answered`; `said` is what was said in it. `sent_at` is when it took place (now, if not given);
    `key` names the fact in its source. `locked` is the candidate, where the caller holds their lock.
    """
    if locked is None:
        with (
            transaction.atomic()
        ):  # the person before the permit, as everybody does: else two may wait for each other
            return confirm(
                permit=permit, member=member, now=now, sent_at=sent_at, outcome=outcome, voicemail=voicemail,
                said=said, key=key, locked=lock(permit.candidate_id),
            )  # fmt: skip
    if not change(Permit, {"ended_at": now}, '"id" = %s AND "ended_at" IS NULL', [permit.pk]):
        raise PermitEnded
    at = sent_at or now
    invites = outcome is Kind.MESSAGE_SENT and opens_by_invitation(permit.outreach, permit.channel)
    entries = [
        Entry(
            Kind.INVITATION_SENT if invites else outcome,
            at=at,
            channel=Channel(permit.channel),
            note=invites and bool(permit.text),
            voicemail=voicemail,
            subject=permit.subject,
            text=said or permit.text,
            template=permit.template.removeprefix(REFUSAL),
            key=key,
        )
    ]
    if permit.template.startswith(REFUSAL) and outcome is Kind.MESSAGE_SENT:
        entries.append(Entry(Kind.CLOSED, at=at))
    events = record(
        outreach=permit.outreach, entries=entries, now=now, member=member, permit=permit, locked=locked
    )
    _became(permit, events, key)
    return events


def _became(permit: Permit, events: list[Event], key: str | None) -> None:
    """Note on the permit the fact that it ended as, whoever recorded it first."""
    fact = events[0] if events else None
    if fact is None and key:
        fact = Event.objects.filter(candidate_id=permit.candidate_id, key=key).order_by("pk").first()
    if fact is not None:
        change(Permit, {"fact": fact.pk}, '"id" = %s', [permit.pk])


def when_it_left(permit: Permit, now: datetime) -> datetime:
    """When a message that is confirmed now was sent: now, or when it was copied if that is long ago."""
    return now if now - permit.taken_at < ASKED_AGAIN_AFTER else permit.taken_at


@transaction.atomic
def release(*, permit: Permit, now: datetime) -> None:
    """Say that the contact did not take place: the permit ends, the decision stands. Raises PermitEnded."""
    candidate = lock(permit.candidate_id)
    if not Permit.objects.filter(pk=permit.pk, ended_at=None).update(ended_at=now):
        raise PermitEnded
    redecide([candidate], now=now)
