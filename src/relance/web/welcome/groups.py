"""The groups of an archive as the page shows them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.imports import choices
from relance.imports.area import Area
from relance.imports.choices import Shown
from relance.imports.groups import Group
from relance.web.phrases.ages import since
from relance.web.phrases.reasons import Setting

FEW = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One person: their age in the margin, what happened in words."""

    person: Shown
    when: str
    says: str


@dataclass(frozen=True, slots=True)
class Section:
    """One group, with its first people or one page of them."""

    group: Group
    title: str
    says: str
    count: int
    kept: int
    starred: int
    lines: list[Line]
    more: int

    @property
    def whole(self) -> bool:
        return self.kept == self.count


def titles() -> dict[Group, tuple[str, str]]:
    return {
        Group.WAITING: (_("Waiting for you"), _("They wrote last. They pass before everybody.")),
        Group.ACCEPTED: (
            _("Accepted, never written to"),
            _("They accepted your invitation and had no word from you."),
        ),
        Group.SILENT: (_("Silent"), _("You wrote, they did not answer yet.")),
        Group.PENDING: (_("Invitation pending"), _("Not accepted yet: never followed up on LinkedIn.")),
        Group.WITHOUT_ADDRESS: (
            _("Without an address yet"),
            _("This file names no way to reach them: the file of the profiles, given next, brings it."),
        ),
        Group.COLD: (
            _("Closed or cold"),
            _("An answer was given, or the silence is too old: only catching up by hand is left."),
        ),
        Group.CONTACTS: (_("Contacts without a conversation"), _("Nothing was said: nothing is due.")),
        Group.ASIDE: (
            _("Private"),
            _("Friends, clients, colleagues: never stored, and left aside at the next import."),
        ),
    }


def sections(area: Area, setting: Setting, *, only: Group | None, page: int) -> list[Section]:
    """Every group that has people, with its first few; or one group, paged."""
    counted = choices.counts(area)
    shown = []
    for group, (title, says) in titles().items():
        count, kept, starred = counted[group]
        if not count or (only is not None and group is not only):
            continue
        most = choices.PAGE if only else FEW
        people = choices.people_in(area, group, page=page if only else 1, most=most)
        lines = [_line(person, setting) for person in people]
        shown.append(Section(group, title, says, count, kept, starred, lines, count - len(lines)))
    return shown


def _line(person: Shown, setting: Setting) -> Line:
    when = since(person.since, setting.now) if person.since else ""
    return Line(person, when, _says(person))


def _says(person: Shown) -> str:
    if person.group is Group.WAITING:
        return _("Wrote last")
    if person.group is Group.ACCEPTED:
        return _("Invitation accepted, no message since")
    if person.group is Group.PENDING:
        return _("Invitation without an answer")
    if person.group is Group.CONTACTS:
        return _("Contact, no conversation")
    if person.sent:
        return ngettext("Written to %(count)s time", "Written to %(count)s times", person.sent) % {
            "count": person.sent
        }
    return ""
