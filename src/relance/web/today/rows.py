"""The left page: the day's rows, grouped."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from relance.cadence.words import Action, Channel, Situation
from relance.method.delivery.models import Outgoing
from relance.method.outreach.models import Outreach, Permit
from relance.method.outreach.queries import Queue
from relance.web.phrases.ages import day, length, since
from relance.web.phrases.marks import NOTHING, marks
from relance.web.phrases.reasons import Setting, by_channel
from relance.web.phrases.states import lateness, line, since_when
from relance.web.today.leaving import leaves

ICONS = {
    Channel.EMAIL: "mail",
    Channel.LINKEDIN: "linkedin",
    Channel.INMAIL: "linkedin",
    Channel.SMS: "sms",
    Channel.CALL: "phone",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the day, as the left page shows them."""

    pk: int
    address: str
    name: str
    company: str
    when: str
    says: str
    late: str
    icon: str
    by: str
    starred: bool
    demonstration: bool
    current: bool = False
    marks: SafeString = NOTHING


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    title: str
    rows: list[Row]
    key: str = ""


def row_of(outreach: Outreach, setting: Setting, query: str, current: int | None) -> Row:
    """The row of an outreach in the queue."""
    since_at = since_when(outreach)
    return Row(
        pk=outreach.pk,
        address=_address(outreach.pk) + query,
        name=outreach.candidate.name,
        company=outreach.candidate.company,
        when=since(since_at, setting.now) if since_at else "",
        says=line(outreach, setting, since_at),
        late=lateness(outreach, setting),
        icon=ICONS.get(Channel(outreach.channel), "page") if outreach.channel else "page",
        by=by_channel(outreach.channel),
        starred=outreach.must_answer,
        demonstration=outreach.candidate.is_demonstration,
        current=outreach.pk == current,
        marks=marks(outreach),
    )


def asked_row(permit: Permit, setting: Setting, query: str, current: int | None) -> Row:
    """The row of a message that nobody has said was sent."""
    return Row(
        pk=permit.outreach_id,
        address=_address(permit.outreach_id) + query,
        name=permit.candidate.name,
        company=permit.candidate.company,
        when=length(setting.now - permit.taken_at),
        says=_("Copied %(when)s · was it sent?")
        % {"when": day(permit.taken_at, setting.today, setting.zone)},
        late="",
        icon=ICONS[Channel(permit.channel)],
        by=by_channel(permit.channel),
        starred=permit.outreach.must_answer,
        demonstration=permit.candidate.is_demonstration,
        current=permit.outreach_id == current,
    )


def leaving_row(outgoing: Outgoing, setting: Setting, query: str, current: int | None) -> Row:
    """The row of a message that leaves by itself."""
    told = leaves(outgoing, setting)
    return Row(
        pk=outgoing.outreach_id,
        address=_address(outgoing.outreach_id) + query,
        name=outgoing.candidate.name,
        company=outgoing.candidate.company,
        when="",
        says=told.problem or told.short,
        late="",
        icon=ICONS[Channel.EMAIL],
        by=by_channel(Channel.EMAIL),
        starred=False,
        demonstration=outgoing.candidate.is_demonstration,
        current=outgoing.outreach_id == current,
    )


@cache
def _pattern() -> str:
    """The address of a day open at somebody: looked up once, not for each row."""
    return reverse("today_person", args=[0])


def _address(pk: int) -> str:
    return _pattern().replace("/0/", f"/{pk}/")


def groups(
    queue: Queue,
    asked: list[Permit],
    leaving: list[Outgoing],
    setting: Setting,
    query: str,
    current: int | None,
) -> list[Group]:
    """What is asked about, what is owed, what is starred, the rest, the catch-ups, what leaves: in that order."""
    parted: dict[str, list[Row]] = {"answer": [], "starred": [], "follow": [], "news": []}
    for outreach in queue.above:
        parted[_part(outreach)].append(row_of(outreach, setting, query, current))
    shown = [
        Group(_("Sent?"), [asked_row(permit, setting, query, current) for permit in asked], "asked"),
        Group(_("Your turn to answer"), parted["answer"], "answer"),
        Group(_("Must answer"), parted["starred"], "starred"),
        Group(_("To follow up"), parted["follow"], "follow"),
        Group(_("Catching up"), parted["news"], "news"),
        Group(_("On their way"), [leaving_row(row, setting, query, current) for row in leaving], "leaving"),
    ]
    return [group for group in shown if group.rows]


def _part(outreach: Outreach) -> str:
    if outreach.action == Action.ANSWER:
        return "answer"
    if outreach.situation == Situation.KEEP_IN_TOUCH:
        return "news"
    return "starred" if outreach.must_answer else "follow"
