"""How a person is reached: a number that is not theirs, and the channel that is tried first."""

from datetime import datetime

from django.db import transaction

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership
from relance.cadence.words import Channel
from relance.method.candidates.actions import add_identities, make_findable
from relance.method.candidates.identities import channels_of
from relance.method.candidates.models import Act, Candidate, Identity, IdentityKind
from relance.method.candidates.queries import identities, known_channels
from relance.method.candidates.trail import trace
from relance.method.outreach.actions import lock
from relance.method.outreach.decisions import redecide
from relance.method.outreach.models import Permit
from relance.method.outreach.permits import release


@transaction.atomic
def wrong_number(*, permit: Permit, number: str, instead: str, member: Membership, now: datetime) -> None:
    """Say that a number (E.164) is somebody else's: nobody was contacted, and the number goes.

    `instead` is their own, if it is known. The permit of the call ends without a fact. Raises
    PermitEnded, and IdentityTaken when `instead` is another person's.
    """
    hold_firm(member.organisation_id)
    candidate = lock(permit.candidate_id)
    release(permit=permit, now=now)
    before = known_channels(candidate)
    rows = Identity.objects.filter(candidate=candidate, kind=IdentityKind.PHONE, value=number)
    rows.delete()
    if instead:
        add_identities(candidate=candidate, pairs=[(IdentityKind.PHONE.value, instead)])
    pairs = [(identity.kind, identity.value) for identity in identities(candidate)]
    opened = channels_of(pairs)
    phones = {Channel.CALL, Channel.SMS}
    order = [channel for channel in before if channel not in phones or channel in opened]
    order += [channel for channel in opened if channel in phones and channel not in order]
    candidate.channels = ",".join(order)
    make_findable(candidate, pairs)
    candidate.save(update_fields=["channels", "search", "company_key"])
    trace(member=member, candidates=[candidate], act=Act.CHANGED, about="phone", now=now)
    redecide([candidate], now=now)


@transaction.atomic
def prefer_channel(*, candidate: Candidate, channel: Channel, member: Membership, now: datetime) -> None:
    """Put one known channel before the others, and decide anew: the engine proposes the first that lives."""
    candidate = lock(candidate.pk)
    order = known_channels(candidate)
    if channel not in order:
        return
    candidate.channels = ",".join([channel, *(other for other in order if other is not channel)])
    candidate.save(update_fields=["channels"])
    trace(member=member, candidates=[candidate], act=Act.CHANGED, about="channels", now=now)
    redecide([candidate], now=now)
