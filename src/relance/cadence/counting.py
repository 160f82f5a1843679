"""How many contacts a candidate had without answering, over the whole organisation (METHOD, guard)."""

from collections.abc import Iterable
from datetime import datetime

from relance.cadence.cadences import BURST
from relance.cadence.story import Story


def unanswered_contacts(stories: Iterable[Story], since: datetime | None = None) -> list[datetime]:
    """When each contact after the last human answer, and after `since`, was made (UTC).

    A contact is one burst to the candidate: what two outreaches sent within two hours counts once,
    unless the person wrote or accepted in between.
    """
    told = list(stories)
    answered_at = [story.answer.at for story in told if story.answer is not None]
    if since is not None:
        answered_at.append(since)
    last_answer = max(answered_at, default=None)
    contacts = sorted(
        (contact.start, contact.end)
        for story in told
        for contact in story.contacts
        if last_answer is None or contact.end > last_answer
    )
    cuts = [cut for story in told for cut in story.cuts]
    bursts: list[tuple[datetime, datetime]] = []
    for start, end in contacts:
        if bursts:
            first, so_far = bursts[-1]
            if start - first <= BURST and not any(first <= cut < start for cut in cuts):
                bursts[-1] = (first, max(so_far, end))
                continue
        bursts.append((start, end))
    return [end for _, end in bursts]
