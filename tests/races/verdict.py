"""Whether a race broke a promise: counted anew from the rows, not by the code that kept them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Count

from relance.imports.models import Import, State
from relance.method.candidates.models import Candidate, Identity
from relance.method.outreach.decided import DECISION_FIELDS
from relance.method.outreach.decisions import decisions_of
from relance.method.outreach.histories import pasts
from relance.method.outreach.models import Event, HandOver, Outreach, Permit
from tests.races.firm import NOW
from tests.races.rounds import Round, Tried

CAP_OF_FOLLOW_UPS = 3
CAP_OF_CONTACTS = 4
SPAN = timedelta(days=90)
LAST = NOW + timedelta(days=9 * 8)


def violations(rounds: Sequence[Round], tried: Sequence[Tried]) -> list[str]:
    """Every promise that was broken, as a line each."""
    by_round: dict[int, list[Tried]] = defaultdict(list)
    for one in tried:
        by_round[one.round].append(one)
    found = [f"round {one.round}, {one.what}: {one.value}" for one in tried if one.outcome == "crash"]
    found += _everywhere()
    for each in rounds:
        check = {"permits": _permits, "hand_over": _hand_over, "enter": _entered, "merge": _merged}.get(
            each.kind
        )
        said = check(each, by_round[each.number]) if check else []
        found += [f"round {each.number}, {each.kind}: {line}" for line in said]
    return found


def _everywhere() -> Iterator[str]:
    doubled = (
        (Permit.objects.filter(ended_at=None, taken_over_at=None), "candidate", "two permits open"),
        (Outreach.objects.filter(is_open=True), "candidate", "two outreaches open"),
        (Identity.objects.all(), "kind value", "two candidates of one identity"),
    )
    for rows, fields, says in doubled:
        names = fields.split()
        many = (
            rows.order_by().values(*names).annotate(count=Count("candidate", distinct=names != ["candidate"]))
        )
        if many.filter(count__gt=1).exists():
            yield says
    lost = Import.objects.exclude(state=State.KEPT).count()
    if lost:
        yield f"{lost} imports were lost"
    for start in range(0, Candidate.objects.count(), 300):
        group = list(Candidate.objects.order_by("pk")[start : start + 300])
        for past in pasts(group):
            stored = {one.pk: _decided(one) for one in past.outreaches}
            at = max(
                (event.recorded_at for event in Event.objects.filter(candidate=past.candidate)), default=NOW
            )
            again = {
                one.pk: _decided(one) for one in decisions_of(past, now=max(at, _last_permit(past.candidate)))
            }
            if stored != again:
                yield f"candidate {past.candidate.pk}: the stored decision is not the one that its facts make"


def _last_permit(person: Candidate) -> datetime:
    times = Permit.objects.filter(candidate=person).order_by("pk").values_list("taken_at", "ended_at")
    return max((at for pair in times for at in pair if at), default=NOW)


def _decided(outreach: Outreach) -> tuple[object, ...]:
    return tuple(getattr(outreach, name) for name in DECISION_FIELDS)


def _permits(one: Round, tried: Sequence[Tried]) -> Iterator[str]:
    for wave in range(one.waves):
        ours = [each for each in tried if each.wave == wave]
        held = {(each.member, each.value) for each in ours if each.what == "permit" and each.outcome == "ok"}
        if len(held) > 1:
            yield f"wave {wave}: {len(held)} permits were given at once"
        ended = Counter(
            (each.what.split()[0], each.outcome)
            for each in ours
            if each.what.split()[0] in {"confirm", "release"}
        )
        if held and not ended["confirm", "ok"] + ended["release", "ok"]:
            yield f"wave {wave}: nobody could say whether it was sent"
    confirmed = sum(each.what.startswith("confirm") and each.outcome == "ok" for each in tried)
    sent = Event.objects.filter(outreach__in=one.outreaches, kind="message_sent", at__gte=NOW).count()
    if sent != confirmed:
        yield f"{confirmed} contacts were confirmed, {sent} facts stand"
    ended_twice = Permit.objects.filter(candidate__in=one.people, ended_at=None).count()
    if ended_twice:
        yield f"{ended_twice} permits were never ended"
    yield from _over_the_caps(one.people, one.outreaches)


def _over_the_caps(people: Iterable[int], outreaches: Iterable[int]) -> Iterator[str]:
    """Nobody answers in these rounds: every message counts, and they are days apart."""
    for pk in outreaches:
        follow_ups = Event.objects.filter(outreach=pk, kind="message_sent").count() - 1
        if follow_ups > CAP_OF_FOLLOW_UPS:
            yield f"{follow_ups} follow-ups"
    for pk in people:
        sent = list(
            Event.objects.filter(candidate=pk, kind="message_sent")
            .order_by("at")
            .values_list("at", flat=True)
        )
        most = max((sum(at - SPAN < other <= at for other in sent) for at in sent), default=0)
        if most > CAP_OF_CONTACTS:
            yield f"{most} contacts without an answer within ninety days"


def _hand_over(one: Round, tried: Sequence[Tried]) -> Iterator[str]:
    (person,) = one.people
    accepted = [each for each in tried if each.what == "accept" and each.outcome == "ok"]
    given = list(HandOver.objects.filter(candidate=person, given=True).order_by("pk"))
    if len(accepted) != 1 or len(given) != 1:
        yield f"{len(accepted)} accepted, {len(given)} given"
    elif Outreach.objects.get(candidate=person).recruiter_id != given[0].taker_id:
        yield "the person is not with who was given them"
    wrote = {each.member for each in tried if each.what == "permit" and each.outcome == "ok"}
    if wrote != {each.taker_id for each in given}:
        yield f"{len(wrote)} could write"
    asked = [each for each in tried if each.what == "ask" and each.outcome == "ok"]
    if len(asked) != len({each.member for each in asked}):
        yield "one colleague's request stands twice"


def _entered(one: Round, tried: Sequence[Tried]) -> Iterator[str]:
    """All named the person by all that is known: one candidate, and everybody's word was taken."""
    here = {
        row.candidate_id
        for kind, value in one.identities
        for row in Identity.objects.filter(kind=kind, value=value)
    }
    if len(here) != 1 or Candidate.objects.filter(name=f"Personne {one.number}").count() != 1:
        yield f"{len(here)} candidates for one person"
    refused = sum(each.outcome == "refused" for each in tried)
    if refused:
        yield f"{refused} were refused a person that nobody disputes"
    facts = Event.objects.filter(candidate__in=here, kind="message_sent").count()
    if facts != len(tried):
        yield f"{len(tried)} entered, {facts} facts stand"


def _merged(one: Round, tried: Sequence[Tried]) -> Iterator[str]:
    done = [each for each in tried if each.what == "merge" and each.outcome == "ok"]
    left = Candidate.objects.filter(pk__in=one.people).count()
    if left != 2 - len(done):
        yield f"{len(done)} merges, {left} people left"
    for person in Candidate.objects.filter(pk__in=one.people).order_by("pk"):
        if Permit.objects.filter(candidate=person, ended_at=None, taken_over_at=None).count() > 1:
            yield "two permits for one person"
