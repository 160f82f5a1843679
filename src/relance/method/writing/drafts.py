"""The draft of a message: its moment, the template that fills it, its checks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from relance.accounts.models import Membership
from relance.cadence.guard import similarity
from relance.cadence.words import Channel, Code, Kind, ReasonCode, Situation, Tone
from relance.method.candidates.models import Candidate
from relance.method.outreach.models import Event, Outreach
from relance.method.outreach.queries import sent_to_others
from relance.method.writing.checks import Draft, Earlier, Finding, Level, check
from relance.method.writing.lengths import NOTE_LIMITS
from relance.method.writing.models import Template
from relance.method.writing.moments import PURPOSES, Moment
from relance.method.writing.queries import templates_offered
from relance.method.writing.syntax import fill, without_marks
from relance.method.writing.tellings import NOTHING, Offer, Tellable, told_by, with_told
from relance.method.writing.wording import share_held
from relance.method.writing.words import Language, Purpose

WRITTEN = (Channel.EMAIL, Channel.LINKEDIN, Channel.INMAIL, Channel.SMS)
THREADED = (Channel.EMAIL, Channel.INMAIL)
STILL_THE_TEMPLATE = 0.5
"""How much of what a template says still stands in a message that counts as sent with it."""


@dataclass(frozen=True, slots=True)
class Composition:
    """What the composer holds: `pristine` is the filled template that `text` began as."""

    moment: Moment
    channel: Channel
    templates: tuple[Template, ...]
    template: Template | None
    text: str
    subject: str
    pristine: str
    findings: tuple[Finding, ...]
    offer: Offer = NOTHING

    @property
    def told(self) -> tuple[Tellable, ...]:
        """The angles and elements that the text tells, as it stands."""
        return told_by(self.text, self.offer.tellables)

    @property
    def source(self) -> str:
        """The key of the template that the text still is; empty where half of what it says was written anew."""
        if self.template is None or self.template.pk is None:
            return ""
        held = share_held(without_marks(self.text), without_marks(self.pristine))
        return str(self.template.pk) if held >= STILL_THE_TEMPLATE else ""

    @property
    def blocked(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is Level.BLOCK)

    @property
    def has_subject(self) -> bool:
        return self.channel in THREADED


def moment_of(
    outreach: Outreach, candidate: Candidate, channel: Channel, chosen: Purpose | None = None
) -> Moment | None:
    """What the outreach's decision asks to be written on a channel; None when it asks nothing.

    What is `chosen` instead has no step of the cadence.
    """
    purpose = chosen or PURPOSES.get(Code(outreach.code))
    if purpose is None:
        return None
    reasons = {reason["code"]: reason for reason in outreach.reasons}
    return Moment(
        situation=Situation(outreach.situation),
        purpose=purpose,
        step=0 if chosen else outreach.step or 0,
        channel=channel,
        language=candidate.language,
        address=candidate.address,
        occasion=reasons.get(ReasonCode.OCCASION, {}).get("what") or "",
        tone=reasons.get(ReasonCode.REPLY, {}).get("tone")
        or (Tone.UNKNOWN if purpose is Purpose.YOUR_TURN else ""),
    )


def compose(
    *,
    member: Membership,
    outreach: Outreach,
    candidate: Candidate,
    past: list[Event],
    channel: Channel,
    values: Mapping[str, str],
    template_pk: int | None = None,
    text: str | None = None,
    subject: str | None = None,
    offer: Offer = NOTHING,
    telling: str = "",
    moment: Moment | None = None,
    purpose: Purpose | None = None,
) -> Composition | None:
    """Fill the composer for an outreach: with `text` if it was typed, else with the template offered first.

    `values` are the variables by code, in the candidate's language; `offer` is what may be told, `telling`
    the key of what is to be put into the text now; `moment` or `purpose` is what is written instead of what
    the decision asks for (a last word, a refusal). None when nothing is to be written.
    """
    moment = moment or moment_of(outreach, candidate, channel, purpose)
    if moment is None or channel not in WRITTEN:
        return None
    offered = templates_offered(member, moment)
    chosen = next((row for row in offered if row.pk == template_pk), offered[0] if offered else None)
    pristine = fill(chosen.body, values).strip() if chosen else ""
    body = pristine if text is None else text.replace("\r\n", "\n")
    for each in offer.tellables:
        if each.key == telling:
            body = with_told(body, each.text)
    if subject is None:
        subject = _subject(past, channel, fill(chosen.subject, values) if chosen else "", candidate.language)
    composition = Composition(moment, channel, tuple(offered), chosen, body, subject, pristine, (), offer)
    others = partial(sent_to_others, member, candidate.pk)
    return replace(composition, findings=findings(composition, past=past, values=values, others=others))


def findings(
    composition: Composition,
    *,
    past: list[Event],
    values: Mapping[str, str],
    others: Callable[[], Iterable[str]] = tuple,
    note_limit: int = NOTE_LIMITS[False],
) -> tuple[Finding, ...]:
    """What is to be said of a draft before it leaves, the blocking first (METHOD, Writing)."""
    moment = composition.moment
    earlier = tuple(
        Earlier(event.text, event.at, Channel(event.channel or Channel.LINKEDIN))
        for event in past
        if event.text
        and (event.kind == Kind.MESSAGE_SENT or (event.kind == Kind.INVITATION_SENT and event.note))
    )
    template = composition.template
    told = composition.told
    draft = Draft(
        text=composition.text,
        subject=composition.subject if composition.has_subject else "",
        channel=composition.channel,
        language=Language(moment.language),
        situation=moment.situation,
        purpose=moment.purpose,
        step=moment.step,
        earlier=earlier,
        template=template.body if template else None,
        values=values,
        first_contact=not earlier,
        new_angle=any(each.is_angle and each.told_at is None for each in told),
        personal=any(not each.is_angle for each in told),
        others=others,
        shared=tuple(each.text for each in told if each.is_angle),
        note_limit=note_limit,
    )
    return check(draft, similarity)


def _subject(past: list[Event], channel: Channel, offered: str, language: str) -> str:
    """A follow-up keeps the subject of its thread; elsewhere the template gives one."""
    if channel not in THREADED:
        return ""
    for event in past:
        if event.subject and event.channel == channel and event.kind == Kind.MESSAGE_SENT:
            known = event.subject.removeprefix("Re : ").removeprefix("Re: ")
            return f"Re : {known}" if language == "fr" else f"Re: {known}"
    return offered
