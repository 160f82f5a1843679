"""What stands beside a person besides the text: an InMail's rest, calls without a message, where a CV was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.cadence.cadences import REST_OF_INMAIL
from relance.cadence.calendar import Calendar
from relance.cadence.windows import opening
from relance.cadence.words import Action, Channel, Kind, ReasonCode
from relance.method.candidates.models import Candidate
from relance.method.outreach.models import Event, Outreach
from relance.web.phrases.ages import long_date
from relance.web.phrases.reasons import Setting


def inmail_from(past: list[Event], candidate: Candidate, setting: Setting) -> datetime | None:
    """Until when no InMail may follow one they had, if that is still to come (METHOD, rule 10)."""
    sent = [event.at for event in past if event.kind == Kind.MESSAGE_SENT and event.channel == Channel.INMAIL]
    if not sent or max(sent) + REST_OF_INMAIL <= setting.now:
        return None
    calendar = Calendar.of(candidate.timezone, candidate.region)
    return opening(max(sent) + REST_OF_INMAIL, Channel.INMAIL, calendar)


def inmail_says(until: datetime | None, setting: Setting) -> str:
    if until is None:
        return ""
    return _(
        "No second InMail yet: it may go %(when)s, 72 h after the last. Another channel need not wait."
    ) % {"when": setting.at(until)}


def others_than_inmail(outreach: Outreach, usable: Sequence[Channel]) -> list[Channel]:
    """Where an InMail's 72 h are waited for: the channels that need not wait."""
    waits = outreach.action == Action.WAIT and any(
        reason["code"] == ReasonCode.INMAIL_REST for reason in outreach.reasons
    )
    return [channel for channel in usable if channel is not Channel.INMAIL] if waits else []


def attempts_said(outreach: Outreach) -> str:
    """Calls that no message went with: told apart from the follow-ups."""
    reason = next((each for each in outreach.reasons if each["code"] == ReasonCode.ATTEMPTS), None)
    if reason is None:
        return ""
    return ngettext(
        "%(count)s call without a message, counted apart: no follow-up is used up.",
        "%(count)s calls without a message, counted apart: no follow-up is used up.",
        reason["count"],
    ) % {"count": reason["count"]}


def cv_of(candidate: Candidate) -> str:
    """In which CV database they were found, and of when the CV is."""
    if not candidate.cv_source or candidate.cv_on is None:
        return candidate.cv_source
    return _("%(source)s, %(day)s") % {"source": candidate.cv_source, "day": long_date(candidate.cv_on)}


@dataclass(frozen=True, slots=True)
class Occasioned:
    """What is known of the reason to catch up: its words, and the address of a post."""

    line: str
    link: str


def occasion_of(outreach: Outreach, past: list[Event]) -> Occasioned | None:
    """What stands beside a catching up; None where nothing more than the reason itself is known."""
    told = next(
        (
            event.text
            for event in reversed(past)
            if event.outreach_id == outreach.pk and event.kind == Kind.REASON and event.text
        ),
        "",
    )
    lines = told.splitlines()
    link = lines[-1] if lines and lines[-1].startswith(("https://", "http://")) else ""
    return Occasioned(" ".join(lines[:-1] if link else lines), link) if told else None
