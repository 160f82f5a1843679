"""The right page: one person, why now, what was said, the message to send."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import translation

from relance.accounts.models import Membership
from relance.cadence.channels import usable_channels
from relance.cadence.meter import meter
from relance.cadence.words import Action, Channel, Code, Kind, Situation
from relance.method.candidates.models import Candidate, Identity, IdentityKind
from relance.method.candidates.queries import identities
from relance.method.delivery.links import Handoff, Picture, handoff, linkedin_profile, qr_code
from relance.method.delivery.models import Mailbox
from relance.method.outreach.applications import may_be_refused
from relance.method.outreach.histories import fact_of, history_of
from relance.method.outreach.models import Event, Outreach, Permit, Position
from relance.method.outreach.positions import named
from relance.method.outreach.queries import conversation
from relance.method.writing.drafts import WRITTEN, Composition, compose
from relance.method.writing.syntax import fill
from relance.method.writing.tellings import NOTHING, Tellable, offer_in
from relance.web.phrases import reasons
from relance.web.phrases.ages import on_day
from relance.web.phrases.positions import told_of
from relance.web.phrases.reasons import Setting
from relance.web.phrases.states import next_step, not_postponed, refusal
from relance.web.phrases.why import sentence
from relance.web.today import talk
from relance.web.today.checks import Check, checks
from relance.web.today.leaving import Leaves
from relance.web.today.marks import (
    Occasioned,
    attempts_said,
    cv_of,
    inmail_from,
    inmail_says,
    occasion_of,
    others_than_inmail,
)
from relance.web.today.meter_drawing import Drawing, draw
from relance.web.today.offering import Offered, offered


@dataclass(frozen=True, slots=True)
class Typed:
    """What the recruiter typed so far, carried through a change of channel or a refusal."""

    channel: Channel | None = None
    template: int | None = None
    text: str | None = None
    subject: str | None = None
    told: tuple[str, ...] = ()
    """The keys of the angles and elements that were chosen."""
    telling: str = ""
    """The key of the one to be put into the text now."""
    filled: bool = False
    """What is known by now takes the place of the variables in the text."""


@dataclass(frozen=True, slots=True)
class Pane:
    """Everything the right page shows of one outreach."""

    outreach: Outreach
    candidate: Candidate
    why: str
    detail: list[str]
    next_step: str
    held: str
    talk: list[talk.Said]
    drawing: Drawing
    channels: list[Channel]
    composition: Composition | None
    checks: list[Check]
    profile: str
    permit: Permit | None
    handoff: Handoff | None
    picture: Picture | None
    can_call: bool
    calls_first: bool
    due: bool
    postponable: bool
    answering: bool
    inmail_from: datetime | None
    inmail_says: str
    others: list[Channel]
    attempts: str
    cv: str
    opening: bool
    refusable: bool
    occasion: Occasioned | None
    offered: Offered | None = None
    positions: tuple[Position, ...] = ()
    leaving: Leaves | None = None
    mailbox: Mailbox | None = None


def pane_of(
    member: Membership, outreach: Outreach, setting: Setting, *, permit: Permit | None, typed: Typed
) -> Pane:
    """Build the right page from one past: its events feed the talk, the meter and the composer."""
    candidate = outreach.candidate
    known = identities(candidate)
    past = conversation(member, candidate.pk)
    due = outreach.action in {Action.ANSWER, Action.CONTACT} and not outreach.held
    usable = _usable(outreach, past)
    channels = _channels(outreach, usable)
    is_opening = outreach.code == Code.NO_FIRST_ACTION and outreach.situation == Situation.CV_DATABASE
    rests_until = inmail_from(past, candidate, setting)
    composition = None
    offer = NOTHING
    if due and permit is None:
        offer = offer_in(outreach).choosing(typed.told)
        values = values_for(member, outreach, past, setting, offer.positions)
        if typed.filled:
            typed = _filled(typed, values)
        composition = compose(
            member=member,
            outreach=outreach,
            candidate=candidate,
            past=past,
            channel=_channel(outreach, typed, channels),
            values=values,
            template_pk=typed.template,
            text=typed.text,
            subject=typed.subject,
            offer=offer,
            telling=typed.telling,
        )
    hand = None
    if permit is not None:
        hand = handoff(Channel(permit.channel), known, subject=permit.subject, text=permit.text)
    return Pane(
        outreach=outreach,
        candidate=candidate,
        why=sentence(outreach, candidate.first_name or candidate.name, setting),
        detail=reasons.clauses(outreach.reasons, setting),
        next_step=next_step(outreach, setting),
        held=refusal(outreach.held, outreach.frees_at, setting) if outreach.held else "",
        talk=talk.conversation(past, member, candidate.first_name or candidate.name, setting),
        drawing=_drawing(outreach, past, due=due),
        channels=channels,
        composition=composition,
        checks=_checks(composition, setting, offer.tellables) if composition else [],
        profile=_profile(known),
        permit=permit,
        handoff=hand,
        picture=qr_code(hand.address) if hand and hand.channel in {Channel.SMS, Channel.CALL} else None,
        can_call=Channel.CALL in usable and (due or is_opening),
        calls_first=(due and outreach.channel == Channel.CALL) or is_opening,
        due=due,
        postponable=not not_postponed(outreach),
        answering=outreach.action == Action.ANSWER,
        inmail_from=rests_until,
        inmail_says=inmail_says(rests_until, setting),
        others=others_than_inmail(outreach, usable) if permit is None else [],
        attempts=attempts_said(outreach),
        cv=cv_of(candidate),
        opening=is_opening,
        refusable=permit is None and not outreach.held and may_be_refused(outreach),
        positions=offer.positions,
        offered=offered(offer.tellables, setting) if composition else None,
        occasion=occasion_of(outreach, past),
    )


def _filled(typed: Typed, values: Mapping[str, str]) -> Typed:
    text, subject = typed.text, typed.subject
    return replace(
        typed,
        text=None if text is None else fill(text, values),
        subject=None if subject is None else fill(subject, values),
    )


def _checks(composition: Composition, setting: Setting, tellables: Sequence[Tellable]) -> list[Check]:
    return checks(
        composition.findings,
        setting,
        has_angles=any(each.is_angle and each.told_at is None for each in tellables),
        has_others=len(composition.templates) > 1,
    )


def _usable(outreach: Outreach, past: list[Event]) -> tuple[Channel, ...]:
    """The channels by which something can reach the person in this outreach."""
    here = [fact_of(event) for event in past if event.outreach_id == outreach.pk]
    elsewhere = [fact_of(event) for event in past if event.outreach_id != outreach.pk]
    return usable_channels(history_of(outreach, here, outreach.candidate), elsewhere)


def _channels(outreach: Outreach, usable: Sequence[Channel]) -> list[Channel]:
    """The written channels offered, the decision's own first."""
    known = [channel for channel in usable if channel in WRITTEN]
    if outreach.channel and Channel(outreach.channel) in WRITTEN and outreach.channel not in known:
        known.insert(0, Channel(outreach.channel))
    return known


def _channel(outreach: Outreach, typed: Typed, channels: list[Channel]) -> Channel:
    if typed.channel is not None and typed.channel in channels:
        return typed.channel
    if outreach.channel and Channel(outreach.channel) in WRITTEN:
        return Channel(outreach.channel)
    return channels[0] if channels else Channel.CALL


def _profile(known: list[Identity]) -> str:
    for identity in known:
        if identity.kind in {IdentityKind.LINKEDIN, IdentityKind.LINKEDIN_MEMBER}:
            return linkedin_profile(identity.value)
    return ""


def _drawing(outreach: Outreach, past: list[Event], *, due: bool) -> Drawing:
    facts = [fact_of(event) for event in past if event.outreach_id == outreach.pk]
    made = meter(history_of(outreach, facts, outreach.candidate))
    return draw(
        made,
        step=outreach.step,
        due=due and outreach.action == Action.CONTACT,
        stopped=outreach.action == Action.STOP,
        opened=made.contacts_made > 0 or outreach.situation == "keep_in_touch",
    )


def values_for(
    member: Membership,
    outreach: Outreach,
    past: list[Event],
    setting: Setting,
    positions: Sequence[Position] = (),
) -> Mapping[str, str]:
    """The variables of a template, in the candidate's language; what is not known is left out."""
    candidate = outreach.candidate
    last = candidate.name.removeprefix(candidate.first_name).strip()
    mine = member.user.name.split()
    occasion = occasion_of(outreach, past)
    values = {
        "first_name": candidate.first_name,
        "last_name": last,
        "company": candidate.company,
        "role": candidate.role,
        "recruiter_first_name": mine[0] if mine else member.signature,
        "recruiter_firm": member.organisation.name,
        "signature": member.signature or member.user.name,
        "position": outreach.purpose or named([position.title for position in positions]),
        **told_of(positions, candidate.language),
        "detail": occasion.line if occasion else "",
        "first_message_when": _first_message_when(candidate, past, setting),
        "source": candidate.cv_source or ("LinkedIn" if candidate.source.startswith("linkedin") else ""),
    }
    return {code: value for code, value in values.items() if value}


def _first_message_when(candidate: Candidate, past: list[Event], setting: Setting) -> str:
    written = (event for event in past if event.kind in {Kind.MESSAGE_SENT, Kind.INVITATION_SENT})
    first = next(written, None)
    if first is None:
        return ""
    with translation.override(candidate.language):
        return on_day(first.at, setting.today, setting.zone)
