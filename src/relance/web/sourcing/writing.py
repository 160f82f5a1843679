"""The message to one person of a session: the approach's text, its variables filled, the hook in its place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from django.http import QueryDict

from relance.accounts.models import Membership
from relance.cadence.words import Channel, Situation
from relance.method.candidates.identities import fold
from relance.method.candidates.queries import identities, known_channels
from relance.method.delivery.links import Handoff, Picture, handoff, qr_code
from relance.method.delivery.models import Mailbox
from relance.method.delivery.queries import sends_from
from relance.method.outreach.models import Outreach, Permit, SourcingSession
from relance.method.outreach.positions import positions_of
from relance.method.outreach.queries import conversation, sent_to_others
from relance.method.outreach.sessions import still_to_write
from relance.method.writing.drafts import Composition, findings
from relance.method.writing.lengths import NOTE_LIMITS
from relance.method.writing.models import Template
from relance.method.writing.moments import Moment
from relance.method.writing.sms import sms_safe
from relance.method.writing.syntax import fill, slots
from relance.method.writing.words import Purpose
from relance.web.phrases.reasons import Setting
from relance.web.phrases.states import next_step
from relance.web.today.checks import Check, checks
from relance.web.today.forms import LONGEST_TEXT
from relance.web.today.leaving import Leaves
from relance.web.today.pane import values_for

HOOK_SLOTS = frozenset({"accroche", "l'accroche", "votre accroche", "son accroche", "hook", "the hook"})


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields; None where the page is only looked at."""

    text: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """What is shown of one person: the text to send, the question whether it was, or where they stand."""

    outreach: Outreach
    channel: Channel
    invites: bool
    writes: bool
    """Whether there is a text at all: an invitation without a note has none."""
    composition: Composition | None
    checks: list[Check]
    permit: Permit | None
    handoff: Handoff | None
    picture: Picture | None
    mailbox: Mailbox | None
    next_step: str
    leaving: Leaves | None


def typed_in(data: QueryDict) -> Typed:
    """The fields of the panel. A text that is still as it was filled gives way to one filled anew."""
    text = data.get("texte", "").replace("\r\n", "\n")[:LONGEST_TEXT]
    pristine = data.get("depart", "").replace("\r\n", "\n")
    changed = bool(text) and text.strip() != pristine.strip()
    if text and "sms_sur" in data:
        return Typed(sms_safe(text))
    return Typed(text if changed else None, data.get("objet"))


def with_hook(text: str, hook: str) -> str:
    """The text with the hook where its place is marked: `[accroche]` or `[hook]`."""
    if not hook:
        return text
    places = [slot for slot in slots(text) if fold(slot.hint.replace("’", "'")) in HOOK_SLOTS]
    for slot in reversed(places):
        text = text[: slot.start] + hook + text[slot.end :]
    return text


def has_hook_place(text: str) -> bool:
    """Whether the approach's text says where each person's hook goes."""
    return with_hook(text, "·") != text


def panel_of(
    member: Membership,
    outreach: Outreach,
    setting: Setting,
    *,
    permit: Permit | None,
    leaving: Leaves | None,
    typed: Typed,
) -> Panel:
    """What is to be done with one person of a session now."""
    session = outreach.session
    assert session is not None
    channel = _channel(session, outreach)
    invites = outreach.situation == Situation.LINKEDIN_INVITATION and channel is Channel.LINKEDIN
    composition = None
    if permit is None and still_to_write(outreach):
        composition = _composed(member, outreach, session, channel, setting, typed, invites=invites)
    by_mail = composition is not None and channel is Channel.EMAIL
    hand = None
    if permit is not None:
        hand = handoff(
            Channel(permit.channel), identities(outreach.candidate), subject=permit.subject, text=permit.text
        )
    return Panel(
        outreach=outreach,
        channel=channel,
        invites=invites,
        writes=not (invites and not session.text),
        composition=composition,
        checks=checks(composition.findings, setting) if composition else [],
        permit=permit,
        handoff=hand,
        picture=qr_code(hand.address) if hand and hand.channel is Channel.SMS else None,
        mailbox=sends_from(member) if by_mail else None,
        next_step=next_step(outreach, setting),
        leaving=leaving,
    )


def _channel(session: SourcingSession, outreach: Outreach) -> Channel:
    """The way of the session, unless the person is not reached by it any more."""
    wanted = Channel(session.channel)
    known = known_channels(outreach.candidate)
    if wanted in known or (wanted is Channel.INMAIL and Channel.LINKEDIN in known):
        return wanted
    return next((each for each in known if each is not Channel.CALL), wanted)


def _composed(
    member: Membership,
    outreach: Outreach,
    session: SourcingSession,
    channel: Channel,
    setting: Setting,
    typed: Typed,
    *,
    invites: bool,
) -> Composition:
    candidate = outreach.candidate
    past = conversation(member, candidate.pk)
    values: Mapping[str, str] = values_for(member, outreach, past, setting, positions_of(outreach))
    pristine = with_hook(fill(session.text, values).strip(), outreach.hook)
    subject = fill(session.subject, values) if typed.subject is None else typed.subject[:300]
    moment = Moment(
        situation=Situation(outreach.situation),
        purpose=Purpose.INVITATION_NOTE if invites else Purpose.FIRST_ACTION,
        step=0,
        channel=channel,
        language=candidate.language,
        address=candidate.address,
    )
    # The text of the session is to its people what a template is elsewhere: what all of them are told.
    shared = Template(body=session.text) if session.text else None
    text = pristine if typed.text is None else typed.text
    made = Composition(moment, channel, (), shared, text, subject, pristine, ())
    return replace(
        made,
        findings=findings(
            made,
            past=past,
            values={**values, "hook": outreach.hook},
            others=partial(sent_to_others, member, candidate.pk),
            note_limit=NOTE_LIMITS[member.has_linkedin_premium],
        ),
    )
