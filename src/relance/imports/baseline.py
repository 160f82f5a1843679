"""Where the recruiter stood before: what a history brought in says of first messages and follow-ups.

METHOD, Measure: a contact is a burst of two hours; an answer belongs to the contact it follows;
what the candidate began is not counted; an invitation's note is a contact and a blank invitation
is none, the first message after its acceptance is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relance.cadence.rates import Rate, rate
from relance.cadence.words import Kind
from relance.imports.area import Area
from relance.imports.area_words import Moment

MATURE_AFTER_DAYS = 30
BURST_SECONDS = 2 * 3600
NEW_OUTREACH_SECONDS = 90 * 86_400
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Baseline:
    """What happened to the people the owner wrote to first, in the first outreach to each.

    The counts are of people. `immature` are those first written to less than 30 days before the
    export who have not answered: they are in `first_written_to` and in no denominator of an
    answer, since they are too young to be failures. Young people who did answer are counted, which
    leans the rates up a little in a young archive. A contact after 90 days without anything opens
    another outreach, which is not looked at here.
    """

    first_written_to: int
    answered_first_alone: int
    followed_up: int
    answered_after_follow_up: int
    immature: int
    immature_followed_up: int

    @property
    def answered_first_alone_rate(self) -> Rate:
        return rate(self.answered_first_alone, self.first_written_to - self.immature)

    @property
    def followed_up_rate(self) -> Rate:
        return rate(self.followed_up, self.first_written_to)

    @property
    def answered_after_follow_up_rate(self) -> Rate:
        return rate(self.answered_after_follow_up, self.followed_up - self.immature_followed_up)


def baseline(area: Area) -> Baseline:
    """Count the baseline of everything in an area; ages are taken at its export date."""
    return counted((moments for _, moments in area.timelines()), area.exported_on())


def counted(histories: Iterable[list[Moment]], exported_on: date | None) -> Baseline:
    """Count the baseline of histories, each of one person and in order of time."""
    written = first = followed = after = immature = immature_followed = 0
    young_from = None
    if exported_on is not None:
        young_from = (exported_on.toordinal() - date(1970, 1, 1).toordinal() - MATURE_AFTER_DAYS + 1) * _DAY
    for moments in histories:
        began_at, contacts, answered = _first_outreach(moments)
        if not contacts:
            continue
        written += 1
        followed += contacts > 1
        first += answered and contacts == 1
        after += answered and contacts > 1
        if not answered and young_from is not None and began_at >= young_from:
            immature += 1
            immature_followed += contacts > 1
    return Baseline(written, first, followed, after, immature, immature_followed)


def _first_outreach(moments: list[Moment]) -> tuple[int, int, bool]:
    """Return when the owner first wrote, how many contacts came before an answer, and whether one did.

    No contact at all when the person wrote first.
    """
    began_at = contacts = 0
    burst_at: int | None = None
    last_at = 0
    for moment in moments:
        if moment.kind == Kind.REPLY:
            return began_at, contacts, contacts > 0
        if moment.kind == Kind.MESSAGE_SENT or (moment.kind == Kind.INVITATION_SENT and moment.note):
            if contacts and moment.at - last_at > NEW_OUTREACH_SECONDS:
                break
            if burst_at is None or moment.at - burst_at > BURST_SECONDS:
                contacts += 1
                burst_at = moment.at
                began_at = began_at or moment.at
        elif moment.kind == Kind.INVITATION_ACCEPTED:
            burst_at = None
        last_at = moment.at
    return began_at, contacts, False
