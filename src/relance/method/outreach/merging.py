"""Making two candidates one, and taking that back.

Everything that points at the one who goes is moved to the one who stays: outreaches, facts, permits,
identities, and whatever a later room keeps of a candidate (the relations are read from the models).
Histories, caps and objections are those of both from then on, since the guard reads them by candidate.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, cast

from django.core import serializers
from django.db import transaction
from django.db.models import Model

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Kind
from relance.method.candidates.actions import leave_alone, let_back, make_findable
from relance.method.candidates.identities import channels_of
from relance.method.candidates.models import Act, Avoidance, Candidate, Mark, Trace, TwoPeople
from relance.method.candidates.queries import avoided, identities, known_channels
from relance.method.candidates.trail import trace
from relance.method.outreach.decisions import redecide
from relance.method.outreach.following import relations
from relance.method.outreach.left_lines import forget_lines
from relance.method.outreach.models import Event, HandOver, Merge, Outreach, Permit

UNDO_FOR = timedelta(days=30)
FILLED = (
    "first_name", "role", "company", "location", "connected_on", "source_role", "source_company", "cv_source",
    "cv_on", "started_on",
)  # fmt: skip
LEFT_BEHIND: tuple[type[Model], ...] = (TwoPeople, Merge)
"""What speaks of the pair itself and goes with the one who goes."""


class MergeRefused(Exception):
    """Both have a message copied and not confirmed, or they are one already, or of two desks."""


class TooLateToUnmerge(Exception):
    """Thirty days have passed, or it was taken back already."""


def access_merge(member: Membership, pk: int) -> Merge:
    """One merge of the member's organisation. Raises Merge.DoesNotExist."""
    return within(Merge.objects.select_related("kept"), member).get(pk=pk)


def merges_of(member: Membership, candidate: Candidate, *, now: datetime) -> list[Merge]:
    """The merges into a person that can still be taken back, newest first."""
    rows = within(Merge.objects.all(), member).filter(kept=candidate, undone_at=None, wiped_at=None)
    return list(rows.filter(merged_at__gt=now - UNDO_FOR).order_by("-merged_at", "-pk")[:20])


def merged_into(member: Membership, gone_pk: int) -> int | None:
    """Under which key a candidate who was merged away is found now."""
    rows = within(Merge.objects.all(), member).filter(gone_pk=gone_pk, undone_at=None)
    return rows.order_by("-pk").values_list("kept_id", flat=True).first()


@transaction.atomic
def merge(*, kept: Candidate, gone: Candidate, member: Membership, now: datetime) -> Merge:
    """Make two candidates one. Raises MergeRefused.

    What is blank in the one who stays is filled in. The stricter mark, and an objection of either,
    hold for both. A fact that both hold (same `key`) is retracted once, so that it counts once.
    """
    hold_firm(kept.organisation_id)
    kept, gone = _both(kept, gone)
    done = Merge(
        organisation_id=kept.organisation_id,
        kept=kept,
        gone_pk=gone.pk,
        gone=_row(gone),
        member=member,
        merged_at=now,
    )
    done.moved = {"before": _row(kept), "doubled": _set_doubles_aside(kept, gone, member, now)}
    objected = any(avoided(kept.organisation_id, _pairs(one), Avoidance.OPTED_OUT) for one in (kept, gone))
    done.moved["rows"] = _move(gone.pk, kept.pk)
    _fill_in(kept, gone)
    gone.delete()
    kept.save()
    if objected:
        added = [
            pair for pair in _pairs(kept) if not avoided(kept.organisation_id, [pair], Avoidance.OPTED_OUT)
        ]
        leave_alone(
            organisation_id=kept.organisation_id,
            pairs=added,
            avoidance=Avoidance.OPTED_OUT,
            member=member,
            now=now,
        )
        forget_lines(organisation_id=kept.organisation_id, pairs=added)
        done.moved["avoided"] = added
    done.save()
    redecide([kept], now=now)
    trace(member=member, candidates=[kept], act=Act.MERGED, now=now)
    return done


def _both(kept: Candidate, gone: Candidate) -> tuple[Candidate, Candidate]:
    """Both under their lock, in one order, so that two merges cannot wait for each other."""
    pks = {kept.pk, gone.pk}
    rows = Candidate.objects.select_for_update().filter(pk__in=pks, organisation_id=kept.organisation_id)
    found = {row.pk: row for row in rows.order_by("pk")}
    open_permits = Permit.objects.filter(candidate__in=pks, ended_at=None, taken_over_at=None)
    if len(found) < 2 or open_permits.count() > 1:
        raise MergeRefused
    return found[kept.pk], found[gone.pk]


def _row(model: Model) -> dict[str, Any]:
    row: dict[str, Any] = serializers.serialize("python", [model])[0]["fields"]
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def _pairs(candidate: Candidate) -> list[tuple[str, str]]:
    return [(identity.kind, identity.value) for identity in identities(candidate)]


def _set_doubles_aside(
    kept: Candidate, gone: Candidate, member: Membership, now: datetime
) -> list[tuple[int, str, int]]:
    """Retract, of the facts that both hold, the copy of who goes; its key is given up to the other's."""
    keys = Event.objects.filter(candidate=kept, key__isnull=False).order_by("pk").values("key")
    copies = list(Event.objects.filter(candidate=gone, key__in=keys).order_by("pk"))
    doubled: list[tuple[int, str, int]] = []
    for copy in copies:
        Event.objects.filter(pk=copy.pk).update(key=None)
        stands = not Event.objects.filter(of=copy).exists()
        doubled.append((copy.pk, str(copy.key), _retract(copy, member, now).pk if stands else 0))
    return doubled


def _retract(event: Event, member: Membership, now: datetime) -> Event:
    return Event.objects.create(
        organisation_id=event.organisation_id,
        candidate_id=event.candidate_id,
        outreach_id=event.outreach_id,
        at=max(now, event.at),
        kind=Kind.RETRACTED,
        of=event,
        recorded_at=now,
        recorded_by=member,
    )


def _relations() -> Iterable[tuple[type[Model], str]]:
    """Every table and column that points at a candidate, but for what goes with the one who goes."""
    return ((model, column) for model, column in relations() if model not in LEFT_BEHIND)


def _move(source: int, target: int) -> dict[str, list[int]]:
    """Point every row of `source` at `target`; returns their keys by table and column."""
    Outreach.objects.filter(candidate=source, is_open=True).update(is_open=False, in_queue=False)
    _drop_what_would_collide(source, target)
    moved: dict[str, list[int]] = {}
    for model, column in _relations():
        rows = model._default_manager.filter(**{column: source})
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        if keys:
            rows.update(**{column: target})
            moved[f"{model._meta.label}.{column}"] = keys
    return moved


def _drop_what_would_collide(source: int, target: int) -> None:
    """Looks of one member on one day count once; a request for both people is one request."""
    for trace_row in (
        Trace.objects.filter(candidate=source, act=Act.SAW).order_by("pk").only("pk", "member", "on")
    ):
        same = Trace.objects.filter(
            candidate=target, act=Act.SAW, member=trace_row.member_id, on=trace_row.on
        )
        if same.exists():
            trace_row.delete()
    for request in HandOver.objects.filter(candidate=source, ended_at=None).order_by("pk"):
        if HandOver.objects.filter(candidate=target, taker=request.taker_id, ended_at=None).exists():
            HandOver.objects.filter(pk=request.pk).update(ended_at=request.asked_at)


def _fill_in(kept: Candidate, gone: Candidate) -> None:
    for name, value in _filled(kept, gone).items():
        setattr(kept, name, value)
    kept.is_demonstration = kept.is_demonstration and gone.is_demonstration
    _reached_anew(kept)


def _filled(kept: Candidate, gone: Candidate) -> dict[str, Any]:
    """What the one person is called, notes and marks: of both, the first that says something."""
    marks = {kept.mark, gone.mark}
    return {
        **{name: getattr(kept, name) or getattr(gone, name) for name in FILLED},
        "note": "\n\n".join(text for text in dict.fromkeys((kept.note, gone.note)) if text),
        "mark": next((mark for mark in (Mark.PRIVATE, Mark.CLIENT) if mark in marks), ""),
    }


def _reached_anew(candidate: Candidate) -> None:
    pairs = _pairs(candidate)
    opened = channels_of(pairs)
    preferred = [channel for channel in known_channels(candidate) if channel in opened]
    candidate.channels = ",".join([*preferred, *(each for each in opened if each not in preferred)])
    make_findable(candidate, pairs)


@transaction.atomic
def unmerge(*, done: Merge, member: Membership, now: datetime) -> Candidate:
    """Make them two again, each with what was theirs. Raises TooLateToUnmerge.

    What was recorded since in an outreach goes with that outreach; what a member changed since stays.
    """
    hold_firm(done.organisation_id)
    kept = Candidate.objects.select_for_update().get(pk=done.kept_id)
    rows = Merge.objects.filter(pk=done.pk, undone_at=None, wiped_at=None, merged_at__gt=now - UNDO_FOR)
    if not rows.update(undone_at=now):
        raise TooLateToUnmerge
    done.refresh_from_db()
    gone = _again(done)
    _move_back(done.moved["rows"], kept.pk, gone.pk)
    for event_pk, key, retraction_pk in done.moved["doubled"]:
        # The retraction spoke of the merge, not of the person: it goes with it, the fact stands again.
        Event.objects.filter(pk=retraction_pk, kind=Kind.RETRACTED, of=event_pk).delete()
        Event.objects.filter(pk=event_pk).update(key=key)
    if done.moved.get("avoided"):
        let_back(
            organisation_id=kept.organisation_id,
            pairs=[(kind, value) for kind, value in done.moved["avoided"]],
            avoidance=Avoidance.OPTED_OUT,
        )
    _give_up(kept, gone, done.moved["before"])
    for candidate in (kept, gone):
        _reached_anew(candidate)
        candidate.save()
    redecide([kept, gone], now=now)
    Merge.objects.filter(pk=done.pk).update(gone={}, moved={}, wiped_at=now)
    trace(member=member, candidates=[kept, gone], act=Act.UNMERGED, now=now)
    return gone


def _again(done: Merge) -> Candidate:
    gone = _read(done.gone_pk, done.gone)
    gone.save(force_insert=True)
    return gone


def _read(pk: int, fields: dict[str, Any]) -> Candidate:
    row = {"model": Candidate._meta.label_lower, "pk": pk, "fields": fields}
    return cast(Candidate, next(iter(serializers.deserialize("python", [row]))).object)


def _move_back(rows: dict[str, list[int]], source: int, target: int) -> None:
    Outreach.objects.filter(candidate=source, is_open=True).update(is_open=False, in_queue=False)
    for model, column in _relations():
        keys = rows.get(f"{model._meta.label}.{column}", [])
        model._default_manager.filter(pk__in=keys, **{column: source}).update(**{column: target})
    ours = Outreach.objects.filter(candidate=target).order_by("pk").values("pk")
    for model in (Event, Permit):
        model._default_manager.filter(outreach__in=ours, candidate=source).update(candidate=target)


def _give_up(kept: Candidate, gone: Candidate, before: dict[str, Any]) -> None:
    """Take back what the merge filled in, where nobody has written over it since."""
    was = _read(kept.pk, before)
    for name, merged in _filled(was, gone).items():
        if getattr(kept, name) == merged:
            setattr(kept, name, getattr(was, name))


def wipe_old_merges(*, now: datetime) -> int:
    """Forget who went, once it can no longer be undone. Returns how many."""
    rows = Merge.objects.filter(undone_at=None, wiped_at=None, merged_at__lte=now - UNDO_FOR)
    return rows.update(gone={}, moved={}, wiped_at=now)
