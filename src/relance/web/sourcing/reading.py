"""What the lines of a session say, and what the desk answers to each before it enters."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Channel, RefusalCode, Situation
from relance.method.candidates.models import IdentityKind
from relance.method.candidates.queries import known_channels
from relance.method.outreach.models import SourcingSession
from relance.method.outreach.newcomers import Met, meet
from relance.method.outreach.sessions import still_to_write
from relance.web.people.adding import left_alone
from relance.web.person.likeness import because
from relance.web.phrases.names import first_name
from relance.web.phrases.reasons import Setting
from relance.web.phrases.states import refusal
from relance.web.sourcing.lines import Line, Unread, lines_in, read

ICONS = {IdentityKind.EMAIL: "mail", IdentityKind.PHONE: "phone"}


@dataclass(frozen=True, slots=True)
class Understood:
    """One line and what is said of it. `tone` is `in`, `joins`, `held`, `unread` or `gone` (kept nowhere)."""

    line: Line
    tone: str
    says: str
    ways: tuple[tuple[str, str], ...]

    @property
    def enters(self) -> bool:
        return self.tone in {"in", "joins"}


def understand_lines(
    text: str, *, session: SourcingSession, member: Membership, setting: Setting, alike: bool = True
) -> list[Understood]:
    """Each line of a text, with what would come of it in that session. Nothing enters from here."""
    region = member.organisation.region
    return understood(
        [read(raw, region) for raw in lines_in(text)],
        session=session,
        member=member,
        setting=setting,
        alike=alike,
    )


def understood(
    lines: Sequence[Line], *, session: SourcingSession, member: Membership, setting: Setting, alike: bool
) -> list[Understood]:
    """The same, of lines that were read."""
    channel = Channel(session.channel)
    clear = [line for line in lines if line.unread is None]
    met = (
        meet(
            member=member,
            people=[line.facts(channel, member.user.language) for line in clear],
            situation=Situation(session.situation),
            channel=channel,
            now=setting.now,
            alike=alike,
        )
        if clear
        else []
    )
    by_line = dict(zip(map(id, clear), met, strict=True))
    names = _colleagues(member, met)
    return [_told(line, by_line.get(id(line)), channel, names, setting) for line in lines]


def _told(
    line: Line, met: Met | None, channel: Channel, names: dict[str, str], setting: Setting
) -> Understood:
    ways = tuple(
        (ICONS.get(IdentityKind(kind), "linkedin"), _short(kind, value)) for kind, value in line.identities
    )
    if met is None:
        return Understood(line, "unread", unread_words(line), ways)
    if met.avoidance is not None:
        return Understood(line, "gone", left_alone(met.avoidance), ways)
    if met.others:
        says = _("These addresses are those of two people; one is %(name)s.") % {"name": met.others[0].name}
        return Understood(line, "unread", says, ways)
    if met.refusal is not None:
        return Understood(line, "held", refused_words(met, names, setting), ways)
    known = known_channels(met.candidate) if met.candidate else ()
    if not line.reached_by(channel) and channel not in known:
        return Understood(line, "unread", wanted_words(channel), ways)
    if met.standing is not None and not still_to_write(met.standing):
        return Understood(
            line, "joins", _("You follow them already: the position joins, nothing is sent from here."), ways
        )
    return Understood(line, "in", _entering(line, met), ways)


def _entering(line: Line, met: Met) -> str:
    if met.standing is not None:
        return _("In your notebook already, nothing sent yet.")
    if met.candidate is not None:
        return _("Known already: a new approach opens.")
    if met.alike is not None:
        words = {"name": met.alike.candidate.name, "because": because(met.alike.likeness)}
        return _("Perhaps the same person as %(name)s (%(because)s).") % words
    return _("The name is taken from the address: check it.") if line.guessed else ""


def refused_words(met: Met, names: dict[str, str], setting: Setting) -> str:
    """What the guard says of somebody, and where it is told who and what frees them."""
    assert met.refusal is not None
    says = refusal(met.refusal.code, met.refusal.frees_at, setting)
    if met.refusal.code not in {RefusalCode.COLLEAGUE, RefusalCode.PERMIT_OPEN} or met.candidate is None:
        return says
    who = names.get(str(met.refusal.values.get("recruiter_id", "")))
    if who and met.refusal.code == RefusalCode.COLLEAGUE:
        says = _("%(who)s is in touch with them: one person writes to somebody at a time.") % {"who": who}
    address = reverse("hand_over", args=[met.candidate.pk])
    return format_html('{} <a class="link" href="{}">{}</a>', says, address, _("Who, and what frees them"))


def unread_words(line: Line) -> str:
    """What is missing in a line, as one sentence."""
    if line.unread is Unread.ADDRESS:
        return _("“%(part)s” is no LinkedIn profile, mail address or phone number.") % {"part": line.part}
    if line.unread is Unread.REACH:
        return _("Say how to reach them: a LinkedIn profile, a mail address or a phone number.")
    if line.unread is Unread.LONG:
        return _("This line is too long for one person.")
    return _("Say who it is.")


def wanted_words(channel: Channel) -> str:
    """Which address the way of the session needs."""
    if channel is Channel.EMAIL:
        return _("A mail needs their mail address.")
    if channel is Channel.SMS:
        return _("A call or an SMS needs their phone number.")
    return _("LinkedIn needs the address of their profile.")


def _short(kind: str, value: str) -> str:
    return value if kind in {IdentityKind.EMAIL, IdentityKind.PHONE} else f"in/{value}"


def _colleagues(member: Membership, met: Sequence[Met]) -> dict[str, str]:
    """The first names of the colleagues the guard speaks of, by the key of their membership."""
    keys = {str(one.refusal.values.get("recruiter_id", "")) for one in met if one.refusal is not None} - {""}
    pks = [int(key) for key in keys if key.isdigit()]
    rows = within(Membership.objects.select_related("user"), member).filter(pk__in=pks).order_by("pk")
    return {str(row.pk): first_name(row) for row in rows[:50]} if pks else {}
