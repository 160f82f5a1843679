"""Two candidates who are one person: merged with histories, caps and objections, and taken apart again."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from relance.cadence.words import Channel, Kind, Situation
from relance.method.candidates.actions import make_findable
from relance.method.candidates.batches import Newcomer, enter_many
from relance.method.candidates.duplicates import Likeness, probable_duplicates, say_two_people
from relance.method.candidates.models import Act, Avoidance, Candidate, Identity, Mark, Trace
from relance.method.candidates.queries import avoided
from relance.method.candidates.trail import trace
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.decisions import redecide_all
from relance.method.outreach.facts import Entry
from relance.method.outreach.merging import MergeRefused, TooLateToUnmerge, merge, unmerge, wipe_old_merges
from relance.method.outreach.models import Event, Merge, Outreach
from relance.method.outreach.permits import Refused, permit
from tests.people import candidate, written_to


def contents() -> list[object]:
    """Everything about people but the trail and the merges themselves."""
    return [
        list(Candidate.objects.order_by("pk").values()),
        list(Identity.objects.order_by("pk").values("candidate_id", "kind", "value")),
        list(Outreach.objects.order_by("pk").values()),
        list(
            Event.objects.exclude(kind=Kind.RETRACTED)
            .order_by("pk")
            .values("candidate_id", "outreach_id", "key")
        ),
    ]


def two_of(member: Any, now: datetime) -> tuple[Outreach, Outreach]:
    first = written_to(member, now, ago=timedelta(days=20), identities=(("email", "ines.aubrac@gmail.com"),))
    second = written_to(member, now, "Inès AUBRAC", identities=(("email", "inesaubrac+cv@gmail.com"),))
    return first, second


def test_the_same_mail_in_another_writing_is_a_probable_duplicate(member: Any, now: datetime) -> None:
    first, second = two_of(member, now)
    third = candidate(member, now, "Inès Aubrac", identities=(("linkedin", "ines-a"),))
    Candidate.objects.filter(pk=third.pk).update(company_key="ailleurs")
    found = probable_duplicates(
        member.organisation_id, name="Inès Aubrac", company="Solvane SAS",
        identities=[("email", "ines.aubrac@gmail.com")], candidate=first.candidate,
    )  # fmt: skip
    assert [(each.candidate.pk, each.likeness) for each in found] == [
        (second.candidate_id, Likeness.MAIL),
        (third.pk, Likeness.NAME),
    ]
    say_two_people(member=member, one=third, other=first.candidate, now=now)
    found = probable_duplicates(
        member.organisation_id, name="Inès Aubrac", company="", identities=[], candidate=first.candidate
    )
    assert [each.candidate.pk for each in found] == [second.candidate_id]


def test_merging_keeps_both_histories_and_counts_them_together(member: Any, now: datetime) -> None:
    first, second = two_of(member, now)
    merge(kept=first.candidate, gone=second.candidate, member=member, now=now)
    kept = Candidate.objects.get()
    assert {outreach.candidate_id for outreach in Outreach.objects.order_by("pk")} == {kept.pk}
    assert Outreach.objects.filter(is_open=True).count() == 1
    assert Event.objects.filter(candidate=kept).count() == 2
    assert Identity.objects.filter(candidate=kept).count() == 2


def test_the_cap_of_four_holds_over_both(member: Any, now: datetime) -> None:
    first, second = two_of(member, now)
    sent = [
        Entry(Kind.MESSAGE_SENT, at=now - timedelta(days=days), channel=Channel.EMAIL, text=f"Idée {days}")
        for days in (15, 10)
    ]
    record(outreach=first, entries=sent, now=now)
    done = merge(kept=second.candidate, gone=first.candidate, member=member, now=now)
    standing = Outreach.objects.get(is_open=True)
    assert standing.held == "too_many_contacts"
    with pytest.raises(Refused):
        permit(outreach=standing, member=member, channel=Channel.EMAIL, text="Cinquième idée", now=now)
    unmerge(done=done, member=member, now=now)
    second.refresh_from_db()
    assert second.held == ""


@pytest.mark.parametrize("who", ["kept", "gone"])
def test_an_objection_of_either_holds_for_both_addresses(member: Any, now: datetime, who: str) -> None:
    first, second = two_of(member, now)
    objecting = first if who == "kept" else second
    record(outreach=objecting, entries=[Entry(Kind.OPT_OUT, at=now)], now=now, member=member)
    before = contents()
    done = merge(kept=first.candidate, gone=second.candidate, member=member, now=now)
    assert {outreach.code for outreach in Outreach.objects.order_by("pk")} == {"opted_out"}
    for mail in ("ines.aubrac@gmail.com", "inesaubrac+cv@gmail.com"):
        assert avoided(member.organisation_id, [("email", mail)], Avoidance.OPTED_OUT)
    unmerge(done=done, member=member, now=now)
    assert contents() == before
    free = "inesaubrac+cv@gmail.com" if who == "kept" else "ines.aubrac@gmail.com"
    assert not avoided(member.organisation_id, [("email", free)], Avoidance.OPTED_OUT)


def test_a_merge_is_taken_back_whole(member: Any, colleague: Any, now: datetime) -> None:
    first, second = two_of(member, now)
    person = second.candidate
    person.note, person.mark, person.location = "Rencontrée au salon.", Mark.CLIENT, "Nantes"
    make_findable(person, [("email", "inesaubrac+cv@gmail.com")])
    person.save()
    at = now - timedelta(days=5)
    twin = Entry(Kind.MESSAGE_SENT, at, Channel.LINKEDIN, text="Vu ?", source="linkedin", key="le-meme")
    for outreach in (first, second):
        record(outreach=outreach, entries=[twin], now=now)
        trace(member=member, candidates=[outreach.candidate], act=Act.SAW, now=now)
    redecide_all(now=now)
    before = contents()
    done = merge(
        kept=first.candidate, gone=Candidate.objects.get(pk=second.candidate_id), member=member, now=now
    )
    kept = Candidate.objects.get()
    assert (kept.note, kept.mark, kept.location) == ("Rencontrée au salon.", Mark.CLIENT, "Nantes")
    shown = Event.objects.filter(candidate=kept, retractions=None).exclude(kind=Kind.RETRACTED)
    assert shown.filter(text="Vu ?").count() == 1, "a fact both held counts once"
    assert Trace.objects.filter(candidate=kept, act="saw").count() == 1
    unmerge(done=done, member=member, now=now)
    assert contents() == before
    assert Event.objects.filter(retractions=None, text="Vu ?").count() == 2
    again = merge(
        kept=first.candidate, gone=Candidate.objects.get(pk=second.candidate_id), member=member, now=now
    )
    with pytest.raises(TooLateToUnmerge):
        unmerge(done=again, member=member, now=now + timedelta(days=31))


def test_what_a_member_wrote_since_stays_after_the_merge_is_taken_back(member: Any, now: datetime) -> None:
    first, second = two_of(member, now)
    done = merge(kept=first.candidate, gone=second.candidate, member=member, now=now)
    Candidate.objects.filter(pk=first.candidate_id).update(location="Lyon")
    Outreach.objects.get(pk=second.pk)
    record(
        outreach=Outreach.objects.get(pk=second.pk), now=now, member=member,
        entries=[Entry(Kind.REPLY, at=now, channel=Channel.EMAIL, tone=None, text="Oui")],
    )  # fmt: skip
    gone = unmerge(done=done, member=member, now=now)
    assert Candidate.objects.get(pk=first.candidate_id).location == "Lyon"
    assert Event.objects.get(text="Oui").candidate_id == gone.pk == second.candidate_id
    with pytest.raises(TooLateToUnmerge):
        unmerge(done=done, member=member, now=now)


def test_two_copied_messages_keep_two_people_apart(member: Any, now: datetime) -> None:
    first, second = two_of(member, now)
    for outreach in (first, second):
        permit(outreach=outreach, member=member, channel=Channel.EMAIL, text=f"Idée {outreach.pk}", now=now)
    with pytest.raises(MergeRefused):
        merge(kept=first.candidate, gone=second.candidate, member=member, now=now)
    with pytest.raises(MergeRefused):
        merge(kept=first.candidate, gone=first.candidate, member=member, now=now)
    assert Candidate.objects.count() == 2


def test_people_of_two_desks_are_never_merged(member: Any, stranger: Any, now: datetime) -> None:
    ours, theirs = candidate(member, now), candidate(stranger, now)
    with pytest.raises(MergeRefused):
        merge(kept=ours, gone=theirs, member=member, now=now)


def test_who_went_is_forgotten_after_thirty_days(member: Any, now: datetime) -> None:
    first, second = two_of(member, now)
    merge(kept=first.candidate, gone=second.candidate, member=member, now=now)
    assert wipe_old_merges(now=now + timedelta(days=29)) == 0
    assert wipe_old_merges(now=now + timedelta(days=30)) == 1
    row = Merge.objects.get()
    assert (row.gone, row.moved) == ({}, {})


def test_a_second_position_joins_what_is_open(member: Any, now: datetime) -> None:
    first, _second = two_of(member, now)
    joined = open_outreach(
        member=member, candidate=first.candidate, situation=Situation.FIRST_MESSAGE, now=now,
        entries=[Entry(Kind.MESSAGE_SENT, at=now, channel=Channel.EMAIL, text="Un second poste.")],
    )  # fmt: skip
    assert joined.pk == first.pk


def test_an_import_gives_nobody_the_place_of_who_was_merged_away(member: Any, now: datetime) -> None:
    first, second = two_of(member, now)
    done = merge(kept=first.candidate, gone=second.candidate, member=member, now=now)
    newcomer = Newcomer(
        "Ana Roux", "Ana", "", "", "fr", (("email", "ana@exemple.example"),), None, "file", None
    )
    (entered,) = enter_many(
        organisation_id=member.organisation_id,
        timezone="Europe/Paris",
        region="FR",
        newcomers=[newcomer],
        now=now,
    )
    again = unmerge(done=done, member=member, now=now)
    assert again.pk != entered.pk
    assert {row.name for row in Candidate.objects.all()} == {"Inès Aubrac", "Inès AUBRAC", "Ana Roux"}
