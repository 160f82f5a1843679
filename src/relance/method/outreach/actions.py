"""The verbs of an outreach. `record` is the only way a fact enters; `permit` stands in permits.py."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from relance.accounts.models import Membership
from relance.accounts.written_out import rows_of
from relance.cadence.words import Action, Channel, Code, Kind, Occasion, Situation, Tone
from relance.method.candidates.actions import leave_alone, let_back
from relance.method.candidates.models import Avoidance, Candidate, Identity
from relance.method.outreach.decisions import OUTBOUND, redecide
from relance.method.outreach.facts import Entry
from relance.method.outreach.guarding import refusal_to
from relance.method.outreach.histories import pasts
from relance.method.outreach.left_lines import forget_lines
from relance.method.outreach.models import Event, Merge, Outreach, Permit, SourcingSession

UNDO_FOR = timedelta(minutes=30)
ONE_SECOND = timedelta(seconds=1)


class TooLateToUndo(Exception):
    """The facts are older than half an hour, somebody else's, or undone already."""


def record(
    *,
    outreach: Outreach,
    entries: Sequence[Entry],
    now: datetime,
    member: Membership | None = None,
    permit: Permit | None = None,
    locked: Candidate | None = None,
) -> list[Event]:
    """Append facts to an outreach and decide again all outreaches of its candidate, under their lock.

    A fact whose `key` is stored already is left out. `permit` is the one under which they were made, if any:
    who confirms it has ended it. Facts are recorded whatever rule they break (METHOD, The guard): a contact
    that a member made without a permit carries the refusal it went past. `locked` is the candidate, where
    the caller holds their lock.
    """
    if locked is None:
        with transaction.atomic():
            return _record(outreach, entries, now, member, permit, lock(outreach.candidate_id))
    return _record(outreach, entries, now, member, permit, locked)


def _record(
    outreach: Outreach,
    entries: Sequence[Entry],
    now: datetime,
    member: Membership | None,
    permit: Permit | None,
    candidate: Candidate,
) -> list[Event]:
    outreach.candidate = candidate
    fresh = _unknown(outreach, entries)
    events = [_event(outreach, entry, member=member, now=now) for entry in fresh]
    if permit is None and member is not None:
        _flag_outside(candidate, outreach, events, member=member)
    Event.objects.bulk_create(events)
    if any(event.kind == Kind.OPT_OUT for event in events):
        _leave_alone(candidate, member=member, now=now)
    _now_as(outreach, redecide([candidate], now=now))
    return events


def _now_as(outreach: Outreach, stored: Sequence[Outreach]) -> None:
    """Give an outreach in hand the values of its row, which was just read and decided."""
    fresh = next((each for each in stored if each.pk == outreach.pk), None)
    if fresh is None:
        outreach.refresh_from_db()
        return
    for field in Outreach._meta.concrete_fields:
        setattr(outreach, field.attname, getattr(fresh, field.attname))


def lock(candidate_id: int) -> Candidate:
    """Hold the candidate until the transaction ends: one decision at a time for one person.

    Whoever was merged into another meanwhile is that other.
    """
    found = _held(candidate_id)
    while found is None:
        merges = Merge.objects.filter(gone_pk=candidate_id, undone_at=None).order_by("-pk")
        kept = merges.values_list("kept_id", flat=True).first()
        if kept is None:
            raise Candidate.DoesNotExist
        candidate_id = kept
        found = _held(candidate_id)
    return found


def _held(candidate_id: int) -> Candidate | None:
    # Written out, like the past that is read next; SQLite holds the whole database instead of a row.
    statement = 'SELECT * FROM "candidates_candidate" WHERE "id" = %s'
    if connection.features.has_select_for_update:
        statement += " FOR UPDATE"
    return next(iter(rows_of(Candidate, statement, [candidate_id])), None)


def _unknown(outreach: Outreach, entries: Sequence[Entry]) -> list[Entry]:
    keys = {entry.key for entry in entries if entry.key}
    known = _known(outreach.candidate_id, keys) if keys else set()
    return [entry for entry in entries if not entry.key or entry.key not in known]


def _known(candidate_id: int, keys: Collection[str]) -> set[str]:
    """Which of those keys are a fact of the candidate's already."""
    statement = f"""
    SELECT "key" FROM "outreach_event"
    WHERE "outreach_event"."candidate_id" = %s AND "key" IN ({", ".join(["%s"] * len(keys))}) ORDER BY "id"
    """  # noqa: S608 - no more than places for values
    with connection.cursor() as cursor:
        cursor.execute(statement, [candidate_id, *keys])
        return {key for (key,) in cursor.fetchall()}


def _event(outreach: Outreach, entry: Entry, *, member: Membership | None, now: datetime) -> Event:
    return Event(
        organisation_id=outreach.organisation_id,
        candidate_id=outreach.candidate_id,
        outreach_id=outreach.pk,
        at=entry.at,
        kind=entry.kind,
        channel=entry.channel or "",
        note=entry.note,
        voicemail=entry.voicemail,
        hard=entry.hard,
        tone=entry.tone or "",
        what=entry.what or "",
        resume_on=entry.resume_on,
        returns_on=entry.returns_on,
        until=entry.until,
        of_id=entry.of,
        subject=entry.subject[:300],
        text=entry.text,
        template=entry.template,
        source=entry.source,
        key=entry.key,
        recorded_at=now,
        recorded_by=member,
    )


def _flag_outside(
    candidate: Candidate, outreach: Outreach, events: Sequence[Event], *, member: Membership
) -> None:
    """Say on the first contact of a burst made by hand what the guard would have refused it for."""
    made = [event for event in events if event.kind in OUTBOUND and not event.source]
    if made:
        first = min(made, key=lambda event: event.at)
        refusal = refusal_to(pasts([candidate])[0], outreach, member=member, now=first.at)
        first.outside = refusal.code if refusal else ""


def _pairs(candidate: Candidate) -> list[tuple[str, str]]:
    rows = Identity.objects.filter(candidate=candidate).order_by("pk").values_list("kind", "value")
    return list(rows[:100])


def _leave_alone(candidate: Candidate, *, member: Membership | None, now: datetime) -> None:
    pairs = _pairs(candidate)
    leave_alone(
        organisation_id=candidate.organisation_id,
        pairs=pairs,
        avoidance=Avoidance.OPTED_OUT,
        member=member,
        now=now,
    )
    forget_lines(organisation_id=candidate.organisation_id, pairs=pairs)


@transaction.atomic
def open_outreach(
    *,
    member: Membership,
    candidate: Candidate,
    situation: Situation,
    entries: Sequence[Entry],
    now: datetime,
    purpose: str = "",
    must_answer: bool = False,
    brought_in_at: datetime | None = None,
    session: SourcingSession | None = None,
    hook: str = "",
) -> Outreach:
    """Open an outreach with its first facts; when one is open already, a second purpose joins it.

    `session` is the sitting in which it was opened, `hook` what its first message was built on.
    """
    candidate = lock(candidate.pk)
    standing = (
        Outreach.objects.filter(organisation_id=member.organisation_id, candidate=candidate, is_open=True)
        .order_by("-opened_at", "-pk")
        .first()
    )
    if standing is not None and situation != Situation.KEEP_IN_TOUCH:
        if must_answer and not standing.must_answer:
            Outreach.objects.filter(pk=standing.pk).update(must_answer=True)
        record(outreach=standing, entries=entries, now=now, member=member)
        return standing
    outreach = Outreach.objects.create(
        organisation_id=member.organisation_id,
        candidate=candidate,
        recruiter=member,
        situation=situation,
        purpose=purpose[:200],
        must_answer=must_answer,
        brought_in_at=brought_in_at,
        session=session,
        hook=hook.strip()[:300],
        opened_at=min((entry.at for entry in entries), default=now),
        is_open=False,  # until the decision says so
    )
    record(outreach=outreach, entries=entries, now=now, member=member)
    return outreach


@transaction.atomic
def record_answer(
    *,
    outreach: Outreach,
    tone: Tone,
    now: datetime,
    member: Membership,
    channel: Channel | None = None,
    resume_on: date | None = None,
    text: str = "",
    at: datetime | None = None,
) -> list[Event]:
    """Record what the person answered; "later, on D" also plans a catch-up whose reason is D (rule 3).

    `at` is when they wrote it, if that is not now. Without it and without words of theirs, the answer that
    waits to be read is the one that is told of: it stands just before, and no second one came today.
    """
    if at is None and not text:
        at = _just_after_the_unread(outreach)
    events = record(
        outreach=outreach,
        entries=[Entry(Kind.REPLY, at=at or now, channel=channel, tone=tone, resume_on=resume_on, text=text)],
        now=now,
        member=member,
    )
    if tone is Tone.LATER and resume_on is not None:
        planned = open_outreach(
            member=member,
            candidate=outreach.candidate,
            situation=Situation.KEEP_IN_TOUCH,
            entries=[Entry(Kind.REASON, at=now, what=Occasion.DATE_REQUESTED, resume_on=resume_on)],
            now=now,
            purpose=outreach.purpose,
            must_answer=outreach.must_answer,
        )
        events += list(planned.events.order_by("pk"))
        outreach.refresh_from_db()
    return events


def _just_after_the_unread(outreach: Outreach) -> datetime | None:
    """Where what an answer says is recorded, if one is owed a word and nobody said yet what it says."""
    if outreach.action != Action.ANSWER and outreach.code != Code.TOO_EARLY:
        return None
    said = Event.objects.filter(
        organisation_id=outreach.organisation_id, outreach=outreach, retractions=None,
        kind__in=[Kind.REPLY, Kind.MESSAGE_SENT, Kind.CALL_ANSWERED],
    )  # fmt: skip
    last = said.order_by("-at", "-pk").values_list("kind", "tone", "at").first()
    return last[2] + ONE_SECOND if last and last[:2] == (Kind.REPLY, Tone.UNKNOWN) else None


@transaction.atomic
def star(*, outreach: Outreach, must_answer: bool, now: datetime) -> None:
    """Say whether an answer is wanted absolutely; only the recruiter ever says so."""
    candidate = lock(outreach.candidate_id)
    Outreach.objects.filter(pk=outreach.pk).update(must_answer=must_answer)
    _now_as(outreach, redecide([candidate], now=now))


def rename(*, outreach: Outreach, purpose: str) -> None:
    """Say what the outreach is about (a position, in the recruiter's words)."""
    Outreach.objects.filter(pk=outreach.pk).update(purpose=purpose[:200])


@transaction.atomic
def undo(*, member: Membership, event_pks: Sequence[int], now: datetime) -> list[Outreach]:
    """Retract facts the member recorded less than half an hour ago; nothing is deleted.

    Returns the outreaches touched. Raises TooLateToUndo.
    """
    events = list(
        Event.objects.filter(
            organisation_id=member.organisation_id,
            pk__in=event_pks,
            recorded_by=member,
            recorded_at__gte=now - UNDO_FOR,
            retractions=None,
        )
        .select_related("outreach")
        .order_by("pk")
    )
    if not events or len(events) != len(set(event_pks)):
        raise TooLateToUndo
    touched: dict[int, Outreach] = {}
    for event in events:
        event.outreach = touched.setdefault(event.outreach_id, event.outreach)
        retract(event=event, member=member, now=now)
    return list(touched.values())


@transaction.atomic
def retract(*, event: Event, member: Membership, now: datetime) -> None:
    """Take a fact back; nothing is deleted. With the last opt-out of a candidate, they are left alone no more."""
    outreach = event.outreach
    record(
        outreach=outreach,
        entries=[Entry(Kind.RETRACTED, at=max(now, event.at), of=event.pk)],
        now=now,
        member=member,
    )
    stands = Event.objects.filter(candidate=outreach.candidate_id, kind=Kind.OPT_OUT, retractions=None)
    if event.kind == Kind.OPT_OUT and not stands.exists():
        let_back(
            organisation_id=event.organisation_id,
            pairs=_pairs(outreach.candidate),
            avoidance=Avoidance.OPTED_OUT,
        )
