"""Which message told what: at the permit, as a fact, taken back, merged and parted."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from relance.cadence.words import Channel, Kind, Situation
from relance.mail.sending import Outcome, Told
from relance.method.delivery.models import Mailbox
from relance.method.delivery.outbox import claims, queue, settle
from relance.method.measure.told_counts import told_counts
from relance.method.outreach.actions import open_outreach, record, undo
from relance.method.outreach.facts import Entry
from relance.method.outreach.merging import merge, unmerge
from relance.method.outreach.models import Outreach, Permit, Position
from relance.method.outreach.permits import confirm, permit, release
from relance.method.outreach.positions import join_position
from relance.method.writing.angles import (
    ElementFacts,
    add_element,
    elements_of,
    put_angle_away,
    put_element_away,
)
from relance.method.writing.models import Angle, ElementKind, Telling
from relance.method.writing.tellings import offer_in, tell_with_facts, tell_with_permit, told_by
from tests.people import answered_by, candidate, written_to
from tests.positions.conftest import STACK, TEAM

pytestmark = pytest.mark.database


def told_at(outreach: Outreach) -> dict[str, datetime | None]:
    return {each.name: each.told_at for each in offer_in(outreach).tellables}


def granted(member: Any, outreach: Outreach, text: str, now: datetime) -> Permit:
    taken = permit(outreach=outreach, member=member, channel=Channel.EMAIL, text=text, now=now)
    tell_with_permit(permit=taken, told=told_by(text, offer_in(outreach).tellables))
    return taken


def test_an_angle_is_told_once_its_message_is_a_fact(
    member: Any, outreach: Outreach, angles: list[Angle], now: datetime
) -> None:
    taken = granted(member, outreach, f"Bonjour Inès, {STACK} Qu’en dites-vous ?", now)
    assert told_at(outreach) == {"Stack": None, "Équipe": None}, "a permit tells nothing yet"
    events = confirm(permit=taken, member=member, now=now)
    assert told_at(outreach) == {"Stack": now, "Équipe": None}
    undo(member=member, event_pks=[event.pk for event in events], now=now)
    assert told_at(outreach) == {"Stack": None, "Équipe": None}, "retracted: it was never told"


def test_what_was_released_told_nothing_and_what_was_asked_again_tells_the_last_text(
    member: Any, outreach: Outreach, angles: list[Angle], now: datetime
) -> None:
    release(permit=granted(member, outreach, STACK, now), now=now)
    assert set(told_at(outreach).values()) == {None}
    granted(member, outreach, STACK, now)
    confirm(permit=granted(member, outreach, TEAM, now), member=member, now=now)
    assert told_at(outreach) == {"Stack": None, "Équipe": now}


def test_a_mail_that_leaves_from_the_outbox_carries_it(
    member: Any, outreach: Outreach, angles: list[Angle], now: datetime
) -> None:
    box = Mailbox.objects.create(
        organisation=member.organisation, member=member, address="maud@ormel.example", username="",
        smtp_host="127.0.0.1", smtp_port=1, smtp_security="none", imap_host="127.0.0.1", imap_port=1,
        imap_security="none", connected_at=now, read_at=now,
    )  # fmt: skip
    queue(permit=granted(member, outreach, STACK, now), mailbox=box, now=now, at_once=True)
    later = now + timedelta(minutes=1)
    claimed = next(claims(clock=lambda: later, mailbox=box), None)
    assert claimed is not None
    assert told_at(outreach)["Stack"] is None
    settle(claimed=claimed, outcome=Outcome(Told.SENT), now=later)
    assert told_at(outreach)["Stack"] == later


def test_a_fact_entered_by_hand_tells_what_stands_in_it(
    member: Any, outreach: Outreach, angles: list[Angle], now: datetime
) -> None:
    at = now - timedelta(hours=1)
    entry = Entry(Kind.MESSAGE_SENT, at=at, channel=Channel.LINKEDIN, text=f"Bonjour, {TEAM}")
    events = record(outreach=outreach, entries=[entry], now=now, member=member)
    tell_with_facts(outreach=outreach, events=events)
    assert told_at(outreach) == {"Stack": None, "Équipe": at}


@pytest.mark.parametrize(
    ("text", "chosen", "tells"),
    [
        (STACK, False, True),
        ("On réécrit la tarification en Python.", False, False),
        ("On réécrit le moteur de tarification en Python.", True, True),
        ("Un mot tout autre.", True, False),
        (
            "[Le moteur de tarification est réécrit en Python, le monolithe s’éteint en décembre.]",
            True,
            False,
        ),
    ],
)
def test_what_a_text_tells(
    outreach: Outreach, angles: list[Angle], text: str, chosen: bool, tells: bool
) -> None:
    offer = offer_in(outreach).choosing([f"a{angles[0].pk}"] if chosen else [])
    assert [each.name for each in told_by(text, offer.tellables)] == (["Stack"] if tells else [])


def test_elements_and_what_was_told_go_with_a_merge_and_come_back_with_its_undoing(
    member: Any, outreach: Outreach, position: Position, angles: list[Angle], now: datetime
) -> None:
    kept = candidate(member, now, "Inès AUBRAC", identities=(("email", "ines@exemple.example"),))
    gone = outreach.candidate
    add_element(
        candidate=gone, facts=ElementFacts(ElementKind.TALK, "Les files d’attente"), member=member, now=now
    )
    confirm(permit=granted(member, outreach, f"{STACK} Les files d’attente", now), member=member, now=now)
    before = told_at(outreach)
    assert before == {"Stack": now, "Équipe": None, "talk": now}
    done = merge(kept=kept, gone=gone, member=member, now=now)
    outreach.refresh_from_db()
    assert outreach.candidate_id == kept.pk
    assert told_at(outreach) == before
    assert [each.text for each in elements_of(kept)] == ["Les files d’attente"]
    again = unmerge(done=done, member=member, now=now)
    outreach.refresh_from_db()
    assert (outreach.candidate_id, again.pk) == (gone.pk, gone.pk)
    assert told_at(outreach) == before
    assert elements_of(kept) == []


def test_what_was_told_in_another_outreach_about_the_position_is_told(
    member: Any, outreach: Outreach, position: Position, angles: list[Angle], now: datetime
) -> None:
    confirm(permit=granted(member, outreach, STACK, now), member=member, now=now)
    other = written_to(member, now, "Yanis Collet")
    join_position(outreach=other, position=position)
    assert told_at(other)["Stack"] is None, "told to Inès, not to Yanis"
    record(outreach=outreach, entries=[Entry(Kind.CLOSED, at=now)], now=now, member=member)
    second = Outreach.objects.create(
        organisation=member.organisation, candidate=outreach.candidate, recruiter=member,
        situation="first_message", opened_at=now,
    )  # fmt: skip
    join_position(outreach=second, position=position)
    assert told_at(second)["Stack"] == now


def test_what_was_told_is_put_away_and_stays_told_what_was_not_goes(
    member: Any, outreach: Outreach, angles: list[Angle], now: datetime
) -> None:
    confirm(permit=granted(member, outreach, STACK, now), member=member, now=now)
    for angle in angles:
        put_angle_away(angle=angle, now=now)
    assert list(Angle.objects.order_by("pk").values_list("name", flat=True)) == ["Stack"]
    assert told_at(outreach) == {}
    element = add_element(
        candidate=outreach.candidate,
        facts=ElementFacts(ElementKind.OTHER, "Un détail"),
        member=member,
        now=now,
    )
    put_element_away(element=element, member=member, now=now)
    assert elements_of(outreach.candidate) == []


def test_counts_are_of_outreaches_and_answers_of_thirty_at_least(
    member: Any, position: Position, angles: list[Angle], now: datetime
) -> None:
    for index in range(30):
        each = written_to(member, now, f"Personne Numéro{index}", ago=timedelta(days=3))
        join_position(outreach=each, position=position)
        confirm(permit=granted(member, each, STACK, now), member=member, now=now)
        if index < 4:
            answered_by(each, member, now + timedelta(hours=1), now + timedelta(hours=1))
        if index == 28:
            told = told_counts(position)[angles[0].pk]
            assert (told.times, told.answers, told.wanted) == (29, None, 1)
        if index == 4:  # an answer that follows another contact belongs to that one
            later = [
                Entry(Kind.MESSAGE_SENT, at=now + timedelta(days=3), channel=Channel.EMAIL, text="Un mot.")
            ]
            record(outreach=each, entries=later, now=now + timedelta(days=3), member=member)
            answered_by(each, member, now + timedelta(days=4), now + timedelta(days=4))
    told = told_counts(position)[angles[0].pk]
    assert (told.times, told.answers, told.wanted) == (30, 4, 0)
    assert angles[1].pk not in told_counts(position)


@pytest.mark.parametrize("twice", [True, False])
def test_the_database_keeps_one_telling_of_one_thing(
    member: Any, outreach: Outreach, angles: list[Angle], now: datetime, twice: bool
) -> None:
    taken = granted(member, outreach, STACK, now)
    wrong = (
        Telling(organisation=member.organisation, angle=angles[0], permit=taken)
        if twice
        else Telling(organisation=member.organisation, permit=taken)
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


def test_what_stood_in_the_first_message_is_told_apart(
    desk: Any, member: Any, position: Position, outreach: Outreach, angles: list[Angle], now: datetime
) -> None:
    confirm(permit=granted(member, outreach, f"{STACK} Et vous ?", now), member=member, now=now)
    told = told_counts(position)[angles[0].pk]
    assert (told.times, told.at_once) == (1, 0), "a follow-up told it"
    fresh = candidate(member, now, "Yanis Collet", identities=(("email", "yanis@exemple.example"),))
    first = Entry(Kind.MESSAGE_SENT, at=now, channel=Channel.EMAIL, text=f"Bonjour, {STACK}")
    made = open_outreach(
        member=member, candidate=fresh, situation=Situation.FIRST_MESSAGE, entries=[first], now=now
    )
    join_position(outreach=made, position=position)
    tell_with_facts(outreach=made, events=list(made.events.order_by("pk")))
    told = told_counts(position)[angles[0].pk]
    assert (told.times, told.at_once) == (2, 1)
    page = str(desk.get(f"/postes/{position.pk}/").content.decode())
    assert "Stack\u00a0: dès le premier message, 1 fois sur 2" in page
    assert "Équipe\u00a0: jamais dit" in page
