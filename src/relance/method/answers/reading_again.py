"""Mails that wait to be sorted are read again when the rules have changed: raw mail is kept for that."""

from datetime import datetime

from django.db import transaction

from relance.cadence.words import Kind as Fact
from relance.mail.incoming import VERSION, Kind, classify
from relance.mail.incoming.tone import propose
from relance.method.answers.models import MatchedBy, Received, Sorting
from relance.method.answers.taking_in import TEXT_KEPT, facts_of
from relance.method.outreach.actions import lock, record
from relance.method.outreach.facts import Entry

AT_ONCE = 200
OPT_OUTS = frozenset({Kind.UNSUBSCRIBE, Kind.COMPLAINT})


def read_again(*, now: datetime) -> int:
    """Read with today's rules what was read with others and nobody has sorted yet. Returns how many.

    Where the mail is something else by now, the fact it was recorded as is retracted for the one it is.
    What the recruiter sorted stays as they sorted it, and no rule takes an opt-out back: only a person does.
    """
    rows = Received.objects.filter(sorting=Sorting.TO_SORT).exclude(rules_version=VERSION)
    pks = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in pks:
        _read_again(pk, now)
    return len(pks)


@transaction.atomic
def _read_again(pk: int, now: datetime) -> None:
    row = Received.objects.select_related("outreach", "event").get(pk=pk)
    lock(row.candidate_id)
    was = row.kind
    mail = classify(bytes(row.raw))
    if was in OPT_OUTS and mail.kind not in OPT_OUTS:
        Received.objects.filter(pk=pk).update(rules_version=VERSION)
        return
    proposal = propose(mail.reply_text, on=row.sent_at.date()) if mail.kind is Kind.HUMAN else None
    row.kind, row.cause, row.why, row.rules_version = mail.kind, mail.cause, mail.why[:60], VERSION
    row.linkedin, row.returns_on, row.text = (
        mail.linkedin or "",
        mail.return_date,
        mail.reply_text[:TEXT_KEPT],
    )
    row.tone = proposal.tone if proposal else ""
    row.tone_why = proposal.why[:60] if proposal else ""
    row.resume_on = proposal.resume_on if proposal else None
    if was != row.kind and row.matched_by != MatchedBy.NAME and row.outreach is not None:
        if row.event is not None:
            entry = Entry(Fact.RETRACTED, at=max(now, row.event.at), of=row.event.pk)
            record(outreach=row.outreach, entries=[entry], now=now)
        again = [_anew(entry) for entry in facts_of(row, mail)]
        events = record(outreach=row.outreach, entries=again, now=now) if again else []
        row.event = events[0] if events else None
    row.save()


def _anew(entry: Entry) -> Entry:
    """The fact under a key of these rules: its former one is taken by what was retracted."""
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    return Entry(**{**values, "key": f"{entry.key}"[:60] + f":{VERSION}"})
