"""A person passes to a colleague with their history; the counter and the rests stay."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from relance.accounts.roles import NotAllowed
from relance.cadence.words import Channel, Kind
from relance.method.candidates.models import Act, Trace
from relance.method.catching_up.actions import leave, note_post
from relance.method.catching_up.models import Reason
from relance.method.catching_up.queries import access_reason, reasons_about
from relance.method.outreach.actions import record
from relance.method.outreach.facts import Entry
from relance.method.outreach.handing_over import (
    AskedAlready,
    Ended,
    NobodyElses,
    SayItFirst,
    answer_request,
    ask_for,
    hand_over,
    take_back,
    withdraw_request,
)
from relance.method.outreach.merging import merge, unmerge
from relance.method.outreach.models import HandOver, Outreach, WhyHandedOver
from relance.method.outreach.permits import Refused, confirm, permit
from relance.method.outreach.queries import in_queue
from tests.people import written_to


def test_a_colleagues_candidate_is_refused_until_handed_over(
    member: Any, colleague: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    with pytest.raises(Refused) as refused:
        permit(outreach=outreach, member=colleague, channel=Channel.EMAIL, text="Une idée ?", now=now)
    assert refused.value.refusal.code == "colleague"
    asked = ask_for(candidate=outreach.candidate, member=colleague, note="Je la connais.", now=now)
    assert asked.giver_id == member.pk
    answer_request(hand_over=asked, member=member, gives=True, now=now)
    outreach.refresh_from_db()
    assert outreach.recruiter_id == colleague.pk
    assert not in_queue(member).exists()
    assert list(in_queue(colleague)) == [outreach]
    permit(outreach=outreach, member=colleague, channel=Channel.EMAIL, text="Une idée ?", now=now)


def test_the_counter_goes_on_after_a_hand_over(member: Any, colleague: Any, now: datetime) -> None:
    outreach = written_to(member, now, ago=timedelta(days=12))
    later = now - timedelta(days=8)
    for index in range(2):
        entry = Entry(
            Kind.MESSAGE_SENT, at=later + timedelta(days=index * 3), channel=Channel.EMAIL, text=f"{index}"
        )
        record(outreach=outreach, entries=[entry], now=now, member=member)
    hand_over(
        candidates=[outreach.candidate], giver=member, taker=colleague, member=member,
        why=WhyHandedOver.GIVEN, now=now,
    )  # fmt: skip
    outreach.refresh_from_db()
    assert (outreach.recruiter_id, outreach.code) == (colleague.pk, "last_word")


def test_a_request_is_answered_once_by_who_has_the_person(
    member: Any, colleague: Any, manager_member: Any, stranger: Any, now: datetime
) -> None:
    candidate = written_to(member, now).candidate
    with pytest.raises(NobodyElses):
        ask_for(candidate=candidate, member=member, note="", now=now)
    asked = ask_for(candidate=candidate, member=colleague, note="", now=now)
    with pytest.raises(AskedAlready):
        ask_for(candidate=candidate, member=colleague, note="", now=now)
    with pytest.raises(NotAllowed):
        answer_request(hand_over=asked, member=colleague, gives=True, now=now)
    answer_request(hand_over=asked, member=manager_member, gives=False, now=now)
    with pytest.raises(Ended):
        answer_request(hand_over=asked, member=member, gives=True, now=now)
    again = ask_for(candidate=candidate, member=colleague, note="", now=now)
    withdraw_request(hand_over=again, now=now)
    with pytest.raises(Ended):
        withdraw_request(hand_over=again, now=now)
    assert Outreach.objects.get(candidate=candidate).recruiter_id == member.pk
    with pytest.raises(NobodyElses):
        hand_over(
            candidates=[candidate],
            giver=member,
            taker=stranger,
            member=member,
            why=WhyHandedOver.GIVEN,
            now=now,
        )


def test_a_copied_message_is_settled_before_its_owner_gives_the_person_away(
    member: Any, colleague: Any, manager_member: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    taken = permit(outreach=outreach, member=member, channel=Channel.EMAIL, text="Une autre idée ?", now=now)
    asked = ask_for(candidate=outreach.candidate, member=colleague, note="", now=now)
    with pytest.raises(SayItFirst):
        answer_request(hand_over=asked, member=member, gives=True, now=now)
    asked.refresh_from_db()
    assert asked.ended_at is None
    answer_request(hand_over=asked, member=manager_member, gives=True, now=now)
    with pytest.raises(Refused) as refused:
        permit(outreach=outreach, member=colleague, channel=Channel.EMAIL, text="Troisième idée ?", now=now)
    assert refused.value.refusal.code == "permit_open"
    evening = now.replace(hour=17, minute=30)
    assert refused.value.refusal.frees_at == evening
    second = permit(
        outreach=outreach, member=colleague, channel=Channel.EMAIL, text="Troisième idée ?", now=evening
    )
    confirm(permit=taken, member=member, now=evening)
    confirm(permit=second, member=colleague, now=evening + timedelta(minutes=5))
    assert outreach.events.filter(kind=Kind.MESSAGE_SENT).count() == 3, "both are facts, whatever they break"


def test_a_cover_is_given_and_taken_back_in_bulk(member: Any, colleague: Any, now: datetime) -> None:
    people = [written_to(member, now, f"Personne Numéro{index}").candidate for index in range(3)]
    covers = hand_over(
        candidates=people, giver=member, taker=colleague, member=member, why=WhyHandedOver.COVER, now=now
    )
    assert in_queue(colleague).count() == 3
    with pytest.raises(NotAllowed):
        take_back(covers=covers, member=colleague, now=now)
    hand_over(
        candidates=people[:1], giver=colleague, taker=_third(member), member=colleague,
        why=WhyHandedOver.GIVEN, now=now,
    )  # fmt: skip
    assert take_back(covers=covers, member=member, now=now) == 2, "who was passed on stays there"
    assert take_back(covers=covers, member=member, now=now) == 0
    assert in_queue(member).count() == 2
    assert Trace.objects.filter(act=Act.HANDED_OVER).count() == 6
    assert HandOver.objects.filter(returned_at=None, why=WhyHandedOver.COVER).count() == 0


def _third(member: Any) -> Any:
    from tests.conftest import _joined

    return _joined(member, "Nora Belkacem", "nora@ormel.example", "recruiter")


def test_what_others_ask_for_follows_the_person(
    member: Any, colleague: Any, manager_member: Any, now: datetime
) -> None:
    candidate = written_to(member, now).candidate
    asked = ask_for(candidate=candidate, member=manager_member, note="", now=now)
    hand_over(
        candidates=[candidate], giver=member, taker=colleague, member=member, why=WhyHandedOver.GIVEN, now=now
    )
    asked.refresh_from_db()
    assert asked.giver_id == colleague.pk
    answer_request(hand_over=asked, member=colleague, gives=True, now=now)
    assert Outreach.objects.get(candidate=candidate).recruiter_id == manager_member.pk


def post(person: Any, member: Any, now: datetime, line: str) -> Reason:
    return note_post(candidate=person, member=member, on=now.date(), line=line, link="", now=now)


def test_reasons_that_wait_go_along_and_come_back(member: Any, colleague: Any, now: datetime) -> None:
    person, other = written_to(member, now).candidate, written_to(member, now, "Léo Sarrat").candidate
    waiting, left = post(person, member, now, "Un billet"), post(person, member, now, "Un autre")
    staying = post(other, member, now, "Un billet")
    leave(reason=left, now=now)
    covers = hand_over(
        candidates=[person], giver=member, taker=colleague, member=member, why=WhyHandedOver.COVER, now=now
    )
    assert reasons_about(colleague, person) == [waiting]
    assert reasons_about(member, person) == []
    assert reasons_about(member, other) == [staying]
    left.refresh_from_db()
    assert left.member_id == member.pk, "what was settled is who settled it"
    assert access_reason(colleague, waiting.pk) == waiting
    take_back(covers=covers, member=member, now=now)
    assert reasons_about(member, person) == [waiting]


def test_the_same_news_is_told_the_taker_once(member: Any, colleague: Any, now: datetime) -> None:
    person = written_to(member, now).candidate
    for one in (member, colleague):
        post(person, one, now, "Un billet")
    only = post(person, member, now, "Un autre")
    asked = ask_for(candidate=person, member=colleague, note="", now=now)
    answer_request(hand_over=asked, member=member, gives=True, now=now)
    assert [reason.line for reason in reasons_about(colleague, person)] == ["Un billet", only.line]
    assert not Reason.objects.filter(member=member).exists()


def test_reasons_follow_who_is_merged(member: Any, now: datetime) -> None:
    kept, gone = written_to(member, now).candidate, written_to(member, now, "Inès Aubrac-Roy").candidate
    reason = post(gone, member, now, "Un billet")
    done = merge(kept=kept, gone=gone, member=member, now=now)
    assert reasons_about(member, kept) == [reason]
    assert reasons_about(member, unmerge(done=done, member=member, now=now)) == [reason]
    assert reasons_about(member, kept) == []
