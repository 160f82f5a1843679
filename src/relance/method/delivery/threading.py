"""The thread a message belongs to: the ids known of an outreach, as headers."""

from dataclasses import dataclass
from datetime import datetime

from relance.mail.compose import cut
from relance.method.delivery.models import MailId
from relance.method.outreach.models import Outreach

KNOWN = 60


@dataclass(frozen=True, slots=True)
class Thread:
    """`in_reply_to` and `references` of the next message; empty for the first of a thread."""

    in_reply_to: str
    references: tuple[str, ...]


def thread_of(outreach: Outreach) -> Thread:
    """What the next message of an outreach answers: their last mail, else the first of ours."""
    rows = MailId.objects.filter(candidate=outreach.candidate_id, outreach=outreach).order_by("at", "pk")
    ids = list(rows[:KNOWN])
    if not ids:
        return Thread("", ())
    answers = not ids[-1].from_us
    return Thread(
        in_reply_to=ids[-1].message_id if answers else ids[0].message_id,
        references=tuple(cut([each.message_id for each in ids])),
    )


def know_id(*, outreach: Outreach, message_id: str, subject: str, at: datetime, from_us: bool) -> None:
    """Remember the id of a mail; one that is known stays as it is."""
    MailId.objects.bulk_create(
        [
            MailId(
                organisation_id=outreach.organisation_id,
                candidate_id=outreach.candidate_id,
                outreach=outreach,
                message_id=message_id[:255],
                subject=subject[:300],
                at=at,
                from_us=from_us,
            )
        ],
        ignore_conflicts=True,
    )
