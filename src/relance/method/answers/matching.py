"""Whose mail this is: by its token, its thread, its address; by a name alone it is only asked.

The order is that of trust. A token or an id of ours names one message; an address names a person; a
name names nobody for sure, so that nothing is recorded before the recruiter said who it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from relance.accounts.queries import within
from relance.mail.incoming import Incoming, Kind, LinkedIn
from relance.method.answers.models import MatchedBy
from relance.method.candidates.identities import BadIdentity, fold, mail_in_one_form
from relance.method.candidates.models import Candidate, Identity, IdentityKind
from relance.method.candidates.queries import candidates_matching
from relance.method.delivery.models import Leaving, Mailbox, MailId, Outgoing
from relance.method.outreach.models import Outreach

ABOUT_THEM = {Kind.BOUNCE_HARD, Kind.BOUNCE_SOFT, Kind.DELAY, Kind.CHALLENGE}
"""Kinds whose sender is a machine: the person stands among the recipients."""
ASKED_WITHIN = timedelta(days=60)
GONE = (Leaving.SENDING, Leaving.SENT, Leaving.TO_CHECK)


@dataclass(frozen=True, slots=True)
class Match:
    """The person, the outreach that stands, and by what they were found; `outgoing` if a message of ours."""

    candidate: Candidate
    outreach: Outreach | None
    by: MatchedBy
    outgoing: Outgoing | None = None


def match(mailbox: Mailbox, mail: Incoming, *, now: datetime) -> Match | None:
    """Whom a mail is from or about, of the people the organisation keeps; None for anybody else's."""
    outgoing = _by_token(mailbox, mail)
    if outgoing is not None:
        return Match(outgoing.candidate, outgoing.outreach, MatchedBy.TOKEN, outgoing)
    found = _by_thread(mailbox, mail)
    if found is not None:
        return found
    for address in _addresses(mail):
        candidate = _known(mailbox, address)
        if candidate is not None:
            return Match(candidate, standing(candidate), MatchedBy.ADDRESS, _last_to(candidate, mail, now))
    return _by_name(mailbox, mail, now)


def _by_token(mailbox: Mailbox, mail: Incoming) -> Outgoing | None:
    tokens = [*mail.tokens, *mail.returned_tokens]
    if not tokens:
        return None
    rows = Outgoing.objects.select_related("candidate", "outreach").filter(
        organisation_id=mailbox.organisation_id, token__in=tokens[:20]
    )
    return rows.order_by("-pk").first()


def _by_thread(mailbox: Mailbox, mail: Incoming) -> Match | None:
    ids = list(dict.fromkeys([*mail.in_reply_to, *reversed(mail.references)]))[:40]
    if not ids:
        return None
    ours = Outgoing.objects.select_related("candidate", "outreach").filter(
        organisation_id=mailbox.organisation_id, message_id__in=ids, state__in=GONE
    )
    sent = {row.message_id: row for row in ours.order_by("pk")[:40]}
    for each in ids:
        if each in sent:
            return Match(sent[each].candidate, sent[each].outreach, MatchedBy.THREAD, sent[each])
    known = MailId.objects.select_related("candidate", "outreach").filter(
        organisation_id=mailbox.organisation_id, message_id__in=ids
    )
    row = known.order_by("-at", "-pk").first()
    return Match(row.candidate, row.outreach or standing(row.candidate), MatchedBy.THREAD) if row else None


def _addresses(mail: Incoming) -> Iterable[str]:
    if mail.kind in ABOUT_THEM:
        return mail.recipients
    return (mail.sender, mail.reply_to)


def _known(mailbox: Mailbox, address: str) -> Candidate | None:
    try:
        value = mail_in_one_form(address)
    except BadIdentity:
        return None
    rows = Identity.objects.select_related("candidate").filter(
        organisation_id=mailbox.organisation_id, kind=IdentityKind.EMAIL, value=value
    )
    identity = rows.order_by("pk").first()
    return identity.candidate if identity else None


def standing(candidate: Candidate) -> Outreach | None:
    """The outreach a fact about the person belongs to: the open one, else the latest."""
    return Outreach.objects.filter(candidate=candidate).order_by("-is_open", "-opened_at", "-pk").first()


def _last_to(candidate: Candidate, mail: Incoming, now: datetime) -> Outgoing | None:
    """The last message of ours to the person, where the mail is about one and no older than two months."""
    if mail.kind is Kind.HUMAN:
        return None
    rows = Outgoing.objects.filter(candidate=candidate, state__in=GONE, claimed_at__gte=now - ASKED_WITHIN)
    return rows.order_by("-claimed_at", "-pk").first()


def _by_name(mailbox: Mailbox, mail: Incoming, now: datetime) -> Match | None:
    """Somebody we wrote to of late, who answers from another address: found by their name alone, and asked.

    So is anybody kept of whom LinkedIn tells an anniversary or a new position.
    """
    name = mail.linkedin_name if mail.linkedin else mail.sender_name
    folded = fold(name)
    if len(folded.split()) < 2 or (mail.kind is not Kind.HUMAN and not mail.linkedin):
        return None
    rows = within(Candidate.objects.all(), mailbox.member) & candidates_matching(mailbox.member, name)
    found = [each for each in rows.order_by("pk")[:20] if fold(each.name) == folded]
    if len(found) != 1:
        return None
    outreach = standing(found[0])
    # An anniversary or a new position is told of those whom nobody wrote to for long.
    told = mail.linkedin in {LinkedIn.WORK_ANNIVERSARY, LinkedIn.NEW_POSITION}
    recent = outreach is not None and outreach.events.filter(at__gte=now - ASKED_WITHIN).exists()
    return Match(found[0], outreach, MatchedBy.NAME) if told or recent else None
