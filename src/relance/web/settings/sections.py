"""The index of the settings. A screen that has something to set adds its line here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from relance.accounts.models import Membership
from relance.accounts.queries import team_size
from relance.accounts.roles import Permission, may

YOURS, THE_FIRM = "yours", "firm"
GROUPS = {YOURS: _("Your way of working"), THE_FIRM: _("The firm")}


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the index. Without a permission every member sees it; `state` is what its margin says."""

    group: str
    code: str
    url: str
    title: str | Promise
    subtitle: str | Promise
    permission: Permission | None = None
    state: Callable[[Membership], str] | None = None


def _a_day(member: Membership) -> str:
    return gettext("%(count)s / d") % {"count": member.capacity}


def _members(member: Membership) -> str:
    return str(team_size(member=member))


SECTIONS = (
    Section(YOURS, "account", "account", _("Your account"), _("Name, language, ways of coming in")),
    Section(YOURS, "sessions", "sessions", _("Sessions"), _("The devices on which you are in")),
    Section(YOURS, "days", "days", _("Days"), _("Working days, days off, quiet periods")),
    Section(YOURS, "capacity", "capacity", _("Capacity"), _("Follow-ups a day"), state=_a_day),
    Section(YOURS, "linkedin", "linkedin", _("LinkedIn"), _("Length of notes, invitations a week")),
    Section(YOURS, "mailboxes", "mailboxes", _("Mailbox"), _("Read the answers, send in your name")),
    Section(THE_FIRM, "team", "team", _("Team"), _("Members, roles, leaving"), state=_members),
    Section(
        THE_FIRM, "off_limits", "off_limits", _("Companies off limits"), _("Whose people nobody approaches")
    ),
    Section(THE_FIRM, "load", "load", _("Load"), _("What slips, who stands in"), Permission.SEE_LOAD),
    Section(THE_FIRM, "trail", "trail", _("Trail"), _("Who saw, who changed"), Permission.SEE_TRAIL),
    Section(THE_FIRM, "firm", "firm", _("Firm"), _("Its name"), Permission.NAME_FIRM),
    Section(THE_FIRM, "backup", "backup", _("Backup"), _("The whole desk in one file"), Permission.EXPORT),
)


@dataclass(frozen=True, slots=True)
class Line:
    section: Section
    state: str
    is_current: bool


def index(member: Membership, current: str) -> list[tuple[str | Promise, list[Line]]]:
    """What this member may set, in groups."""
    lines = [
        Line(one, one.state(member) if one.state else "", one.code == current)
        for one in SECTIONS
        if one.permission is None or may(member, one.permission)
    ]
    groups = [
        (title, [line for line in lines if line.section.group == code]) for code, title in GROUPS.items()
    ]
    return [(title, found) for title, found in groups if found]
