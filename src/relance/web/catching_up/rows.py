"""One reason, or one catching up that is planned, as a row of the list."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from relance.method.candidates.models import Candidate
from relance.method.catching_up.models import Reason
from relance.method.catching_up.queries import Found, Planned
from relance.web.catching_up.phrases import said_last, since, taken, what_waits, why
from relance.web.phrases.ages import short_day
from relance.web.phrases.marks import NOTHING, marks
from relance.web.phrases.reasons import Setting, occasion_name
from relance.web.phrases.states import next_step


@dataclass(slots=True)
class Row:
    """`when` stands in the margin; `waits` says what holds it back, `done` what was said of it today.

    `take` and `leave` are where the two keys lead; `hidden` is what goes with them.
    """

    key: str
    candidate: Candidate
    about: str
    when: str
    why: str
    link: str
    said: str
    waits: str = ""
    done: str = ""
    take: str = ""
    leave: str = ""
    open: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    following: str = ""
    marks: SafeString = NOTHING


def about(candidate: Candidate) -> str:
    return ", ".join(part for part in (candidate.role, candidate.company) if part)


def row_of(found: Found, told: Mapping[tuple[int, str], int], setting: Setting) -> Row:
    """A reason to be taken up or left. `told` are the mails that told one, by person and occasion."""
    reason, candidate = found.reason, found.reason.candidate
    mail = told.get((candidate.pk, reason.what)) if reason._state.adding else None
    take, leave = _gestures(candidate, mail)
    hidden = [("quoi", reason.what), ("raison", str(reason.pk or ""))]
    return Row(
        key=f"{candidate.pk}-{reason.what}-{reason.pk or 0}",
        candidate=candidate,
        about=about(candidate),
        when=since(reason, setting),
        why=why(reason),
        link=reason.link,
        said=said_last(found.said, setting),
        waits=what_waits(found.wait, setting) if found.wait else "",
        take=take,
        leave=leave,
        hidden=tuple(hidden) if mail is None else (("vers", "prises-de-nouvelles"),),
    )


def _gestures(candidate: Candidate, mail: int | None) -> tuple[str, str]:
    if mail is not None:
        return reverse("inbox_take_up", args=[mail]), reverse("inbox_aside", args=[mail])
    return reverse("catching_up_take", args=[candidate.pk]), reverse("catching_up_leave", args=[candidate.pk])


def planned_row(planned: Planned, setting: Setting) -> Row:
    """What opens by itself on its day."""
    outreach, candidate = planned.outreach, planned.outreach.candidate
    due = outreach.due_at
    reason = planned.reason
    return Row(
        key=f"p{outreach.pk}",
        candidate=candidate,
        about=about(candidate),
        when=short_day(due.astimezone(setting.zone).date(), setting.today) if due else "",
        why=". ".join(
            part
            for part in (
                occasion_name(reason.what).capitalize() if reason and reason.what else "",
                next_step(outreach, setting),
            )
            if part
        ),
        link="",
        said=said_last(planned.said, setting),
        open=reverse("today_person", args=[outreach.pk]),
        leave=reverse("catching_up_cancel", args=[candidate.pk]),
        hidden=(("approche", str(outreach.pk)),),
        marks=marks(outreach),
    )


def settled_row(reason: Reason, left: str, setting: Setting) -> Row:
    """What was taken up or left today."""
    outreach = reason.event.outreach if reason.event else None
    return Row(
        key=f"s{reason.pk}",
        candidate=reason.candidate,
        about=about(reason.candidate),
        when=since(reason, setting),
        why=why(reason),
        link="",
        said="",
        done=taken(outreach, setting) if outreach else left,
        hidden=(("raison", str(reason.pk)),),
    )
